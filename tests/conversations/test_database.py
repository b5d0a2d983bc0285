"""The database under the log: migrations, writers in a queue, and failures that have one name."""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.conversations.database import Database, LogUnavailable, migrate
from bot.conversations.log import ConversationLog
from bot.conversations.models import metadata
from bot.conversations.records import Conversation
from bot.settings import ROOT
from tests.conversations.conftest import administer, on_server
from tests.gateway import locked

pytestmark = pytest.mark.anyio


def shape(connection: sa.Connection) -> dict[str, set[str]]:
    inspector = sa.inspect(connection)
    return {
        table: {column["name"] for column in inspector.get_columns(table)}
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


async def test_migrations_make_the_tables_of_the_models(database: Database) -> None:
    async with database.connect() as connection:
        made = await connection.run_sync(shape)
    assert made == {table.name: {column.name for column in table.columns} for table in metadata.sorted_tables}


async def test_migrations_leave_nothing_to_generate(database: Database) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    def differences(connection: sa.Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        return list(compare_metadata(context, metadata))

    async with database.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_migrating_again_changes_nothing(database: Database, log: ConversationLog) -> None:
    conversation = await log.open("storefront", "en", "en")
    await database.migrate()
    assert await log.get(conversation.id) == conversation


def test_a_database_is_made_where_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "parley.db"
    url = f"sqlite+aiosqlite:///{path}"
    Database(url)
    migrate(url)
    assert path.is_file()


def test_an_address_with_a_percent_sign_is_no_riddle(tmp_path: Path) -> None:
    path = tmp_path / "100%" / "parley.db"
    path.parent.mkdir()
    migrate(f"sqlite+aiosqlite:///{path}")
    assert path.is_file()


async def test_a_writer_waits_for_another_within_the_process(log: ConversationLog) -> None:
    order: list[str] = []
    inside, go = asyncio.Event(), asyncio.Event()

    async def first() -> None:
        async with log.database.begin():
            inside.set()
            await go.wait()
            order.append("first")

    async def second() -> None:
        await inside.wait()
        go.set()
        await log.open("storefront", "en", "en")
        order.append("second")

    await asyncio.gather(first(), second())
    if not log.database.shared:
        assert order == ["first", "second"]


async def test_a_cancelled_transaction_leaves_nothing(log: ConversationLog, conversation: Conversation) -> None:
    written, forever = asyncio.Event(), asyncio.Event()

    async def interrupted() -> None:
        async with log.transaction() as transaction:
            await transaction.update(conversation, owner="agent")
            written.set()
            await forever.wait()

    task = asyncio.create_task(interrupted())
    await written.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert (await log.get(conversation.id)).owner == "bot"
    assert await log.receive(conversation.id, "a", text="hello") == (1, True)


class TestLockedByAnotherProgram:
    @pytest.fixture
    def address(self, tmp_path: Path, migrated: Path) -> str:
        (tmp_path / "parley.db").write_bytes(migrated.read_bytes())
        return f"sqlite+aiosqlite:///{tmp_path / 'parley.db'}"

    @pytest.fixture
    async def database(self, address: str) -> Database:
        return Database(address, busy_seconds=0.1)

    async def test_a_write_fails_by_name_and_works_again_later(
        self, log: ConversationLog, conversation: Conversation, tmp_path: Path
    ) -> None:
        with locked(tmp_path / "parley.db"):
            with pytest.raises(LogUnavailable):
                await log.receive(conversation.id, "a", text="hello")
            assert await log.history(conversation.id) == []
            assert await log.database.ready()
        assert await log.receive(conversation.id, "a", text="hello") == (1, True)
        await log.database.close()

    async def test_many_writers_do_not_wait_one_after_another(
        self, log: ConversationLog, conversation: Conversation, tmp_path: Path
    ) -> None:
        with locked(tmp_path / "parley.db"):
            started = time.monotonic()
            writes = (log.receive(conversation.id, f"{n}", text="hello") for n in range(100))
            results = await asyncio.gather(*writes, return_exceptions=True)
            assert time.monotonic() - started < 5  # one after another: 10
        assert all(isinstance(result, LogUnavailable) for result in results)
        await log.database.close()


@pytest.mark.services
class TestPostgreSQL:
    async def test_two_gateways_that_start_together_migrate_once(self, template: str) -> None:
        name = f"{template}_together"
        start = f"from bot.conversations.database import migrate; migrate({on_server(name)!r})"
        await asyncio.to_thread(administer, f"CREATE DATABASE {name}")
        try:
            both = [await asyncio.create_subprocess_exec(sys.executable, "-c", start, cwd=ROOT) for _ in range(2)]
            assert [await process.wait() for process in both] == [0, 0]
        finally:
            await asyncio.to_thread(administer, f"DROP DATABASE {name} WITH (FORCE)")

    async def test_a_server_that_drops_its_sessions_is_noticed_and_found_again(self, postgresql: str) -> None:
        log = ConversationLog(Database(postgresql))
        conversation = await log.open("storefront", "en", "en")
        drop = sa.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = pg_backend_pid()")
        with pytest.raises(LogUnavailable):
            async with log.transaction() as transaction:
                await transaction.update(conversation, owner="agent")
                await transaction.connection.execute(drop)
        with pytest.raises(LogUnavailable):
            async with log.database.connect() as connection:
                await connection.execute(drop)
        assert (await log.get(conversation.id)).owner == "bot"
        await log.database.close()

    async def test_a_database_that_is_gone_is_unavailable(self, postgresql: str) -> None:
        database = Database(postgresql.replace("parley_", "no_such_parley_"))
        assert not await database.ready()
        await database.close()
