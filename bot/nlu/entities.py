"""Entities by pattern and list: numbers of orders and parcels, e-mail, phone, postcode, country, class of goods.

Patterns run on a copy of the text with plain digits, letters and hyphens and without invisible characters; the
positions are those in the text.
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

from bot.nlu.names import country_names, language_names, product_classes, words_of
from bot.nlu.text import EMAIL, INVISIBLE, URL, plain_characters

Entity = dict[str, Any]

# Letters directly followed or preceded by a digit do not end a number; letters of unspaced scripts do.
_L = r"(?<![A-Za-z0-9])"
_R = r"(?![A-Za-z0-9])"
_TRACKING = [
    re.compile(_L + r"1Z[0-9A-Z]{16}" + _R, re.IGNORECASE),  # UPS
    re.compile(_L + r"[A-Z]{2}[0-9]{9}[A-Z]{2}" + _R, re.IGNORECASE),  # UPU S10, all postal services
    # Carriers with a prefix of their own; words have no row of digits.
    re.compile(
        _L + r"(?=[0-9A-Z]{2,8}[0-9]{5})(?:SF|JD|YT|LP|JJD|3S|6A|NX|PQ|EJ|RR|QW)[0-9A-Z]{9,24}" + _R, re.IGNORECASE
    ),
]
_MARKED_ORDER = re.compile(
    r"(?:#|№|(?<![^\W\d_])(?:n[°º]|nr\.?|no\.))\s?([A-Za-z]{0,4}[-_ ]?[0-9]{3}[0-9A-Za-z-]{0,17})" + _R, re.IGNORECASE
)
_ORDER = [
    re.compile(_L + r"([A-Za-z]{1,5}[-_/]?[0-9]{4,18}(?:-[0-9A-Za-z]{1,6})?)" + _R),
    re.compile(_L + r"([A-Z]{2,3} [0-9]{5,8})" + _R),  # "PL 10432"; in lower case it would be a word: "is 10432"
    re.compile(_L + r"((?=(?:[0-9]-?){6})[0-9]{2,8}-[0-9]{2,10}(?:-[0-9]{2,10})?)" + _R),
    re.compile(_L + r"([0-9]{3,6}-[A-Z]{1,4})" + _R),
    re.compile(_L + r"([0-9]{4,20})" + _R),
]
# What stands before a number without belonging to it: words in capitals, carriers, currencies, "postcode".
_NO_PREFIX = re.compile(
    r"(?:IS|NO|NR|NUM|FOR|MY|THE|BEI|DER|IST|UND|POR|MON|MIO|DHL|UPS|DPD|GLS|TNT|EMS|SF|GBP|CHF|PLN|CNY|JPY|RUB|AED|SAR"
    r"|PLZ|ZIP|CP|CAP|CEP|TEL|ID) ",
)
# Letters that Dutch postcodes use; without them "1234 is" and "1234 ok" stay words.
_NL = "[A-EGHJ-NPRSTVWXZ]{2}"
_POSTCODE = [
    re.compile(_L + r"([A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2})" + _R, re.IGNORECASE),  # GB
    re.compile(_L + r"([0-9]{5}-[0-9]{3})" + _R),  # BR
    re.compile(_L + r"([0-9]{2}-[0-9]{3})" + _R),  # PL
    re.compile(r"(?:〒\s?|" + _L + r")([0-9]{3}-[0-9]{4})" + _R),  # JP
    re.compile(_L + rf"([1-9][0-9]{{3}} ?{_NL})" + _R),  # NL
    re.compile(_L + rf"([1-9][0-9]{{3}} ?(?!k[gm]|m[lm]|gb|mb|cm){_NL})\s*[.!?]?\s*$", re.IGNORECASE),  # NL, at the end
    re.compile(_L + r"([A-Z][0-9][A-Z] ?[0-9][A-Z][0-9])" + _R, re.IGNORECASE),  # CA
    re.compile(_L + r"([0-9]{5}-[0-9]{4})" + _R),  # US
    re.compile(
        r"(?:" + _L + r"(?:plz|postleitzahl|zip(?:\s?code)?|post\s?code|postal code|code postal|c[oó]digo postal"
        r"|cp|cep|cap|kod(?:em)? pocztow\w+)|индекс\w*|邮编|邮政编码|郵便番号|الرمز البريدي)"
        rf"(?:\s(?:is|ist|est|es))?[\s:]*([0-9]{{4,8}}(?: ?{_NL})?)" + _R,
        re.IGNORECASE,
    ),
]  # fmt: skip
_INTERNATIONAL_PHONE = re.compile(r"(?:\+|(?<![0-9])00)[0-9][0-9 ()./-]{6,20}[0-9]")
_NATIONAL_PHONE = [
    re.compile(_L + r"0[1-9][0-9]{0,3}(?:[ /][0-9]{6,8}|([ .-])[0-9]{2,8}(?:\1[0-9]{2,8}){1,4})" + _R),
    re.compile(r"(?<![A-Za-z0-9#№])0[1-9][0-9]{8,9}" + _R),
    re.compile(_L + r"[2-9][0-9]{2}-[0-9]{3}-[0-9]{4}" + _R),
]
_DATE = re.compile(_L + r"(?:[0-9]{4}[-./][0-9]{1,2}[-./][0-9]{1,2}|[0-9]{1,2}[-./][0-9]{1,2}[-./][0-9]{2,4})" + _R)
_CURRENCY = (
    r"[€$£¥₽]|zł|R\$|USD|EUR|GBP|CHF|PLN|BRL|CNY|RMB|JPY|RUB|AED|SAR|CAD|AUD"
    r"|元|円|块|руб|ريال|درهم|reais|yuan|pounds?\b"
)
_MONEY = re.compile(
    rf"(?:{_CURRENCY})\s?[0-9][0-9.,]*|(?<![0-9.,])[0-9][0-9.,]*\s?(?:{_CURRENCY}|euro?s?\b|dollars?\b)", re.IGNORECASE
)
_MEASURE = re.compile(_L + r"[0-9]{3,5}\s?(?:%|(?:mah|ml|mm|cm|km|kg|g|gr|w|watts?|v|hz|gb|mb|px)\b)", re.IGNORECASE)
_UNITS = (
    r"x\b|×|pcs|pc\b|pieces|units|stück|stk|szt|шт|個|个|件|台|套|piezas|unidades"
    r"|peças|pezzi|pièces|stuks|قطعة|قطع|وحدة"
)
_QUANTITY = re.compile(_L + rf"([0-9]{{2,5}})\s?(?:{_UNITS})", re.IGNORECASE)
_YEAR = re.compile(r"(?:19[5-9]|20[0-4])[0-9](?:-(?:[0-9]{2}|(?:19|20)[0-9]{2}))?")


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
        """All entities of one text (NFC), each with `entity`, `value`, `start` and `end`."""
        text = unicodedata.normalize("NFC", text)
        plain = plain_characters(text)
        places: list[int] | None = None
        if not plain.isascii() and INVISIBLE.search(plain):
            places = [i for i, c in enumerate(plain) if not INVISIBLE.match(c)]
            plain = "".join(plain[i] for i in places)
        found = numbers(plain)
        words = words_of(plain)
        for name, names in (
            ("country", self._countries),
            ("product_class", self._classes),
            ("wanted_language", self._languages),
        ):
            found += [_entity(name, value, start, end) for value, start, end in names.find(plain, language, words)]
        if places is not None:
            for entity in found:
                entity["start"], entity["end"] = places[entity["start"]], places[entity["end"] - 1] + 1
        return found


def _entity(name: str, value: str, start: int, end: int) -> Entity:
    return {"entity": name, "value": value, "start": start, "end": end, "extractor": "PatternEntityExtractor"}


def numbers(text: str) -> list[Entity]:
    """E-mails, phones, tracking numbers, postcodes, order numbers; each character belongs to one of them at most."""
    found: list[Entity] = []
    taken: set[int] = set()
    marked: list[Entity] = []

    def take(name: str, value: str, start: int, end: int) -> bool:
        span = range(start, end)
        if not taken.isdisjoint(span):
            return False
        taken.update(span)
        if name:
            found.append(_entity(name, value, start, end))
        return True

    if "@" in text:
        for match in EMAIL.finditer(text):
            take("email", match.group().lower(), *match.span())
    if not any(c.isdecimal() for c in text):
        return found
    for pattern in (URL, _DATE, _MONEY, _MEASURE):
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
    for match in _MARKED_ORDER.finditer(text):
        if take("order_number", _order(match.group(1)), *match.span(1)):
            marked.append(found[-1])
    for pattern in _ORDER:
        for match in pattern.finditer(text):
            value = match.group(1)
            if not _YEAR.fullmatch(value) and not _NO_PREFIX.match(value):
                take("order_number", _order(value), *match.span(1))
    return _second_number_is_postcode(found, marked)


def _order(typed: str) -> str:
    return typed.upper().replace(" ", "-")


def _phones(text: str) -> Iterable[tuple[int, int, str]]:
    for hint in _INTERNATIONAL_PHONE.finditer(text):
        typed = hint.group()
        skipped = 0 if typed[0] == "+" else 1  # "00" is a plus sign on a keypad
        dialled = "+" + typed[1 + skipped :]
        for match in phonenumbers.PhoneNumberMatcher(dialled, None, leniency=phonenumbers.Leniency.POSSIBLE):
            number = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
            first = hint.start() + match.start + (skipped if match.start else 0)
            yield first, hint.start() + match.end + skipped, number
    for pattern in _NATIONAL_PHONE:
        for found in pattern.finditer(text):
            digits = re.sub("[^0-9]", "", found.group())
            if 9 <= len(digits) <= 12:
                yield found.start(), found.end(), digits


def _second_number_is_postcode(found: list[Entity], marked: list[Entity]) -> list[Entity]:
    """Of "PL-10432, 10115" the short bare number is the postcode of the order named beside it; "#10432" is an order."""
    orders = sorted((e for e in found if e["entity"] == "order_number"), key=lambda e: e["start"])
    if len(orders) == 2 and not any(e["entity"] == "postcode" for e in found):
        bare = [e for e in orders if e not in marked and re.fullmatch(r"[0-9]{4,6}", e["value"])]
        if bare:
            bare[-1]["entity"] = "postcode"
    return sorted(found, key=lambda e: e["start"])
