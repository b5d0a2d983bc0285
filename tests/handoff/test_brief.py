"""The brief, in every language."""

from datetime import UTC, datetime

import pytest

from bot.conversations.records import Conversation
from bot.handoff.brief import build_brief, render_brief
from bot.handoff.cases import PRIORITIES, Case
from bot.locales.catalogue import catalogues
from bot.locales.languages import languages

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
REPORTED = {
    "order": {"number": "PL-10432", "state": "Exception"},
    "details": {"email": "noor@example.com", "postcode": None},
    "tried": ["asked_order_number", "showed_order_status"],
    "identity_level": 1,
}
UNDERSTOOD = [
    {"intent": "greet", "emotion": "neutral"},
    {"intent": "delivery_problem", "emotion": "upset"},
    {"intent": "nlu_fallback", "emotion": "upset"},
    {"intent": "delivery_problem", "emotion": "angry"},
]


def conversation(level: int = 0) -> Conversation:
    return Conversation("c1", "storefront", "ar-SA", "ar", "waiting", level, time_zone="Asia/Riyadh")


def case(reason: str = "angry", brief: dict | None = None) -> Case:
    content = build_brief(conversation(), reason, REPORTED, UNDERSTOOD) if brief is None else brief
    return Case(
        1, "c1", reason, PRIORITIES.get(reason, 3), "open", AT, None, None, "ar", "ar-SA", "storefront",
        "Asia/Riyadh", 1, content,
    )  # fmt: skip


def test_what_is_gathered() -> None:
    brief = build_brief(conversation(), "angry", REPORTED, UNDERSTOOD)
    assert brief["intents"] == ["greet", "delivery_problem"]
    assert brief["emotion"] == "angry"
    assert brief["emotions"] == ["neutral", "upset", "upset", "angry"]
    assert (brief["priority"], brief["identity_level"], brief["language"]) == (2, 1, "ar")


def test_the_higher_identity_counts() -> None:
    assert build_brief(conversation(2), "asked", REPORTED, [])["identity_level"] == 2


def test_nothing_reported_makes_a_brief_too() -> None:
    brief = build_brief(conversation(), "new_reason", {}, [])
    assert (brief["emotion"], brief["priority"], brief["intents"], brief["tried"]) == ("neutral", 3, [], [])
    assert render_brief(case("new_reason", {}), "en", AT)


@pytest.mark.parametrize("language", languages())
def test_every_language_renders(language: str) -> None:
    lines = render_brief(case(), language, AT)
    texts = catalogues()
    assert all(label and value for label, value in lines)
    assert len({label for label, _ in lines}) == len(lines) == 10
    values = dict(lines)
    assert values[texts.text("brief-reason", language)] == texts.text("reason-angry", language)
    assert values[texts.text("brief-order", language)].startswith("PL-10432 · ")
    assert values[texts.text("brief-language", language)] == "العربية"
    assert not any(part.startswith(("reason-", "intent-", "tried-", "shipment-")) for part in values.values())


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("reason", PRIORITIES)
def test_every_reason_has_a_name(language: str, reason: str) -> None:
    assert catalogues().has(f"reason-{reason}", language)
    assert catalogues().has(f"priority-{PRIORITIES[reason]}", language)


def test_the_buyers_clock() -> None:
    assert dict(render_brief(case(), "en", AT))["Buyer's local time"].endswith("12:30")
