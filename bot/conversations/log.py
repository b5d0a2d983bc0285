"""The conversation log: the only way in which buyer, bot and agent add to a conversation."""

from __future__ import annotations

import json
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.conversations.database import Database, DatabaseConnection
from bot.conversations.hub import Event, Hub
from bot.conversations.models import conversations, deliveries, messages, used_tokens
from bot.conversations.records import Conversation, Draft, Message, now

_CONVERSATION = [
    conversations.c[name]
    for name in (
        "id", "channel", "locale", "language", "owner", "identity_level", "identity",
        "time_zone", "agent_id", "agent_name", "last_seq", "failed_turns",
    )
]  # fmt: skip
_MESSAGE = [
    messages.c[name]
    for name in (
        "conversation_id",
        "seq",
        "at",
        "sender",
        "kind",
        "text",
        "lang",
        "data",
        "external_id",
        "reply_to",
    )
]


# What every turn asks, built once: putting a statement together costs as much as running it.
_THIS: sa.BindParameter[str] = sa.bindparam("this")
_ONE = sa.select(*_CONVERSATION).where(conversations.c.id == _THIS)
_LOCKED = _ONE.with_for_update()
_OF_THIS = messages.c.conversation_id == _THIS
_EARLIER = sa.select(messages.c.seq).where(_OF_THIS, messages.c.external_id == sa.bindparam("external"))
_WAITING = sa.select(sa.func.count()).select_from(messages).where(_OF_THIS, messages.c.pending.is_(True))
_NEXT_PENDING = sa.select(*_MESSAGE).where(_OF_THIS, messages.c.pending.is_(True)).order_by(messages.c.seq).limit(1)
_AFTER = (
    sa.select(*_MESSAGE)
    .where(_OF_THIS, messages.c.seq > sa.bindparam("after"))
    .order_by(messages.c.seq)
    .limit(sa.bindparam("most", type_=sa.Integer))
)


class NoSuchConversation(LookupError):
    """No conversation has this id."""


class UnknownChoice(ValueError):
    """The choice was not issued in this conversation."""


class TooManyPending(Exception):
    """The conversation holds as many unanswered messages as it may."""


class Transaction:
    """One transaction over the log. What it appended is published once it is committed."""

    def __init__(self, connection: DatabaseConnection, push_channels: frozenset[str]) -> None:
        self.connection = connection
        self.events: list[Event] = []
        self._push_channels = push_channels

    async def conversation(self, conversation_id: str) -> Conversation:
        """The conversation, locked until the end of the transaction; raises NoSuchConversation."""
        row = (await self.connection.execute(_LOCKED, {"this": conversation_id})).one_or_none()
        if row is None:
            raise NoSuchConversation(conversation_id)
        return Conversation(**row._mapping)

    async def append(
        self,
        conversation: Conversation,
        drafts: Sequence[Draft],
        *,
        external_id: str | None = None,
        reply_to: int | None = None,
        pending: bool = False,
        data: dict[str, Any] | None = None,
    ) -> list[Message]:
        """Appends the drafts in order and returns them with their sequence numbers."""
        if not drafts:
            return []
        last = (
            await self.connection.execute(
                sa.update(conversations)
                .where(conversations.c.id == conversation.id)
                .values(last_seq=conversations.c.last_seq + len(drafts), updated_at=now())
                .returning(conversations.c.last_seq)
            )
        ).scalar_one()
        appended = []
        for seq, draft in enumerate(drafts, last - len(drafts) + 1):
            extra = dict(data or {})
            if draft.choices:
                extra["choices"] = [
                    {"id": f"c{seq}-{i}", "label": c.label, "payload": c.payload} for i, c in enumerate(draft.choices)
                ]
            if draft.agent:
                extra["agent"] = draft.agent
            kind = "choices" if draft.choices else draft.kind
            appended.append(
                Message(
                    conversation.id,
                    seq,
                    now(),
                    draft.sender,
                    kind,
                    draft.text,
                    draft.lang,
                    extra,
                    external_id,
                    reply_to,
                )  # fmt: skip
            )
        await self.connection.execute(
            sa.insert(messages), [{**vars(message), "pending": pending} for message in appended]
        )
        if conversation.channel in self._push_channels:
            due = [
                {"conversation_id": m.conversation_id, "seq": m.seq, "channel": conversation.channel, "due_at": m.at}
                for m in appended
                if m.sender != "buyer"
            ]
            if due:
                await self.connection.execute(sa.insert(deliveries), due)
        self.events += [Event(conversation.id, "message", m.public(), m.seq) for m in appended]
        return appended

    async def handled(self, message: Message, understanding: dict[str, Any] | None = None) -> bool:
        """Marks a buyer's message as answered (or left to the agent); False where that has happened before."""
        result = await self.connection.execute(
            sa.update(messages)
            .where(
                messages.c.conversation_id == message.conversation_id,
                messages.c.seq == message.seq,
                messages.c.pending.is_(True),
            )
            .values(pending=False, understanding=understanding)
        )
        return bool(result.rowcount)

    async def update(self, conversation: Conversation, **values: Any) -> Conversation:
        """Changes owner, agent, language, failed_turns or identity; a changed status is published."""
        changed = {name: value for name, value in values.items() if getattr(conversation, name) != value}
        if not changed:
            return conversation
        await self.connection.execute(
            sa.update(conversations).where(conversations.c.id == conversation.id).values(**changed, updated_at=now())
        )
        renewed = Conversation(**{**vars(conversation), **changed})
        if renewed.status() != conversation.status():
            self.events.append(Event(conversation.id, "status", renewed.status()))
        return renewed


class ConversationLog:
    """Opens conversations, takes buyers' messages, reads history; everything else through `transaction`."""

    def __init__(
        self,
        database: Database,
        hub: Hub | None = None,
        *,
        push_channels: frozenset[str] = frozenset(),
        pending_limit: int = 30,
    ) -> None:
        self.database = database
        self.hub = hub or Hub()
        self._push_channels = push_channels
        self._pending_limit = pending_limit

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """One transaction; its events go to the hub after the commit. Raises LogUnavailable."""
        async with self.database.begin() as connection:
            transaction = Transaction(connection, self._push_channels)
            yield transaction
        for event in transaction.events:
            self.hub.publish(event)

    async def open(
        self,
        channel: str,
        locale: str,
        language: str,
        *,
        identity_level: int = 0,
        identity: dict[str, Any] | None = None,
        time_zone: str | None = None,
    ) -> Conversation:
        """Starts a conversation owned by the bot."""
        conversation = Conversation(
            str(uuid.uuid4()), channel, locale, language, "bot", identity_level, identity or {}, time_zone
        )
        async with self.database.begin() as connection:
            await connection.execute(
                sa.insert(conversations).values(**vars(conversation), created_at=now(), updated_at=now())
            )
        return conversation

    async def get(self, conversation_id: str) -> Conversation:
        """The conversation as committed; raises NoSuchConversation."""
        async with self.database.connect() as connection:
            row = (await connection.execute(_ONE, {"this": conversation_id})).one_or_none()
        if row is None:
            raise NoSuchConversation(conversation_id)
        return Conversation(**row._mapping)

    async def receive(
        self, conversation_id: str, external_id: str, *, text: str | None = None, choice: str | None = None
    ) -> tuple[int, bool]:
        """Stores a buyer's message (free text, or the id of an issued choice).

        Returns its sequence number and whether it waits for the bot. The same external id again returns the first
        number and stores nothing. Raises NoSuchConversation, UnknownChoice, TooManyPending, LogUnavailable.
        """
        async with self.transaction() as transaction:
            conversation = await transaction.conversation(conversation_id)
            connection = transaction.connection
            sent = {"this": conversation_id, "external": external_id}
            earlier = (await connection.execute(_EARLIER, sent)).scalar_one_or_none()
            if earlier is not None:
                return earlier, False
            waiting = (await connection.execute(_WAITING, {"this": conversation_id})).scalar_one()
            if waiting >= self._pending_limit:
                raise TooManyPending(conversation_id)
            data: dict[str, Any] = {}
            if choice is not None:
                label, data = await _issued(connection, conversation_id, choice)
                text = label
            draft = Draft("buyer", text or "", conversation.language)
            pending = conversation.owner == "bot"
            (message,) = await transaction.append(
                conversation, [draft], external_id=external_id, pending=pending, data=data
            )
        return message.seq, pending

    async def history(self, conversation_id: str, *, after: int = 0, limit: int = 200) -> list[Message]:
        """Messages with a higher number than `after`, oldest first, at most `limit`."""
        wanted = {"this": conversation_id, "after": after, "most": limit}
        async with self.database.connect() as connection:
            return [Message(**row._mapping) for row in await connection.execute(_AFTER, wanted)]

    async def recent_understanding(self, conversation_id: str, limit: int = 50) -> list[dict[str, Any]]:
        """What was understood of the buyer's last messages (intent, emotion, …), oldest first."""
        query = (
            sa.select(messages.c.understanding)
            .where(messages.c.conversation_id == conversation_id, messages.c.understanding.is_not(None))
            .order_by(messages.c.seq.desc())
            .limit(limit)
        )
        async with self.database.connect() as connection:
            rows = (await connection.execute(query)).scalars().all()
        return [row for row in reversed(rows) if row]

    async def next_pending(self, conversation_id: str) -> Message | None:
        """The oldest buyer's message that the bot has not answered."""
        async with self.database.connect() as connection:
            row = (await connection.execute(_NEXT_PENDING, {"this": conversation_id})).one_or_none()
        return Message(**row._mapping) if row else None

    async def pending_conversations(self) -> list[str]:
        """Ids of all conversations with an unanswered message."""
        query = sa.select(messages.c.conversation_id).where(messages.c.pending.is_(True)).distinct()
        async with self.database.connect() as connection:
            return list((await connection.execute(query)).scalars())

    async def lease(self, conversation_id: str, worker: str, seconds: float) -> bool:
        """Claims the conversation's turns for one of several gateways; False while another one holds them."""
        until, by = conversations.c.lease_until, conversations.c.lease_by
        free = sa.or_(until.is_(None), until < now(), by == worker)
        async with self.database.begin() as connection:
            result = await connection.execute(
                sa.update(conversations)
                .where(conversations.c.id == conversation_id, free)
                .values(lease_by=worker, lease_until=now() + timedelta(seconds=seconds))
            )
        return bool(result.rowcount)

    async def release(self, conversation_id: str, worker: str) -> None:
        """Gives the claim back."""
        async with self.database.begin() as connection:
            await connection.execute(
                sa.update(conversations)
                .where(conversations.c.id == conversation_id, conversations.c.lease_by == worker)
                .values(lease_by=None, lease_until=None)
            )

    async def use_once(self, jti: str, expires_at: datetime) -> bool:
        """Whether a one-time token's id is seen for the first time; forgets ids that have expired."""
        try:
            async with self.database.begin() as connection:
                await connection.execute(sa.delete(used_tokens).where(used_tokens.c.expires_at < now()))
                await connection.execute(sa.insert(used_tokens).values(jti=jti, expires_at=expires_at))
        except IntegrityError:
            return False
        return True


async def _issued(connection: DatabaseConnection, conversation_id: str, choice: str) -> tuple[str, dict[str, Any]]:
    """Label and data of an issued choice; its id carries the number of the message that offered it."""
    head, _, _ = choice.removeprefix("c").partition("-")
    if choice.startswith("c") and head.isascii() and head.isdigit() and len(head) < 10:
        query = sa.select(messages.c.data).where(
            messages.c.conversation_id == conversation_id,
            messages.c.seq == int(head),
            messages.c.sender != "buyer",
        )
        data = (await connection.execute(query)).scalar_one_or_none() or {}
        for issued in data.get("choices", ()):
            if issued["id"] == choice:
                return issued["label"], {"payload": issued["payload"]}
    raise UnknownChoice(json.dumps(choice))
