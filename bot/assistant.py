"""The client of Rasa: one buyer's message in, the bot's answer out, or an error that says what to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import httpx


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
            return _answer(response.json())
        except (ValueError, KeyError, TypeError) as error:
            raise AssistantFailed(f"unreadable answer: {error}") from error

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


def _answer(body: dict[str, Any]) -> Answer:
    replies = tuple(
        Reply(m["text"], tuple((c["label"], c["payload"]) for c in m.get("choices") or ())) for m in body["messages"]
    )
    understanding = {key: body.get(key) for key in ("intent", "confidence", "emotion", "entities")}
    return Answer(replies, body["language"], understanding, body.get("handoff"))
