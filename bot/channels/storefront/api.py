"""The storefront API: sessions, messages, history by polling, events by SSE (DESIGN: contracts)."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from functools import lru_cache
from typing import Any, TypeVar
from zoneinfo import available_timezones

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.channels.storefront.strings import chat_strings
from bot.channels.storefront.tokens import InvalidToken, conversation_of, identity_of, issue
from bot.channels.text import InvalidText, clean
from bot.conversations.database import LogUnavailable
from bot.conversations.hub import QUEUE_LIMIT, Event
from bot.conversations.log import ConversationLog, NoSuchConversation, TooManyPending, UnknownChoice
from bot.conversations.records import Conversation
from bot.locales.languages import DEFAULT_LANGUAGE, languages, supported
from bot.settings import Settings

log = logging.getLogger(__name__)

SHARED_POLL_SECONDS = 1.0
PAGE = 200
CLIENT_ID_LIMIT = 128
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")


_M = TypeVar("_M", bound=BaseModel)


class ApiError(Exception):
    """An answer with an error: HTTP status, a code for programs, a sentence for people."""

    def __init__(self, status: int, code: str, message: str, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.retry_after = status, code, message, retry_after

    def response(self) -> JSONResponse:
        """The error as HTTP."""
        headers = {"Retry-After": str(self.retry_after)} if self.retry_after else None
        body = {"error": {"code": self.code, "message": self.message}}
        return JSONResponse(body, self.status, headers=headers)


class _Body(BaseModel):
    model_config = ConfigDict(extra="ignore", str_strip_whitespace=False)


class SessionRequest(_Body):
    """Starts a conversation. `identity` is the shop's signed token, `time_zone` an IANA name."""

    locale: str = Field(default=DEFAULT_LANGUAGE, max_length=35)
    identity: str | None = Field(default=None, max_length=4096)
    time_zone: str | None = Field(default=None, max_length=64)


class SessionResponse(BaseModel):
    """`token` opens this conversation and nothing else; `strings` are the chat's texts."""

    token: str
    conversation_id: str
    language: str
    rtl: bool
    strings: dict[str, Any]


class MessageRequest(_Body):
    """Either free text, or the id of a choice that the server issued."""

    client_message_id: str = Field(min_length=1, max_length=CLIENT_ID_LIMIT)
    text: str | None = None
    choice: str | None = Field(default=None, max_length=64)


class Accepted(BaseModel):
    """The message is stored under this number and will be answered."""

    seq: int


class Page(BaseModel):
    """Messages of the log in order, and who owns the conversation."""

    messages: list[dict[str, Any]]
    owner: dict[str, Any]


@lru_cache(maxsize=1)
def _time_zones() -> frozenset[str]:
    """All IANA names; the system's folders are read once."""
    return frozenset(available_timezones())


class _Brake:
    """At most `limit` events in a minute for each key."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._times: dict[str, deque[float]] = {}

    def allow(self, key: str) -> bool:
        moment = time.monotonic()
        times = self._times.setdefault(key, deque())
        while times and times[0] < moment - 60:
            times.popleft()
        if len(times) >= self._limit:
            return False
        times.append(moment)
        if len(self._times) > 10_000:
            self._times = {k: v for k, v in self._times.items() if v and v[-1] > moment - 60}
        return True


def _body_schema(model: type[BaseModel]) -> dict[str, Any]:
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": model.model_json_schema()}}}}


_ERRORS: dict[int | str, dict[str, Any]] = {
    401: {"description": "The token is missing, forged or expired."},
    413: {"description": "The body is too large."},
    422: {"description": "The body is not valid; `error.code` says why."},
    429: {"description": "Too much at once; see Retry-After."},
    503: {"description": "Nothing was stored; the same request may be sent again."},
}


def router(conversation_log: ConversationLog, wake: Callable[[str], None], settings: Settings) -> APIRouter:
    """The routes under /api/v1/storefront; `wake` is told which conversation has a new message."""
    api = APIRouter(prefix="/api/v1/storefront", tags=["storefront"])
    brake = _Brake(settings.sessions_per_minute)

    async def read(request: Request, model: type[_M]) -> _M:
        raw = bytearray()
        async for chunk in request.stream():
            raw += chunk
            if len(raw) > settings.body_limit:
                raise ApiError(413, "too_large", f"The body is larger than {settings.body_limit} bytes.")
        try:
            content = json.loads(raw.decode("utf-8"))
        except UnicodeDecodeError:
            raise ApiError(422, "invalid_encoding", "The body is not valid UTF-8.") from None
        except (ValueError, RecursionError):  # ValueError also for a number of thousands of digits
            raise ApiError(422, "invalid_json", "The body is not valid JSON.") from None
        try:
            return model.model_validate(content)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"])) or "body"
            raise ApiError(422, "invalid_request", f"{place}: {first['msg']}") from None

    async def authorised(request: Request) -> str:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise ApiError(401, "unauthorized", "Send the session's token as `Authorization: Bearer …`.")
        try:
            return conversation_of(token.strip(), settings.secret)
        except InvalidToken:
            raise ApiError(401, "unauthorized", "The token is not valid or has expired.") from None

    async def existing(conversation_id: str) -> Conversation:
        try:
            return await conversation_log.get(conversation_id)
        except NoSuchConversation:
            raise ApiError(401, "unauthorized", "The conversation does not exist any more.") from None

    @api.post("/sessions", status_code=201, response_model=SessionResponse, responses=_ERRORS,
              openapi_extra=_body_schema(SessionRequest))  # fmt: skip
    async def create_session(request: Request) -> SessionResponse:
        """Starts a conversation and returns the token that opens it."""
        if not brake.allow(request.client.host if request.client else "?"):
            raise ApiError(429, "rate_limited", "Too many new conversations from this address.", 30)
        body = await read(request, SessionRequest)
        level, buyer = 0, {}
        if body.identity:
            try:
                identity = identity_of(body.identity, settings.identity_secret)
            except InvalidToken as error:
                raise ApiError(401, "invalid_identity", f"The identity token was refused: {error}.") from None
            if not await conversation_log.use_once(identity.jti, identity.expires_at):
                raise ApiError(401, "invalid_identity", "The identity token was used before.")
            level, buyer = 2, identity.buyer
        language = supported(body.locale) or DEFAULT_LANGUAGE
        zone = body.time_zone if body.time_zone in _time_zones() else None
        locale = body.locale if _TAG.fullmatch(body.locale) else language
        conversation = await conversation_log.open(
            "storefront", locale, language, identity_level=level, identity=buyer, time_zone=zone
        )
        token = issue(conversation.id, settings.secret, settings.token_days)
        return SessionResponse(
            token=token,
            conversation_id=conversation.id,
            language=language,
            rtl=languages()[language].rtl,
            strings=chat_strings(language),
        )

    @api.get("/strings")
    async def strings(language: str = Query(default=DEFAULT_LANGUAGE, max_length=35)) -> dict[str, Any]:
        """The chat's texts in another language."""
        code = supported(language) or DEFAULT_LANGUAGE
        return {"language": code, "rtl": languages()[code].rtl, "strings": chat_strings(code)}

    @api.post("/messages", status_code=202, response_model=Accepted, responses=_ERRORS,
              openapi_extra=_body_schema(MessageRequest))  # fmt: skip
    async def send(request: Request, conversation_id: str = Depends(authorised)) -> Accepted:
        """Takes a message. 202 means that it is stored and will be answered exactly once."""
        body = await read(request, MessageRequest)
        if (body.text is None) == (body.choice is None):
            raise ApiError(422, "empty_message", "Send either `text` or `choice`.")
        try:
            text = clean(body.text) if body.text is not None else None
        except InvalidText as error:
            raise ApiError(422, error.code, str(error)) from None
        client_id = _client_id(body.client_message_id)
        try:
            seq, pending = await conversation_log.receive(conversation_id, client_id, text=text, choice=body.choice)
        except NoSuchConversation:
            raise ApiError(401, "unauthorized", "The conversation does not exist any more.") from None
        except UnknownChoice:
            raise ApiError(422, "unknown_choice", "This choice was not offered in this conversation.") from None
        except TooManyPending:
            raise ApiError(429, "rate_limited", "Earlier messages are still being answered.", 2) from None
        if pending:
            wake(conversation_id)
        return Accepted(seq=seq)

    @api.get("/messages", response_model=Page, responses=_ERRORS)
    async def history(
        conversation_id: str = Depends(authorised),
        after: int = Query(default=0, ge=0, le=2**31 - 1),
        limit: int = Query(default=PAGE, ge=1, le=PAGE),
    ) -> Page:
        """The log after a sequence number."""
        conversation = await existing(conversation_id)
        found = await conversation_log.history(conversation_id, after=after, limit=limit)
        return Page(messages=[message.public() for message in found], owner=conversation.status())

    @api.get("/events", responses={200: {"content": {"text/event-stream": {}}}, **_ERRORS})
    async def events(
        request: Request,
        conversation_id: str = Depends(authorised),
        after: int | None = Query(default=None, ge=0, le=2**31 - 1),
    ) -> StreamingResponse:
        """Server-sent events from the message after `Last-Event-ID` (or `after`) on."""
        await existing(conversation_id)
        last = request.headers.get("last-event-id", "")
        start = int(last) if last.isascii() and last.isdigit() and len(last) < 10 else (after or 0)
        stream = _stream(conversation_log, conversation_id, start, settings.heartbeat_seconds)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(stream, media_type="text/event-stream", headers=headers)

    return api


def _event(name: str, data: dict[str, Any], seq: int | None = None) -> str:
    head = f"id: {seq}\n" if seq is not None else ""
    return f"{head}event: {name}\ndata: {json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n\n"


async def _stream(
    conversation_log: ConversationLog, conversation_id: str, last: int, heartbeat: float
) -> AsyncIterator[str]:
    """Messages in order, each once: from the hub while nothing is missing, else from the log."""
    shared = conversation_log.database.shared
    with conversation_log.hub.subscribe(conversation_id) as queue:
        status: dict[str, Any] = {}
        behind = True
        spoken = time.monotonic()
        while True:
            if behind:
                try:
                    current = (await conversation_log.get(conversation_id)).status()
                    page = await conversation_log.history(conversation_id, after=last, limit=PAGE)
                except (LogUnavailable, NoSuchConversation) as error:
                    log.warning("an event stream ends: %s", type(error).__name__)
                    return  # the buyer's page connects again and continues after the last message it saw
                if current != status:
                    status = current
                    yield _event("status", status)
                for message in page:
                    yield _event("message", message.public(), message.seq)
                    last = message.seq
                behind = len(page) == PAGE
                if behind:
                    continue
            try:
                event: Event = await asyncio.wait_for(
                    queue.get(), min(SHARED_POLL_SECONDS, heartbeat) if shared else heartbeat
                )
            except TimeoutError:
                # With several gateways another one may have appended.
                behind = shared
                if time.monotonic() - spoken >= heartbeat:
                    spoken = time.monotonic()
                    yield ": alive\n\n"
                continue
            # A queue that was full may have dropped something.
            behind = queue.qsize() >= QUEUE_LIMIT - 1
            if event.name == "status":
                status = event.data
            if event.seq is None:
                yield _event(event.name, event.data)
            elif event.seq == last + 1:
                yield _event("message", event.data, event.seq)
                last = event.seq
            elif event.seq > last:
                behind = True


def _client_id(given: str) -> str:
    try:
        cleaned = clean(given)
    except InvalidText:
        raise ApiError(422, "invalid_request", "client_message_id: holds no readable character.") from None
    if len(cleaned) > CLIENT_ID_LIMIT:
        raise ApiError(422, "invalid_request", f"client_message_id: at most {CLIENT_ID_LIMIT} characters.")
    return cleaned
