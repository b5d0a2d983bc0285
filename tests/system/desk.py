"""An agent at work, over the database that the running gateway uses."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.conversations.database import Database
from bot.conversations.log import ConversationLog
from bot.handoff.agents import Agent, Agents
from bot.handoff.cases import Case, Cases

_T = TypeVar("_T")


class Desk:
    """Claims, answers and resolves cases."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url
        self._agent: Agent | None = None

    def _with(self, work: Callable[[Database], Awaitable[_T]]) -> _T:
        async def run() -> _T:
            database = Database(self._url)
            try:
                return await work(database)
            finally:
                await database.close()

        return asyncio.run(run())

    @property
    def agent(self) -> Agent:
        if self._agent is None:
            self._agent = self._with(lambda db: Agents(db).add("mara", "Mara", "agent", "correct horse battery"))
        return self._agent

    def cases(self, conversation_id: str) -> list[Case]:
        """The conversation's cases in the queue."""
        queue = self._with(lambda db: Cases(ConversationLog(db)).queue())
        return [case for case in queue if case.conversation_id == conversation_id]

    def claim(self, case: Case) -> None:
        agent = self.agent
        self._with(lambda db: Cases(ConversationLog(db)).claim(case.id, agent))

    def reply(self, case: Case, text: str) -> None:
        agent = self.agent
        self._with(lambda db: Cases(ConversationLog(db)).reply(case.id, agent, text))

    def resolve(self, case: Case) -> None:
        agent = self.agent
        self._with(lambda db: Cases(ConversationLog(db)).resolve(case.id, agent))
