"""Whether a message calls for a person, and why: a wish, a legal threat, an injury, a matter that keeps coming back."""

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
from bot.nlu.text import model_text

NONE = "none"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class EscalationClassifier(GraphComponent):
    """Sets `escalation`: the likeliest reason as `name`, and as `confidence` the probability of any reason at all."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`data`: folder of <language>.tsv; `c`: inverse regularisation.

        Examples of `wish_intents` join as wishes; every n-th (`every`) of the others but `mixed_intents` joins as
        a sentence that needs nobody: they teach what everyday talk looks like.
        """
        return {
            "data": "nlu_data/escalation",
            "c": 1.0,
            "wish_intents": ["human_agent"],
            "mixed_intents": ["complaint", "delivery_problem", "item_problem", "payment_problem", "bulk_order"],
            "every": 1,
        }

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        model: LinearTextModel | None = None,
    ) -> None:
        self._config, self._storage, self._resource, self._model = config, storage, resource, model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> EscalationClassifier:
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
    ) -> EscalationClassifier:
        """Called by Rasa with a trained model."""
        return cls(config, model_storage, resource, fetch(model_storage, resource))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Trains again when a sentence changes."""
        return digest(folder_of({**cls.get_default_config(), **config}).glob("*.tsv"))

    def train(self, training_data: TrainingData) -> Resource:
        """Fits on the escalation sentences of all languages and on intent examples."""
        rows = [(reason, text) for _, reason, text in labelled_sentences(folder_of(self._config))]
        wishes, mixed = self._config["wish_intents"], self._config["mixed_intents"]
        calm = []
        for message in training_data.intent_examples:
            if message.get("intent") in wishes:
                rows.append(("wish", message.get("text")))
            elif message.get("intent") not in mixed:
                calm.append(message.get("text"))
        rows += [(NONE, text) for text in calm[:: self._config["every"]]]
        texts = [model_text(text) for _, text in rows]
        self._model = LinearTextModel.fit(texts, [reason for reason, _ in rows], Features(), self._config["c"])
        return keep(self._model, self._storage, self._resource)

    def process(self, messages: list[Message]) -> list[Message]:
        """Classifies."""
        for message in messages:
            if self._model is not None and message.get("text"):
                odds = dict(self._model.rank(model_text(message.get("text"))))
                confidence = 1.0 - odds.pop(NONE, 0.0)
                name = max(odds, key=lambda reason: odds[reason]) if odds else NONE
                message.set("escalation", {"name": name, "confidence": confidence}, add_to_output=True)
        return messages
