from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.conversations.database import Database
from bot.conversations.log import ConversationLog
from bot.handoff.agents import Agent, Agents
from bot.handoff.cases import Cases

PASSWORD = "correct horse battery"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def log(tmp_path: Path) -> AsyncIterator[ConversationLog]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'log.db'}")
    await database.migrate()
    yield ConversationLog(database)
    await database.close()


@pytest.fixture
def cases(log: ConversationLog) -> Cases:
    return Cases(log)


@pytest.fixture
def agents(log: ConversationLog) -> Agents:
    return Agents(log.database)


@pytest.fixture
async def ana(agents: Agents) -> Agent:
    return await agents.add("ana", "Ana", "agent", PASSWORD)


@pytest.fixture
async def li(agents: Agents) -> Agent:
    return await agents.add("li", "Li", "agent", PASSWORD, "zh")
