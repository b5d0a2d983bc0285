"""The return policy by region and class of goods."""

import json

import pytest

from bot.actions.details import ProvideDetails
from bot.actions.orders import OrderStatus
from bot.actions.returns import ReturnPolicy
from bot.merchant import Merchant
from tests.actions.dialogue import Dialogue, MemoryShop, an_order

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("country", "keys"),
    [
        ("PL", ["region", "window", "condition", "free", "legal-withdrawal", "faulty"]),
        ("GB", ["region", "window", "condition", "label-cost", "legal-withdrawal", "faulty"]),
        ("US", ["region", "window", "condition", "label-cost", "faulty"]),
        ("CN", ["region", "window", "condition", "buyer-pays", "legal-withdrawal", "faulty"]),
        ("AU", ["region", "window", "condition", "buyer-pays", "faulty"]),
    ],
)
async def test_each_region_has_its_rule(dialogue: Dialogue, facts: Merchant, country: str, keys: list[str]) -> None:
    reply = await dialogue.say(ReturnPolicy, country=country)
    assert reply.keys == [*(f"return-{key}" for key in keys), "return-which-class"]
    assert reply.values("return-region") == {"country": {"country": country}}
    assert reply.values("return-window") == {"days": facts.return_rule(country).days}
    cost = facts.return_rule(country).label_cost
    if cost:
        assert reply.values("return-label-cost") == {"cost": {"money": [str(cost[0]), cost[1]]}}


async def test_without_a_country_the_likely_one_is_named_with_its_rule(dialogue: Dialogue, facts: Merchant) -> None:
    reply = await dialogue.say(ReturnPolicy)
    assert reply.values("return-region") == {"country": {"country": "GB"}}
    assert reply.values("return-window") == {"days": facts.returns["uk"].days}


async def test_classes_are_offered_as_buttons_that_name_them(dialogue: Dialogue) -> None:
    reply = await dialogue.say(ReturnPolicy, country="PL")
    assert reply.labels == ["choice-clothing", "choice-electronics", "choice-hygiene"]
    payload = reply.choices[1]["payload"]
    assert payload.startswith("/return_policy")
    assert json.loads(payload.removeprefix("/return_policy")) == {"product_class": "electronics"}


@pytest.mark.parametrize(
    ("product_class", "country", "keys"),
    [
        ("clothing", "PL", ["region", "window", "condition", "free", "legal-withdrawal", "faulty"]),
        ("electronics", "US", ["region", "class-electronics", "label-cost", "faulty"]),
        ("electronics", "GB", ["region", "window", "condition", "label-cost", "legal-withdrawal", "faulty"]),
        ("hygiene", "PL", ["region", "window", "condition", "class-hygiene", "free", "legal-withdrawal", "faulty"]),
        ("furniture", "PL", ["region", "window", "condition", "class-furniture", "free", "legal-withdrawal", "faulty"]),
        ("personalised", "PL", ["region", "class-personalised", "faulty"]),
        ("perishable", "PL", ["region", "class-perishable", "faulty"]),
        ("shoes", "AU", ["region", "window", "condition", "buyer-pays", "faulty"]),
    ],
)
async def test_each_class_has_its_rule(dialogue: Dialogue, product_class: str, country: str, keys: list[str]) -> None:
    reply = await dialogue.say(ReturnPolicy, product_class=product_class, country=country)
    assert reply.keys == [f"return-{key}" for key in keys]
    assert reply.choices == []


async def test_the_days_of_a_class_are_those_of_its_region(dialogue: Dialogue, facts: Merchant) -> None:
    reply = await dialogue.say(ReturnPolicy, product_class="electronics", country="US")
    assert reply.values("return-class-electronics") == {"days": facts.returns["us"].classes["electronics"].days}


async def test_the_country_of_the_order_in_question_counts(dialogue: Dialogue, shop: MemoryShop) -> None:
    shop.orders = [an_order("PL-10432", "paid", country="BR")]
    await dialogue.say(OrderStatus, order_number="PL-10432", email="ola@example.com")
    assert (await dialogue.say(ReturnPolicy)).values("return-region") == {"country": {"country": "BR"}}


async def test_the_region_of_the_page_counts_where_nothing_else_is_known() -> None:
    reply = await Dialogue(locale="en-US").say(ReturnPolicy)
    assert reply.values("return-region") == {"country": {"country": "US"}}


async def test_a_country_after_the_answer_goes_on_with_returns(dialogue: Dialogue) -> None:
    await dialogue.say(ReturnPolicy)
    reply = await dialogue.say(ProvideDetails, country="CN")
    assert reply.values("return-region") == {"country": {"country": "CN"}}
