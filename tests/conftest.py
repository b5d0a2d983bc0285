"""Fixtures of the whole suite. What they need is imported late: the tests in Rasa's environment have none of it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from bot.conversations.database import Database
    from bot.conversations.log import ConversationLog
    from bot.settings import Settings
    from tests.gateway import Buyer, Gateway, ScriptedAssistant


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables and the first supervisor, to be copied."""
    from bot.conversations.database import Database
    from bot.handoff.agents import Agents

    async def prepare(url: str) -> None:
        database = Database(url)
        await database.migrate()
        await Agents(database).first_supervisor()
        await database.close()

    path = tmp_path_factory.mktemp("migrated") / "parley.db"
    asyncio.run(prepare(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture
def settings(tmp_path: Path, migrated: Path) -> Settings:
    from tests.gateway import settings_in

    shutil.copy(migrated, tmp_path / "parley.db")
    return settings_in(tmp_path)


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    from bot.conversations.database import Database

    opened = Database(settings.log_url, settings.busy_seconds)
    yield opened
    await opened.close()


@pytest.fixture
def log(database: Database) -> ConversationLog:
    from bot.conversations.log import ConversationLog

    return ConversationLog(database)


@pytest.fixture
def assistant() -> ScriptedAssistant:
    from tests.gateway import ScriptedAssistant

    return ScriptedAssistant()


@pytest.fixture
async def gateway(settings: Settings, assistant: ScriptedAssistant) -> AsyncIterator[Gateway]:
    from tests.gateway import running

    async with running(settings, assistant) as started:
        yield started


@pytest.fixture
async def buyer(gateway: Gateway) -> Buyer:
    return await gateway.buyer()
