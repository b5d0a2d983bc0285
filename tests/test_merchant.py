"""The merchant's facts: zones, rules, hours; a store.yml that is wrong says where."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from bot.merchant import Merchant, StoreError, load
from bot.settings import ROOT

STORE = ROOT / "store.yml"
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture(scope="module")
def facts() -> Merchant:
    return load(STORE)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


# Zones and rules


@pytest.mark.parametrize(
    ("country", "zone"),
    [("DE", "home"), ("PL", "eu"), ("GB", "uk"), ("NO", "europe"), ("BR", "latin_america"), ("FJ", "rest")],
)
def test_a_country_has_the_zone_that_names_it(facts: Merchant, country: str, zone: str) -> None:
    assert facts.zone(country) == facts.zones[zone]


def test_where_the_shop_does_not_ship_there_is_no_zone(facts: Merchant) -> None:
    assert facts.not_shipped
    assert all(facts.zone(country) is None for country in facts.not_shipped)


def test_no_country_stands_in_two_zones_or_rules(facts: Merchant) -> None:
    for groups in (facts.zones.values(), facts.returns.values()):
        named = [country for group in groups for country in group.countries]
        assert len(named) == len(set(named))


@pytest.mark.parametrize(
    ("country", "rule"), [("PL", "eu"), ("US", "us"), ("CN", "china"), ("AU", "rest"), (None, "rest")]
)
def test_a_country_has_the_return_rule_that_names_it(facts: Merchant, country: str | None, rule: str) -> None:
    assert facts.return_rule(country) == facts.returns[rule]


def test_prices_are_exact(facts: Merchant) -> None:
    assert facts.zones["home"].standard.cost == Decimal("3.90")


# Hours


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-03-02T08:59:59", False),
        ("2026-03-02T09:00", True),
        ("2026-03-02T17:59:59", True),
        ("2026-03-02T18:00", False),
        ("2026-03-07T12:00", False),
        ("2026-04-03T12:00", False),
        ("2026-12-25T12:00", False),
        ("2026-12-28T12:00", True),
    ],
    ids=["before", "at nine", "until six", "at six", "Saturday", "Good Friday", "Christmas", "after Christmas"],
)
def test_people_answer_in_the_hours_of_the_shop(facts: Merchant, moment: str, is_open: bool) -> None:
    assert facts.is_open(at(moment)) is is_open


def test_hours_are_those_of_the_shops_time_zone(facts: Merchant) -> None:
    assert facts.is_open(datetime(2026, 3, 2, 8, 0, tzinfo=UTC))
    assert not facts.is_open(datetime(2026, 3, 2, 17, 30, tzinfo=UTC))
    assert facts.is_open(datetime(2026, 3, 2, 20, 0, tzinfo=ZoneInfo("Asia/Tokyo")))


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-03-02T10:30", "2026-03-02T10:30"),
        ("2026-03-02T07:00", "2026-03-02T09:00"),
        ("2026-03-02T18:00", "2026-03-03T09:00"),
        ("2026-03-06T18:30", "2026-03-09T09:00"),
        ("2026-03-07T23:59", "2026-03-09T09:00"),
        ("2026-04-02T18:00", "2026-04-07T09:00"),
        ("2026-12-24T19:00", "2026-12-28T09:00"),
        ("2026-12-31T19:00", "2027-01-04T09:00"),
        ("2026-03-27T19:00", "2026-03-30T09:00"),
        ("2026-10-23T19:00", "2026-10-26T09:00"),
    ],
    ids=[
        "open",
        "early",
        "evening",
        "Friday",
        "Saturday",
        "Easter",
        "Christmas",
        "New Year",
        "clocks on",
        "clocks back",
    ],
)
def test_the_next_opening_leaves_out_nights_weekends_and_holidays(facts: Merchant, moment: str, opening: str) -> None:
    assert facts.next_opening(at(moment)) == at(opening)


def test_the_next_opening_is_said_in_the_shops_zone(facts: Merchant) -> None:
    opening = facts.next_opening(datetime(2026, 3, 2, 20, 0, tzinfo=UTC))
    assert opening.isoformat() == "2026-03-03T09:00:00+01:00"


# A store.yml that is wrong

Change = Callable[[dict[str, Any]], object]


def store_with(tmp_path: Path, change: Change) -> Path:
    content = yaml.safe_load(STORE.read_text(encoding="utf-8"))
    change(content)
    path = tmp_path / "store.yml"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    return path


FAULTS: dict[str, Change] = {
    "shop.name": lambda s: s["shop"].pop("name"),
    "shop.time_zone": lambda s: s["shop"].update(time_zone="Mars/Base"),
    "shop.dispatch_cutoff": lambda s: s["shop"].update(dispatch_cutoff="noon"),
    "shop.colour": lambda s: s["shop"].update(colour="red"),
    "hours.days.0": lambda s: s["hours"].update(days=["monday"]),
    "hours.days": lambda s: s["hours"].update(days=[]),
    "hours.holidays": lambda s: s["hours"].update(holidays="XX"),
    "hours": lambda s: s["hours"].update(open="18:00", close="09:00"),
    "limits.proof_attempts": lambda s: s["limits"].update(proof_attempts="many"),
    "zones.home.standard.days": lambda s: s["zones"]["home"]["standard"].update(days=[3, 2]),
    "zones.home.standard.cost": lambda s: s["zones"]["home"]["standard"].update(cost="cheap"),
    "zones.europe.countries.0": lambda s: s["zones"]["europe"].update(countries=[False]),
    "returns.eu.payer": lambda s: s["returns"]["eu"].update(payer="nobody"),
    "return_classes.clothing": lambda s: s["return_classes"].update(clothing="perhaps"),
    "knowledge.pickup_days": lambda s: s["knowledge"].update(pickup_days="a week"),
    "rest": lambda s: s["returns"].pop("rest"),
}


@pytest.mark.parametrize(("field", "change"), FAULTS.items(), ids=FAULTS.keys())
def test_a_wrong_fact_is_named_by_its_field(tmp_path: Path, field: str, change: Change) -> None:
    with pytest.raises(StoreError) as error:
        load(store_with(tmp_path, change))
    assert str(error.value).startswith("store.yml: ")
    assert field in str(error.value)


@pytest.mark.parametrize("content", [b"shop: [", b"", b"- a list", b"\xff\xfe"])
def test_a_file_that_is_no_store_says_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "store.yml"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"store\.yml"):
        load(path)


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"store\.yml"):
        load(tmp_path / "store.yml")


def test_a_shop_may_close_for_no_holidays(tmp_path: Path) -> None:
    facts = load(store_with(tmp_path, lambda s: s["hours"].pop("holidays")))
    assert facts.is_open(at("2026-12-25T12:00"))
