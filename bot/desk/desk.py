"""What the desk stands on."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversations.log import ConversationLog
from bot.desk.session import Sessions
from bot.handoff.agents import Agents
from bot.handoff.cases import Cases


@dataclass(frozen=True)
class Desk:
    """One gateway's cases, agents, log and sign-ins."""

    cases: Cases
    agents: Agents
    log: ConversationLog
    sessions: Sessions
