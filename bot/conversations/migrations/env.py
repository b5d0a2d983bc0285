"""Runs migrations over an async engine, with or without an event loop of its own thread."""

from __future__ import annotations

import asyncio

import sqlalchemy as sa
from alembic import context
from sqlalchemy.ext.asyncio import create_async_engine

from bot.conversations.models import metadata


def _run(connection: sa.Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


async def _main() -> None:
    engine = create_async_engine(context.config.get_main_option("sqlalchemy.url") or "", poolclass=sa.pool.NullPool)
    async with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            # Two gateways that start together must not both create the tables.
            await connection.execute(sa.text("SELECT pg_advisory_xact_lock(7265427)"))
        await connection.run_sync(_run)
    await engine.dispose()


asyncio.run(_main())
