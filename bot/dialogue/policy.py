"""Decides that a person must take over, before any rule is asked (config.yml: policies)."""

from __future__ import annotations

from typing import Any

from rasa.core.policies.policy import Policy, PolicyPrediction, confidence_scores_for
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet, UserUttered
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

HAND_OFF = "action_hand_off"
# Labels of nlu_data/escalation and the reasons they become.
_FIRST = {"safety": "safety", "legal": "legal"}
_THEN = {"repeated": "repeated", "wish": "asked", "several": "matter", "large_deal": "matter"}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class HandoffPolicy(Policy):
    """Hands over when the buyer is angry, or upset several messages in a row. Thresholds stand in config.yml."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`angry_threshold`: probability from which anger counts; `upset_turns`: upset messages in a row."""
        return {
            "priority": 7,
            "angry_threshold": 0.45,
            "escalation_threshold": 0.5,
            "upset_turns": 3,
            "upset_threshold": 0.6,
        }

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        featurizer: Any = None,
    ) -> None:
        super().__init__(config, model_storage, resource, execution_context, featurizer)

    def train(self, training_trackers: list[TrackerWithCachedStates], domain: Domain, **kwargs: Any) -> Resource:
        """There is nothing to learn."""
        return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """Predicts the hand-off right after such a message, and to listen right after a hand-off."""
        if tracker.latest_action_name == HAND_OFF:
            return self._prediction(confidence_scores_for(ACTION_LISTEN_NAME, 1.0, domain))
        if tracker.latest_action_name == ACTION_LISTEN_NAME:
            reason = self.reason(tracker)
            if reason:
                events: list[Event] = [SlotSet("handoff_reason", reason)]
                return self._prediction(confidence_scores_for(HAND_OFF, 1.0, domain), events=events)
        return self._prediction(self._default_predictions(domain))

    def reason(self, tracker: DialogueStateTracker) -> str | None:
        """Why the last message calls for a person, or None."""
        latest: list[UserUttered] = []
        for event in reversed(tracker.events):
            if isinstance(event, UserUttered):
                latest.append(event)
                if len(latest) == self.config["upset_turns"]:
                    break
        if not latest:
            return None
        reason = escalation_reason(latest[0].parse_data or {}, self.config)
        if reason:
            return reason
        upset = len(latest) == self.config["upset_turns"] and all(
            _emotion(event).get("name") == "upset"
            and _emotion(event).get("confidence", 0.0) >= self.config["upset_threshold"]
            for event in latest
        )
        return "upset" if upset else None


def escalation_reason(parsed: dict[str, Any], config: dict[str, Any]) -> str | None:
    """Why this message alone calls for a person (a reason of bot.handoff.cases), or None.

    What is said weighs more than its tone: a threat or an injury goes before anger, anger before a wish.
    """
    escalation = parsed.get("escalation") or {}
    name = escalation.get("name")
    sure = escalation.get("confidence", 0.0) >= config["escalation_threshold"]
    if name in _FIRST and sure:
        return _FIRST[name]
    emotion = parsed.get("emotion") or {}
    if emotion.get("angry", 0.0) >= config["angry_threshold"]:
        return "angry"
    if (parsed.get("intent") or {}).get("name") == "human_agent":
        return "asked"
    return _THEN[name] if name in _THEN and sure else None


def _emotion(event: UserUttered) -> dict[str, Any]:
    return (event.parse_data or {}).get("emotion") or {}
