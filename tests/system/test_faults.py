"""Processes die; every accepted message is answered, exactly once, in order."""

import signal
import threading
import uuid
from collections.abc import Callable, Iterator

import httpx
import pytest

from tests.system.buyer import Buyer
from tests.system.processes import System, wait_until
from tests.system.scripts import says

pytestmark = pytest.mark.system
BUYERS = 20
QUESTIONS = [
    "how long does shipping to Poland take?",
    "where is my order PL-10432?",
    "00-950",
    "can I return things?",
]
DISPLEASED = "I am really disappointed, my parcel is late again and nobody answers me"
PATIENCE = 90.0  # seconds in which a process is back and has caught up


@pytest.fixture(autouse=True)
def whole_again(system: System) -> Iterator[None]:
    yield
    system.healthy()


def write_while(system: System, fault: Callable[[], None]) -> list[str]:
    """Twenty buyers write; the fault comes when every second message has been accepted. Returns the conversations."""
    accepted = threading.Semaphore(0)
    failures: list[Exception] = []
    buyers = [Buyer(system.url) for _ in range(BUYERS)]

    def talk(buyer: Buyer) -> None:
        try:
            for question in QUESTIONS:
                seq = buyer.deliver(question, uuid.uuid4().hex, PATIENCE)
                accepted.release()
                if buyer.answer(seq, PATIENCE).owner != "bot":
                    break  # two turns in a row failed, so that a person was called in
        except (httpx.HTTPError, AssertionError) as error:
            failures.append(error)

    threads = [threading.Thread(target=talk, args=(buyer,)) for buyer in buyers]
    for thread in threads:
        thread.start()
    in_time = [accepted.acquire(timeout=PATIENCE) for _ in range(BUYERS * len(QUESTIONS) // 2)]
    fault()
    for thread in threads:
        thread.join(2 * PATIENCE)
    for buyer in buyers:
        buyer.close()
    assert all(in_time)
    assert not failures
    return [buyer.conversation_id for buyer in buyers]


@pytest.mark.parametrize("name", ["assistant", "actions", "gateway"])
@pytest.mark.timeout(240)
def test_a_process_is_killed_while_twenty_buyers_write(name: str, system: System) -> None:
    before = system.pids()[name]
    for conversation_id in write_while(system, lambda: system.kill(name)):
        system.answered_once(conversation_id)
    system.healthy()
    assert system.pids()[name] != before


@pytest.mark.timeout(240)
def test_the_gateway_dies_between_accepting_and_answering(system: System) -> None:
    with Buyer(system.url) as buyer:
        client_id = uuid.uuid4().hex
        system.signal("assistant", signal.SIGSTOP)  # so that no answer comes before the gateway is gone
        try:
            seq = buyer.post(QUESTIONS[0], client_id=client_id)
            gone = system.kill("gateway")
            wait_until(lambda: system.pids().get("gateway", gone) != gone, PATIENCE)
        finally:
            system.signal("assistant", signal.SIGCONT)
        assert buyer.deliver(QUESTIONS[0], client_id, PATIENCE) == seq
        assert says(buyer.answer(seq, PATIENCE), "shipping-time-intro", "en", country="Poland")
        assert buyer.deliver(QUESTIONS[0], client_id, PATIENCE) == seq
        system.answered_once(buyer.conversation_id)


@pytest.mark.timeout(240)
def test_a_turn_that_was_tried_again_counts_once(system: System) -> None:
    """While the actions are away a turn is tried several times; one displeased message is not three."""
    with Buyer(system.url) as buyer:
        system.kill("actions")
        reply = buyer.ask(DISPLEASED, PATIENCE)
        assert reply.owner == "bot", reply.text
        system.healthy()
        assert says(buyer.ask(QUESTIONS[0]), "shipping-time-intro", "en")
        system.answered_once(buyer.conversation_id)
