"""The intent of a message, in all languages by one model."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.component import fetch, keep
from bot.nlu.linear import Features, LinearTextModel
from bot.nlu.text import model_text

RANKING = 3


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class IntentClassifier(GraphComponent):
    """Sets `intent` and a short `intent_ranking`."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`c` is the SVM's inverse regularisation, chosen on the validation messages."""
        return {"c": 0.7}

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
    ) -> IntentClassifier:
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
    ) -> IntentClassifier:
        """Called by Rasa with a trained model."""
        return cls(config, model_storage, resource, fetch(model_storage, resource))

    def train(self, training_data: TrainingData) -> Resource:
        """Fits on all intent examples."""
        examples = [m for m in training_data.intent_examples if m.get("intent") and m.get("text")]
        texts = [model_text(m.get("text")) for m in examples]
        self._model = LinearTextModel.fit(texts, [m.get("intent") for m in examples], Features(), self._config["c"])
        return keep(self._model, self._storage, self._resource)

    def process(self, messages: list[Message]) -> list[Message]:
        """Classifies."""
        for message in messages:
            if self._model is None or not message.get("text"):
                continue
            ranking = [
                {"name": n, "confidence": p} for n, p in self._model.rank(model_text(message.get("text")))[:RANKING]
            ]
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages
