"""Conversations in every language, through the whole system."""

from collections.abc import Callable

import pytest

from tests.system.buyer import Buyer
from tests.system.scripts import Script, books, known_failure, missing

pytestmark = pytest.mark.system
SCRIPTS = [
    pytest.param(
        script, id=f"{script.language}: {script.name}", marks=known_failure(f"{script.language}: {script.name}")
    )
    for book in books().values()
    for script in book.scripts
]


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_buyer_gets_what_the_shop_promises(script: Script, buyer: Callable[[str], Buyer]) -> None:
    talking = buyer(script.locale)
    for text, expected in script.turns:
        reply = talking.ask(text)
        lacking = missing(reply, expected, script.language)
        assert not lacking, f"to {text!r} the answer was {reply.text!r} {reply.labels}, without {lacking}"


def test_every_language_has_the_same_conversations() -> None:
    names = {language: {script.name for script in book.scripts} for language, book in books().items()}
    assert all(each == names["en"] for each in names.values()), names
