"""Wakes those who wait for a conversation's news, within this process."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

ALL = "*"
QUEUE_LIMIT = 200


@dataclass(frozen=True)
class Event:
    """`message`, `typing` or `status` of one conversation; a message event carries its `seq`."""

    conversation_id: str
    name: str
    data: dict[str, Any]
    seq: int | None = None


class Hub:
    """Publishes committed changes. A subscriber that lags loses events, never messages: it reads the log again."""

    def __init__(self) -> None:
        self._queues: dict[str, set[asyncio.Queue[Event]]] = defaultdict(set)

    @contextmanager
    def subscribe(self, conversation_id: str = ALL) -> Iterator[asyncio.Queue[Event]]:
        """A queue of the events of one conversation (or of all) for the length of the block."""
        queue: asyncio.Queue[Event] = asyncio.Queue(QUEUE_LIMIT)
        self._queues[conversation_id].add(queue)
        try:
            yield queue
        finally:
            self._queues[conversation_id].discard(queue)
            if not self._queues[conversation_id]:
                del self._queues[conversation_id]

    def publish(self, event: Event) -> None:
        """Hands the event to everyone who waits; drops a lagging subscriber's oldest."""
        for key in (event.conversation_id, ALL):
            for queue in self._queues.get(key, ()):
                if queue.full():
                    queue.get_nowait()
                queue.put_nowait(event)
