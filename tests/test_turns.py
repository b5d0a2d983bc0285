"""Turns: in order, one at a time, each message answered once, and silence while a person owns the conversation."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import sqlalchemy as sa

from bot.conversations.hub import Event
from bot.conversations.log import ConversationLog
from bot.conversations.records import Conversation, Message
from bot.handoff.cases import Case, Cases, open_case
from bot.locales.catalogue import catalogues
from bot.merchant import merchant
from bot.turns import BREAKS_BEFORE_TELLING, Turns
from tests.gateway import PATIENCE, Asked, Held, ScriptedAssistant, answer, answered, away

pytestmark = pytest.mark.anyio


@pytest.fixture
async def turns(log: ConversationLog, assistant: ScriptedAssistant) -> AsyncIterator[Turns]:
    client = assistant.client()
    running = Turns(log, client, merchant(), timeout=0.2)
    yield running
    await running.stop()
    await client.close()


@pytest.fixture
async def conversation(log: ConversationLog) -> Conversation:
    return await log.open("storefront", "en-GB", "en")


class Chat:
    """One conversation: what is said in it, and what it looks like."""

    def __init__(self, log: ConversationLog, turns: Turns, conversation_id: str) -> None:
        self.log, self.turns, self.id = log, turns, conversation_id
        self._said = 0

    async def write(self, text: str) -> Message:
        """Stores a message without waking anyone."""
        self._said += 1
        seq, _ = await self.log.receive(self.id, f"m{self._said}", text=text)
        return (await self.log.history(self.id, after=seq - 1, limit=1))[0]

    async def say(self, *texts: str) -> None:
        """Stores messages and wakes the bot after each."""
        for text in texts:
            await self.write(text)
            self.turns.wake(self.id)

    async def answered(self) -> list[tuple[str, str]]:
        """Sender and text of every message, once all are answered."""
        await answered(self.log, self.id)
        return await self.lines()

    async def lines(self) -> list[tuple[str, str]]:
        return [(m.sender, m.text) for m in await self.log.history(self.id)]

    async def owner(self) -> str:
        return (await self.log.get(self.id)).owner

    async def broken_off(self, events: asyncio.Queue[Event]) -> None:
        """Waits until a turn has ended."""
        while (event := await asyncio.wait_for(events.get(), PATIENCE)).data.get("active") is not False:
            assert event.name != "message"


@pytest.fixture
def chat(log: ConversationLog, turns: Turns, conversation: Conversation) -> Chat:
    return Chat(log, turns, conversation.id)


def handing_over(reason: str = "asked", **brief: Any) -> Any:
    return lambda _asked: answer("One moment.", handoff={"reason": reason, "brief": brief}, intent="human_agent")


async def take_over(log: ConversationLog, conversation_id: str) -> None:
    async with log.transaction() as transaction:
        conversation = await transaction.conversation(conversation_id)
        await open_case(transaction, conversation, "asked", {})


async def open_cases(log: ConversationLog) -> list[Case]:
    return await Cases(log).queue()


async def test_messages_are_answered_in_their_order(chat: Chat, assistant: ScriptedAssistant) -> None:
    await chat.say("a", "b", "c", "d")
    lines = await chat.answered()
    assert assistant.texts == ["a", "b", "c", "d"]
    assert [text for sender, text in lines if sender == "bot"] == ["echo: a", "echo: b", "echo: c", "echo: d"]


async def test_an_answer_names_the_message_it_answers(chat: Chat, log: ConversationLog) -> None:
    await chat.say("a")
    await chat.answered()
    await chat.say("b")
    await chat.answered()
    assert [m.reply_to for m in await log.history(chat.id)] == [None, 1, None, 3]


async def test_one_turn_of_a_conversation_runs_at_a_time(chat: Chat, assistant: ScriptedAssistant) -> None:
    assistant.answerer = held = Held()
    await chat.say("a")
    await held.asked.wait()
    await chat.say("b", "c")
    assert assistant.texts == ["a"]
    held.go.set()
    await chat.answered()
    assert assistant.texts == ["a", "b", "c"]


async def test_conversations_do_not_wait_for_each_other(
    log: ConversationLog, turns: Turns, chat: Chat, assistant: ScriptedAssistant
) -> None:
    held = Held()
    other = Chat(log, turns, (await log.open("storefront", "de", "de")).id)
    assistant.answerer = lambda asked: held(asked) if asked["conversation_id"] == chat.id else answer("quick")
    await chat.say("slow")
    await held.asked.wait()
    await other.say("hello")
    assert (await other.answered())[-1] == ("bot", "quick")
    assert await chat.lines() == [("buyer", "slow")]
    held.go.set()
    assert len(await chat.answered()) == 2


async def test_the_assistant_learns_who_asks_from_where(
    log: ConversationLog, turns: Turns, assistant: ScriptedAssistant
) -> None:
    conversation = await log.open(
        "storefront", "pt-BR", "pt", identity_level=2, identity={"email": "a@b.example"}, time_zone="America/Sao_Paulo"
    )
    await Chat(log, turns, conversation.id).say("oi")
    await answered(log, conversation.id)
    (asked,) = assistant.asked
    assert (asked["conversation_id"], asked["message_id"]) == (conversation.id, f"{conversation.id}:1")
    assert asked["metadata"] == {
        "channel": "storefront",
        "locale": "pt-BR",
        "language": "pt",
        "identity_level": 2,
        "identity": {"email": "a@b.example"},
        "time_zone": "America/Sao_Paulo",
    }


async def test_the_conversation_follows_the_language_of_the_answer(
    log: ConversationLog, chat: Chat, assistant: ScriptedAssistant
) -> None:
    assistant.answerer = lambda _asked: answer("Dzień dobry", language="pl")
    await chat.say("dzień dobry")
    await chat.answered()
    assert (await log.get(chat.id)).language == "pl"
    await chat.say("a")
    await chat.answered()
    assert assistant.asked[-1]["metadata"]["language"] == "pl"


@pytest.mark.parametrize("copies", [2, 5])
async def test_a_message_taken_up_more_than_once_is_answered_once(
    turns: Turns, chat: Chat, assistant: ScriptedAssistant, copies: int
) -> None:
    assistant.answerer = held = Held()
    message = await chat.write("hello")
    running = [asyncio.create_task(turns.turn(message)) for _ in range(copies)]
    await held.asked.wait()
    held.go.set()
    await asyncio.gather(*running)
    await turns.turn(message)
    assert await chat.lines() == [("buyer", "hello"), ("bot", "echo: hello")]


async def test_a_failed_turn_taken_up_twice_tells_the_buyer_once(
    turns: Turns, chat: Chat, log: ConversationLog, assistant: ScriptedAssistant
) -> None:
    assistant.answerer = away
    message = await chat.write("hello")
    await asyncio.gather(turns.turn(message), turns.turn(message))
    assert len(await chat.lines()) == 2
    assert (await log.get(chat.id)).failed_turns == 1


# While a person owns the conversation


async def test_a_message_to_a_person_never_reaches_the_bot(
    log: ConversationLog, chat: Chat, assistant: ScriptedAssistant
) -> None:
    await take_over(log, chat.id)
    await chat.say("are you there?")
    assert await log.next_pending(chat.id) is None
    assert assistant.asked == []
    assert await chat.lines() == [("buyer", "are you there?")]


async def test_a_message_that_waited_when_a_person_took_over_is_left_to_the_person(
    log: ConversationLog, turns: Turns, chat: Chat, assistant: ScriptedAssistant
) -> None:
    message = await chat.write("hello")
    await take_over(log, chat.id)
    await turns.turn(message)
    assert await log.next_pending(chat.id) is None
    assert assistant.asked == []


async def test_the_bot_keeps_quiet_when_a_person_takes_over_while_rasa_thinks(
    log: ConversationLog, chat: Chat, assistant: ScriptedAssistant
) -> None:
    assistant.answerer = held = Held(handing_over())
    await chat.say("hello")
    await held.asked.wait()
    await take_over(log, chat.id)
    held.go.set()
    assert await chat.answered() == [("buyer", "hello")]
    assert len(await open_cases(log)) == 1


@pytest.mark.parametrize("button", ["gateway:call_person", "gateway:carry_on"])
async def test_a_button_of_ours_does_nothing_once_a_person_took_over(
    log: ConversationLog, turns: Turns, chat: Chat, assistant: ScriptedAssistant, button: str
) -> None:
    assistant.answerer = lambda _asked: answer("Shall I?", choices=[("Go on", button)])
    await chat.say("hello")
    await chat.answered()
    await log.receive(chat.id, "pressed", choice="c2-0")
    (*_, pressed) = await log.history(chat.id)
    await take_over(log, chat.id)
    await turns.turn(pressed)
    assert len(await chat.lines()) == 3
    assert await log.next_pending(chat.id) is None
    assert len(await open_cases(log)) == 1


async def test_messages_behind_a_hand_over_are_left_to_the_person(
    log: ConversationLog, chat: Chat, assistant: ScriptedAssistant
) -> None:
    assistant.answerer = held = Held(handing_over())
    await chat.say("a person, please")
    await held.asked.wait()
    await chat.say("hello?", "hello??")
    held.go.set()
    lines = await chat.answered()
    assert [sender for sender, _ in lines] == ["buyer", "buyer", "buyer", "bot", "bot"]
    assert assistant.texts == ["a person, please"]


# Restart


async def test_a_restart_takes_up_what_was_left(
    log: ConversationLog, turns: Turns, assistant: ScriptedAssistant
) -> None:
    chats = [Chat(log, turns, (await log.open("storefront", "en", "en")).id) for _ in range(3)]
    for chat in chats:
        await chat.write("a")
        await chat.write("b")
    await turns.start()
    for chat in chats:
        assert [text for sender, text in await chat.answered() if sender == "bot"] == ["echo: a", "echo: b"]
    assert len(assistant.asked) == 6


async def test_a_turn_cut_short_is_taken_up_by_the_next_process(
    log: ConversationLog, turns: Turns, chat: Chat, assistant: ScriptedAssistant
) -> None:
    assistant.answerer = held = Held()
    await chat.say("a", "b")
    await held.asked.wait()
    await turns.stop()
    assert await chat.lines() == [("buyer", "a"), ("buyer", "b")]
    assert len(assistant.asked) == 1
    held.go.set()
    client = assistant.client()
    successor = Turns(log, client, merchant())
    await successor.start()
    assert [text for _, text in await chat.answered()] == ["a", "b", "echo: a", "echo: b"]
    assert [asked["message_id"] for asked in assistant.asked] == [f"{chat.id}:1", f"{chat.id}:1", f"{chat.id}:2"]
    await successor.stop()
    await client.close()


# Handing over


async def test_a_case_opens_with_the_reply(log: ConversationLog, chat: Chat, assistant: ScriptedAssistant) -> None:
    assistant.answerer = handing_over("angry", emotion="angry", order={"number": "PL-10432"})
    await chat.say("this is a scandal")
    lines = await chat.answered()
    (case,) = await open_cases(log)
    assert await chat.owner() == "waiting"
    assert (case.conversation_id, case.reason, case.priority) == (chat.id, "angry", 2)
    assert (case.brief["order"], case.brief["intents"]) == ({"number": "PL-10432"}, ["human_agent"])
    assert [sender for sender, _ in lines] == ["buyer", "bot", "bot"]


async def test_a_case_that_cannot_be_opened_leaves_everything_as_it_was(
    log: ConversationLog, turns: Turns, chat: Chat, assistant: ScriptedAssistant
) -> None:
    async with log.database.begin() as connection:
        refuse = "CREATE TRIGGER no_room BEFORE INSERT ON cases BEGIN SELECT RAISE(ABORT, 'no room'); END"
        await connection.execute(sa.text(refuse))
    assistant.answerer = handing_over()
    with log.hub.subscribe(chat.id) as events:
        message = await chat.write("a person, please")
        assert (await asyncio.wait_for(events.get(), PATIENCE)).seq == message.seq
        turns.wake(chat.id)
        await chat.broken_off(events)
    assert await chat.lines() == [("buyer", "a person, please")]
    assert await log.next_pending(chat.id) == message
    assert await chat.owner() == "bot"

    async with log.database.begin() as connection:
        await connection.execute(sa.text("DROP TRIGGER no_room"))
    turns.wake(chat.id)
    assert len(await chat.answered()) == 3
    assert len(await open_cases(log)) == 1


async def test_a_turn_that_keeps_breaking_off_is_told_to_the_buyer(
    log: ConversationLog, turns: Turns, chat: Chat, assistant: ScriptedAssistant
) -> None:
    async with log.database.begin() as connection:
        refuse = "CREATE TRIGGER no_room BEFORE INSERT ON cases BEGIN SELECT RAISE(ABORT, 'no room'); END"
        await connection.execute(sa.text(refuse))
    assistant.answerer = handing_over()
    await chat.write("a person, please")
    for _ in range(BREAKS_BEFORE_TELLING):
        with log.hub.subscribe(chat.id) as events:
            turns.wake(chat.id)
            await chat.broken_off(events)
    turns.wake(chat.id)
    lines = await chat.answered()
    assert lines[-1][1] == catalogues().text("turn-failed", "en")
    assert await log.next_pending(chat.id) is None


async def test_an_unknown_reason_counts_as_blocked(
    log: ConversationLog, chat: Chat, assistant: ScriptedAssistant
) -> None:
    assistant.answerer = handing_over("something_new")
    await chat.say("hello")
    await chat.answered()
    (case,) = await open_cases(log)
    assert (case.reason, case.priority) == ("something_new", 3)


async def test_a_returned_conversation_is_the_bots_again(
    log: ConversationLog, chat: Chat, assistant: ScriptedAssistant
) -> None:
    from bot.handoff.agents import Agents

    ana = await Agents(log.database).add("ana", "Ana", "agent", "correct horse battery")
    assistant.answerer = handing_over()
    await chat.say("a person, please")
    await chat.answered()
    cases = Cases(log)
    (case,) = await cases.queue()
    await cases.claim(case.id, ana)
    await chat.say("I need help")
    await cases.resolve(case.id, ana)
    assistant.answerer = lambda asked: answer(f"bot: {asked['text']}")
    await chat.say("thanks")
    assert (await chat.answered())[-1] == ("bot", "bot: thanks")
    assert assistant.texts == ["a person, please", "thanks"]


async def test_understanding_is_kept_for_the_brief(
    log: ConversationLog, chat: Chat, assistant: ScriptedAssistant
) -> None:
    def understood(asked: Asked) -> Any:
        intent, emotion = {"1": ("order_status", "neutral"), "2": ("complaint", "upset")}[asked["text"]]
        return answer("?", intent=intent, emotion=emotion)

    assistant.answerer = understood
    await chat.say("1", "2")
    await chat.answered()
    assistant.answerer = handing_over(tried=["showed_order_status"])
    await chat.say("a person")
    await chat.answered()
    (case,) = await open_cases(log)
    assert case.brief["intents"] == ["order_status", "complaint", "human_agent"]
    assert case.brief["emotions"] == ["neutral", "upset", "neutral"]
    assert case.brief["tried"] == ["showed_order_status"]
