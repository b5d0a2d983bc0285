"""What the buyer is told when a person is called in."""

from datetime import UTC, datetime

import pytest

from bot.conversations.records import Conversation
from bot.handoff.announcement import announcement
from bot.handoff.cases import PRIORITIES
from bot.locales.catalogue import catalogues
from bot.locales.languages import languages
from bot.merchant import Merchant, load
from bot.settings import ROOT

MONDAY_NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
SATURDAY = datetime(2026, 3, 7, 11, 0, tzinfo=UTC)
CHRISTMAS_EVE_EVENING = datetime(2026, 12, 24, 20, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def facts() -> Merchant:
    shop = load(ROOT / "store.yml")
    hours = {"days": ["mon", "tue", "wed", "thu", "fri"], "open": "09:00", "close": "18:00", "holidays": "DE",
             "usual_wait_minutes": 10}  # fmt: skip
    merchant = shop.model_dump(mode="json")
    merchant["hours"] = hours
    merchant["shop"]["time_zone"] = "Europe/Berlin"
    return Merchant.model_validate(merchant)


def buyer(language: str, locale: str | None = None, zone: str | None = None) -> Conversation:
    return Conversation("c1", "storefront", locale or language, language, "bot", time_zone=zone)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("reason", PRIORITIES)
def test_every_reason_in_every_language(language: str, reason: str, facts: Merchant) -> None:
    texts = catalogues()
    when = texts.text("handoff-when-open", language, minutes=10)
    said = announcement(buyer(language), reason, facts, MONDAY_NOON)
    assert texts.has(f"handoff-{reason}", language)
    assert said.startswith(texts.text(f"handoff-{reason}", language))
    assert said.endswith(when)
    assert announcement(buyer(language), reason, facts, SATURDAY) != said


def test_open(facts: Merchant) -> None:
    assert announcement(buyer("en"), "asked", facts, MONDAY_NOON) == (
        "Of course, I'm bringing in a person. "
        "Someone will answer here within about 10 minutes and can see everything you wrote."
    )


def test_closed_is_said_in_the_buyers_zone(facts: Merchant) -> None:
    tokyo = announcement(buyer("en", "en-GB", "Asia/Tokyo"), "asked", facts, SATURDAY)
    assert "Monday 9 March 2026" in tokyo.replace(",", "")
    assert "17:00" in tokyo  # nine o'clock in Berlin


def test_without_a_zone_the_shops_own_counts(facts: Merchant) -> None:
    assert "09:00" in announcement(buyer("en", "en-GB"), "asked", facts, SATURDAY)


def test_holidays_are_closed(facts: Merchant) -> None:
    said = announcement(buyer("en", "en-GB"), "asked", facts, CHRISTMAS_EVE_EVENING)
    # 25 December is a Friday, the 26th a Saturday.
    assert "Monday 28 December 2026" in said.replace(",", "")
    christmas_noon = CHRISTMAS_EVE_EVENING.replace(day=25, hour=11)
    assert not facts.is_open(christmas_noon)


@pytest.mark.parametrize("language", ["zh", "ja"])
def test_sentences_meet_as_the_script_wants(language: str, facts: Merchant) -> None:
    assert "。 " not in announcement(buyer(language), "asked", facts, MONDAY_NOON)


def test_an_unknown_reason_is_answered_too(facts: Merchant) -> None:
    said = announcement(buyer("en"), "something_new", facts, MONDAY_NOON)
    assert said.startswith("I'm passing this to a colleague")
