"""Entities by pattern and list: numbers of orders and parcels, e-mail, phone, postcode, country, class of goods.

Patterns run on a copy of the text whose digits are ASCII and whose length is unchanged, so that positions stay true.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import phonenumbers
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.names import country_names, language_names, product_classes
from bot.nlu.text import EMAIL, URL, ascii_digits

Entity = dict[str, Any]

# Letters directly followed or preceded by a digit do not end a number; letters of unspaced scripts do.
_L = r"(?<![A-Za-z0-9])"
_R = r"(?![A-Za-z0-9])"
_TRACKING = [
    re.compile(_L + r"1Z[0-9A-Z]{16}" + _R, re.IGNORECASE),  # UPS
    re.compile(_L + r"[A-Z]{2}[0-9]{9}[A-Z]{2}" + _R, re.IGNORECASE),  # UPU S10, all postal services
    re.compile(_L + r"(?:SF|JD|YT|LP|JJD|3S|6A|NX|PQ|EJ|RR|QW)[0-9A-Z]{9,24}" + _R, re.IGNORECASE),
]
_ORDER = [
    re.compile(r"(?:#|№|n[°º]|nr\.?|no\.?)\s?([A-Za-z]{0,4}[-_ ]?[0-9][0-9A-Za-z-]{2,19})" + _R, re.IGNORECASE),
    re.compile(_L + r"([A-Za-z]{1,5}[-_/]?[0-9]{4,18}(?:-[0-9A-Za-z]{1,6})?)" + _R),
    re.compile(_L + r"([A-Za-z]{2,3} [0-9]{4,8})" + _R),
    re.compile(_L + r"([0-9]{3,8}-[0-9]{3,10}(?:-[0-9]{3,10})?)" + _R),
    re.compile(_L + r"([0-9]{3,6}-[A-Z]{1,4})" + _R),
    re.compile(_L + r"([0-9]{4,20})" + _R),
]
_POSTCODE = [
    re.compile(_L + r"([A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2})" + _R, re.IGNORECASE),  # GB
    re.compile(_L + r"([0-9]{5}-[0-9]{3})" + _R),  # BR
    re.compile(_L + r"([0-9]{2}-[0-9]{3})" + _R),  # PL
    re.compile(r"(?:〒\s?|" + _L + r")([0-9]{3}-[0-9]{4})" + _R),  # JP
    re.compile(_L + r"([1-9][0-9]{3} ?[A-Z]{2})" + _R),  # NL
    re.compile(_L + r"([A-Z][0-9][A-Z] ?[0-9][A-Z][0-9])" + _R, re.IGNORECASE),  # CA
    re.compile(_L + r"([0-9]{5}-[0-9]{4})" + _R),  # US
]
_PHONE_HINT = re.compile(r"(?:\+|\b00)[0-9][0-9 ()./-]{6,20}[0-9]")
_DATE = re.compile(_L + r"(?:[0-9]{4}[-./][0-9]{1,2}[-./][0-9]{1,2}|[0-9]{1,2}[-./][0-9]{1,2}[-./][0-9]{2,4})" + _R)
_CURRENCY = r"[€$£¥₽]|zł|R\$|USD|EUR|元|円|руб"
_MONEY = re.compile(
    rf"(?:{_CURRENCY})\s?[0-9][0-9.,]*|[0-9][0-9.,]*\s?(?:{_CURRENCY}|euro?s?\b|dollars?\b)", re.IGNORECASE
)
_UNITS = (
    r"x\b|×|pcs|pc\b|pieces|units|stück|stk|szt|шт|個|个|件|台|套|piezas|unidades"
    r"|peças|pezzi|pièces|stuks|قطعة|قطع|وحدة"
)
_QUANTITY = re.compile(_L + rf"([0-9]{{2,5}})\s?(?:{_UNITS})", re.IGNORECASE)
_YEAR = re.compile(r"(?:19[5-9]|20[0-4])[0-9]")


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=False)
class PatternEntityExtractor(GraphComponent):
    """Appends entities with their place in the text."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`data`: folder of nlu_data with its word lists."""
        return {"data": "nlu_data"}

    def __init__(self, config: dict[str, Any]) -> None:
        folder = Path(config["data"])
        self._countries = country_names(folder)
        self._classes = product_classes(folder)
        self._languages = language_names()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> PatternEntityExtractor:
        """Called by Rasa."""
        return cls(config)

    def process(self, messages: list[Message], tracker: DialogueStateTracker | None = None) -> list[Message]:
        """Extracts; the message's language was set before."""
        for message in messages:
            text = message.get("text")
            if text:
                found = self.extract(text, message.get("language") or "en")
                message.set("entities", [*message.get("entities", []), *found], add_to_output=True)
        return messages

    def extract(self, text: str, language: str) -> list[Entity]:
        """All entities of one text, each with `entity`, `value`, `start` and `end`."""
        plain = ascii_digits(unicodedata.normalize("NFC", text))
        found = numbers(plain)
        for name, names in (
            ("country", self._countries),
            ("product_class", self._classes),
            ("wanted_language", self._languages),
        ):
            found += [_entity(name, value, start, end) for value, start, end in names.find(plain, language)]
        return found


def _entity(name: str, value: str, start: int, end: int) -> Entity:
    return {"entity": name, "value": value, "start": start, "end": end, "extractor": "PatternEntityExtractor"}


def numbers(text: str) -> list[Entity]:
    """E-mails, phones, tracking numbers, postcodes, order numbers; each character belongs to one of them at most."""
    found: list[Entity] = []
    taken: set[int] = set()

    def take(name: str, value: str, start: int, end: int) -> None:
        span = set(range(start, end))
        if not span & taken:
            taken.update(span)
            if name:
                found.append(_entity(name, value, start, end))

    for match in EMAIL.finditer(text):
        take("email", match.group().strip(".,;").lower(), *match.span())
    for pattern in (URL, _DATE, _MONEY):
        for match in pattern.finditer(text):
            take("", "", *match.span())
    for match in _QUANTITY.finditer(text):
        take("quantity", match.group(1), *match.span())
    for start, end, number in _phones(text):
        take("phone", number, start, end)
    for pattern in _TRACKING:
        for match in pattern.finditer(text):
            take("tracking_number", match.group().upper(), *match.span())
    for pattern in _POSTCODE:
        for match in pattern.finditer(text):
            take("postcode", match.group(1).upper(), *match.span(1))
    for pattern in _ORDER:
        for match in pattern.finditer(text):
            value = match.group(1)
            marked = match.start(1) > match.start()
            if _YEAR.fullmatch(value) and not marked:
                continue
            take("order_number", value.upper().replace(" ", "-"), *match.span(1))
    return _second_number_is_postcode(found)


def _phones(text: str) -> Iterable[tuple[int, int, str]]:
    for hint in _PHONE_HINT.finditer(text):
        for match in phonenumbers.PhoneNumberMatcher(hint.group(), None, leniency=phonenumbers.Leniency.POSSIBLE):
            number = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
            yield hint.start() + match.start, hint.start() + match.end, number


def _second_number_is_postcode(found: list[Entity]) -> list[Entity]:
    """Of "PL-10432, 10115" the short bare number is the postcode of the order named beside it."""
    orders = [e for e in found if e["entity"] == "order_number"]
    if len(orders) == 2 and not any(e["entity"] == "postcode" for e in found):
        bare = [e for e in orders if re.fullmatch(r"[0-9]{4,6}", e["value"])]
        if len(bare) == 1 or (len(bare) == 2):
            orders_sorted = sorted(orders, key=lambda e: e["start"])
            target = bare[0] if len(bare) == 1 else orders_sorted[1]
            target["entity"] = "postcode"
    return sorted(found, key=lambda e: e["start"])
