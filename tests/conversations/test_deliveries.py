"""Deliveries: in order, again with backoff, given up visibly."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from bot.conversations.database import Database
from bot.conversations.deliveries import BACKOFF_SECONDS, Deliveries, PermanentFailure
from bot.conversations.log import ConversationLog
from bot.conversations.records import Conversation, Draft, Message, now

pytestmark = pytest.mark.anyio
PHONE = "phone"


class Clock:
    def __init__(self) -> None:
        self.at = now() + timedelta(seconds=1)  # what is appended during the test is due already

    def __call__(self) -> datetime:
        return self.at

    def go(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


class Network:
    """A buyer's network that fails as `failing` says."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.attempts: list[str] = []
        self.failing: Callable[[str], Exception | None] = lambda _text: None

    async def send(self, conversation: Conversation, message: Message) -> None:
        self.attempts.append(message.text)
        if error := self.failing(message.text):
            raise error
        self.sent.append(message.text)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def network() -> Network:
    return Network()


@pytest.fixture
def log(database: Database) -> ConversationLog:
    return ConversationLog(database, push_channels=frozenset({PHONE}))


@pytest.fixture
def deliveries(log: ConversationLog, network: Network, clock: Clock) -> Deliveries:
    return Deliveries(log, {PHONE: network}, clock)


@pytest.fixture
async def conversation(log: ConversationLog) -> Conversation:
    return await log.open(PHONE, "en-GB", "en")


async def reply(log: ConversationLog, conversation: Conversation, *texts: str) -> None:
    async with log.transaction() as transaction:
        await transaction.append(conversation, [Draft("bot", text, "en") for text in texts])


async def run_all(deliveries: Deliveries) -> None:
    while await deliveries.run_due():
        pass


async def test_replies_are_sent_in_order(
    log: ConversationLog, deliveries: Deliveries, conversation: Conversation, network: Network
) -> None:
    await log.receive(conversation.id, "a", text="from the buyer")
    await reply(log, conversation, "one", "two", "three")
    await run_all(deliveries)
    assert network.sent == ["one", "two", "three"]
    assert await deliveries.run_due() == 0


async def test_a_channel_that_is_not_pushed_to_has_no_deliveries(log: ConversationLog, deliveries: Deliveries) -> None:
    await reply(log, await log.open("storefront", "en", "en"), "one")
    assert await deliveries.run_due() == 0


async def test_a_failure_is_tried_again_with_growing_pauses(
    log: ConversationLog, deliveries: Deliveries, conversation: Conversation, network: Network, clock: Clock
) -> None:
    network.failing = lambda _text: ConnectionError("no route")
    await reply(log, conversation, "one")
    assert await deliveries.run_due() == 1
    for pause in BACKOFF_SECONDS[:-1]:
        clock.go(pause - 0.001)
        assert await deliveries.run_due() == 0
        clock.go(0.001)
        assert await deliveries.run_due() == 1
    assert await deliveries.dead_letters() == []
    network.failing = lambda _text: None
    clock.go(BACKOFF_SECONDS[-1])
    await run_all(deliveries)
    assert network.sent == ["one"]
    assert len(network.attempts) == len(BACKOFF_SECONDS) + 1


async def test_what_is_given_up_is_a_visible_dead_letter(
    log: ConversationLog, deliveries: Deliveries, conversation: Conversation, network: Network, clock: Clock
) -> None:
    network.failing = lambda text: TimeoutError("late") if text == "one" else None
    await reply(log, conversation, "one", "two")
    for pause in (0, *BACKOFF_SECONDS):
        clock.go(pause)
        assert network.sent == []
        await run_all(deliveries)
    (letter,) = await deliveries.dead_letters()
    assert (letter.conversation_id, letter.seq, letter.channel) == (conversation.id, 1, PHONE)
    assert (letter.attempts, letter.error) == (len(BACKOFF_SECONDS) + 1, "TimeoutError: late")
    assert network.sent == ["two"]


async def test_a_permanent_failure_is_given_up_at_once(
    log: ConversationLog, deliveries: Deliveries, conversation: Conversation, network: Network
) -> None:
    network.failing = lambda text: PermanentFailure("the number has no account") if text == "one" else None
    await reply(log, conversation, "one", "two")
    await run_all(deliveries)
    (letter,) = await deliveries.dead_letters()
    assert (letter.seq, letter.attempts, letter.error) == (1, 1, "the number has no account")
    assert network.attempts == ["one", "two"]


async def test_a_message_behind_a_failed_one_waits_for_it(
    log: ConversationLog, deliveries: Deliveries, conversation: Conversation, network: Network, clock: Clock
) -> None:
    network.failing = lambda _text: ConnectionError() if not network.sent and len(network.attempts) < 3 else None
    await reply(log, conversation, "one", "two")
    for pause in (0, *BACKOFF_SECONDS[:2]):
        clock.go(pause)
        await run_all(deliveries)
    assert network.attempts == ["one", "one", "one", "two"]


async def test_another_conversation_does_not_wait(
    log: ConversationLog, deliveries: Deliveries, conversation: Conversation, network: Network
) -> None:
    other = await log.open(PHONE, "de", "de")
    network.failing = lambda text: ConnectionError() if text == "stuck" else None
    await reply(log, conversation, "stuck")
    await reply(log, other, "free")
    await run_all(deliveries)
    assert network.sent == ["free"]


async def test_a_channel_that_is_gone_is_a_failed_attempt(log: ConversationLog, conversation: Conversation) -> None:
    await reply(log, conversation, "one")
    clock = Clock()
    deliveries = Deliveries(log, {}, clock)
    for pause in (0, *BACKOFF_SECONDS):
        clock.go(pause)
        await run_all(deliveries)
    (letter,) = await deliveries.dead_letters()
    assert "KeyError" in letter.error


async def test_the_loop_delivers_what_is_appended_while_it_runs(
    log: ConversationLog, deliveries: Deliveries, conversation: Conversation, network: Network
) -> None:
    done = asyncio.Event()

    def note(_text: str) -> None:
        if len(network.attempts) == 2:
            done.set()

    network.failing = note
    running = asyncio.create_task(deliveries.run_forever(pause=0.01))
    await reply(log, conversation, "one")
    await reply(log, conversation, "two")
    await asyncio.wait_for(done.wait(), 20)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert network.attempts == ["one", "two"]
