"""The trained model on the messages of tests/nlu/<language>.yml, which no training has seen."""

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest

from bot.locales.languages import languages
from bot.nlu.evaluate import DEFAULT_MODEL, evaluate, read_rows, scorecard

ROOT = Path(__file__).resolve().parents[2]
# Three points under what was measured, for chance and small changes of the data.
FLOORS = {
    "ar": 0.79,
    "de": 0.81,
    "en": 0.76,
    "es": 0.86,
    "fr": 0.73,
    "it": 0.70,
    "ja": 0.73,
    "nl": 0.84,
    "pl": 0.78,
    "pt": 0.83,
    "ru": 0.70,
    "zh": 0.79,
}
LANGUAGE_FLOOR = 0.93
WISHES = [
    "I want to talk to a human",
    "Ich möchte mit einem Menschen sprechen",
    "Quiero hablar con una persona",
    "Je veux parler à un conseiller",
    "Vorrei parlare con un operatore",
    "Quero falar com um atendente",
    "Ik wil een medewerker spreken",
    "Chcę porozmawiać z konsultantem",
    "Хочу поговорить с оператором",
    "أريد التحدث مع موظف",
    "转人工客服",
    "担当者と話したいです",
]


@pytest.fixture(scope="module")
def trained() -> Path:
    path = ROOT / DEFAULT_MODEL
    if not path.is_file():
        if os.environ.get("CI"):
            pytest.fail("no trained model: run `make train` before the tests")
        pytest.skip("no trained model: run `make train`")
    return path


@pytest.fixture(scope="module")
def card(trained: Path) -> dict[str, Any]:
    rows = [row for path in sorted((ROOT / "tests" / "nlu").glob("*.yml")) for row in read_rows(path)]
    return scorecard(asyncio.run(evaluate(rows, trained)))


@pytest.mark.parametrize("language", languages())
def test_the_intent_is_found(card: dict[str, Any], language: str) -> None:
    assert card["languages"][language]["intent_accuracy"] >= FLOORS[language]


def test_the_language_is_found(card: dict[str, Any]) -> None:
    assert card["all"]["language_accuracy"] >= LANGUAGE_FLOOR


def test_every_language_has_enough_messages(card: dict[str, Any]) -> None:
    assert set(card["languages"]) == set(languages())
    assert min(figures["n"] for figures in card["languages"].values()) >= 100


def test_an_explicit_wish_for_a_person_is_found(trained: Path) -> None:
    rows = [{"lang": "", "text": text, "intent": "human_agent", "handoff": True} for text in WISHES]
    results = asyncio.run(evaluate(rows, trained))
    assert [r["truth"]["text"] for r in results if not r["handoff"]] == []
