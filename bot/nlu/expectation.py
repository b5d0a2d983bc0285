"""Reads a message in the light of what was asked: a number after "which order?" is the answer."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.text import folded

_DETAILS = ("order_number", "tracking_number", "email", "postcode")
# Intents that say nothing by themselves beside a detail ("no, 10433", "hi PL-10432").
_WEAK = {
    "deny",
    "affirm",
    "greet",
    "thanks",
    "goodbye",
    "praise",
    "nlu_fallback",
    "out_of_scope",
    "provide_details",
    "faq",
}
_SAME_TOPIC = {"order_status", "refund_status", "delivery_problem"}
SURE = 0.6
# A detail that was asked for, or a short "and to France?", is taken as such unless the message clearly wants
# something else (chosen on the conversations of tests/system).
SURE_OF_ANOTHER_MATTER = 0.85
# Of a matter beside a greeting or thanks ("Спасибо, а сколько стоит доставка?": thanks 0.70, faq 0.29). At 0.15 three
# greetings of the validation messages were taken for matters, at 0.25 none.
MATTER_BESIDE = 0.25
_POLITE = {"greet", "thanks"}


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=False)
class ExpectedDetail(GraphComponent):
    """Turns the intent into `provide_details` where a message gives what was asked for, or corrects it."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ExpectedDetail:
        """Called by Rasa."""
        return cls()

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        """Looks past a greeting, then at the slots `asked`, `order_topic` and `country_topic`."""
        for message in messages:
            _matter_after_politeness(message)
        if tracker is None:
            return messages
        asked = tracker.get_slot("asked")
        for message in messages:
            if not message.get("text") or not message.get("intent"):
                continue
            if asked == "proof":
                _bare_number_is_postcode(message)
            if self._gives(message, asked, tracker):
                intent = {"name": "provide_details", "confidence": 1.0}
                message.set("intent", intent, add_to_output=True)
        return messages

    def _gives(self, message: Message, asked: str | None, tracker: DialogueStateTracker) -> bool:
        intent = message.get("intent") or {}
        name, confidence = intent.get("name"), intent.get("confidence", 0.0)
        names = {e["entity"] for e in message.get("entities", [])}
        has_detail = any(detail in names for detail in _DETAILS)
        unsure = name in _WEAK or confidence < SURE
        if asked in ("order_number", "proof") and has_detail:
            return unsure or name in _SAME_TOPIC or confidence < SURE_OF_ANOTHER_MATTER
        # "Nederland" and "a na Ukrainę?" look like the wish for a language; none is named in them.
        if name == "change_language" and "wanted_language" not in names:
            confidence = 0.0
        follows = name in _WEAK - {"faq"} or confidence < SURE_OF_ANOTHER_MATTER
        if asked == "country" and "country" in names:
            return unsure or follows or name in ("shipping_time", "return_policy")
        if has_detail and tracker.get_slot("order_topic") and "country" not in names:
            return unsure
        if not _short(message.get("text")):
            return False
        topic = tracker.get_slot("country_topic")
        if "country" in names and topic:
            return (unsure or follows) and name not in ("shipping_time", "return_policy")
        return "product_class" in names and topic == "return_policy" and follows


def _matter_after_politeness(message: Message) -> None:
    """ "Hello, how long to Germany?" is no greeting: the matter counts where the model sees one beside it."""
    ranking = message.get("intent_ranking") or []
    intent = message.get("intent") or {}
    if intent.get("name") not in _POLITE or intent.get("confidence", 0.0) >= SURE_OF_ANOTHER_MATTER:
        return
    matter = next((i for i in ranking if i["name"] not in (_WEAK - {"faq"}) | {"bot_challenge"}), None)
    if matter and matter["confidence"] >= MATTER_BESIDE:
        message.set("intent", matter, add_to_output=True)


def _short(text: str) -> bool:
    """A few words, or as many Chinese or Japanese characters as those take."""
    plain = folded(text)
    return len(plain.split()) <= 4 and sum("\u3040" <= c <= "\u9fff" for c in plain) <= 10


def _bare_number_is_postcode(message: Message) -> None:
    """After "e-mail or postcode?" a message of nothing but digits is a postcode, not another order number."""
    if re.fullmatch(r"[0-9 -]{3,10}", folded(message.get("text"))):
        for entity in message.get("entities", []):
            if entity["entity"] in ("order_number", "tracking_number"):
                entity["entity"] = "postcode"
