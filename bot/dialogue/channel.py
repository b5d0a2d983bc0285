"""The gateway's channel into Rasa (credentials.yml): one message in, all replies out, a failure is a 5xx."""

from __future__ import annotations

import asyncio
import hmac
import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Blueprint, response
from sanic.exceptions import InvalidUsage
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.dialogue import action_answers
from bot.dialogue.tracker_store import BoundedTrackerStore

logger = logging.getLogger(__name__)
LOCK_POLL = 0.02  # seconds; Rasa would look once a second whether the conversation's turn before this one has ended
_COMMAND_START = re.compile(r"^[\s/]+")


class TurnFailed(Exception):
    """The turn ended without a word to the buyer, because the action server was away."""


class Collector(OutputChannel):
    """Gathers what the bot says in one turn."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []
        self.handoff: dict[str, Any] | None = None
        self.language: str | None = None

    @classmethod
    def name(cls) -> str:
        """The channel's name."""
        return "gateway"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Takes a message with its buttons, or the hand-off's payload."""
        custom = message.get("custom") or {}
        if "handoff" in custom:
            self.handoff = custom["handoff"]
        if message.get("text"):
            buttons = message.get("buttons") or []
            self.messages.append(
                {"text": message["text"], "choices": [{"label": b["title"], "payload": b["payload"]} for b in buttons]}
            )


class GatewayInput(InputChannel):
    """POST /webhooks/gateway/webhook with the shared secret as bearer token."""

    @classmethod
    def name(cls) -> str:
        """The part of the address under /webhooks."""
        return "gateway"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> GatewayInput:
        """Reads `secret` of credentials.yml."""
        secret = (credentials or {}).get("secret") or ""
        if len(secret) < 16 or secret.startswith("$"):
            cls.raise_missing_credentials_exception()
        action_answers.install()
        return cls(secret)

    def __init__(self, secret: str) -> None:
        self._secret = secret
        self._running: dict[tuple[str, str], asyncio.Task[dict[str, Any]]] = {}

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes of the channel."""
        blueprint = Blueprint("gateway_webhook")

        @blueprint.get("/health")
        async def health(request: Request) -> HTTPResponse:
            agent = getattr(request.app.ctx, "agent", None)
            ready = agent is not None and agent.is_ready()
            return response.json({"ready": ready}, 200 if ready else 503)

        @blueprint.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            sent = request.headers.get("authorization", "")
            if not hmac.compare_digest(sent.encode(), f"Bearer {self._secret}".encode()):
                return response.json({"error": "unauthorized"}, 401)
            try:
                body = request.json
            except InvalidUsage:
                body = None
            fault = _fault(body)
            if fault:
                return response.json({"error": fault}, 422)
            agent = getattr(request.app.ctx, "agent", None)
            if agent is None or not agent.is_ready():
                return response.json({"error": "starting"}, 503)
            try:
                return response.json(await self._once(agent, body))
            except TurnFailed:
                return response.json({"error": "the action server is away"}, 503)
            except Exception:
                logger.exception("A turn failed.")
                return response.json({"error": "the turn failed"}, 500)

        return blueprint

    async def _once(self, agent: Any, body: dict[str, Any]) -> dict[str, Any]:
        """Runs the turn, unless the same message is running or was answered already."""
        key = (body["conversation_id"], body["message_id"])
        task = self._running.get(key)
        if task is None:
            # A task of its own: the turn ends properly even when the one who asked has hung up.
            task = self._running[key] = asyncio.create_task(self._turn(agent, body))
            task.add_done_callback(lambda _: self._running.pop(key, None))
        return await asyncio.shield(task)

    async def _turn(self, agent: Any, body: dict[str, Any]) -> dict[str, Any]:
        conversation_id, message_id = body["conversation_id"], body["message_id"]
        store = _own_store(agent)
        async with agent.lock_store.lock(conversation_id, wait_time_in_seconds=LOCK_POLL):
            earlier = store.answered(conversation_id, message_id)
            if earlier is not None:
                return earlier
            store.take_back(conversation_id, message_id)
            metadata = body.get("metadata") or {}
            collector = Collector()
            message = UserMessage(
                _said(body),
                collector,
                conversation_id,
                input_channel=self.name(),
                message_id=message_id,
                metadata=metadata,
            )
            await agent.processor.handle_message(message)
            if not collector.messages and collector.handoff is None:
                raise TurnFailed(conversation_id)
            understood = store.take_understanding(conversation_id)
            answer = _answer(collector, understood, metadata)
            store.keep_answer(conversation_id, message_id, answer)
            return answer


def _own_store(agent: Any) -> BoundedTrackerStore:
    """Our store, without Rasa's wrapper that turns a database failure into a blank conversation."""
    store = agent.processor.tracker_store
    inner = getattr(store, "_tracker_store", store)
    if inner is not store:
        agent.tracker_store = agent.processor.tracker_store = inner
    if not isinstance(inner, BoundedTrackerStore):
        raise TypeError("endpoints.yml must name bot.dialogue.tracker_store.BoundedTrackerStore")
    return inner


def _said(body: dict[str, Any]) -> str:
    """A payload of the gateway, or free text, which is never a command: Rasa strips blanks before it looks for "/"."""
    if _is_command(body.get("payload")):
        return str(body["payload"])
    return _COMMAND_START.sub("", body["text"]) or "?"


def _is_command(payload: Any) -> bool:
    return isinstance(payload, str) and payload.startswith("/")


def _answer(collector: Collector, understood: dict[str, Any], metadata: dict[str, Any]) -> dict[str, Any]:
    intent = understood.get("intent") or {}
    emotion = understood.get("emotion") or {}
    entities = [
        {"entity": e.get("entity"), "value": e.get("value")}
        for e in understood.get("entities") or []
        if e.get("entity") not in ("email", "phone")
    ]
    return {
        "messages": collector.messages,
        "language": understood.get("language") or metadata.get("language") or "en",
        "intent": intent.get("name"),
        "confidence": intent.get("confidence"),
        "emotion": emotion.get("name"),
        "entities": entities,
        "handoff": collector.handoff,
    }


def _fault(body: Any) -> str | None:
    if not isinstance(body, dict):
        return "the body is a JSON object"
    for name in ("conversation_id", "message_id"):
        if not isinstance(body.get(name), str) or not body[name]:
            return f"{name} is missing"
    if not isinstance(body.get("metadata") or {}, dict):
        return "metadata is a JSON object"
    if _is_command(body.get("payload")):
        return None
    if not isinstance(body.get("text"), str) or not body["text"].strip():
        return "text is missing"
    return None
