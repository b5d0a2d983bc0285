"""Knowledge: answers with the shop's figures, suggests, admits; two misses in a row call a person."""

from __future__ import annotations

import json

import pytest

from bot.actions.details import Affirm, ProvideDetails
from bot.actions.knowledge import LABEL_LIMIT, Knowledge, NoneOfThese, fill
from bot.actions.orders import OrderStatus
from bot.actions.shipping import ShippingTime
from bot.merchant import Merchant
from tests.actions.dialogue import Dialogue, MemoryKnowledge

pytestmark = pytest.mark.anyio
MENU = ["choice-order-status", "choice-shipping-time", "choice-return-policy"]


async def test_a_sure_answer_is_given(dialogue: Dialogue, knowledge: MemoryKnowledge) -> None:
    knowledge.knows("answer", "How can I pay?", text="By card at {shop_name}.")
    reply = await dialogue.say(Knowledge, "can I pay by card", intent="faq")
    assert reply.parts == [{"text": "By card at Sundry Lane."}]
    assert knowledge.asked == [("can I pay by card", "en", None)]
    assert dialogue.slots["tried"] == ["answered_faq"]


async def test_the_language_and_the_region_of_the_page_are_searched(knowledge: MemoryKnowledge) -> None:
    await Dialogue(locale="pt-BR", language="pt").say(Knowledge, "posso pagar?", intent="faq")
    assert knowledge.asked == [("posso pagar?", "pt", "BR")]


async def test_an_answer_in_another_language_says_so(knowledge: MemoryKnowledge) -> None:
    knowledge.knows("answer", "How can I pay?", language="en")
    reply = await Dialogue(language="pl").say(Knowledge, "jak zapłacić", intent="faq")
    assert reply.keys == ["faq-other-language", "literal"]
    assert reply.values("faq-other-language") == {"language": "English"}


async def test_likely_questions_are_suggested_and_none_of_them_is_a_choice(
    dialogue: Dialogue, knowledge: MemoryKnowledge
) -> None:
    questions = ["How can I pay?", "W" * 80, "Which cards?", "A fourth"]
    knowledge.knows("suggest", *questions)
    reply = await dialogue.say(Knowledge, "card", intent="faq")
    assert reply.keys == ["faq-suggest"]
    assert reply.labels == ["How can I pay?", "W" * (LABEL_LIMIT - 1) + "…", "Which cards?", "choice-none"]
    assert json.loads(reply.choices[1]["payload"].removeprefix("/faq")) == {"faq_id": "W" * 80}


async def test_a_chosen_suggestion_is_answered_whatever_the_confidence(
    dialogue: Dialogue, knowledge: MemoryKnowledge
) -> None:
    knowledge.knows("suggest", "How can I pay?", text="By card.")
    reply = await dialogue.say(Knowledge, intent="faq", faq_id="How can I pay?")
    assert reply.parts == [{"text": "By card."}]
    assert knowledge.asked[0][0] == "How can I pay?"


async def test_none_of_the_suggestions_offers_a_person(dialogue: Dialogue) -> None:
    reply = await dialogue.say(NoneOfThese, intent="nlu_none")
    assert (reply.keys, reply.labels) == (["faq-none"], ["choice-yes", "choice-no"])
    accepted = await dialogue.say(Affirm)
    assert accepted.handoff is not None
    assert accepted.handoff["reason"] == "matter"


async def test_an_unknown_question_is_admitted_and_a_person_offered(dialogue: Dialogue) -> None:
    reply = await dialogue.say(Knowledge, "do you sell submarines", intent="faq")
    assert (reply.keys, reply.labels) == (["faq-none"], ["choice-yes", "choice-no"])
    assert dialogue.slots["tried"] == ["faq_unanswered", "offered_person"]


async def test_off_topic_shows_what_the_bot_can_do(dialogue: Dialogue) -> None:
    reply = await dialogue.say(Knowledge, "who won the match", intent="out_of_scope")
    assert (reply.keys, reply.labels) == (["out-of-scope"], MENU)


async def test_what_was_not_understood_may_still_have_an_answer(dialogue: Dialogue, knowledge: MemoryKnowledge) -> None:
    knowledge.knows("answer", "How can I pay?")
    assert (await dialogue.say(Knowledge, "???", intent="nlu_fallback")).keys == ["literal"]


async def test_two_turns_in_a_row_not_understood_call_a_person(dialogue: Dialogue) -> None:
    first = await dialogue.say(Knowledge, "blub", intent="nlu_fallback")
    assert (first.keys, first.labels) == (["not-understood"], MENU)
    second = await dialogue.say(Knowledge, "blub blub", intent="nlu_fallback")
    assert second.handoff is not None
    assert (second.handoff["reason"], second.handoff["priority"]) == ("not_understood", 3)
    assert second.handoff["brief"]["tried"] == ["not_understood", "not_understood"]


async def test_details_that_fit_nothing_count_as_not_understood(dialogue: Dialogue) -> None:
    await dialogue.say(Knowledge, "blub", intent="nlu_fallback")
    assert (await dialogue.say(ProvideDetails, "hm")).handoff is not None


async def test_an_understood_turn_between_starts_the_count_again(dialogue: Dialogue) -> None:
    await dialogue.say(Knowledge, "blub", intent="nlu_fallback")
    await dialogue.say(ShippingTime, country="DE")
    assert (await dialogue.say(Knowledge, "blub", intent="nlu_fallback")).keys == ["not-understood"]
    assert (await dialogue.say(Knowledge, "blub", intent="nlu_fallback")).handoff is not None


async def test_after_a_hand_over_the_count_starts_again(dialogue: Dialogue) -> None:
    for _ in range(2):
        await dialogue.say(Knowledge, "blub", intent="nlu_fallback")
    assert (await dialogue.say(Knowledge, "blub", intent="nlu_fallback")).keys == ["not-understood"]


async def test_a_knowledge_question_in_the_middle_does_not_lose_the_order(
    dialogue: Dialogue, knowledge: MemoryKnowledge
) -> None:
    knowledge.knows("answer", "How can I pay?")
    await dialogue.say(OrderStatus, order_number="PL-10432")
    await dialogue.say(Knowledge, "how can I pay", intent="faq")
    assert dialogue.slots["order_number"] == "PL-10432"


class BrokenKnowledge(MemoryKnowledge):
    def search(self, text: str, language: str, region: str | None = None, k: int = 5) -> object:  # type: ignore[override]
        raise OSError("the index is gone")


class TestWithABrokenIndex:
    @pytest.fixture
    def knowledge(self) -> MemoryKnowledge:
        return BrokenKnowledge()

    async def test_a_person_is_called(self, dialogue: Dialogue) -> None:
        reply = await dialogue.say(Knowledge, "how can I pay", intent="faq")
        assert reply.handoff is not None
        assert reply.handoff["reason"] == "action_failed"


# Figures


@pytest.mark.parametrize(
    ("country", "language", "tag", "text"),
    [
        ("DE", "de", "de-DE", "ab 49,00 €"),
        ("GB", "en", "en-GB", "ab £75.00"),
        ("US", "en", "en-US", "ab $150.00"),
        ("BR", "pt", "pt-BR", "ab US$ 180,00"),
    ],
)
def test_figures_are_those_of_the_country_as_the_reader_writes_them(
    facts: Merchant, country: str, language: str, tag: str, text: str
) -> None:
    assert fill("ab {free_shipping_from}", facts, country, language, tag).replace("\u00a0", " ") == text


@pytest.mark.parametrize("country", [None, "DE", "JP", "RU", "KP", "XX"])
def test_every_figure_of_the_corpus_has_a_value_for_every_country(facts: Merchant, country: str | None) -> None:
    import yaml

    from bot.settings import ROOT

    names = yaml.safe_load((ROOT / "faq_corpus" / "topics.yml").read_text(encoding="utf-8"))["variables"]
    filled = fill(" ".join(f"{{{name}}}" for name in names), facts, country, "en")
    assert "{" not in filled


def test_returns_and_delivery_follow_the_region(facts: Merchant) -> None:
    rule, zone = facts.return_rule("BR"), facts.zone("BR")
    assert zone is not None
    text = fill("{return_days} {refund_days} {standard_days}", facts, "BR", "en")
    assert text == f"{rule.days} {rule.refund_days} {zone.standard.days[0]}–{zone.standard.days[1]}"


def test_a_word_in_braces_that_is_no_figure_stays(facts: Merchant) -> None:
    assert fill("write {hello} {Shop Name}", facts, "DE", "en") == "write {hello} {Shop Name}"
