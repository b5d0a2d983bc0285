"""The database under the log: SQLite in one process, PostgreSQL in several, by its address alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import create_async_engine

MIGRATIONS = Path(__file__).parent / "migrations"


# Classes of PostgreSQL's states that pass: connection, rollback (deadlock), resources, intervention (it starts or
# stops), system (https://www.postgresql.org/docs/current/errcodes-appendix.html).
_PASSING = ("08", "40", "53", "57", "58")


class LogUnavailable(Exception):
    """The database is away or locked. Nothing was stored; the same call may be made again later."""


_T = TypeVar("_T")


class DatabaseConnection(Protocol):
    """What the log needs of a connection: SQLAlchemy's AsyncConnection has it, and so has `_File`."""

    async def execute(self, statement: sa.Executable, parameters: Any = None) -> sa.CursorResult[Any]:
        """Runs one statement."""

    async def run_sync(self, work: Callable[[sa.Connection], _T]) -> _T:
        """Runs a function that wants SQLAlchemy's synchronous connection."""


class Database:
    """Opens transactions (`begin`) and reads (`connect`); turns database failures into LogUnavailable.

    SQLite has one writer: writes queue on a lock here instead of failing as "database is locked".
    """

    def __init__(self, url: str, busy_seconds: float = 5.0) -> None:
        self.url = url
        self.shared = not url.startswith("sqlite")
        self._write_lock, self._busy_seconds = asyncio.Lock(), busy_seconds
        if self.shared:
            self._writer = self._reader = create_async_engine(url, pool_size=10, max_overflow=10, pool_pre_ping=True)
        else:
            Path(sa.make_url(url).database or "").parent.mkdir(parents=True, exist_ok=True)
            arguments = {"timeout": busy_seconds, "isolation_level": None}
            self._file_writer = _sqlite(url, arguments, immediate=True, size=1)
            self._file_reader = _sqlite(url, arguments, immediate=False, size=4)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[DatabaseConnection]:
        """One write transaction: committed at the end of the block, rolled back by an exception."""
        with _failures():
            if self.shared:
                async with self._writer.begin() as connection:
                    yield connection
            else:
                # Where another program holds the file, the writers that queue here must not wait one after another.
                async with asyncio.timeout(self._busy_seconds):
                    await self._write_lock.acquire()
                try:
                    async with _file_transaction(self._file_writer) as connection:
                        yield connection
                finally:
                    self._write_lock.release()

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[DatabaseConnection]:
        """A connection for reading what is committed."""
        with _failures():
            if self.shared:
                async with self._reader.connect() as connection:
                    yield connection
            else:
                with self._file_reader.connect() as file:
                    yield _File(file)

    async def ready(self) -> bool:
        """Whether a query gets an answer."""
        try:
            async with self.connect() as connection:
                await connection.execute(sa.text("SELECT 1"))
        except (LogUnavailable, SQLAlchemyError):
            return False
        return True

    async def migrate(self) -> None:
        """Brings the tables to the newest version."""
        await asyncio.to_thread(migrate, self.url)

    async def close(self) -> None:
        """Returns all connections."""
        if self.shared:
            await self._writer.dispose()
        else:
            self._file_writer.dispose()
            self._file_reader.dispose()


@contextmanager
def _failures() -> Iterator[None]:
    """Failures of the database itself as LogUnavailable; faults of a statement stay what they are."""
    try:
        yield
    except (OperationalError, PoolTimeout, OSError) as error:
        raise LogUnavailable(str(error)) from error
    except DBAPIError as error:
        if error.connection_invalidated or str(getattr(error.orig, "sqlstate", "")).startswith(_PASSING):
            raise LogUnavailable(str(error)) from error
        raise


class _File:
    """A connection to SQLite with an async face. Its statements run at once: they take microseconds, a hop to a
    thread and back takes ten times as long (11 ms a turn with one thread hop for every call of the driver, 2 without).
    """

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    async def execute(self, statement: sa.Executable, parameters: Any = None) -> sa.CursorResult[Any]:
        """See sqlalchemy.Connection.execute."""
        return self._connection.execute(statement, parameters)

    async def run_sync(self, work: Callable[[sa.Connection], _T]) -> _T:
        """See sqlalchemy.ext.asyncio.AsyncConnection.run_sync."""
        return work(self._connection)


@asynccontextmanager
async def _file_transaction(engine: sa.Engine) -> AsyncIterator[DatabaseConnection]:
    """Beginning waits for other programs' locks and committing for the disk: both happen in a thread."""
    connection = await _uncancelled(asyncio.to_thread(_begun, engine), abandoned=_close)
    try:
        try:
            yield _File(connection)
        except BaseException:
            connection.rollback()
            raise
        await _uncancelled(asyncio.to_thread(connection.commit))
    finally:
        connection.close()


async def _uncancelled(work: Coroutine[Any, Any, _T], abandoned: Callable[[_T], None] | None = None) -> _T:
    """Waits for work in a thread to its end, also when the task is cancelled meanwhile: the thread cannot be."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        if abandoned and not task.exception():
            abandoned(task.result())
        raise


def _close(connection: sa.Connection) -> None:
    connection.close()


def _begun(engine: sa.Engine) -> sa.Connection:
    connection = engine.connect()
    try:
        connection.begin()
    except BaseException:
        connection.close()
        raise
    return connection


def _sqlite(url: str, arguments: dict[str, Any], *, immediate: bool, size: int) -> sa.Engine:
    address = sa.make_url(url).set(drivername="sqlite")
    engine = sa.create_engine(
        address,
        connect_args={**arguments, "check_same_thread": False},
        poolclass=sa.pool.QueuePool,
        pool_size=size,
        max_overflow=0 if immediate else 20,
    )

    @sa.event.listens_for(engine, "connect")
    def pragmas(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        # FULL: a commit is on the disk before the buyer is told that the message was accepted.
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "wal_autocheckpoint=4000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        # A transaction that starts by reading could not become a writer while another one writes.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def migrate(url: str) -> None:
    """Runs the Alembic migrations up to the newest; blocking."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    command.upgrade(config, "head")
