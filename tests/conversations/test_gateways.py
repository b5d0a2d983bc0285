"""Several gateways over one PostgreSQL: a conversation is never answered by two of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.conversations.database import Database
from bot.conversations.log import ConversationLog
from bot.merchant import merchant
from bot.turns import Turns
from tests.gateway import Held, ScriptedAssistant, answer, answered, listening, running, settings_in

pytestmark = [pytest.mark.anyio, pytest.mark.services]


class Gateway:
    """What one gateway has of its own."""

    def __init__(self, url: str, assistant: ScriptedAssistant) -> None:
        self.log = ConversationLog(Database(url), pending_limit=100)
        self._client = assistant.client()
        self.turns = Turns(self.log, self._client, merchant())

    async def close(self) -> None:
        await self.turns.stop()
        await self._client.close()
        await self.log.database.close()


@pytest.fixture
async def pair(postgresql: str, assistant: ScriptedAssistant) -> AsyncIterator[tuple[Gateway, Gateway]]:
    both = Gateway(postgresql, assistant), Gateway(postgresql, assistant)
    yield both
    for gateway in both:
        await gateway.close()


async def test_a_lease_belongs_to_one_worker(pair: tuple[Gateway, Gateway]) -> None:
    one, other = pair[0].log, pair[1].log
    conversation = await one.open("storefront", "en", "en")
    assert await one.lease(conversation.id, "one", 60)
    assert await one.lease(conversation.id, "one", 60)
    assert not await other.lease(conversation.id, "other", 60)
    await other.release(conversation.id, "other")
    assert not await other.lease(conversation.id, "other", 60)
    await one.release(conversation.id, "one")
    assert await other.lease(conversation.id, "other", 60)


async def test_of_many_who_want_a_lease_one_gets_it(pair: tuple[Gateway, Gateway]) -> None:
    conversation = await pair[0].log.open("storefront", "en", "en")
    claims = (pair[n % 2].log.lease(conversation.id, f"{n}", 60) for n in range(10))
    assert sum(await asyncio.gather(*claims)) == 1


async def test_a_lease_that_ran_out_is_free(pair: tuple[Gateway, Gateway]) -> None:
    conversation = await pair[0].log.open("storefront", "en", "en")
    assert await pair[0].log.lease(conversation.id, "one", -1)
    assert await pair[1].log.lease(conversation.id, "other", 60)


async def test_both_wake_and_every_message_is_answered_once(
    pair: tuple[Gateway, Gateway], assistant: ScriptedAssistant
) -> None:
    log = pair[0].log
    conversations = [await log.open("storefront", "en", "en") for _ in range(4)]
    for number in range(6):
        for conversation in conversations:
            gateway = pair[number % 2]
            await gateway.log.receive(conversation.id, f"{number}", text=f"{number}")
            for each in pair:
                each.turns.wake(conversation.id)
    for conversation in conversations:
        for gateway in pair:
            gateway.turns.wake(conversation.id)
        await answered(log, conversation.id)
        history = await log.history(conversation.id)
        assert [m.seq for m in history] == list(range(1, 13))
        assert [m.text for m in history if m.sender == "bot"] == [f"echo: {n}" for n in range(6)]
    assert len(assistant.asked) == len({asked["message_id"] for asked in assistant.asked}) == 24


async def test_while_one_answers_the_other_does_not_ask(
    pair: tuple[Gateway, Gateway], assistant: ScriptedAssistant
) -> None:
    one, other = pair
    conversation = await one.log.open("storefront", "en", "en")
    await one.log.receive(conversation.id, "a", text="hello")
    assistant.answerer = held = Held()
    one.turns.wake(conversation.id)
    await held.asked.wait()
    other.turns.wake(conversation.id)
    await other.turns.stop()
    assert len(assistant.asked) == 1
    held.go.set()
    await answered(one.log, conversation.id)


async def test_a_worker_that_slept_past_its_lease_adds_no_second_answer(
    pair: tuple[Gateway, Gateway], assistant: ScriptedAssistant
) -> None:
    one, other = pair
    conversation = await one.log.open("storefront", "en", "en")
    await one.log.receive(conversation.id, "a", text="hello")
    assistant.answerer = held = Held()
    message = await one.log.next_pending(conversation.id)
    assert message is not None
    both = [asyncio.create_task(gateway.turns.turn(message)) for gateway in (one, other)]
    await held.asked.wait()
    held.go.set()
    await asyncio.gather(*both)
    assert [m.sender for m in await one.log.history(conversation.id)] == ["buyer", "bot"]


async def test_a_gateway_that_stops_leaves_its_conversations_to_the_other_at_once(
    pair: tuple[Gateway, Gateway], assistant: ScriptedAssistant
) -> None:
    one, other = pair
    conversation = await one.log.open("storefront", "en", "en")
    await one.log.receive(conversation.id, "a", text="hello")
    assistant.answerer = held = Held()
    one.turns.wake(conversation.id)
    await held.asked.wait()
    await one.turns.stop()
    held.go.set()
    other.turns.wake(conversation.id)
    await answered(other.log, conversation.id)
    assert [m.sender for m in await other.log.history(conversation.id)] == ["buyer", "bot"]


async def test_a_stream_of_one_gateway_shows_what_the_other_has_added(
    postgresql: str, tmp_path: Path, assistant: ScriptedAssistant
) -> None:
    assistant.answerer = lambda _asked: answer("One moment.", handoff={"reason": "asked", "brief": {}})
    settings = settings_in(tmp_path, DATABASE_URL=postgresql, heartbeat_seconds=0.05)
    async with running(settings, assistant) as one, running(settings, assistant) as other:
        buyer = await one.buyer()
        async with one.served() as wire, listening(wire, buyer) as stream:
            assert (await stream.next())[2]["owner"] == "bot"
            buyer.client = other.client
            await buyer.say("a person, please")
            heard = []
            while len(heard) < 4:
                name, _, data = await stream.next()
                if name in ("message", "status"):
                    heard.append(data.get("from") or data.get("owner"))
    assert sorted(heard) == ["bot", "bot", "buyer", "waiting"]
