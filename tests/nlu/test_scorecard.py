"""The trained model on the messages of tests/nlu/<language>.yml, which no training has seen."""

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest

from bot.nlu.evaluate import DEFAULT_MODEL, evaluate, read_rows, scorecard

ROOT = Path(__file__).resolve().parents[2]
FLOORS: dict[str, float] = {}
LANGUAGE_FLOOR = 0.93


@pytest.fixture(scope="module")
def results() -> list[dict[str, Any]]:
    if not (ROOT / DEFAULT_MODEL).is_file():
        if os.environ.get("CI"):
            pytest.fail("no trained model: run `make train` before the tests")
        pytest.skip("no trained model: run `make train`")
    rows = [row for path in sorted((ROOT / "tests" / "nlu").glob("*.yml")) for row in read_rows(path)]
    return asyncio.run(evaluate(rows, ROOT / DEFAULT_MODEL))


@pytest.fixture(scope="module")
def card(results: list[dict[str, Any]]) -> dict[str, Any]:
    return scorecard(results)


def test_print(card):
    print(
        {k: v["intent_accuracy"] for k, v in card["languages"].items()},
        {k: v["language_accuracy"] for k, v in card["languages"].items()},
        card["all"],
    )
    assert 0
