"""The sample shop: orders in every state, the same refusal for all, days that never age, changes within the rules."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.orders.backend import BackendAway, NotPossible
from bot.orders.model import Order, Proof
from bot.orders.sample import SampleShop, samples, seed
from bot.orders.sample_data import ORDERS

pytestmark = pytest.mark.anyio
TODAY = date(2026, 3, 2)
OLA = Proof(email="ola.nowak@example.com")


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("seeded") / "shop.db"
    seed(path)
    return path


@pytest.fixture
def path(seeded: Path, tmp_path: Path) -> Path:
    own = tmp_path / "shop.db"
    own.write_bytes(seeded.read_bytes())
    return own


@pytest.fixture
def shop(path: Path) -> SampleShop:
    return SampleShop(path, lambda: TODAY)


async def everything(shop: SampleShop) -> list[Order]:
    found = [await shop.find(row["number"], Proof(email=row["email"])) for row in ORDERS]
    assert None not in found
    return [order for order in found if order]


async def one(shop: SampleShop, fits: Callable[[Order], bool]) -> Order:
    return next(order for order in await everything(shop) if fits(order))


def parcel_states(order: Order) -> set[str]:
    return {shipment.state for shipment in order.shipments}


async def test_there_are_sixty_orders_in_every_state(shop: SampleShop) -> None:
    orders = await everything(shop)
    assert len({order.number for order in orders}) == len(orders) == 60
    assert {o.state for o in orders} == {"unpaid", "paid", "packed", "shipped", "cancelled", "returned"}
    assert {state for o in orders for state in parcel_states(o)} == {
        "InfoReceived", "InTransit", "OutForDelivery", "AttemptFail", "Delivered", "AvailableForPickup",
        "Exception", "Expired",
    }  # fmt: skip
    assert any(s.in_customs for o in orders for s in o.shipments)
    assert any(o.partly_shipped for o in orders)
    assert {refund.state for o in orders for refund in o.refunds} == {"pending", "paid"}
    assert len({s.carrier for o in orders for s in o.shipments}) >= 8
    assert {o.currency for o in orders} == {"EUR", "GBP", "USD"}
    assert len({o.country for o in orders}) >= 12


async def test_orders_make_sense(shop: SampleShop) -> None:
    for order in await everything(shop):
        assert order.lines
        assert order.placed <= TODAY
        assert bool(order.shipments) <= (order.pieces[0] > 0)
        assert all(line.price.currency == order.currency for line in order.lines)
        for shipment in order.shipments:
            days = [event.day for event in shipment.events]
            assert days == sorted(days)
            assert order.placed <= days[0]
            assert days[-1] <= TODAY
            assert (shipment.delivered is not None) == (shipment.state == "Delivered")


async def test_days_never_age(path: Path) -> None:
    later = timedelta(days=400)
    then, now = SampleShop(path, lambda: TODAY), SampleShop(path, lambda: TODAY + later)
    for before, after in zip(await everything(then), await everything(now), strict=True):
        assert after.placed - before.placed == later
        for old, new in zip(before.shipments, after.shipments, strict=True):
            assert new.state == old.state
            assert [event.day - later for event in new.events] == [event.day for event in old.events]
            assert (new.promised and new.promised - later) == old.promised
            assert new.expected == (old.expected and tuple(day + later for day in old.expected))


@pytest.mark.parametrize("number", ["PL-10432", "10432", "pl10432", " #PL 10432 ", "ＰＬ－１０４３２", "PL-١٠٤٣٢"])
async def test_an_order_is_found_by_every_shape_of_its_number(shop: SampleShop, number: str) -> None:
    order = await shop.find(number, OLA)
    assert order is not None
    assert order.number == "PL-10432"


@pytest.mark.parametrize(
    ("number", "proof"),
    [
        ("PL-10432", Proof(email="other@example.com")),
        ("PL-10432", Proof(postcode="99-999")),
        ("PL-10432", Proof()),
        ("PL-99999", OLA),
        ("PL-99999", Proof()),
        ("", OLA),
        ("PL-", OLA),
        ("' OR 1=1 --", OLA),
        ("%", OLA),
    ],
)
async def test_no_such_order_and_a_wrong_proof_are_the_same_refusal(
    shop: SampleShop, number: str, proof: Proof
) -> None:
    assert await shop.find(number, proof) is None
    assert await shop.refund_status(number, proof) == ()
    refusals = set()
    for change in (
        shop.cancel(number, proof),
        shop.change_address(number, proof, postcode="1", country="DE"),
        shop.start_return(number, proof, ["HDP-02"]),
    ):
        with pytest.raises(NotPossible) as refused:
            await change
        refusals.add(str(refused.value))
    assert len(refusals) == 1


async def test_a_signed_in_buyer_sees_the_newest_own_orders(shop: SampleShop) -> None:
    recent = await shop.recent({"email": "OLA.NOWAK@example.com"})
    assert 1 < len(recent) <= 5
    assert {order.email for order in recent} == {"ola.nowak@example.com"}
    assert [o.placed for o in recent] == sorted((o.placed for o in recent), reverse=True)


@pytest.mark.parametrize("identity", [{}, {"email": ""}, {"email": None}, {"email": "nobody@example.com"}])
async def test_an_unknown_buyer_has_no_orders(shop: SampleShop, identity: dict[str, str | None]) -> None:
    assert await shop.recent(identity) == []


# Changes


@pytest.mark.parametrize("state", ["unpaid", "paid"])
async def test_an_order_that_is_not_packed_can_be_cancelled(shop: SampleShop, state: str) -> None:
    order = await one(shop, lambda o: o.state == state)
    assert (await shop.cancel(order.number, Proof(email=order.email))).state == "cancelled"
    found = await shop.find(order.number, Proof(email=order.email))
    assert found is not None
    assert found.state == "cancelled"


@pytest.mark.parametrize("state", ["packed", "shipped", "cancelled", "returned"])
async def test_an_order_that_is_packed_or_gone_cannot_be_cancelled(shop: SampleShop, state: str) -> None:
    order = await one(shop, lambda o: o.state == state)
    with pytest.raises(NotPossible):
        await shop.cancel(order.number, Proof(email=order.email))


@pytest.mark.parametrize("state", ["unpaid", "paid", "packed"])
async def test_the_address_of_an_order_that_is_still_here_can_be_changed(shop: SampleShop, state: str) -> None:
    order = await one(shop, lambda o: o.state == state)
    proof = Proof(postcode=order.postcode)
    changed = await shop.change_address(order.number, proof, postcode="1010", country="AT")
    assert (changed.postcode, changed.country) == ("1010", "AT")
    assert await shop.find(order.number, proof) is None
    assert await shop.find(order.number, Proof(postcode="1010")) == changed


@pytest.mark.parametrize("state", ["shipped", "cancelled", "returned"])
async def test_the_address_of_an_order_that_has_left_stays(shop: SampleShop, state: str) -> None:
    order = await one(shop, lambda o: o.state == state)
    with pytest.raises(NotPossible):
        await shop.change_address(order.number, Proof(email=order.email), postcode="1010", country="AT")


async def test_what_was_delivered_can_be_sent_back_once(shop: SampleShop) -> None:
    order = await one(shop, lambda o: o.state == "shipped" and parcel_states(o) == {"Delivered"})
    proof, skus = Proof(email=order.email), [line.sku for line in order.lines if line.shipped]
    request = await shop.start_return(order.number, proof, skus)
    assert (request.order_number, request.skus) == (order.number, tuple(skus))
    with pytest.raises(NotPossible):
        await shop.start_return(order.number, proof, skus)


@pytest.mark.parametrize("skus", [[], ["NO-SUCH"], ["HDP-02", "NO-SUCH"]])
async def test_only_items_of_the_order_can_be_sent_back(shop: SampleShop, skus: list[str]) -> None:
    with pytest.raises(NotPossible):
        await shop.start_return("PL-10458", Proof(email="noah.miller@example.com"), skus)


@pytest.mark.parametrize(
    "fits",
    [
        lambda o: parcel_states(o) == {"InTransit"},
        lambda o: parcel_states(o) == {"Expired"},
        lambda o: o.state == "returned",
        lambda o: o.state == "paid",
        lambda o: o.state == "cancelled",
    ],
)
async def test_what_has_not_arrived_or_has_come_back_cannot_be_sent_back(
    shop: SampleShop, fits: Callable[[Order], bool]
) -> None:
    order = await one(shop, fits)
    with pytest.raises(NotPossible):
        await shop.start_return(order.number, Proof(email=order.email), [line.sku for line in order.lines])


async def test_refunds_are_shown_to_whoever_proves_the_order(shop: SampleShop) -> None:
    order = await one(shop, lambda o: bool(o.refunds))
    assert await shop.refund_status(order.number, Proof(postcode=order.postcode)) == order.refunds


# The file


async def test_a_shop_without_its_file_is_away(tmp_path: Path) -> None:
    shop = SampleShop(tmp_path / "missing.db")
    for call in (shop.find("PL-10432", OLA), shop.recent({"email": "a"}), shop.cancel("PL-10432", OLA)):
        with pytest.raises(BackendAway):
            await call
    assert not (tmp_path / "missing.db").exists()


def test_seeding_again_keeps_what_has_changed(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE orders SET state = 'cancelled' WHERE number = 'PL-10402'")
    connection.close()
    before = path.read_bytes()
    seed(path)
    assert path.read_bytes() == before


def test_seeding_that_was_cut_short_starts_again(tmp_path: Path) -> None:
    (tmp_path / "shop.new").write_bytes(b"half a file")
    seed(tmp_path / "shop.db")
    assert len(samples(tmp_path / "shop.db")) == 3


async def test_the_samples_of_the_demo_page_open_their_orders(shop: SampleShop, path: Path) -> None:
    for sample in samples(path):
        assert await shop.find(sample["order_number"], Proof(email=sample["email"]))
        assert await shop.find(sample["order_number"], Proof(postcode=sample["postcode"]))
