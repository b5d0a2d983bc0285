"""Delivers messages on channels that must be pushed to: retries with backoff, then a visible dead letter.

The storefront needs none of this: its buyers read the log themselves.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import sqlalchemy as sa

from bot.conversations.database import LogUnavailable
from bot.conversations.log import ConversationLog
from bot.conversations.models import deliveries
from bot.conversations.records import Conversation, Message, now

log = logging.getLogger(__name__)

BACKOFF_SECONDS = (2, 8, 30, 120, 600, 3600)


class PermanentFailure(Exception):
    """The channel will never take this message; the text says why."""


class PushChannel(Protocol):
    """A channel that sends. Raises PermanentFailure, or anything else for "try again later"."""

    async def send(self, conversation: Conversation, message: Message) -> None:
        """Hands one message to the buyer's network."""


@dataclass(frozen=True)
class DeadLetter:
    """A message that could not be delivered."""

    conversation_id: str
    seq: int
    channel: str
    attempts: int
    error: str


class Deliveries:
    """Sends due messages in order within each conversation; `clock` says the present moment, aware UTC."""

    def __init__(
        self,
        conversation_log: ConversationLog,
        channels: Mapping[str, PushChannel],
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._log = conversation_log
        self._channels = channels
        self._clock = clock

    async def run_due(self) -> int:
        """Sends what is due now; returns how many messages were taken up."""
        blocked = deliveries.alias()
        first = (
            sa.select(sa.func.min(blocked.c.seq))
            .where(blocked.c.conversation_id == deliveries.c.conversation_id, blocked.c.state == "pending")
            .scalar_subquery()
        )
        query = (
            sa.select(deliveries)
            .where(deliveries.c.state == "pending", deliveries.c.due_at <= self._clock(), deliveries.c.seq == first)
            .limit(100)
        )
        async with self._log.database.connect() as connection:
            rows = (await connection.execute(query)).all()
        for row in rows:
            await self._deliver(row)
        return len(rows)

    async def dead_letters(self) -> list[DeadLetter]:
        """Everything that was given up."""
        async with self._log.database.connect() as connection:
            rows = (await connection.execute(sa.select(deliveries).where(deliveries.c.state == "dead"))).all()
        return [DeadLetter(r.conversation_id, r.seq, r.channel, r.attempts, r.error or "") for r in rows]

    async def run_forever(self, pause: float = 1.0) -> None:
        """Delivers until cancelled; a database that is away is waited for."""
        while True:
            try:
                if await self.run_due():
                    continue
            except LogUnavailable as error:
                log.warning("deliveries wait for the database: %s", type(error.__cause__).__name__)
            await asyncio.sleep(pause)

    async def _deliver(self, row: sa.Row[tuple[object, ...]]) -> None:
        conversation = await self._log.get(row.conversation_id)
        (message,) = await self._log.history(row.conversation_id, after=row.seq - 1, limit=1)
        attempts = row.attempts + 1
        values: dict[str, object] = {"state": "sent", "attempts": attempts, "error": None}
        try:
            await self._channels[row.channel].send(conversation, message)
        except PermanentFailure as error:
            values |= {"state": "dead", "error": str(error)}
        except Exception as error:  # noqa: BLE001 - any failure of a network counts as one attempt
            values["error"] = f"{type(error).__name__}: {error}"
            if attempts > len(BACKOFF_SECONDS):
                values["state"] = "dead"
            else:
                values |= {
                    "state": "pending",
                    "due_at": self._clock() + timedelta(seconds=BACKOFF_SECONDS[attempts - 1]),
                }
        if values["state"] == "dead":
            log.error("delivery %s of channel %s given up after %s attempts", row.id, row.channel, attempts)
        async with self._log.database.begin() as connection:
            await connection.execute(sa.update(deliveries).where(deliveries.c.id == row.id).values(**values))
