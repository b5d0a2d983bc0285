"""Whatever buyer, bot and agent do at once: dense numbers, every buyer's message handled once, one open case."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.conversations.log import ConversationLog
from bot.handoff.agents import Agent, Agents
from bot.handoff.cases import CaseConflict, Cases
from bot.merchant import merchant
from bot.turns import Turns
from tests.gateway import Asked, ScriptedAssistant, answer, away, echo

pytestmark = pytest.mark.anyio

OPERATIONS = ("receive", "receive again", "person", "rasa fails", "turn", "claim", "reply", "resolve")


@dataclass
class World:
    log: ConversationLog
    turns: Turns
    cases: Cases
    agents: tuple[Agent, Agent]


@pytest.fixture
async def world(log: ConversationLog, assistant: ScriptedAssistant) -> World:
    def scripted(asked: Asked) -> object:
        if asked.get("text") == "person":
            return answer("One moment.", handoff={"reason": "asked", "brief": {}})
        return away(asked) if asked.get("text") == "fail" else echo(asked)

    assistant.answerer = scripted  # type: ignore[assignment]
    accounts = Agents(log.database)
    ana = await accounts.add("ana", "Ana", "agent", "correct horse battery")
    bo = await accounts.add("bo", "Bo", "agent", "correct horse battery")
    turns = Turns(log, assistant.client(), merchant(), timeout=0)
    return World(log, turns, Cases(log), (ana, bo))


class Run:
    """One conversation, in which the operations of one example happen."""

    def __init__(self, world: World, conversation_id: str) -> None:
        self.world, self.id = world, conversation_id
        self.sent: list[str] = []

    async def do(self, operation: str, who: int) -> None:
        match operation:
            case "receive" | "person" | "rasa fails":
                text = {"receive": "hello", "person": "person", "rasa fails": "fail"}[operation]
                self.sent.append(f"m{len(self.sent)}")
                await self.world.log.receive(self.id, self.sent[-1], text=text)
            case "receive again" if self.sent:
                await self.world.log.receive(self.id, self.sent[who % len(self.sent)], text="again")
            case "turn":
                if message := await self.world.log.next_pending(self.id):
                    await self.world.turns.turn(message)
            case "claim" | "reply" | "resolve":
                await self.work(operation, self.world.agents[who % 2])

    async def work(self, operation: str, agent: Agent) -> None:
        for case in await self.world.cases.queue():
            if case.conversation_id == self.id:
                try:
                    if operation == "claim":
                        await self.world.cases.claim(case.id, agent)
                    elif operation == "reply":
                        await self.world.cases.reply(case.id, agent, "I am here.")
                    else:
                        await self.world.cases.resolve(case.id, agent)
                except CaseConflict:
                    pass  # the other agent was faster


operations = st.tuples(st.sampled_from(OPERATIONS), st.integers(0, 3))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(groups=st.lists(st.lists(operations, min_size=1, max_size=4), max_size=8))
async def test_any_interleaving_keeps_the_log_whole(world: World, groups: list[list[tuple[str, int]]]) -> None:
    log = world.log
    run = Run(world, (await log.open("storefront", "en", "en")).id)
    for group in groups:
        await asyncio.gather(*(run.do(*operation) for operation in group))
    while message := await log.next_pending(run.id):
        await world.turns.turn(message)

    history = await log.history(run.id)
    assert [m.seq for m in history] == list(range(1, len(history) + 1))
    assert (await log.get(run.id)).last_seq == len(history)
    bought = [m for m in history if m.sender == "buyer"]
    assert sorted(m.external_id or "" for m in bought) == sorted(run.sent)

    # A hand-over answers with two messages in one turn, everything else with one: no turn was stored twice.
    replies = Counter(m.reply_to for m in history if m.sender == "bot")
    by_number = {m.seq: m for m in bought}
    assert set(replies) <= set(by_number)
    assert all(count <= (2 if by_number[number or 0].text == "person" else 1) for number, count in replies.items())
    assert await log.pending_conversations() == []

    owner = (await log.get(run.id)).owner
    open_cases = [case for case in await world.cases.queue() if case.conversation_id == run.id]
    assert len(open_cases) == (0 if owner == "bot" else 1)
    if owner == "bot" and not any(m.sender == "system" for m in history):
        assert set(replies) == set(by_number)
