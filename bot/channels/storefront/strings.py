"""The chat element's texts in one language, as data that needs no Fluent in the browser."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from babel import Locale

from bot.locales.catalogue import catalogues, parse, template
from bot.locales.languages import DEFAULT_LANGUAGE, FOLDER, languages
from bot.merchant import merchant

_SAMPLE_NUMBERS = (0, 1, 2, 3, 5, 11, 100)


@lru_cache(maxsize=32)
def chat_strings(language: str) -> dict[str, Any]:
    """Each key of chat.ftl: a text with `{name}` placeholders, or one text for each plural category."""
    texts = catalogues()
    strings: dict[str, Any] = {}
    for message in parse(FOLDER / DEFAULT_LANGUAGE / "chat.ftl"):
        named = {name: f"{{{name}}}" for name in message.variables}
        if message.categories:
            strings[message.key] = _plurals(message.key, language)
        else:
            strings[message.key] = template(texts.text(message.key, language, **named))
    strings["greeting"] = template(texts.text("greeting", language, shop=merchant().shop.name))
    return strings


def _plurals(key: str, language: str) -> dict[str, str]:
    rule = Locale.parse(languages()[language].locale).plural_form
    forms: dict[str, str] = {}
    for number in _SAMPLE_NUMBERS:
        rendered = template(catalogues().text(key, language, count=number))
        forms.setdefault(rule(number), rendered.replace(str(number), "{count}"))
    forms.setdefault("other", next(iter(forms.values())))
    return forms
