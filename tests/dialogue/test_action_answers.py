"""The check of the action server's answers: Rasa's shape passes, everything else is refused."""

from __future__ import annotations

from typing import Any

import pytest

from bot.dialogue.action_answers import MalformedAnswer, check_answer


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"events": [], "responses": []},
        {"events": [{"event": "slot", "name": "asked", "value": None}], "responses": [{"text": "hello"}]},
    ],
)
def test_an_answer_of_events_and_responses_passes(answer: dict[str, Any]) -> None:
    assert check_answer(answer)


@pytest.mark.parametrize(
    "answer",
    [None, [], "ok", {"events": {}}, {"events": ["slot"]}, {"events": [{"name": "asked"}]}, {"responses": "hello"}],
)
def test_anything_else_is_refused(answer: Any) -> None:
    with pytest.raises(MalformedAnswer):
        check_answer(answer)
