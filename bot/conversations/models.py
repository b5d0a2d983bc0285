"""Tables of the log, of the cases that stand on it, and of the desk's agents."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa


class UTCDateTime(sa.TypeDecorator[datetime]):
    """Aware UTC in, aware UTC out, also where the database keeps no time zone."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Refuses a naive time: it would be read as another one later."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("times are aware UTC")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Puts the zone back that SQLite drops."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

conversations = sa.Table(
    "conversations",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("channel", sa.String(32), nullable=False),
    sa.Column("locale", sa.String(35), nullable=False),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("time_zone", sa.String(64)),
    sa.Column("identity_level", sa.Integer, nullable=False, default=0),
    sa.Column("identity", sa.JSON, nullable=False, default=dict),
    sa.Column("owner", sa.String(16), nullable=False, default="bot"),
    sa.Column("agent_id", sa.Integer),
    sa.Column("agent_name", sa.String(80)),
    sa.Column("last_seq", sa.Integer, nullable=False, default=0),
    sa.Column("failed_turns", sa.Integer, nullable=False, default=0),
    sa.Column("lease_by", sa.String(64)),
    sa.Column("lease_until", UTCDateTime),
    sa.Column("created_at", UTCDateTime, nullable=False),
    sa.Column("updated_at", UTCDateTime, nullable=False),
)

messages = sa.Table(
    "messages",
    metadata,
    sa.Column("conversation_id", sa.String(36), sa.ForeignKey("conversations.id"), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("at", UTCDateTime, nullable=False),
    sa.Column("sender", sa.String(8), nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("data", sa.JSON, nullable=False, default=dict),
    sa.Column("lang", sa.String(8)),
    sa.Column("external_id", sa.String(128)),
    sa.Column("reply_to", sa.Integer),
    sa.Column("pending", sa.Boolean, nullable=False, default=False),
    sa.Column("understanding", sa.JSON),
    sa.UniqueConstraint("conversation_id", "external_id"),
)
sa.Index(
    "ix_messages_pending",
    messages.c.conversation_id,
    messages.c.seq,
    sqlite_where=messages.c.pending.is_(True),
    postgresql_where=messages.c.pending.is_(True),
)

deliveries = sa.Table(
    "deliveries",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("conversation_id", sa.String(36), nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("channel", sa.String(32), nullable=False),
    sa.Column("state", sa.String(16), nullable=False, default="pending"),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("due_at", UTCDateTime, nullable=False),
    sa.Column("error", sa.Text),
    sa.ForeignKeyConstraint(["conversation_id", "seq"], ["messages.conversation_id", "messages.seq"]),
    sa.UniqueConstraint("conversation_id", "seq"),
)
sa.Index("ix_deliveries_due", deliveries.c.state, deliveries.c.due_at)

used_tokens = sa.Table(
    "used_tokens",
    metadata,
    sa.Column("jti", sa.String(128), primary_key=True),
    sa.Column("expires_at", UTCDateTime, nullable=False),
)

cases = sa.Table(
    "cases",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("conversation_id", sa.String(36), sa.ForeignKey("conversations.id"), nullable=False),
    sa.Column("reason", sa.String(32), nullable=False),
    sa.Column("priority", sa.Integer, nullable=False),
    sa.Column("brief", sa.JSON, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("agent_id", sa.Integer, sa.ForeignKey("agents.id")),
    sa.Column("opened_at", UTCDateTime, nullable=False),
    sa.Column("assigned_at", UTCDateTime),
    sa.Column("first_reply_at", UTCDateTime),
    sa.Column("resolved_at", UTCDateTime),
    sa.Column("outcome", sa.String(32)),
)
# Two open cases for one conversation would be two owners.
sa.Index(
    "uq_cases_unresolved",
    cases.c.conversation_id,
    unique=True,
    sqlite_where=cases.c.resolved_at.is_(None),
    postgresql_where=cases.c.resolved_at.is_(None),
)

agents = sa.Table(
    "agents",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("username", sa.String(80), nullable=False, unique=True),
    sa.Column("name", sa.String(80), nullable=False),
    sa.Column("password_hash", sa.String(200), nullable=False),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("language", sa.String(8), nullable=False, default="en"),
    sa.Column("created_at", UTCDateTime, nullable=False),
)

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", UTCDateTime, nullable=False),
    sa.Column("agent_id", sa.Integer),
    sa.Column("action", sa.String(40), nullable=False),
    sa.Column("conversation_id", sa.String(36)),
    sa.Column("detail", sa.JSON, nullable=False, default=dict),
)
