from pathlib import Path
from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.policy import HandoffPolicy, escalation_reason

CONFIG = {
    **HandoffPolicy.get_default_config(),
    "angry_threshold": 0.4,
    "upset_turns": 3,
    "upset_threshold": 0.6,
    "escalation_threshold": 0.5,
}
ANGRY = {"emotion": {"name": "angry", "confidence": 0.7, "angry": 0.7}}
UPSET = {"emotion": {"name": "upset", "confidence": 0.7, "angry": 0.1}}
CALM = {"emotion": {"name": "neutral", "confidence": 0.9, "angry": 0.05}}
WISH = {**CALM, "intent": {"name": "human_agent", "confidence": 0.9}}


@pytest.fixture
def policy(tmp_path: Path) -> HandoffPolicy:
    storage = LocalModelStorage.create(tmp_path)
    return HandoffPolicy(CONFIG, storage, Resource("policy"), ExecutionContext(GraphSchema({})))


def decision(policy: HandoffPolicy, domain: Domain, events: list[Event]) -> tuple[str | None, str | None]:
    """The action that the policy wants after these events, and the reason it notes."""
    tracker = DialogueStateTracker("c", domain.slots)
    tracker.update_with_events(events, domain)
    prediction = policy.predict_action_probabilities(tracker, domain)
    noted = [e.value for e in prediction.events or [] if isinstance(e, SlotSet) and e.key == "handoff_reason"]
    if max(prediction.probabilities) == 0.0:
        return None, None
    return domain.action_names_or_texts[prediction.probabilities.index(1.0)], noted[0] if noted else None


def said(*messages: dict[str, Any], answered_by: str = "action_knowledge") -> list[Event]:
    events: list[Event] = []
    for number, parsed in enumerate(messages):
        events += [ActionExecuted(answered_by)] if number else []
        events += [ActionExecuted("action_listen"), UserUttered("x", parse_data=parsed)]
    return events


@pytest.mark.parametrize(
    ("messages", "reason"),
    [
        ([ANGRY], "angry"),
        ([CALM, CALM, ANGRY], "angry"),
        ([UPSET, UPSET, UPSET], "upset"),
        ([CALM, UPSET, UPSET, UPSET], "upset"),
        ([WISH], "asked"),
    ],
)
def test_a_person_is_called(policy: HandoffPolicy, domain: Domain, messages: list[dict[str, Any]], reason: str) -> None:
    assert decision(policy, domain, said(*messages)) == ("action_hand_off", reason)


@pytest.mark.parametrize(
    "messages",
    [
        [CALM],
        [UPSET],
        [UPSET, UPSET],
        [UPSET, CALM, UPSET, UPSET],
        [UPSET, UPSET, UPSET, CALM],
        [ANGRY, CALM],
        [{"emotion": {"name": "angry", "confidence": 0.39, "angry": 0.39}}],
        [UPSET, {"emotion": {"name": "upset", "confidence": 0.5, "angry": 0.1}}, UPSET],
        [{}],
        [{"intent": {"name": "affirm", "confidence": 1.0}}],
    ],
)
def test_nobody_is_called(policy: HandoffPolicy, domain: Domain, messages: list[dict[str, Any]]) -> None:
    assert decision(policy, domain, said(*messages)) == (None, None)


def test_after_a_hand_off_the_bot_listens_however_angry_the_message(policy: HandoffPolicy, domain: Domain) -> None:
    events = [*said(ANGRY), ActionExecuted("action_hand_off")]
    assert decision(policy, domain, events) == ("action_listen", None)


def test_in_the_middle_of_an_answer_the_rules_go_on(policy: HandoffPolicy, domain: Domain) -> None:
    assert decision(policy, domain, [*said(ANGRY), ActionExecuted("action_knowledge")]) == (None, None)


def test_at_the_start_nothing_is_wanted(policy: HandoffPolicy, domain: Domain) -> None:
    assert decision(policy, domain, [ActionExecuted("action_listen")]) == (None, None)
    assert decision(policy, domain, []) == (None, None)


def escalation(name: str, sure: float = 0.9, **more: Any) -> dict[str, Any]:
    return {**CALM, "escalation": {"name": name, "confidence": sure}, **more}


@pytest.mark.parametrize(
    ("parsed", "reason"),
    [
        (escalation("safety"), "safety"),
        (escalation("legal"), "legal"),
        (escalation("legal", **ANGRY), "legal"),
        (escalation("wish", **ANGRY), "angry"),
        (escalation("wish"), "asked"),
        (escalation("repeated"), "repeated"),
        (escalation("large_deal"), "matter"),
        (escalation("safety", 0.3), None),
        (escalation("wish", 0.3), None),
        (escalation("none"), None),
        (escalation("something new"), None),
        ({}, None),
    ],
)
def test_what_is_said_weighs_more_than_its_tone(parsed: dict[str, Any], reason: str | None) -> None:
    assert escalation_reason(parsed, CONFIG) == reason
