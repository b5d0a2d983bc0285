"""The supported languages, read from languages.yml, and the locale of a reader."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from babel import Locale, UnknownLocaleError
from babel.core import get_global

FOLDER = Path(__file__).parent
DEFAULT_LANGUAGE = "en"


@dataclass(frozen=True)
class Language:
    """One supported language: ISO 639-1 code, own name, CLDR locale, ISO 15924 script, direction."""

    code: str
    name: str
    locale: str
    script: str
    rtl: bool
    desk: bool = False


@lru_cache(maxsize=1)
def languages() -> dict[str, Language]:
    """All supported languages by code, in the order of language menus."""
    rows = yaml.safe_load((FOLDER / "languages.yml").read_text(encoding="utf-8"))
    return {code: Language(code=code, **row) for code, row in rows.items()}


def supported(tag: str | None) -> str | None:
    """The supported language of a BCP 47 tag ("pt-BR" -> "pt"), or None."""
    if not tag:
        return None
    code = tag.replace("_", "-").split("-")[0].strip().lower()
    return code if code in languages() else None


def region_of(tag: str | None) -> str | None:
    """The ISO 3166 region in a BCP 47 tag ("de-CH" -> "CH"), or None."""
    if not tag:
        return None
    for part in tag.replace("_", "-").split("-")[1:]:
        if len(part) == 2 and part.isalpha():
            return part.upper()
    return None


@lru_cache(maxsize=64)
def likely_region(language: str) -> str | None:
    """The country in which most readers of a language live, by CLDR's likely subtags ("de" -> "DE")."""
    own = languages().get(language)
    if own is None:
        return None
    return region_of(own.locale) or region_of(get_global("likely_subtags").get(own.code))


@lru_cache(maxsize=512)
def reader_locale(language: str, tag: str | None = None) -> Locale:
    """Babel's locale for a reader: the language, in the reader's region where CLDR knows that pair."""
    own = languages()[language if language in languages() else DEFAULT_LANGUAGE]
    region = region_of(tag)
    if region:
        try:
            return Locale.parse(f"{own.code}_{region}", sep="_")
        except (UnknownLocaleError, ValueError):
            pass
    return Locale.parse(own.locale)
