"""Renders every reply in the buyer's language, inside the Rasa process (endpoints.yml: nlg)."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from babel import Locale
from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.locales.catalogue import Catalogues, catalogues
from bot.locales.formats import clock, country, day, enumeration, money, span
from bot.locales.languages import DEFAULT_LANGUAGE, reader_locale

COMPOSED = "utter_reply"
STORE = Path(__file__).resolve().parents[2] / "store.yml"


class LocalisedResponses(NaturalLanguageGenerator):
    """`utter_reply` carries parts (catalogue keys with typed variables); any other `utter_x` is the text `x`."""

    def __init__(self, endpoint_config: EndpointConfig | None = None, domain: Domain | None = None) -> None:
        self._texts: Catalogues = catalogues()
        facts = yaml.safe_load(STORE.read_text(encoding="utf-8"))
        self._shop_name: str = facts["shop"]["name"]

    async def generate(
        self,
        utter_action: str,
        tracker: DialogueStateTracker,
        output_channel: str,
        **kwargs: Any,
    ) -> dict[str, Any] | None:
        """The text and its buttons; see rasa.core.nlg.generator."""
        latest = tracker.latest_message
        parsed = (latest.parse_data if latest else None) or {}
        metadata = (latest.metadata if latest else None) or {}
        language = kwargs.get("language") or parsed.get("language") or tracker.get_slot("language") or DEFAULT_LANGUAGE
        locale = reader_locale(language, kwargs.get("locale") or metadata.get("locale"))
        if utter_action == COMPOSED:
            text = "\n".join(self._part(part, language, locale) for part in kwargs.get("parts") or [])
            buttons = [
                {"title": self._part(choice, language, locale), "payload": choice["payload"]}
                for choice in kwargs.get("choices") or []
            ]
        else:
            text = self._texts.text(_key(utter_action), language, shop=self._shop_name)
            buttons = []
        return {"text": text, "buttons": buttons, "language": language}

    def _part(self, part: dict[str, Any], language: str, locale: Locale) -> str:
        if "text" in part:
            return str(part["text"])
        values = {name: _formatted(value, locale) for name, value in (part.get("vars") or {}).items()}
        return self._texts.text(part["key"], language, **values)


def _key(utter_action: str) -> str:
    return utter_action[len("utter_") :].replace("_", "-")


def _formatted(value: Any, locale: Locale) -> Any:
    """A typed variable as the reader writes it: {"day": iso}, {"money": [amount, currency]}, {"country": code}, …"""
    if not isinstance(value, dict):
        return value
    ((kind, content),) = value.items()
    if kind == "day":
        return day(date.fromisoformat(content), locale)
    if kind == "money":
        return money(Decimal(content[0]), content[1], locale)
    if kind == "country":
        return country(content, locale)
    if kind == "clock":
        return clock(time.fromisoformat(content), locale)
    if kind == "span":
        return span(content[0], content[1], locale)
    if kind == "list":
        return enumeration([str(item) for item in content], locale)
    raise ValueError(f"unknown kind of variable: {kind}")
