"""A tracker store whose cost does not grow with the conversation (endpoints.yml: tracker_store).

The log of the gateway is the conversation's truth. Rasa only needs its slots and the last turns: those are kept, one
row a conversation, and everything older is dropped when a turn is saved.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

logger = logging.getLogger(__name__)

KEPT_TURNS = 3
CACHED = 2000

_metadata = sa.MetaData()
_trackers = sa.Table(
    "trackers",
    _metadata,
    sa.Column("conversation_id", sa.String(64), primary_key=True),
    sa.Column("events", sa.Text, nullable=False),
    sa.Column("message_id", sa.String(128)),
    sa.Column("answer", sa.Text),
    sa.Column("updated_at", sa.Float, nullable=False),
)


# Built once: putting a statement together costs as much as running it.
_THIS = _trackers.c.conversation_id == sa.bindparam("this")
_INSERT = _trackers.insert()
_UPDATE = _trackers.update().where(_THIS).values(events=sa.bindparam("events"), updated_at=sa.bindparam("updated_at"))
_ANSWER = _trackers.update().where(_THIS).values(message_id=sa.bindparam("message_id"), answer=sa.bindparam("answer"))
_ANSWERED = sa.select(_trackers.c.answer).where(_THIS, _trackers.c.message_id == sa.bindparam("message"))


class BoundedTrackerStore(TrackerStore):
    """Slots and the last turns of each conversation in one SQL row; also the answer to its last message."""

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        url: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(domain, event_broker, **kwargs)
        address = host or url or "sqlite://"
        self._shared = not address.startswith("sqlite")
        self._engine = _engine(address)
        _metadata.create_all(self._engine)
        # One process owns a SQLite file, so its latest events may be remembered; several share a PostgreSQL.
        self._cache: OrderedDict[str, list[Event]] = OrderedDict()
        self._answers: OrderedDict[str, tuple[str, dict[str, Any]]] = OrderedDict()
        self._understood: dict[str, dict[str, Any]] = {}
        self._lock = threading.Lock()

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keeps the bounded state; raises on a database failure instead of forgetting the conversation."""
        await self.stream_events(tracker)
        self._write(tracker.sender_id, bounded(tracker))
        if tracker.latest_message:
            self._understood[tracker.sender_id] = dict(tracker.latest_message.parse_data or {})

    def _write(self, sender_id: str, events: list[Event]) -> None:
        row = {
            "conversation_id": sender_id,
            "events": json.dumps([event.as_dict() for event in events], ensure_ascii=False),
            "updated_at": time.time(),
        }
        with self._lock, self._engine.begin() as connection:
            changed = connection.execute(
                _UPDATE, {"events": row["events"], "updated_at": row["updated_at"], "this": sender_id}
            )
            if not changed.rowcount:
                connection.execute(_INSERT, row)
        if not self._shared:
            self._cache[sender_id] = events
            self._cache.move_to_end(sender_id)
            while len(self._cache) > CACHED:
                self._cache.popitem(last=False)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The bounded state, or None for a new conversation."""
        events = self._events(sender_id)
        if events is None:
            return None
        tracker = self.init_tracker(sender_id)
        for event in events:
            tracker.update(event, self.domain)
        return tracker

    def _events(self, sender_id: str) -> list[Event] | None:
        events = self._cache.get(sender_id)
        if events is not None:
            return events
        with self._lock, self._engine.connect() as connection:
            query = sa.select(_trackers.c.events).where(_trackers.c.conversation_id == sender_id)
            stored = connection.execute(query).scalar_one_or_none()
        if stored is None:
            return None
        loaded = (Event.from_parameters(event) for event in json.loads(stored))
        return [event for event in loaded if event is not None]

    def take_back(self, conversation_id: str, message_id: str) -> None:
        """Drops what an unfinished turn over this message left behind, so that trying it again counts once.

        Such a turn was saved without an answer: the action server was away, or the process died in between.
        """
        events = self._events(conversation_id) or []
        for place in range(len(events) - 1, -1, -1):
            event = events[place]
            if isinstance(event, UserUttered):
                if event.message_id == message_id:
                    self._write(conversation_id, events[:place])
                return

    async def keys(self) -> Iterable[str]:
        """Ids of all conversations."""
        with self._lock, self._engine.connect() as connection:
            return list(connection.execute(sa.select(_trackers.c.conversation_id)).scalars())

    def take_understanding(self, conversation_id: str) -> dict[str, Any]:
        """What NLU made of the message that was saved last (parse data), once."""
        return self._understood.pop(conversation_id, {})

    def answered(self, conversation_id: str, message_id: str) -> dict[str, Any] | None:
        """The answer that was given to this message, if it was the conversation's last."""
        if conversation_id in self._answers:
            last, answer = self._answers[conversation_id]
            return answer if last == message_id else None
        with self._lock, self._engine.connect() as connection:
            row = {"this": conversation_id, "message": message_id}
            stored = connection.execute(_ANSWERED, row).scalar_one_or_none()
        return json.loads(stored) if stored else None

    def keep_answer(self, conversation_id: str, message_id: str, answer: dict[str, Any]) -> None:
        """Remembers the answer to the conversation's last message."""
        with self._lock, self._engine.begin() as connection:
            row = {"message_id": message_id, "answer": json.dumps(answer, ensure_ascii=False)}
            connection.execute(_ANSWER, {**row, "this": conversation_id})
        if not self._shared:
            self._answers[conversation_id] = (message_id, answer)
            self._answers.move_to_end(conversation_id)
            while len(self._answers) > CACHED:
                self._answers.popitem(last=False)


def bounded(tracker: DialogueStateTracker) -> list[Event]:
    """The slots as they stood before the last turns, and the events of those turns."""
    events = list(tracker.events)
    starts = [i for i, event in enumerate(events) if isinstance(event, UserUttered)]
    cut = starts[-KEPT_TURNS] if len(starts) > KEPT_TURNS else 0
    if not cut:
        return [_slim(event) for event in events]
    before: dict[str, Any] = {}
    for event in events[:cut]:
        if isinstance(event, SlotSet):
            before[event.key] = event.value
    kept: list[Event] = [SlotSet(key, value) for key, value in before.items() if value is not None]
    kept.append(ActionExecuted("action_listen"))
    return kept + [_slim(event) for event in events[cut:]]


def _slim(event: Event) -> Event:
    """Without what nobody reads again: a bot message's parts and buttons."""
    if isinstance(event, BotUttered) and event.metadata:
        event.metadata = {}
    return event


def _engine(address: str) -> sa.engine.Engine:
    if not address.startswith("sqlite"):
        return sa.create_engine(address, pool_pre_ping=True, future=True)
    engine = sa.create_engine(
        address, future=True, connect_args={"check_same_thread": False}, poolclass=sa.pool.StaticPool
    )

    @sa.event.listens_for(engine, "connect")
    def pragmas(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")

    return engine
