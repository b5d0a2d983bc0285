"""What the log holds, as values: conversations, messages, choices."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

Owner = Literal["bot", "waiting", "agent"]
Sender = Literal["buyer", "bot", "agent", "system"]
Kind = Literal["text", "choices", "image", "file", "rating"]


def now() -> datetime:
    """The present moment, aware UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Choice:
    """A button: what the buyer reads, and what it means to the program (never sent to the buyer)."""

    label: str
    payload: str


@dataclass(frozen=True)
class Draft:
    """A message that is to be appended; it has no place in the log yet."""

    sender: Sender
    text: str
    lang: str
    kind: Kind = "text"
    choices: tuple[Choice, ...] = ()
    agent: str | None = None


@dataclass(frozen=True)
class Message:
    """A message in the log. `seq` counts from 1 within its conversation; `at` is aware UTC."""

    conversation_id: str
    seq: int
    at: datetime
    sender: Sender
    kind: Kind
    text: str
    lang: str | None
    data: dict[str, Any] = field(default_factory=dict)
    external_id: str | None = None
    reply_to: int | None = None

    def public(self) -> dict[str, Any]:
        """The message as buyers and desks get it (DESIGN: the storefront API's message)."""
        body: dict[str, Any] = {
            "seq": self.seq,
            "at": self.at.isoformat().replace("+00:00", "Z"),
            "from": self.sender,
            "kind": self.kind,
            "text": self.text,
            "lang": self.lang,
        }
        if self.data.get("choices"):
            body["choices"] = [{"id": c["id"], "label": c["label"]} for c in self.data["choices"]]
        if self.data.get("agent"):
            body["agent"] = self.data["agent"]
        if self.sender == "buyer" and self.external_id:
            body["client_message_id"] = self.external_id
        return body


@dataclass(frozen=True)
class Conversation:
    """One buyer's conversation on one channel, and who may answer in it."""

    id: str
    channel: str
    locale: str
    language: str
    owner: Owner
    identity_level: int = 0
    identity: dict[str, Any] = field(default_factory=dict)
    time_zone: str | None = None
    agent_id: int | None = None
    agent_name: str | None = None
    last_seq: int = 0
    failed_turns: int = 0

    def status(self) -> dict[str, Any]:
        """Who owns the conversation, as a channel shows it."""
        return {"owner": self.owner, "agent": self.agent_name, "language": self.language}
