"""Yes, no, details and matters for a colleague."""

import pytest

from bot.actions.details import Affirm, Deny, Matter, ProvideDetails
from bot.actions.orders import OrderStatus
from bot.actions.returns import ReturnPolicy
from bot.actions.shipping import ShippingTime
from bot.merchant import Merchant
from tests.actions.dialogue import Dialogue, MemoryShop, an_order

pytestmark = pytest.mark.anyio
MATTERS = (
    "request_return", "cancel_order", "change_address", "change_order", "delivery_problem", "item_problem",
    "payment_problem", "request_invoice", "bulk_order", "complaint",
)  # fmt: skip


@pytest.mark.parametrize("intent", MATTERS)
async def test_a_matter_for_a_colleague_is_said_honestly(dialogue: Dialogue, intent: str) -> None:
    reply = await dialogue.say(Matter, intent=intent, order_number="PL-10432")
    assert (reply.keys, reply.labels) == ([f"matter-{intent}"], ["choice-yes", "choice-no"])
    accepted = await dialogue.say(Affirm)
    assert accepted.handoff is not None
    assert (accepted.handoff["reason"], accepted.handoff["priority"]) == ("matter", 4)
    assert accepted.handoff["brief"]["order"] == {"number": "PL-10432"}


@pytest.mark.parametrize(("quantity", "at_once"), [(-1, False), (0, True)])
async def test_a_large_deal_goes_to_a_person_at_once(
    dialogue: Dialogue, facts: Merchant, quantity: int, at_once: bool
) -> None:
    pieces = str(facts.limits.bulk_from + quantity)
    reply = await dialogue.say(Matter, intent="bulk_order", quantity=pieces)
    assert (reply.handoff is not None) is at_once


async def test_yes_without_a_question_asks_what_is_wanted(dialogue: Dialogue) -> None:
    assert (await dialogue.say(Affirm)).keys == ["affirm-unclear"]


async def test_yes_with_a_number_goes_on_with_it(dialogue: Dialogue, shop: MemoryShop) -> None:
    shop.orders = [an_order("PL-10432", "paid")]
    assert (await dialogue.say(Affirm, order_number="PL-10432", email="ola@example.com")).keys == ["order-paid"]


async def test_no_declines_the_person(dialogue: Dialogue) -> None:
    await dialogue.say(Matter, intent="complaint")
    assert (await dialogue.say(Deny)).keys == ["deny-unclear"]
    assert (await dialogue.say(Affirm)).keys == ["affirm-unclear"]


async def test_no_ends_the_question_for_a_number(dialogue: Dialogue) -> None:
    await dialogue.say(OrderStatus)
    assert (await dialogue.say(Deny)).keys == ["deny-unclear"]
    assert dialogue.slots["asked"] is None


async def test_a_country_after_a_number_was_asked_goes_to_the_last_question_about_countries(dialogue: Dialogue) -> None:
    await dialogue.say(ShippingTime, country="DE")
    await dialogue.say(ReturnPolicy)
    reply = await dialogue.say(ProvideDetails, country="US")
    assert reply.values("return-region") == {"country": {"country": "US"}}


async def test_details_that_nothing_waits_for_are_not_understood(dialogue: Dialogue) -> None:
    assert (await dialogue.say(ProvideDetails, country="US")).keys == ["not-understood"]
    assert (await Dialogue().say(ProvideDetails)).keys == ["not-understood"]
