"""Days, times, money and countries as the reader writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from babel import Locale

from bot.locales.formats import clock, country, day, enumeration, moment, money, number, span, stamp, zone_info
from bot.locales.languages import languages, reader_locale

REGIONS = ["", "-AT", "-CH", "-US", "-GB", "-CA", "-BR", "-PT", "-MX", "-EG", "-SA", "-MA", "-TW", "-HK", "-BE", "-KZ"]
EVERYWHERE = [f"{language}{region}" for language in languages() for region in REGIONS]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u200f", "")


def locale(tag: str) -> Locale:
    return reader_locale(tag.split("-")[0], tag)


@pytest.mark.parametrize("tag", EVERYWHERE)
def test_everything_can_be_written_everywhere(tag: str) -> None:
    here = locale(tag)
    soon = date.today() + timedelta(days=3)
    assert str(soon.day) in day(soon, here)
    assert str(soon.year + 2) in day(soon.replace(year=soon.year + 2, day=15), here)
    assert money(Decimal("1234.50"), "EUR", here)
    assert clock(time(14, 0), here)
    assert stamp(datetime(2026, 3, 2, 9, tzinfo=UTC), here)
    assert country("JP", here) != "JP"
    assert enumeration(["a", "b", "c"], here).count("b") == 1


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en-GB", "Monday, 2 March 2026, 10:30"),
        ("de", "Montag, 2. März 2026, 10:30"),
        ("ja", "2026年3月2日月曜日, 10:30"),
    ],
)
def test_a_moment_is_said_in_the_readers_zone(tag: str, text: str) -> None:
    assert plain(moment(datetime(2026, 3, 2, 9, 30, tzinfo=UTC), locale(tag), "Europe/Berlin")) == text


def test_a_moment_may_be_another_day_for_the_reader() -> None:
    late = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
    assert "Tuesday, 3 March 2026, 05:00" in plain(moment(late, locale("en-GB"), "Asia/Tokyo"))


@pytest.mark.parametrize("name", [None, "", "Mars/Base", "../etc/passwd", "\x00", "x" * 300, "Europe"])
def test_an_unknown_zone_is_utc(name: str | None) -> None:
    assert str(zone_info(name)) == "UTC"


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en-GB", "€1,234.50"),
        ("de", "1.234,50 €"),
        ("fr", "1 234,50 €"),
        ("de-CH", "EUR 1’234.50"),
        ("pt-BR", "€ 1.234,50"),
    ],
)
def test_money_is_written_as_the_reader_writes_it(tag: str, text: str) -> None:
    assert plain(money(Decimal("1234.50"), "EUR", locale(tag))) == text


def test_money_has_the_decimals_of_its_currency() -> None:
    assert plain(money(Decimal("1200"), "JPY", locale("en-GB"))) == "JP¥1,200"


@pytest.mark.parametrize(("first", "last", "text"), [(2, 3, "2–3"), (1, 1, "1"), (1000, 2000, "1,000–2,000")])
def test_a_range_is_one_number_where_both_ends_are_the_same(first: int, last: int, text: str) -> None:
    assert span(first, last, locale("en-GB")) == text


def test_a_country_that_cldr_does_not_know_is_its_code() -> None:
    assert country("QX", locale("de")) == "QX"
    assert country("BR", locale("pl")) == "Brazylia"


def test_numbers_have_the_readers_separators() -> None:
    assert (number(1000, locale("en-GB")), number(1000, locale("de"))) == ("1,000", "1.000")
