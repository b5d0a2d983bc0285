"""Dates, money, countries and lists in the reader's locale (CLDR, through Babel)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal

from bot.locales.languages import languages


def day(value: date, locale: Locale) -> str:
    """A day with its weekday, as the reader writes it ("Mon 3 Aug"), with the year only where it is not near."""
    skeleton = "MMMEd" if abs((value - date.today()).days) < 200 else "yMMMEd"
    return format_skeleton(skeleton, datetime(value.year, value.month, value.day), locale=locale)


def clock(value: time, locale: Locale) -> str:
    """A time of day."""
    return format_time(value, format="short", locale=locale)


def moment(value: datetime, locale: Locale, zone: str | None) -> str:
    """Weekday and time in the reader's zone; UTC where that zone is unknown. `value` is aware."""
    local = value.astimezone(zone_info(zone))
    return f"{format_date(local, format='full', locale=locale)}, {format_time(local, format='short', locale=locale)}"


def stamp(value: datetime, locale: Locale, zone: str | None = None) -> str:
    """Short date and time, for tables."""
    return format_datetime(value.astimezone(zone_info(zone)), format="short", locale=locale)


@lru_cache(maxsize=256)
def zone_info(name: str | None) -> ZoneInfo:
    """The time zone, or UTC where the name is none of the tz database."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def money(amount: Decimal, currency: str, locale: Locale) -> str:
    """An amount in its currency."""
    return format_currency(amount, currency, locale=locale)


def number(value: int | Decimal, locale: Locale) -> str:
    """A plain number."""
    return format_decimal(value, locale=locale)


def span(first: int, last: int, locale: Locale) -> str:
    """A range of numbers such as 5-8; one number where both ends are the same."""
    if first == last:
        return number(first, locale)
    return f"{number(first, locale)}\u2013{number(last, locale)}"


def country(code: str, locale: Locale) -> str:
    """The country's name; its code where CLDR knows none."""
    return str(locale.territories.get(code, code))


def enumeration(items: Sequence[str], locale: Locale) -> str:
    """ "a, b and c"."""
    return format_list(list(items), locale=locale)


def language_names() -> list[str]:
    """The supported languages' own names, in menu order."""
    return [language.name for language in languages().values()]
