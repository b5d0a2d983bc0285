"""Cases: a conversation that a person must answer, from its opening to its end.

Opening a case makes the conversation wait for a person in the same transaction; from that commit on no bot turn runs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa

from bot.conversations.hub import Event
from bot.conversations.log import ConversationLog, Transaction
from bot.conversations.models import audit, cases, conversations
from bot.conversations.records import Conversation, Draft, Message, now
from bot.handoff.agents import Agent
from bot.locales.catalogue import catalogues

Reason = Literal[
    "asked",
    "angry",
    "upset",
    "legal",
    "safety",
    "not_understood",
    "proof_failed",
    "action_failed",
    "matter",
    "repeated",
]
PRIORITIES: dict[str, int] = {
    "safety": 1, "legal": 1,
    "angry": 2, "upset": 2,
    "not_understood": 3, "proof_failed": 3, "action_failed": 3, "repeated": 3,
    "matter": 4, "asked": 4,
}  # fmt: skip
REPLY_LIMIT = 4000


class CaseConflict(Exception):
    """Somebody else owns the case, or it is closed; `agent` names the owner where there is one."""

    def __init__(self, agent: str | None) -> None:
        super().__init__(f"the case is with {agent}" if agent else "the case is closed")
        self.agent = agent


class InvalidReply(ValueError):
    """A reply without text or longer than REPLY_LIMIT."""


@dataclass(frozen=True)
class Case:
    """A case with what a queue shows of its conversation. Times are aware UTC."""

    id: int
    conversation_id: str
    reason: str
    priority: int
    state: str
    opened_at: datetime
    agent_id: int | None
    agent_name: str | None
    language: str
    locale: str
    channel: str
    time_zone: str | None
    identity_level: int
    brief: dict[str, Any] = field(default_factory=dict)


async def open_case(
    transaction: Transaction,
    conversation: Conversation,
    reason: str,
    brief: dict[str, Any],
    priority: int | None = None,
) -> Conversation:
    """Opens a case within the turn's transaction; the conversation then waits for a person.

    A conversation that already waits keeps its case. An unknown reason counts as blocked (priority 3).
    """
    if conversation.owner != "bot":
        return conversation
    await transaction.connection.execute(
        sa.insert(cases).values(
            conversation_id=conversation.id,
            reason=reason,
            priority=priority or PRIORITIES.get(reason, 3),
            brief=brief,
            state="open",
            opened_at=now(),
        )
    )
    return await transaction.update(conversation, owner="waiting", failed_turns=0)


_COLUMNS = [
    *(cases.c[n] for n in ("id", "conversation_id", "reason", "priority", "state", "opened_at", "agent_id", "brief")),
    *(conversations.c[n] for n in ("agent_name", "language", "locale", "channel", "time_zone", "identity_level")),
]


class Cases:
    """What agents do with cases."""

    def __init__(self, log: ConversationLog) -> None:
        self.log = log

    async def queue(self) -> list[Case]:
        """All cases that are not resolved: most urgent first, then the longest wait."""
        query = (
            sa.select(*_COLUMNS)
            .join(conversations, conversations.c.id == cases.c.conversation_id)
            .where(cases.c.resolved_at.is_(None))
            .order_by(cases.c.priority, cases.c.opened_at)
        )
        async with self.log.database.connect() as connection:
            return [Case(**row._mapping) for row in await connection.execute(query)]

    async def get(self, case_id: int) -> Case:
        """One case, open or resolved; raises LookupError."""
        query = (
            sa.select(*_COLUMNS)
            .join(conversations, conversations.c.id == cases.c.conversation_id)
            .where(cases.c.id == case_id)
        )
        async with self.log.database.connect() as connection:
            row = (await connection.execute(query)).one_or_none()
        if row is None:
            raise LookupError(f"no case {case_id}")
        return Case(**row._mapping)

    async def claim(self, case_id: int, agent: Agent) -> None:
        """Takes a waiting case; of two agents one wins, the other gets CaseConflict. Claiming one's own is no fault."""
        async with self.log.transaction() as transaction:
            conversation, owner = await self._locked(transaction, case_id)
            if owner == agent.id:
                return
            if owner is not None:
                raise CaseConflict(conversation.agent_name)
            await transaction.connection.execute(
                sa.update(cases)
                .where(cases.c.id == case_id)
                .values(agent_id=agent.id, state="assigned", assigned_at=now())
            )
            conversation = await transaction.update(
                conversation, owner="agent", agent_id=agent.id, agent_name=agent.name
            )
            text = catalogues().text("agent-joined", conversation.language, agent=agent.name)
            await transaction.append(conversation, [Draft("system", text, conversation.language)])
            await record(transaction, agent, "claim", conversation.id, case=case_id)

    async def reply(self, case_id: int, agent: Agent, text: str, external_id: str | None = None) -> Message:
        """Appends the agent's words. Raises CaseConflict unless the case is this agent's, InvalidReply for bad text."""
        text = text.strip()
        if not text or len(text) > REPLY_LIMIT:
            raise InvalidReply(f"a reply has 1 to {REPLY_LIMIT} characters")
        async with self.log.transaction() as transaction:
            conversation, owner = await self._locked(transaction, case_id)
            if owner != agent.id:
                raise CaseConflict(conversation.agent_name)
            draft = Draft("agent", text, conversation.language, agent=agent.name)
            (message,) = await transaction.append(conversation, [draft], external_id=external_id)
            await transaction.connection.execute(
                sa.update(cases)
                .where(cases.c.id == case_id, cases.c.first_reply_at.is_(None))
                .values(first_reply_at=now())
            )
        return message

    async def resolve(self, case_id: int, agent: Agent, outcome: str = "resolved") -> None:
        """Ends the case and returns the conversation to the bot, which says so to the buyer."""
        async with self.log.transaction() as transaction:
            conversation, owner = await self._locked(transaction, case_id)
            if owner != agent.id:
                raise CaseConflict(conversation.agent_name)
            await transaction.connection.execute(
                sa.update(cases)
                .where(cases.c.id == case_id)
                .values(state="resolved", resolved_at=now(), outcome=outcome)
            )
            text = catalogues().text("agent-left", conversation.language, agent=agent.name)
            await transaction.append(conversation, [Draft("system", text, conversation.language)])
            await transaction.update(conversation, owner="bot", agent_id=None, agent_name=None)
            await record(transaction, agent, "resolve", conversation.id, case=case_id, outcome=outcome)

    async def typing(self, case: Case, agent: Agent, active: bool) -> None:
        """Shows the buyer that the agent writes; nothing is stored."""
        data = {"from": "agent", "name": agent.name, "active": active}
        self.log.hub.publish(Event(case.conversation_id, "typing", data))

    async def looked_at(self, case: Case, agent: Agent) -> None:
        """Notes in the audit log that the agent opened the conversation."""
        async with self.log.transaction() as transaction:
            await record(transaction, agent, "look", case.conversation_id, case=case.id)

    async def _locked(self, transaction: Transaction, case_id: int) -> tuple[Conversation, int | None]:
        query = sa.select(cases.c.conversation_id).where(cases.c.id == case_id)
        conversation_id = (await transaction.connection.execute(query)).scalar_one_or_none()
        if conversation_id is None:
            raise LookupError(f"no case {case_id}")
        # The conversation's row is the lock: two agents' claims meet here, and so does a buyer's message.
        conversation = await transaction.conversation(conversation_id)
        state = sa.select(cases.c.agent_id, cases.c.resolved_at).where(cases.c.id == case_id)
        row = (await transaction.connection.execute(state)).one()
        if row.resolved_at is not None:
            raise CaseConflict(None)
        return conversation, row.agent_id


async def record(
    transaction: Transaction, agent: Agent | None, action: str, conversation_id: str | None, **detail: Any
) -> None:
    """Writes a line of the audit log within the transaction."""
    await transaction.connection.execute(
        sa.insert(audit).values(
            at=now(),
            agent_id=agent.id if agent else None,
            action=action,
            conversation_id=conversation_id,
            detail=detail,
        )
    )
