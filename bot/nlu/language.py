"""The language of a conversation, decided in layers: script, trained identifier, langdetect, the language so far.

A switch needs evidence: digits, e-mail addresses, emoji and words that many languages share never switch.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.locales.languages import DEFAULT_LANGUAGE, languages, supported
from bot.nlu.component import digest, fetch, folder_of, keep
from bot.nlu.data import intent_files, intent_sentences, labelled_sentences
from bot.nlu.linear import Features, LinearTextModel
from bot.nlu.text import letters

# How strongly the language so far is believed, by the number of words that speak for another one.
_PRIOR = {1: 0.93, 2: 0.8, 3: 0.6}
_PRIOR_LONG = 0.35
SHARED_LETTERS = 3
LANGDETECT_LETTERS = 40
LANGDETECT_WEIGHT = 1.5
IDENTIFIED_LETTERS = 200
SURE = 0.9


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class LanguageIdentifier(GraphComponent):
    """Sets `language` and appends it as an entity, which fills the slot before the first reply."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`data`: folder of nlu_data, whose subfolders name the languages."""
        return {"data": "nlu_data", "c": 1.0}

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
    ) -> LanguageIdentifier:
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
    ) -> LanguageIdentifier:
        """Called by Rasa with a trained model."""
        _langdetect()  # its profiles take half a second: before the first buyer, not during
        return cls(config, model_storage, resource, fetch(model_storage, resource))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Trains again when a sentence changes."""
        return digest(_sources(folder_of({**cls.get_default_config(), **config})))

    def train(self, training_data: TrainingData) -> Resource:
        """Fits on the sentences of every language's own folder."""
        folder = folder_of(self._config)
        rows = [(lang, text) for lang in languages() for _, text in intent_sentences(folder, lang)]
        rows += [(lang, text) for lang, _, text in labelled_sentences(folder / "emotion")]
        rows = [(lang, letters(text)) for lang, text in rows]
        rows = [(lang, text) for lang, text in rows if text]
        self._model = LinearTextModel.fit(
            [text for _, text in rows], [lang for lang, _ in rows], Features((1, 4), 2, (1, 1)), self._config["c"]
        )
        return keep(self._model, self._storage, self._resource)

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        """Decides the language of each message, given the conversation's so far."""
        for message in messages:
            if self._model is None or not message.get("text"):
                continue
            metadata = message.get("metadata") or {}
            so_far = (tracker.get_slot("language") if tracker else None) or supported(metadata.get("language"))
            language = identify(message.get("text"), self._model, so_far)
            if so_far and tracker and _answers_in_one_word(message.get("text"), so_far, tracker.get_slot("asked")):
                language = so_far
            message.set("language", language, add_to_output=True)
            entity = {"entity": "language", "value": language, "start": 0, "end": 0, "extractor": "LanguageIdentifier"}
            message.set("entities", [*message.get("entities", []), entity], add_to_output=True)
        return messages


def _answers_in_one_word(text: str, so_far: str, asked: str | None) -> bool:
    """ "Argentina" after "which country?" is a name, and no sign of another language in the same script."""
    plain = letters(text)
    return bool(asked) and " " not in plain and so_far in _candidates(plain)


def identify(text: str, model: LinearTextModel, so_far: str | None = None) -> str:
    """The language of a text; without evidence the language so far, else English."""
    plain = letters(text)
    if sum(c.isalpha() for c in plain) < 2 and not any("\u3040" <= c <= "\u9fff" for c in plain):
        return so_far or DEFAULT_LANGUAGE
    scripts = _candidates(plain)
    if len(scripts) == 1:
        return scripts[0]
    # "ok", "no" and "DHL 1234" are said in every language; a single Latin word is no switch from another script.
    if "en" in scripts and len(plain) <= SHARED_LETTERS:
        return so_far or DEFAULT_LANGUAGE
    if so_far and "en" in scripts and so_far not in scripts and " " not in plain:
        return so_far
    ranking = model.rank(plain[:IDENTIFIED_LETTERS])
    scores = {name: math.log(p + 1e-9) for name, p in ranking if name in scripts}
    # langdetect costs ten times what our identifier does: it is asked where that one is in doubt.
    if len(plain) >= LANGDETECT_LETTERS and ranking[0][1] < SURE:
        for name, probability in _langdetect_votes(plain).items():
            if name in scores:
                scores[name] += LANGDETECT_WEIGHT * probability
    if so_far in scores:
        prior = _PRIOR.get(len(plain.split()), _PRIOR_LONG)
        scores[so_far] += math.log(prior / ((1 - prior) / (len(scores) - 1)))
    return max(scores, key=lambda name: scores[name])


def _candidates(plain: str) -> list[str]:
    """The languages whose script the text is written in."""
    counts = {"kana": 0, "han": 0, "Arab": 0, "Cyrl": 0, "Latn": 0}
    for c in plain:
        if "\u3040" <= c <= "\u30ff" or "\u31f0" <= c <= "\u31ff":
            counts["kana"] += 1
        elif "\u3400" <= c <= "\u9fff" or "\uf900" <= c <= "\ufaff":
            counts["han"] += 1
        elif "\u0600" <= c <= "\u06ff" or "\u0750" <= c <= "\u077f":
            counts["Arab"] += 1
        elif "\u0400" <= c <= "\u04ff":
            counts["Cyrl"] += 1
        elif c.isalpha():
            counts["Latn"] += 1
    # A Chinese or Japanese character says as much as a syllable, a Latin letter far less ("我要退货 ok thanks").
    weighted = {**counts, "kana": counts["kana"] * 4, "han": counts["han"] * 3}
    script = max(weighted, key=lambda name: weighted[name])
    if script == "kana" or (script == "han" and counts["kana"]):
        return ["ja"]
    if script == "han":
        return ["zh", "ja"]
    return [code for code, language in languages().items() if language.script == script] + (
        # Arabic is also typed in Latin letters.
        ["ar"] if script == "Latn" else []
    )


def _sources(folder: Path) -> list[Path]:
    files = [p for language in languages() for p in intent_files(folder, language)]
    return files + list((folder / "emotion").glob("*.tsv"))


def _langdetect() -> Any:
    from langdetect import DetectorFactory, detector_factory

    if detector_factory._factory is None:
        DetectorFactory.seed = 0
        detector_factory.init_factory()
    return detector_factory._factory


def _langdetect_votes(text: str) -> dict[str, float]:
    from langdetect.lang_detect_exception import LangDetectException

    detector = _langdetect().create()
    detector.append(text[:400])
    try:
        found = detector.get_probabilities()
    except LangDetectException:
        return {}
    return {supported(item.lang) or item.lang: item.prob for item in found}
