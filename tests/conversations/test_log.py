"""The log: dense numbers, each message once, one owner, choices of its own only."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.conversations.database import Database
from bot.conversations.log import ConversationLog, NoSuchConversation, TooManyPending, UnknownChoice
from bot.conversations.records import Choice, Conversation, Draft, Message, now

pytestmark = pytest.mark.anyio


class Undo(Exception):
    pass


async def say(log: ConversationLog, conversation: Conversation, *drafts: Draft) -> list[Message]:
    async with log.transaction() as transaction:
        return await transaction.append(conversation, drafts)


def bot(text: str, *choices: tuple[str, str]) -> Draft:
    return Draft("bot", text, "en", choices=tuple(Choice(*c) for c in choices))


async def numbers(log: ConversationLog, conversation: Conversation) -> list[int]:
    return [message.seq for message in await log.history(conversation.id)]


# Numbers


async def test_messages_are_numbered_from_one_without_a_gap(log: ConversationLog, conversation: Conversation) -> None:
    assert await log.receive(conversation.id, "a", text="hello") == (1, True)
    assert [m.seq for m in await say(log, conversation, bot("one"), bot("two"))] == [2, 3]
    assert await log.receive(conversation.id, "b", text="thanks") == (4, True)
    assert await numbers(log, conversation) == [1, 2, 3, 4]


async def test_each_conversation_has_numbers_of_its_own(log: ConversationLog, conversation: Conversation) -> None:
    other = await log.open("storefront", "de", "de")
    await log.receive(conversation.id, "a", text="hello")
    assert await log.receive(other.id, "a", text="hallo") == (1, True)


async def test_what_was_stored_is_read_back(log: ConversationLog, conversation: Conversation) -> None:
    text = "سلام 👩‍👩‍👧 \u0000".replace("\u0000", "") + "x" * 5000
    stored = await say(log, conversation, Draft("agent", text, "ar", agent="Ana"))
    assert await log.history(conversation.id) == stored
    assert stored[0].at.utcoffset() == timedelta(0)
    assert stored[0].public()["agent"] == "Ana"


async def test_fifty_copies_of_a_message_at_once_are_one(log: ConversationLog, conversation: Conversation) -> None:
    results = await asyncio.gather(*(log.receive(conversation.id, "same", text=f"{n}") for n in range(50)))
    assert {seq for seq, _ in results} == {1}
    assert sum(pending for _, pending in results) == 1
    assert await numbers(log, conversation) == [1]


async def test_fifty_messages_at_once_are_fifty(database: Database, conversation: Conversation) -> None:
    log = ConversationLog(database, pending_limit=50)
    results = await asyncio.gather(*(log.receive(conversation.id, f"{n}", text=f"{n}") for n in range(50)))
    assert sorted(seq for seq, _ in results) == list(range(1, 51))
    assert {m.seq: m.external_id for m in await log.history(conversation.id)} == {
        seq: f"{n}" for n, (seq, _) in enumerate(results)
    }


async def test_the_same_external_id_returns_the_first_number(log: ConversationLog, conversation: Conversation) -> None:
    await log.receive(conversation.id, "a", text="first")
    await log.receive(conversation.id, "b", text="second")
    assert await log.receive(conversation.id, "a", text="changed") == (1, False)
    assert [m.text for m in await log.history(conversation.id)] == ["first", "second"]


async def test_an_unknown_conversation_takes_nothing(log: ConversationLog) -> None:
    with pytest.raises(NoSuchConversation):
        await log.receive("nobody", "a", text="hello")
    with pytest.raises(NoSuchConversation):
        await log.get("nobody")
    assert await log.history("nobody") == []


# Pages


async def test_history_is_read_in_pages(log: ConversationLog, conversation: Conversation) -> None:
    await say(log, conversation, *(bot(f"{n}") for n in range(1, 8)))
    pages = [[m.seq for m in await log.history(conversation.id, after=a, limit=3)] for a in (0, 3, 6, 7, 99)]
    assert pages == [[1, 2, 3], [4, 5, 6], [7], [], []]


# What waits


async def test_pending_messages_come_oldest_first(log: ConversationLog, conversation: Conversation) -> None:
    await log.receive(conversation.id, "a", text="first")
    await say(log, conversation, bot("unasked"))
    await log.receive(conversation.id, "b", text="second")
    waiting = []
    while message := await log.next_pending(conversation.id):
        waiting.append(message.text)
        async with log.transaction() as transaction:
            assert await transaction.handled(message, {"intent": "greet"})
        async with log.transaction() as transaction:
            assert not await transaction.handled(message, {"intent": "other"})
    assert waiting == ["first", "second"]
    assert await log.recent_understanding(conversation.id) == [{"intent": "greet"}, {"intent": "greet"}]
    assert await log.pending_conversations() == []


async def test_a_conversation_holds_a_limited_number_of_unanswered_messages(
    database: Database, conversation: Conversation
) -> None:
    log = ConversationLog(database, pending_limit=2)
    for name in "ab":
        await log.receive(conversation.id, name, text=name)
    with pytest.raises(TooManyPending):
        await log.receive(conversation.id, "c", text="c")
    assert await log.receive(conversation.id, "a", text="a") == (1, False)
    message = await log.next_pending(conversation.id)
    assert message is not None
    async with log.transaction() as transaction:
        await transaction.handled(message)
    assert await log.receive(conversation.id, "c", text="c") == (3, True)


async def test_a_burst_stops_at_the_limit(database: Database, conversation: Conversation) -> None:
    log = ConversationLog(database, pending_limit=5)
    sent = (log.receive(conversation.id, f"{n}", text="x") for n in range(20))
    results = await asyncio.gather(*sent, return_exceptions=True)
    assert sum(isinstance(r, TooManyPending) for r in results) == 15
    assert await numbers(log, conversation) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(("owner", "waits"), [("bot", True), ("waiting", False), ("agent", False)])
async def test_a_message_waits_for_the_bot_only_while_the_bot_owns_the_conversation(
    log: ConversationLog, conversation: Conversation, owner: str, waits: bool
) -> None:
    async with log.transaction() as transaction:
        await transaction.update(conversation, owner=owner)
    assert (await log.receive(conversation.id, "a", text="hello"))[1] is waits
    assert bool(await log.pending_conversations()) is waits


# Choices


async def test_an_issued_choice_stores_its_label_and_its_meaning(
    log: ConversationLog, conversation: Conversation
) -> None:
    (offer,) = await say(log, conversation, bot("Which?", ("One", "/one"), ("Two", "/two")))
    assert offer.public()["choices"] == [{"id": "c1-0", "label": "One"}, {"id": "c1-1", "label": "Two"}]
    seq, _ = await log.receive(conversation.id, "a", choice="c1-1")
    (pressed,) = await log.history(conversation.id, after=seq - 1)
    assert (pressed.text, pressed.data["payload"]) == ("Two", "/two")
    assert "payload" not in str(pressed.public())


@pytest.mark.parametrize(
    "choice",
    ["", "c", "c1", "c1-", "c1-2", "c2-0", "c01-0", "C1-0", "c1-0 ", "c٣-0", "c-1-0", "c9999999999-0", "/one", "One"],
)
async def test_a_choice_that_was_not_issued_is_unknown(
    log: ConversationLog, conversation: Conversation, choice: str
) -> None:
    await say(log, conversation, bot("Which?", ("One", "/one"), ("Two", "/two")))
    with pytest.raises(UnknownChoice):
        await log.receive(conversation.id, "a", choice=choice)
    assert await numbers(log, conversation) == [1]


async def test_a_choice_issued_in_another_conversation_is_unknown(
    log: ConversationLog, conversation: Conversation
) -> None:
    await say(log, conversation, bot("Which?", ("One", "/one")))
    other = await log.open("storefront", "en", "en")
    await say(log, other, bot("Hello"))
    with pytest.raises(UnknownChoice):
        await log.receive(other.id, "a", choice="c1-0")


# Transactions and what they publish


async def test_a_transaction_that_fails_leaves_and_publishes_nothing(
    log: ConversationLog, conversation: Conversation
) -> None:
    with log.hub.subscribe(conversation.id) as events:
        with pytest.raises(Undo):
            async with log.transaction() as transaction:
                await transaction.append(conversation, [bot("never")])
                await transaction.update(conversation, owner="waiting")
                raise Undo
        assert events.empty()
        await say(log, conversation, bot("now"))
        assert events.get_nowait().seq == 1
        assert events.empty()
    assert (await log.get(conversation.id)).owner == "bot"
    assert [m.text for m in await log.history(conversation.id)] == ["now"]


async def test_events_are_published_after_the_commit_in_their_order(
    log: ConversationLog, conversation: Conversation
) -> None:
    with log.hub.subscribe(conversation.id) as events:
        async with log.transaction() as transaction:
            current = await transaction.conversation(conversation.id)
            await transaction.append(current, [bot("one"), bot("two")])
            await transaction.update(current, owner="agent", agent_name="Ana")
            assert events.empty()
        published = [events.get_nowait() for _ in range(events.qsize())]
    assert [(e.name, e.seq) for e in published] == [("message", 1), ("message", 2), ("status", None)]
    assert published[2].data == {"owner": "agent", "agent": "Ana", "language": "en"}


async def test_an_update_that_changes_nothing_is_not_published(
    log: ConversationLog, conversation: Conversation
) -> None:
    with log.hub.subscribe(conversation.id) as events:
        async with log.transaction() as transaction:
            assert await transaction.update(conversation, owner="bot") == conversation
            assert (await transaction.update(conversation, failed_turns=1)).failed_turns == 1
            assert await transaction.append(conversation, []) == []
        assert events.empty()


async def test_of_many_who_want_a_conversation_one_gets_it(log: ConversationLog, conversation: Conversation) -> None:
    async def take(name: str) -> bool:
        async with log.transaction() as transaction:
            current = await transaction.conversation(conversation.id)
            if current.owner != "bot":
                return False
            await transaction.update(current, owner="agent", agent_name=name)
            return True

    taken = await asyncio.gather(*(take(f"{n}") for n in range(10)))
    assert sum(taken) == 1
    assert (await log.get(conversation.id)).agent_name == f"{taken.index(True)}"


# Tokens that work once


async def test_a_one_time_token_is_used_once(log: ConversationLog) -> None:
    soon = now() + timedelta(minutes=5)
    assert [await log.use_once("t", soon) for _ in range(3)] == [True, False, False]
    assert await log.use_once("other", soon)


async def test_a_one_time_token_at_once_is_used_once(log: ConversationLog) -> None:
    soon = now() + timedelta(minutes=5)
    assert sorted(await asyncio.gather(*(log.use_once("t", soon) for _ in range(10)))) == [False] * 9 + [True]


async def test_expired_one_time_tokens_are_forgotten(log: ConversationLog) -> None:
    assert await log.use_once("old", now() - timedelta(seconds=1))
    assert await log.use_once("old", now() + timedelta(minutes=1))
