"""What agents do with cases, and what the log and the audit say afterwards."""

import asyncio
from typing import Any

import pytest
import sqlalchemy as sa

from bot.conversations.hub import Event
from bot.conversations.log import ConversationLog
from bot.conversations.models import audit
from bot.conversations.models import cases as case_table
from bot.handoff.agents import Agent
from bot.handoff.cases import REPLY_LIMIT, Case, CaseConflict, Cases, InvalidReply, open_case

pytestmark = pytest.mark.anyio


async def opened(cases: Cases, reason: str = "asked", language: str = "en") -> Case:
    conversation = await cases.log.open("storefront", language, language)
    async with cases.log.transaction() as transaction:
        locked = await transaction.conversation(conversation.id)
        await open_case(transaction, locked, reason, {"intents": ["order_status"]})
    return next(case for case in await cases.queue() if case.conversation_id == conversation.id)


async def audited(log: ConversationLog) -> list[tuple[str, int, str, dict[str, Any]]]:
    columns = (audit.c.action, audit.c.agent_id, audit.c.conversation_id, audit.c.detail)
    async with log.database.connect() as connection:
        return [tuple(row) for row in await connection.execute(sa.select(*columns).order_by(audit.c.id))]


async def test_opening_a_case_silences_the_bot(cases: Cases) -> None:
    case = await opened(cases)
    assert (case.state, case.agent_id, case.brief) == ("open", None, {"intents": ["order_status"]})
    assert (await cases.log.get(case.conversation_id)).owner == "waiting"
    _, waits_for_bot = await cases.log.receive(case.conversation_id, "m1", text="Hello?")
    assert not waits_for_bot


async def test_a_waiting_conversation_keeps_its_case(cases: Cases) -> None:
    case = await opened(cases)
    async with cases.log.transaction() as transaction:
        await open_case(transaction, await transaction.conversation(case.conversation_id), "angry", {})
    assert [c.id for c in await cases.queue()] == [case.id]


async def test_queue_is_by_urgency_then_by_wait(cases: Cases) -> None:
    reasons = ("asked", "not_understood", "matter", "legal", "angry", "safety")
    for reason in reasons:
        await opened(cases, reason)
    order = [case.reason for case in await cases.queue()]
    assert order == ["legal", "safety", "angry", "not_understood", "asked", "matter"]


async def test_an_unknown_reason_counts_as_blocked(cases: Cases) -> None:
    assert (await opened(cases, "something_new")).priority == 3


async def test_of_two_agents_one_wins(cases: Cases, ana: Agent, li: Agent) -> None:
    case = await opened(cases)
    results = await asyncio.gather(cases.claim(case.id, ana), cases.claim(case.id, li), return_exceptions=True)
    (lost,) = [result for result in results if result is not None]
    assert isinstance(lost, CaseConflict)
    held = await cases.get(case.id)
    assert lost.agent == held.agent_name
    assert held.agent_id in (ana.id, li.id)
    assert [line[0] for line in await audited(cases.log)] == ["claim"]


async def test_claiming_again_changes_nothing(cases: Cases, ana: Agent) -> None:
    case = await opened(cases, language="de")
    await cases.claim(case.id, ana)
    await cases.claim(case.id, ana)
    (joined,) = await cases.log.history(case.conversation_id)
    assert joined.sender == "system"
    assert "Ana" in joined.text
    assert joined.lang == "de"


async def test_only_the_owner_replies(cases: Cases, ana: Agent, li: Agent) -> None:
    case = await opened(cases)
    with pytest.raises(CaseConflict):
        await cases.reply(case.id, ana, "Hello")
    await cases.claim(case.id, ana)
    with pytest.raises(CaseConflict, match="Ana"):
        await cases.reply(case.id, li, "Hello")
    message = await cases.reply(case.id, ana, "  Hello  ")
    assert (message.sender, message.text, message.data) == ("agent", "Hello", {"agent": "Ana"})
    assert message.public()["agent"] == "Ana"


@pytest.mark.parametrize("text", ["", " \n ", "x" * (REPLY_LIMIT + 1)])
async def test_a_reply_has_words_and_an_end(cases: Cases, ana: Agent, text: str) -> None:
    case = await opened(cases)
    await cases.claim(case.id, ana)
    with pytest.raises(InvalidReply):
        await cases.reply(case.id, ana, text)
    assert [m.sender for m in await cases.log.history(case.conversation_id)] == ["system"]


async def test_first_reply_is_timed_once(cases: Cases, ana: Agent) -> None:
    case = await opened(cases)
    await cases.claim(case.id, ana)

    async def first_reply() -> Any:
        async with cases.log.database.connect() as connection:
            return (await connection.execute(sa.select(case_table.c.first_reply_at))).scalar_one()

    assert await first_reply() is None
    await cases.reply(case.id, ana, "One")
    first = await first_reply()
    assert first is not None
    await cases.reply(case.id, ana, "Two")
    assert await first_reply() == first


async def test_resolving_returns_the_conversation_to_the_bot(cases: Cases, ana: Agent, li: Agent) -> None:
    case = await opened(cases)
    await cases.claim(case.id, ana)
    with pytest.raises(CaseConflict):
        await cases.resolve(case.id, li)
    await cases.resolve(case.id, ana, "returned")
    conversation = await cases.log.get(case.conversation_id)
    assert (conversation.owner, conversation.agent_id, conversation.agent_name) == ("bot", None, None)
    assert await cases.queue() == []
    assert (await cases.get(case.id)).state == "resolved"
    assert "Ana" in (await cases.log.history(case.conversation_id))[-1].text
    _, waits_for_bot = await cases.log.receive(case.conversation_id, "m1", text="And my refund?")
    assert waits_for_bot
    for act in (cases.claim(case.id, li), cases.reply(case.id, ana, "Late"), cases.resolve(case.id, ana)):
        with pytest.raises(CaseConflict) as closed:
            await act
        assert closed.value.agent is None


async def test_a_conversation_may_need_a_person_again(cases: Cases, ana: Agent) -> None:
    first = await opened(cases)
    await cases.claim(first.id, ana)
    await cases.resolve(first.id, ana)
    async with cases.log.transaction() as transaction:
        await open_case(transaction, await transaction.conversation(first.conversation_id), "upset", {})
    (second,) = await cases.queue()
    assert (second.id != first.id, second.reason, second.agent_name) == (True, "upset", None)


async def test_every_look_and_action_is_in_the_audit(cases: Cases, ana: Agent) -> None:
    case = await opened(cases)
    await cases.looked_at(case, ana)
    await cases.claim(case.id, ana)
    await cases.resolve(case.id, ana)
    where = (ana.id, case.conversation_id)
    assert await audited(cases.log) == [
        ("look", *where, {"case": case.id}),
        ("claim", *where, {"case": case.id}),
        ("resolve", *where, {"case": case.id, "outcome": "resolved"}),
    ]


async def test_changes_are_published_and_typing_is_not_stored(cases: Cases, ana: Agent) -> None:
    case = await opened(cases)
    with cases.log.hub.subscribe() as events:
        await cases.claim(case.id, ana)
        await cases.typing(case, ana, True)
        heard = [events.get_nowait() for _ in range(events.qsize())]
    assert {event.name for event in heard} == {"status", "message", "typing"}
    typing = Event(case.conversation_id, "typing", {"from": "agent", "name": "Ana", "active": True})
    assert heard[-1] == typing
    assert len(await cases.log.history(case.conversation_id)) == 1


async def test_a_case_that_is_not(cases: Cases, ana: Agent) -> None:
    for act in (cases.get(99), cases.claim(99, ana), cases.reply(99, ana, "Hello"), cases.resolve(99, ana)):
        with pytest.raises(LookupError):
            await act
