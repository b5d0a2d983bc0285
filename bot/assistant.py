"""The client of Rasa: one buyer's message in, the bot's answer out, or an error that says what to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import httpx
from pydantic import BaseModel, Field, ValidationError, field_validator

from bot.locales.languages import languages


class AssistantAway(Exception):
    """Rasa cannot be reached or is starting: the same message may be asked again."""


class AssistantFailed(Exception):
    """Rasa took the message and failed over it."""


@dataclass(frozen=True)
class Reply:
    """One message of the bot: its text, and buttons as (label, payload)."""

    text: str
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Answer:
    """What Rasa says to one message, and what it understood."""

    replies: tuple[Reply, ...]
    language: str
    understanding: dict[str, Any] = field(default_factory=dict)
    handoff: dict[str, Any] | None = None


class Assistant:
    """Asks the gateway channel of a Rasa server (POST /webhooks/gateway/webhook)."""

    def __init__(
        self, url: str, secret: str, timeout: float = 15.0, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._client = httpx.AsyncClient(
            base_url=url,
            timeout=httpx.Timeout(timeout, connect=2.0),
            headers={"Authorization": f"Bearer {secret}"},
            limits=httpx.Limits(max_connections=100, max_keepalive_connections=50),
            transport=transport,
            trust_env=False,
        )

    async def ask(
        self, conversation_id: str, message_id: str, *, text: str | None, payload: str | None, metadata: dict[str, Any]
    ) -> Answer:
        """Asks for one turn; raises AssistantAway or AssistantFailed.

        The same message id again returns the first answer.
        """
        body: dict[str, Any] = {"conversation_id": conversation_id, "message_id": message_id, "metadata": metadata}
        body |= {"payload": payload} if payload else {"text": text}
        try:
            response = await self._client.post("/webhooks/gateway/webhook", json=body)
        except httpx.TimeoutException as error:
            raise AssistantFailed(f"no answer in time ({type(error).__name__})") from error
        except httpx.TransportError as error:
            raise AssistantAway(type(error).__name__) from error
        if response.status_code == httpx.codes.SERVICE_UNAVAILABLE:
            raise AssistantAway("starting")
        if response.status_code != httpx.codes.OK:
            raise AssistantFailed(f"status {response.status_code}")
        try:
            return _answer(_Body.model_validate_json(response.content))
        except ValidationError as error:
            # Where and what, but not the content: it may be personal.
            faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['type']}" for e in error.errors()[:3])
            raise AssistantFailed(f"unreadable answer: {faults}") from error

    async def ready(self) -> bool:
        """Whether Rasa has its model loaded."""
        try:
            response = await self._client.get("/webhooks/gateway/health", timeout=2.0)
        except httpx.HTTPError:
            return False
        return response.status_code == httpx.codes.OK

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.aclose()


class _Choice(BaseModel):
    label: str = Field(min_length=1)
    payload: str = Field(min_length=1)


class _Message(BaseModel):
    text: str = Field(min_length=1)
    choices: list[_Choice] = []


class _Handoff(BaseModel):
    reason: str = Field(min_length=1, max_length=32)
    priority: int | None = Field(default=None, ge=1, le=4)
    brief: dict[str, Any] = {}


class _Body(BaseModel):
    """What the channel promises to answer with (DESIGN: gateway → Rasa); anything else is a failed turn."""

    messages: list[_Message]
    language: str
    intent: str | None = None
    confidence: float | None = None
    emotion: str | None = None
    entities: list[dict[str, Any]] | None = None
    handoff: _Handoff | None = None

    @field_validator("language")
    @classmethod
    def _speaks(cls, language: str) -> str:
        if language not in languages():
            raise ValueError("not a language of ours")
        return language


def _answer(body: _Body) -> Answer:
    if not body.messages and body.handoff is None:
        raise AssistantFailed("an answer without a word")
    replies = tuple(Reply(m.text, tuple((c.label, c.payload) for c in m.choices)) for m in body.messages)
    understanding = body.model_dump(include={"intent", "confidence", "emotion", "entities"})
    return Answer(replies, body.language, understanding, body.handoff.model_dump() if body.handoff else None)
