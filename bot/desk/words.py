"""What the desk says, in the agent's language; times in the agent's zone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from babel.dates import format_timedelta

from bot.conversations.records import now
from bot.locales.catalogue import catalogues
from bot.locales.formats import clock, day, zone_info
from bot.locales.languages import DEFAULT_LANGUAGE, Language, languages, reader_locale


def desk_languages() -> dict[str, Language]:
    """The languages in which the console exists."""
    return {code: language for code, language in languages().items() if language.desk}


class Words:
    """The texts of one agent's console."""

    def __init__(self, language: str, zone: str | None = None) -> None:
        self.language = language if language in desk_languages() else DEFAULT_LANGUAGE
        self.zone = zone
        self._locale = reader_locale(self.language)

    def __call__(self, key: str, **variables: Any) -> str:
        """The text of `desk-…`, or of a full key such as `brief-title`."""
        texts = catalogues()
        full = f"desk-{key}"
        return texts.text(full if texts.has(full, DEFAULT_LANGUAGE) else key, self.language, **variables)

    def named(self, key: str, otherwise: str) -> str:
        """The text of a key made from data; `otherwise` where no catalogue knows it."""
        return catalogues().text(key, self.language) if catalogues().has(key, DEFAULT_LANGUAGE) else otherwise

    def wait(self, since: datetime) -> str:
        """How long ago ("12 min")."""
        return format_timedelta(now() - since, granularity="minute", threshold=1.5, format="short", locale=self._locale)

    def clock(self, at: datetime) -> str:
        """Time of day."""
        return clock(at.astimezone(zone_info(self.zone)).time(), self._locale)

    def day(self, at: datetime) -> str:
        """The day of a moment; today is called so."""
        local = at.astimezone(zone_info(self.zone)).date()
        today = now().astimezone(zone_info(self.zone)).date()
        return self("today") if local == today else day(local, self._locale)


def language_name(code: str | None) -> str:
    """A language's own name, or its code where it is not one of ours."""
    known = languages().get(code or "")
    return known.name if known else (code or "")
