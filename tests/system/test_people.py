"""When a person is called in: once, with a case, and the bot keeps quiet until the case is resolved."""

from collections.abc import Callable

import pytest

from tests.system.buyer import Buyer
from tests.system.desk import Desk
from tests.system.scripts import books, known_failure, says

pytestmark = pytest.mark.system
LANGUAGES = list(books())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_person_is_asked_for_answers_and_leaves(language: str, buyer: Callable[[str], Buyer], desk: Desk) -> None:
    facts, talking = books()[language].facts, buyer(language)
    reply = talking.ask(facts["person"])
    assert len(reply.messages) == 1
    assert says(reply, "handoff-asked", language), reply.text
    assert reply.owner == "waiting"
    (case,) = desk.cases(talking.conversation_id)
    assert (case.reason, case.language) == ("asked", language)

    talking.post(facts["after"])  # the bot is silent while a person owns the conversation
    desk.claim(case)
    desk.reply(case, "Mara · 10432 ✓")
    messages, owner = talking.history()
    assert [m["from"] for m in messages] == ["buyer", "bot", "buyer", "system", "agent"]
    assert messages[-1]["text"] == "Mara · 10432 ✓"
    assert (owner["owner"], owner["agent"]) == ("agent", "Mara")

    talking.post(facts["person"])
    desk.resolve(case)
    reply = talking.ask(facts["after"])
    assert says(reply, "shipping-time-intro", language), reply.text
    assert reply.owner == "bot"
    assert desk.cases(talking.conversation_id) == []
    senders = [m["from"] for m in talking.history()[0]]
    assert senders == ["buyer", "bot", "buyer", "system", "agent", "buyer", "system", "buyer", "bot"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_anger_calls_a_person(language: str, buyer: Callable[[str], Buyer], desk: Desk) -> None:
    talking = buyer(language)
    reply = talking.ask(books()[language].facts["anger"])
    assert (len(reply.messages), reply.owner) == (1, "waiting"), reply.text
    (case,) = desk.cases(talking.conversation_id)
    assert case.priority <= 2


@pytest.mark.parametrize(
    "language", [pytest.param(code, marks=known_failure(f"{code}: two turns not understood")) for code in LANGUAGES]
)
def test_two_turns_not_understood_call_a_person(language: str, buyer: Callable[[str], Buyer], desk: Desk) -> None:
    talking = buyer(language)
    first, second = books()[language].facts["gibberish"]
    reply = talking.ask(first)
    assert any(says(reply, key, reply.language) for key in ("not-understood", "out-of-scope")), reply.text
    assert (reply.owner, len(reply.choices)) == ("bot", 3)
    reply = talking.ask(second)
    assert says(reply, "handoff-not_understood", reply.language), reply.text
    (case,) = desk.cases(talking.conversation_id)
    assert case.reason == "not_understood"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_offered_person_comes_at_the_press_of_a_button(
    language: str, buyer: Callable[[str], Buyer], desk: Desk
) -> None:
    talking = buyer(language)
    reply = talking.ask("PL-10436 01310-100")  # a lost parcel: a person is offered
    assert says(reply, "order-lost", language), reply.text
    reply = talking.press(reply.labels[0])
    assert says(reply, "handoff-matter", language), reply.text
    (case,) = desk.cases(talking.conversation_id)
    assert case.brief["order"]["number"] == "PL-10436"
