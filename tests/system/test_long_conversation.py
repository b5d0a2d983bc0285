"""A conversation that goes on and on."""

from collections.abc import Callable

import pytest

from tests.system.buyer import Buyer
from tests.system.processes import System

pytestmark = pytest.mark.system
COUNTRIES = ["Poland", "Japan", "Brazil", "Canada", "Norway", "Egypt", "Australia", "Ireland", "Chile", "Spain"]
TURNS = 300
AT_ONCE = 20  # the gateway holds 30 unanswered messages of a conversation


def test_three_hundred_turns_are_answered_in_order(buyer: Callable[[], Buyer], system: System) -> None:
    talking = buyer()
    asked = [COUNTRIES[turn % len(COUNTRIES)] for turn in range(TURNS)]
    for start in range(0, TURNS, AT_ONCE):
        for country in asked[start : start + AT_ONCE]:
            talking.post(f"how long does shipping to {country} take?")
        talking.wait_for_answers(start + AT_ONCE, 30.0)
    system.answered_once(talking.conversation_id)
    answers = [message["text"] for message in talking.history()[0] if message["from"] == "bot"]
    assert [next((c for c in COUNTRIES if c in text), text) for text in answers] == asked
