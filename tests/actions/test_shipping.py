"""Delivery times: by the country said, known before, or of the page; honest where the shop does not ship."""

import pytest

from bot.actions.details import ProvideDetails
from bot.actions.shipping import ShippingTime
from bot.merchant import Merchant
from tests.actions.dialogue import Dialogue

pytestmark = pytest.mark.anyio


async def test_the_country_is_asked_for_and_then_answered(dialogue: Dialogue) -> None:
    assert (await dialogue.say(ShippingTime)).keys == ["shipping-ask-country"]
    assert dialogue.slots["asked"] == "country"
    reply = await dialogue.say(ProvideDetails, country="JP")
    assert reply.values("shipping-time-intro") == {"country": {"country": "JP"}}
    assert dialogue.slots["asked"] is None


@pytest.mark.parametrize(
    ("country", "keys"),
    [
        ("DE", ["intro", "standard", "express", "note"]),
        ("BR", ["intro", "standard", "express", "note", "customs"]),
        ("RU", ["intro", "standard", "note", "customs"]),
        ("FJ", ["intro", "standard", "note", "customs"]),
    ],
)
async def test_each_zone_has_its_methods(dialogue: Dialogue, facts: Merchant, country: str, keys: list[str]) -> None:
    reply = await dialogue.say(ShippingTime, country=country)
    zone = facts.zone(country)
    assert zone is not None
    assert reply.keys == [f"shipping-time-{key}" for key in keys]
    assert reply.values("shipping-time-standard") == {"days": {"span": list(zone.standard.days)}}
    assert reply.values("shipping-time-note") == {"time": {"clock": facts.shop.dispatch_cutoff.isoformat()}}
    if zone.express:
        assert reply.values("shipping-time-express") == {"days": {"span": list(zone.express.days)}}


async def test_where_the_shop_does_not_ship_it_says_so(dialogue: Dialogue, facts: Merchant) -> None:
    for country in facts.not_shipped:
        reply = await dialogue.say(ShippingTime, country=country)
        assert reply.keys == ["shipping-not-there"]
        assert reply.values("shipping-not-there") == {"country": {"country": country}}


async def test_the_region_of_the_page_is_taken_where_no_country_is_named() -> None:
    reply = await Dialogue(locale="pt-BR", language="pt").say(ShippingTime)
    assert reply.values("shipping-time-intro") == {"country": {"country": "BR"}}
    assert reply.languages == {"pt"}


async def test_a_named_country_wins_over_the_one_before_and_that_of_the_page() -> None:
    dialogue = Dialogue(locale="de-DE", language="de")
    for country in ("PL", "JP"):
        reply = await dialogue.say(ShippingTime, country=country)
        assert reply.values("shipping-time-intro") == {"country": {"country": country}}
    again = await dialogue.say(ShippingTime)
    assert again.values("shipping-time-intro") == {"country": {"country": "JP"}}


async def test_the_region_of_the_page_is_not_taken_for_a_country_that_was_named() -> None:
    dialogue = Dialogue(locale="de-DE", language="de")
    await dialogue.say(ShippingTime)
    assert not dialogue.slots.get("country")
