"""The log's tests run on SQLite and, marked `services`, on PostgreSQL, each in a database of its own."""

from __future__ import annotations

import asyncio
import os
import shutil
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest
import sqlalchemy as sa

from bot.conversations.database import Database, migrate
from bot.conversations.log import ConversationLog
from bot.conversations.records import Conversation

SERVER = os.environ.get("TEST_DATABASE_URL", "postgresql+asyncpg://postgres@127.0.0.1:5432/test")


def administer(*statements: str) -> None:
    """Runs statements on the test server, outside any transaction."""

    async def run() -> None:
        connection = await asyncpg.connect(SERVER.replace("+asyncpg", ""))
        for statement in statements:
            await connection.execute(statement)
        await connection.close()

    asyncio.run(run())


def on_server(name: str) -> str:
    """The address of a database of the test server."""
    return sa.make_url(SERVER).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def template() -> Iterator[str]:
    """A migrated database to be copied."""
    name = f"parley_{uuid.uuid4().hex}"
    administer(f"CREATE DATABASE {name}")
    migrate(on_server(name))
    yield name
    administer(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgresql(template: str) -> Iterator[str]:
    """The address of a fresh, migrated database."""
    name = f"parley_{uuid.uuid4().hex}"
    administer(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield on_server(name)
    administer(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.services)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a fresh, migrated database of either kind."""
    if request.param == "postgresql":
        found: str = request.getfixturevalue("postgresql")
        return found
    shutil.copy(request.getfixturevalue("migrated"), tmp_path / "parley.db")
    return f"sqlite+aiosqlite:///{tmp_path / 'parley.db'}"


@pytest.fixture
async def database(address: str) -> AsyncIterator[Database]:
    opened = Database(address, busy_seconds=10)
    yield opened
    await opened.close()


@pytest.fixture
def log(database: Database) -> ConversationLog:
    return ConversationLog(database)


@pytest.fixture
async def conversation(log: ConversationLog) -> Conversation:
    return await log.open("storefront", "en-GB", "en")
