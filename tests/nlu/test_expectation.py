from typing import Any

import pytest
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.expectation import ExpectedDetail

NUMBER = {"entity": "order_number", "value": "10433"}
EMAIL = {"entity": "email", "value": "anna@example.com"}
POSTCODE = {"entity": "postcode", "value": "10115"}
COUNTRY = {"entity": "country", "value": "PL"}


def understood(text: str, intent: str, sure: float, entities: list[dict[str, Any]], **slots: str) -> Message:
    tracker = DialogueStateTracker(
        "c",
        [
            AnySlot(name, [], initial_value=slots.get(name), influence_conversation=False)
            for name in ("asked", "order_topic", "country_topic")
        ],
    )
    message = Message(
        {"text": text, "intent": {"name": intent, "confidence": sure}, "entities": [dict(e) for e in entities]}
    )
    ExpectedDetail().process([message], tracker)
    return message


def intent_of(message: Message) -> str:
    return str(message.get("intent")["name"])


@pytest.mark.parametrize(
    ("text", "intent", "sure", "entities", "slots"),
    [
        ("10433", "out_of_scope", 0.9, [NUMBER], {"asked": "order_number"}),
        ("the order is 10433", "order_status", 0.9, [NUMBER], {"asked": "order_number"}),
        ("anna@example.com", "greet", 0.9, [EMAIL], {"asked": "proof"}),
        ("10115", "cancel_order", 0.3, [POSTCODE], {"asked": "proof"}),
        ("Polen", "faq", 0.9, [COUNTRY], {"asked": "country"}),
        ("and to Poland?", "shipping_time", 0.9, [COUNTRY], {"asked": "country"}),
        ("no, 10433", "deny", 0.99, [NUMBER], {"order_topic": "order_status"}),
        ("and Poland?", "affirm", 0.9, [COUNTRY], {"country_topic": "shipping_time"}),
    ],
)
def test_a_detail_that_was_asked_for(
    text: str, intent: str, sure: float, entities: list[dict[str, Any]], slots: dict[str, str]
) -> None:
    assert intent_of(understood(text, intent, sure, entities, **slots)) == "provide_details"


@pytest.mark.parametrize(
    ("text", "intent", "sure", "entities", "slots"),
    [
        ("cancel order 10433", "cancel_order", 0.9, [NUMBER], {"asked": "order_number"}),
        ("I want a person, 10433", "human_agent", 0.9, [NUMBER], {"asked": "proof"}),
        ("no", "deny", 0.99, [], {"asked": "order_number"}),
        ("how long to Poland", "shipping_time", 0.95, [COUNTRY], {"asked": "order_number"}),
        ("can I pay in installments in Poland?", "faq", 0.9, [COUNTRY], {"country_topic": "shipping_time"}),
        ("10433", "out_of_scope", 0.9, [NUMBER], {}),
    ],
)
def test_another_matter_stays_what_it_is(
    text: str, intent: str, sure: float, entities: list[dict[str, Any]], slots: dict[str, str]
) -> None:
    assert intent_of(understood(text, intent, sure, entities, **slots)) == intent


@pytest.mark.parametrize("text", ["10115", "101-15", "１０１１５", " 10 115 "])
def test_a_bare_number_after_the_question_for_a_proof_is_a_postcode(text: str) -> None:
    message = understood(text, "provide_details", 0.9, [NUMBER], asked="proof")
    assert [e["entity"] for e in message.get("entities")] == ["postcode"]


def test_a_number_with_words_is_still_another_order() -> None:
    message = understood("sorry it is order 10433", "provide_details", 0.9, [NUMBER], asked="proof")
    assert [e["entity"] for e in message.get("entities")] == ["order_number"]


def test_without_a_conversation_nothing_changes() -> None:
    message = Message({"text": "10433", "intent": {"name": "faq", "confidence": 0.9}, "entities": [NUMBER]})
    assert ExpectedDetail().process([message], None) == [message]
    assert intent_of(message) == "faq"


def test_a_payload_without_text_or_intent_is_left_alone() -> None:
    tracker = DialogueStateTracker("c", [AnySlot("asked", [], initial_value="proof", influence_conversation=False)])
    message = Message({"text": ""})
    ExpectedDetail().process([message], tracker)
    assert message.get("intent") is None
