"""Where is my order, where is my money: every state, and every way to the right number and proof."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.actions.details import Deny, ProvideDetails
from bot.actions.orders import OrderStatus, RefundStatus, status_parts
from bot.actions.services import Services
from bot.merchant import Merchant
from bot.orders.model import Money, Order, Proof, Refund, Shipment
from tests.actions.dialogue import Dialogue, MemoryShop, an_order, in_days, line, parcel, scan

pytestmark = pytest.mark.anyio
OLA = {"email": "ola@example.com"}
SIGNED_IN = {"identity_level": 2, "identity": OLA}
NOBODY = {"email": "nobody@example.com"}


def day(days: int) -> dict[str, str]:
    return {"day": in_days(days).isoformat()}


async def shown(dialogue: Dialogue, shop: MemoryShop, order: Order) -> list[str]:
    shop.orders = [order]
    return (await dialogue.say(OrderStatus, order_number=order.number, **OLA)).keys


# Every state


STATES: dict[str, tuple[str, Shipment | None, list[str]]] = {
    "unpaid": ("unpaid", None, ["order-unpaid"]),
    "paid": ("paid", None, ["order-paid"]),
    "packed": ("packed", None, ["order-packed"]),
    "cancelled": ("cancelled", None, ["order-cancelled"]),
    "returned": ("returned", parcel("Delivered", delivered=in_days(-9)), ["order-returned"]),
    "sent, no parcel known": ("shipped", None, ["order-sent"]),
    "pending": ("shipped", parcel("Pending"), ["order-shipped", "order-tracking"]),
    "announced": (
        "shipped",
        parcel("InfoReceived", scans=(scan(0),), expected=(in_days(3), in_days(5))),
        ["order-shipped", "order-expected-range", "order-tracking"],
    ),
    "in transit": (
        "shipped",
        parcel("InTransit", scans=(scan(-1),), expected=(in_days(2), in_days(4)), promised=in_days(4)),
        ["order-in-transit", "order-last-scan", "order-expected-range", "order-tracking"],
    ),
    "in transit, without scans": ("shipped", parcel("InTransit"), ["order-in-transit", "order-tracking"]),
    "expected on one day": (
        "shipped",
        parcel("InTransit", scans=(scan(-1),), expected=(in_days(1), in_days(1))),
        ["order-in-transit", "order-last-scan", "order-expected", "order-tracking"],
    ),
    "expected in the past": (
        "shipped",
        parcel("InTransit", scans=(scan(-1),), expected=(in_days(-3), in_days(-2))),
        ["order-in-transit", "order-last-scan", "order-tracking"],
    ),
    "in customs": (
        "shipped",
        parcel("InTransit", scans=(scan(-2, customs=True),), expected=(in_days(3), in_days(7))),
        ["order-customs", "order-last-scan", "order-expected-range", "order-tracking"],
    ),
    "out for delivery": (
        "shipped",
        parcel("OutForDelivery", scans=(scan(0),), expected=(in_days(0), in_days(0))),
        ["order-out-for-delivery", "order-tracking"],
    ),
    "delivery failed": (
        "shipped",
        parcel("AttemptFail", scans=(scan(-1),), expected=(in_days(1), in_days(2))),
        ["order-attempt-failed", "order-last-scan", "order-expected-range", "order-tracking"],
    ),
    "ready for pick-up": ("shipped", parcel("AvailableForPickup"), ["order-pickup", "order-tracking"]),
    "delivered": (
        "shipped",
        parcel("Delivered", scans=(scan(-3),), delivered=in_days(-3)),
        ["order-delivered", "order-tracking"],
    ),
    "delivered, by the last scan": (
        "shipped",
        parcel("Delivered", scans=(scan(-3),)),
        ["order-delivered", "order-tracking"],
    ),
}  # fmt: skip

WITH_A_PERSON: dict[str, tuple[Shipment, list[str]]] = {
    "late": (
        parcel("InTransit", scans=(scan(-7),), promised=in_days(-4)),
        ["order-in-transit", "order-last-scan", "order-late", "order-tracking"],
    ),
    "held in customs past its day": (
        parcel("Exception", scans=(scan(-5, customs=True),), promised=in_days(-1)),
        ["order-customs", "order-last-scan", "order-late", "order-tracking"],
    ),
    "lost": (parcel("Expired", scans=(scan(-28),), promised=in_days(-20)), ["order-lost", "order-tracking"]),
}


@pytest.mark.parametrize(("state", "shipment", "keys"), STATES.values(), ids=STATES.keys())
async def test_each_state_is_said(
    dialogue: Dialogue, shop: MemoryShop, state: str, shipment: Shipment | None, keys: list[str]
) -> None:
    assert await shown(dialogue, shop, an_order("PL-10432", state, *([shipment] if shipment else []))) == keys
    assert dialogue.slots["tried"] == ["showed_order_status"]


@pytest.mark.parametrize(("shipment", "keys"), WITH_A_PERSON.values(), ids=WITH_A_PERSON.keys())
async def test_trouble_with_a_parcel_offers_a_person(
    dialogue: Dialogue, shop: MemoryShop, shipment: Shipment, keys: list[str]
) -> None:
    shop.orders = [an_order("PL-10432", "shipped", shipment)]
    reply = await dialogue.say(OrderStatus, order_number="PL-10432", **OLA)
    assert reply.keys == keys
    assert reply.labels == ["choice-yes", "choice-no"]
    assert dialogue.slots["asked"] == "person"


async def test_the_day_it_leaves_is_said(dialogue: Dialogue, shop: MemoryShop) -> None:
    assert await shown(dialogue, shop, an_order("PL-1", "packed", ships_by=in_days(1))) == [
        "order-packed",
        "order-ships-by",
    ]


async def test_a_partly_shipped_order_says_so_first(dialogue: Dialogue, shop: MemoryShop) -> None:
    order = an_order("PL-1", "shipped", parcel("InTransit"), lines=(line(2, 2), line(1, 0)))
    shop.orders = [order]
    reply = await dialogue.say(OrderStatus, order_number="PL-1", **OLA)
    assert reply.keys == ["order-partly-shipped", "order-in-transit", "order-tracking"]
    assert reply.values("order-partly-shipped") == {"order": "PL-1", "sent": 2, "total": 3}


async def test_every_parcel_of_an_order_is_shown(dialogue: Dialogue, shop: MemoryShop) -> None:
    parcels = parcel("Delivered", delivered=in_days(-1)), parcel("OutForDelivery")
    assert await shown(dialogue, shop, an_order("PL-1", "shipped", *parcels)) == [
        "order-delivered", "order-tracking", "order-out-for-delivery", "order-tracking",
    ]  # fmt: skip


async def test_days_places_and_numbers_travel_as_data(dialogue: Dialogue, shop: MemoryShop) -> None:
    shop.orders = [
        an_order("PL-1", "shipped", parcel("InTransit", scans=(scan(-1),), expected=(in_days(2), in_days(4))))
    ]
    reply = await dialogue.say(OrderStatus, order_number="PL-1", **OLA)
    assert reply.values("order-expected-range") == {"first": day(2), "last": day(4)}
    assert reply.values("order-last-scan") == {"place": "Warszawa", "date": day(-1)}
    assert reply.values("order-tracking") == {"tracking": "680010432"}
    assert reply.values("order-in-transit") == {"order": "PL-1", "carrier": "InPost"}


def test_lateness_counts_from_the_day_after_the_promised_one() -> None:
    today = date(2026, 3, 2)
    moving = parcel("InTransit", promised=today)
    for promised, late in ((date(2026, 3, 1), True), (today, False), (date(2026, 3, 3), False)):
        order = an_order("PL-1", "shipped", replace(moving, promised=promised))
        assert status_parts(order, today)[1] is late


async def test_an_upset_buyer_is_met_with_empathy_first(dialogue: Dialogue, shop: MemoryShop) -> None:
    shop.orders = [an_order("PL-1", "shipped", parcel("InTransit"))]
    reply = await dialogue.say(OrderStatus, order_number="PL-1", emotion="upset", **OLA)
    assert reply.keys[0] == "empathy-upset"


# Asking for what is missing


async def test_number_and_proof_are_asked_for_one_after_the_other(dialogue: Dialogue, shop: MemoryShop) -> None:
    shop.orders = [an_order("PL-10432", "paid")]
    assert (await dialogue.say(OrderStatus)).keys == ["ask-order-number"]
    assert dialogue.slots["asked"] == "order_number"
    asked = await dialogue.say(ProvideDetails, order_number="PL-10432")
    assert (asked.keys, asked.values("ask-order-proof")) == (["ask-order-proof"], {"order": "PL-10432"})
    assert dialogue.slots["asked"] == "proof"
    assert (await dialogue.say(ProvideDetails, **OLA)).keys == ["order-paid"]
    assert dialogue.slots["asked"] is None
    assert dialogue.slots["tried"] == ["asked_order_number", "asked_proof", "showed_order_status"]


async def test_the_proof_may_come_first(dialogue: Dialogue, shop: MemoryShop) -> None:
    shop.orders = [an_order("PL-10432", "paid")]
    assert (await dialogue.say(OrderStatus, **OLA)).keys == ["ask-order-number"]
    assert (await dialogue.say(ProvideDetails, order_number="PL-10432")).keys == ["order-paid"]


@pytest.mark.parametrize("postcode", ["00-950", "00950", "SW1A 1AA", "W1 2"])
async def test_after_the_question_for_a_proof_a_short_answer_is_a_postcode(
    dialogue: Dialogue, shop: MemoryShop, postcode: str
) -> None:
    shop.orders = [an_order("PL-10432", "paid", postcode=postcode)]
    await dialogue.say(OrderStatus, order_number="PL-10432")
    assert (await dialogue.say(ProvideDetails, text=f" {postcode} ")).keys == ["order-paid"]


@pytest.mark.parametrize("text", ["I don't know", "it is 3 streets away from the station"])
async def test_after_the_question_for_a_proof_a_sentence_is_none(
    dialogue: Dialogue, shop: MemoryShop, text: str
) -> None:
    await dialogue.say(OrderStatus, order_number="PL-10432")
    assert (await dialogue.say(ProvideDetails, text=text)).keys == ["not-understood"]
    assert shop.asked == []


async def test_an_order_number_out_of_the_blue_asks_for_its_status(dialogue: Dialogue, shop: MemoryShop) -> None:
    shop.orders = [an_order("PL-10432", "paid")]
    assert (await dialogue.say(ProvideDetails, order_number="PL-10432", **OLA)).keys == ["order-paid"]


async def test_a_tracking_number_stands_in_for_a_missing_order_number(dialogue: Dialogue) -> None:
    reply = await dialogue.say(ProvideDetails, tracking_number="680010432")
    assert reply.values("ask-order-proof") == {"order": "680010432"}


# Wrong details and corrections


async def test_a_wrong_proof_and_no_such_order_are_the_same_words(dialogue: Dialogue, shop: MemoryShop) -> None:
    shop.orders = [an_order("PL-10432", "paid")]
    wrong_proof = await dialogue.say(OrderStatus, order_number="PL-10432", **NOBODY)
    no_order = await Dialogue().say(OrderStatus, order_number="PL-99999", **NOBODY)
    assert wrong_proof == no_order
    assert wrong_proof.keys == ["order-not-found"]


async def test_a_corrected_proof_opens_the_order(dialogue: Dialogue, shop: MemoryShop) -> None:
    shop.orders = [an_order("PL-10432", "paid")]
    await dialogue.say(OrderStatus, order_number="PL-10432", **NOBODY)
    assert (await dialogue.say(ProvideDetails, order_number="PL-10432", **OLA)).keys == ["order-paid"]
    assert dialogue.slots["proof_failures"] == 0


async def test_no_with_another_number_is_a_correction(dialogue: Dialogue, shop: MemoryShop) -> None:
    shop.orders = [an_order("PL-10432", "paid"), an_order("PL-10433", "packed")]
    await dialogue.say(OrderStatus, order_number="PL-10432", **OLA)
    assert (await dialogue.say(Deny, order_number="PL-10433")).keys == ["order-packed"]


async def test_a_second_order_needs_no_second_proof(dialogue: Dialogue, shop: MemoryShop) -> None:
    shop.orders = [an_order("PL-10432", "paid"), an_order("PL-10433", "unpaid")]
    await dialogue.say(OrderStatus, order_number="PL-10432", **OLA)
    assert (await dialogue.say(OrderStatus, order_number="PL-10433")).keys == ["order-unpaid"]
    assert dialogue.slots["known_order"]["number"] == "PL-10433"


async def test_a_second_order_of_somebody_else_stays_closed(dialogue: Dialogue, shop: MemoryShop) -> None:
    shop.orders = [an_order("PL-10432", "paid"), an_order("PL-10433", "paid", email="li@example.com", postcode="1")]
    await dialogue.say(OrderStatus, order_number="PL-10432", **OLA)
    assert (await dialogue.say(OrderStatus, order_number="PL-10433")).keys == ["order-not-found"]
    assert dialogue.slots["known_order"]["number"] == "PL-10432"


async def test_five_failures_call_a_person(dialogue: Dialogue, shop: MemoryShop, facts: Merchant) -> None:
    for _ in range(facts.limits.proof_attempts - 1):
        reply = await dialogue.say(OrderStatus, order_number="PL-10432", **NOBODY)
        assert reply.keys == ["order-not-found"]
    reply = await dialogue.say(OrderStatus, order_number="PL-10432", **NOBODY)
    assert reply.handoff is not None
    assert (reply.handoff["reason"], reply.handoff["priority"]) == ("proof_failed", 3)
    assert reply.handoff["brief"]["identity_level"] == 0
    assert dialogue.slots["proof_failures"] == 0


async def test_a_right_proof_between_wrong_ones_starts_the_count_again(dialogue: Dialogue, shop: MemoryShop) -> None:
    shop.orders = [an_order("PL-10432", "paid")]
    for details in (NOBODY, NOBODY, OLA, NOBODY, NOBODY, NOBODY, NOBODY):
        reply = await dialogue.say(OrderStatus, order_number="PL-10432", **details)
    assert reply.keys == ["order-not-found"]


async def test_a_number_guessed_at_too_often_is_closed_even_for_the_right_proof(
    shop: MemoryShop, services: Services
) -> None:
    shop.orders = [an_order("PL-10432", "paid")]
    while not services.brake.blocked("PL-10432"):
        await Dialogue().say(OrderStatus, order_number="PL-10432", **NOBODY)
    asked = len(shop.asked)
    assert (await Dialogue().say(OrderStatus, order_number="PL-10432", **OLA)).keys == ["order-not-found"]
    assert len(shop.asked) == asked


# Signed-in buyers


async def test_a_signed_in_buyer_with_one_order_needs_no_question(shop: MemoryShop) -> None:
    shop.orders = [an_order("PL-10432", "paid")]
    assert (await Dialogue(**SIGNED_IN).say(OrderStatus)).keys == ["order-paid"]
    assert shop.asked == [("PL-10432", Proof(email="ola@example.com", email_verified=True))]


async def test_a_signed_in_buyer_with_several_orders_chooses(shop: MemoryShop) -> None:
    shop.orders = [an_order(f"PL-{n}", "paid") for n in range(1, 6)]
    dialogue = Dialogue(**SIGNED_IN)
    reply = await dialogue.say(OrderStatus)
    assert (reply.keys, reply.labels) == (["order-which"], ["PL-1", "PL-2", "PL-3"])
    assert reply.choices[1]["payload"] == '/provide_details{"order_number": "PL-2"}'
    assert (await dialogue.say(ProvideDetails, order_number="PL-2")).values("order-paid") == {"order": "PL-2"}


async def test_a_signed_in_buyer_without_orders_is_asked_for_a_number(shop: MemoryShop) -> None:
    assert (await Dialogue(**SIGNED_IN).say(OrderStatus)).keys == ["ask-order-number"]


async def test_a_signed_in_buyer_opens_no_other_buyers_order(shop: MemoryShop) -> None:
    shop.orders = [an_order("PL-7", "paid", email="li@example.com")]
    dialogue = Dialogue(**SIGNED_IN)
    reply = await dialogue.say(OrderStatus, order_number="PL-7", email="li@example.com", postcode="00-950")
    assert reply.keys == ["order-not-found"]


async def test_an_identity_that_nobody_vouched_for_counts_for_nothing(shop: MemoryShop) -> None:
    shop.orders = [an_order("PL-10432", "paid")]
    dialogue = Dialogue(identity_level=0, identity=OLA)
    assert (await dialogue.say(OrderStatus)).keys == ["ask-order-number"]


# The shop away


async def test_a_shop_that_is_away_calls_a_person_and_keeps_the_details(dialogue: Dialogue, shop: MemoryShop) -> None:
    shop.away = True
    reply = await dialogue.say(OrderStatus, order_number="PL-10432", **OLA)
    assert reply.keys == []
    assert reply.handoff is not None
    assert (reply.handoff["reason"], reply.handoff["priority"]) == ("action_failed", 3)
    assert reply.handoff["brief"]["tried"] == ["action_failed"]


# Refunds


async def test_refunds_are_told_with_amount_and_day(dialogue: Dialogue, shop: MemoryShop) -> None:
    refunds = (
        Refund(Money(Decimal("36.00"), "EUR"), "paid", in_days(-2)),
        Refund(Money(Decimal("12.50"), "EUR"), "pending", in_days(4)),
    )
    shop.orders = [an_order("PL-1", "returned", refunds=refunds)]
    reply = await dialogue.say(RefundStatus, order_number="PL-1", **OLA)
    assert reply.keys == ["refund-paid", "refund-pending"]
    assert reply.values("refund-pending") == {"order": "PL-1", "amount": {"money": ["12.50", "EUR"]}, "date": day(4)}


async def test_an_order_without_a_refund_says_so(dialogue: Dialogue, shop: MemoryShop) -> None:
    shop.orders = [an_order("PL-1", "paid")]
    assert (await dialogue.say(RefundStatus, order_number="PL-1", **OLA)).keys == ["refund-none"]


async def test_details_go_to_the_question_that_waits_for_them(dialogue: Dialogue, shop: MemoryShop) -> None:
    shop.orders = [an_order("PL-1", "paid")]
    await dialogue.say(RefundStatus)
    assert (await dialogue.say(ProvideDetails, order_number="PL-1", **OLA)).keys == ["refund-none"]
