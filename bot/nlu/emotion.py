"""The buyer's emotion, as a reader would feel it: neutral, positive, upset or angry."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.component import digest, fetch, folder_of, keep
from bot.nlu.data import labelled_sentences
from bot.nlu.linear import Features, LinearTextModel
from bot.nlu.text import folded, model_text


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class EmotionClassifier(GraphComponent):
    """Sets `emotion` {name, confidence}; reads its own sentences from `data`."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`data`: folder of <language>.tsv; `c`: inverse regularisation.

        Intent examples of `calm_intents` join as neutral, those of `happy_intents` as positive sentences, one
        in `every`: they teach that a plain question is no anger (macro-F1 on validation messages 0.51 without, 0.64
        with).
        """
        calm = ["faq", "shipping_time", "return_policy", "provide_details", "request_invoice", "bulk_order", "greet"]
        calm += ["order_status", "change_address", "change_order", "change_language", "bot_challenge", "human_agent"]
        calm += ["deny", "affirm", "goodbye", "request_return", "refund_status", "cancel_order"]
        happy = ["praise", "thanks"]
        return {"data": "nlu_data/emotion", "c": 1.0, "calm_intents": calm, "happy_intents": happy, "every": 3}

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: LinearTextModel | None = None
    ) -> None:
        self._config, self._storage, self._resource, self._model = config, storage, resource, model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> EmotionClassifier:
        """Called by Rasa before training."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> EmotionClassifier:
        """Called by Rasa with a trained model."""
        return cls(config, model_storage, resource, fetch(model_storage, resource))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Trains again when a sentence changes."""
        return digest(folder_of({**cls.get_default_config(), **config}).glob("*.tsv"))

    def train(self, training_data: TrainingData) -> Resource:
        """Fits on the emotion sentences of all languages and on calm and happy intent examples."""
        rows = [(emotion, text) for _, emotion, text in labelled_sentences(folder_of(self._config))]
        for emotion, key in (("neutral", "calm_intents"), ("positive", "happy_intents")):
            examples = [m.get("text") for m in training_data.intent_examples if m.get("intent") in self._config[key]]
            rows += [(emotion, text) for text in examples[:: self._config["every"]]]
        texts = [emotion_text(text) for _, text in rows]
        self._model = LinearTextModel.fit(texts, [emotion for emotion, _ in rows], Features(), self._config["c"])
        return keep(self._model, self._storage, self._resource)

    def process(self, messages: list[Message]) -> list[Message]:
        """Classifies."""
        for message in messages:
            if self._model is not None and message.get("text"):
                ranking = self._model.rank(emotion_text(message.get("text")))
                name, confidence = ranking[0]
                # Anger is acted upon below even odds, so its probability is always told.
                emotion = {"name": name, "confidence": confidence, "angry": dict(ranking).get("angry", 0.0)}
                message.set("emotion", emotion, add_to_output=True)
        return messages


def emotion_text(text: str) -> str:
    """The model's text with what typing gives away: shouting and rows of marks."""
    marks = []
    cased = [c for c in text if c.isalpha() and c.lower() != c.upper()]
    if len(cased) >= 8 and sum(c.isupper() for c in cased) > 0.7 * len(cased):
        marks.append("§shout")
    flat = folded(text)
    if "!!" in flat or "?!" in flat or "!?" in flat:
        marks.append("§marks")
    if "..." in flat:
        marks.append("§dots")
    return " ".join([model_text(text), *marks])
