"""A double of the storefront server for the chat element's tests: the contract in memory, faults on demand.

`python -m tests.channels.storefront_double` serves the demo shop with a scripted conversation to try by hand.
"""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvicorn
import yaml
from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, Response, StreamingResponse
from fastapi.staticfiles import StaticFiles
from fluent.syntax import FluentParser, ast

ROOT = Path(__file__).resolve().parents[2]
STOREFRONT = ROOT / "bot" / "channels" / "storefront"
LOCALES = ROOT / "bot" / "locales"
PREFIX = "/api/v1/storefront"
STRICT = "default-src 'self'; script-src 'self'; style-src 'self'"
PAGE = (
    '<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1"><title>Shop</title>'
    '<link rel="icon" href="/demo/img/mark.svg"><script type="module" src="/parley-chat.js"></script>'
    '</head><body><button id="elsewhere">Elsewhere</button></body></html>'
)
SAMPLES = [
    {"order_number": "SL-10421", "email": "ada@example.com", "postcode": "1016 GV", "state": "in_transit"},
    {"order_number": "SL-10377", "email": "lin@example.com", "postcode": "EC1A 1BB", "state": "delivered"},
    {"order_number": "SL-10455", "email": "omar@example.com", "postcode": "10115", "state": "customs_hold"},
]

Message = dict[str, Any]


def catalogue(language: str) -> dict[str, str | dict[str, str]]:
    """A language's chat texts as the server sends them: `{name}` placeholders, plurals by CLDR category."""
    path = LOCALES / language / "chat.ftl"
    source = path if path.exists() else LOCALES / "en" / "chat.ftl"
    resource = FluentParser().parse(source.read_text(encoding="utf-8"))
    return {
        entry.id.name: _pattern(entry.value)
        for entry in resource.body
        if isinstance(entry, ast.Message) and entry.value
    }


def _pattern(pattern: ast.Pattern) -> str | dict[str, str]:
    first = pattern.elements[0]
    if isinstance(first, ast.Placeable) and isinstance(first.expression, ast.SelectExpression):
        return {variant.key.name: str(_pattern(variant.value)) for variant in first.expression.variants}
    return "".join(
        element.value if isinstance(element, ast.TextElement) else f"{{{element.expression.id.name}}}"
        for element in pattern.elements
    )


@dataclass
class Fault:
    """One refused request."""

    status: int
    code: str
    retry_after: int | None = None

    def response(self) -> JSONResponse:
        headers = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        return JSONResponse({"error": {"code": self.code, "message": self.code}}, self.status, headers)


@dataclass
class Conversation:
    """One conversation's log and the streams that listen to it."""

    language: str
    log: list[Message] = field(default_factory=list)
    by_client_id: dict[str, int] = field(default_factory=dict)
    owner: dict[str, Any] = field(default_factory=lambda: {"owner": "bot", "agent": None})
    streams: set[asyncio.Queue[str | None]] = field(default_factory=set)

    def add(self, message: Message, *, announce: bool = True) -> int:
        stored = {
            "seq": len(self.log) + 1,
            "at": datetime.now(UTC).isoformat(),
            "kind": "text",
            "lang": self.language,
            **message,
        }
        self.log.append(stored)
        if announce:
            self.send("message", stored, stored["seq"])
        return int(stored["seq"])

    def send(self, event: str, data: Message, seq: int | None = None) -> None:
        for stream in self.streams:
            stream.put_nowait(frame(event, data, seq))


def frame(event: str, data: Message, seq: int | None = None) -> str:
    head = "" if seq is None else f"id: {seq}\r\n"
    return f"{head}event: {event}\r\ndata: {json.dumps(data)}\r\n\r\n"


class StorefrontDouble:
    """The server, running in a thread of its own; a test's calls are carried into its loop.

    `reply` is asked for what follows a buyer's text: a list of messages.
    """

    def __init__(self) -> None:
        self.conversations: dict[str, Conversation] = {}
        self.faults: dict[str, list[Fault]] = {}
        self.base = ""
        self.requests: list[tuple[str, str]] = []
        self.bodies: list[Message] = []
        self.greeting: list[Message] = []
        self.more_strings: dict[str, str] = {}
        self.reply: Callable[[str], list[Message]] = lambda text: []
        self.app = FastAPI()
        self._routes()
        self._loop: asyncio.AbstractEventLoop
        self._server = uvicorn.Server(uvicorn.Config(self.app, port=0, log_level="error", timeout_graceful_shutdown=1))
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    # ---- the test's side

    def start(self) -> None:
        """Starts it on a free port; `base` is then its address."""
        self._thread.start()
        if not self._ready.wait(20):
            raise RuntimeError("the storefront double did not start")
        port = self._server.servers[0].sockets[0].getsockname()[1]
        self.base = f"http://localhost:{port}"

    def stop(self) -> None:
        self.drop_streams()
        self._server.should_exit = True
        self._thread.join(10)

    def say(self, text: str, sender: str = "bot", *, announce: bool = True, **more: Any) -> None:
        """A message in the newest conversation. Without `announce` it is stored but no stream hears of it."""
        self._in_loop(self._say({"from": sender, "text": text, **more}, announce))

    def typing(self, sender: str, active: bool = True, name: str | None = None) -> None:
        self._in_loop(self._send("typing", {"from": sender, "name": name, "active": active}))

    def own(self, owner: str, agent: str | None = None, language: str | None = None) -> None:
        """Changes who owns the newest conversation, and its language."""
        self._in_loop(self._own(owner, agent, language))

    def drop_streams(self) -> None:
        self._in_loop(self._drop())

    def expire(self) -> None:
        """No token is known any longer."""
        self.drop_streams()
        self.conversations.clear()

    def fail(self, path: str, *faults: Fault) -> None:
        """The next requests of `"POST /messages"`, say, are refused in this order."""
        self.faults.setdefault(path, []).extend(faults)

    def count(self, path: str) -> int:
        return sum(f"{method} {name}" == path for method, name in self.requests)

    @property
    def conversation(self) -> Conversation:
        return list(self.conversations.values())[-1]

    @property
    def buyer_texts(self) -> list[str]:
        return [message["text"] for message in self.conversation.log if message["from"] == "buyer"]

    # ---- the server's side

    def _serve(self) -> None:
        asyncio.run(self._run())

    async def _run(self) -> None:
        self._loop = asyncio.get_running_loop()
        serving = asyncio.create_task(self._server.serve())
        while not self._server.started and not serving.done():
            await asyncio.sleep(0.01)
        self._ready.set()
        await serving

    def _in_loop(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _say(self, message: Message, announce: bool) -> None:
        self.conversation.add(message, announce=announce)

    async def _send(self, event: str, data: Message) -> None:
        self.conversation.send(event, data)

    async def _own(self, owner: str, agent: str | None, language: str | None) -> None:
        conversation = self.conversation
        conversation.owner = {"owner": owner, "agent": agent}
        conversation.language = language or conversation.language
        conversation.send("status", {**conversation.owner, "language": conversation.language})

    async def _drop(self) -> None:
        for conversation in self.conversations.values():
            for stream in conversation.streams:
                stream.put_nowait(None)

    def _routes(self) -> None:
        app = self.app

        @app.middleware("http")
        async def guard(request: Request, call_next: Callable[[Request], Any]) -> Response:
            path = request.url.path.removeprefix(PREFIX)
            self.requests.append((request.method, path))
            waiting = self.faults.get(f"{request.method} {path}")
            response: Response = waiting.pop(0).response() if waiting else await call_next(request)
            response.headers["Content-Security-Policy"] = STRICT
            return response

        app.get("/parley-chat.js")(lambda: FileResponse(STOREFRONT / "element" / "parley-chat.js"))
        app.get("/demo/samples.json")(lambda: SAMPLES)
        app.get("/page")(lambda lang="en": HTMLResponse(PAGE.format(lang=lang)))
        app.get(f"{PREFIX}/strings")(self._strings)
        app.post(f"{PREFIX}/sessions", status_code=201)(self._open)
        app.post(f"{PREFIX}/messages")(self._take)
        app.get(f"{PREFIX}/messages")(self._read)
        app.get(f"{PREFIX}/events")(self._events)
        app.mount("/demo", StaticFiles(directory=STOREFRONT / "demo", html=True))

    async def _open(self, request: Request) -> Message:
        body = await request.json()
        self.bodies.append(body)
        texts = self._strings(body["locale"])
        conversation = Conversation(texts["language"])
        token = f"token-{len(self.bodies)}"
        self.conversations[token] = conversation
        for message in self.greeting:
            conversation.add(message)
        return {"token": token, "conversation_id": f"c{len(self.bodies)}", **texts}

    def _strings(self, language: str) -> Message:
        texts = strings(language)
        return {**texts, "strings": texts["strings"] | self.more_strings}

    def _owner_of(self, request: Request) -> Conversation | None:
        return self.conversations.get(request.headers.get("Authorization", "").removeprefix("Bearer "))

    async def _take(self, request: Request) -> Response:
        conversation = self._owner_of(request)
        if conversation is None:
            return Fault(401, "unauthorized").response()
        body = await request.json()
        self.bodies.append(body)
        client_id = body["client_message_id"]
        if client_id not in conversation.by_client_id:
            text = body.get("text") or self._label(conversation, body["choice"])
            message = {"from": "buyer", "text": text, "client_message_id": client_id}
            conversation.by_client_id[client_id] = conversation.add(message)
            for answer in self.reply(text):
                conversation.add(answer)
        return JSONResponse({"seq": conversation.by_client_id[client_id]}, 202)

    @staticmethod
    def _label(conversation: Conversation, choice: str) -> str:
        offered = [each for message in conversation.log for each in message.get("choices", [])]
        return next(str(each["label"]) for each in offered if each["id"] == choice)

    async def _read(self, request: Request, after: int = 0, limit: int = 100) -> Response:
        conversation = self._owner_of(request)
        if conversation is None:
            return Fault(401, "unauthorized").response()
        messages = conversation.log[after : after + limit]
        answer = {
            "messages": messages,
            "owner": conversation.owner,
            "strings_language": conversation.language,
        }
        return JSONResponse(answer)

    async def _events(self, request: Request, after: int = 0) -> Response:
        conversation = self._owner_of(request)
        if conversation is None:
            return Fault(401, "unauthorized").response()
        return StreamingResponse(self._stream(conversation, after), media_type="text/event-stream")

    @staticmethod
    async def _stream(conversation: Conversation, after: int) -> AsyncIterator[str]:
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        conversation.streams.add(queue)
        try:
            yield ": hello\r\n\r\n" + frame("status", {**conversation.owner, "language": conversation.language})
            for message in conversation.log[after:]:
                yield frame("message", message, message["seq"])
            while (piece := await queue.get()) is not None:
                yield piece
        finally:
            conversation.streams.discard(queue)


def strings(locale: str) -> Message:
    """What the server answers for a locale: the nearest language it speaks, else English."""
    known = yaml.safe_load((LOCALES / "languages.yml").read_text(encoding="utf-8"))
    language = locale.split("-")[0].lower()
    language = language if language in known else "en"
    return {"language": language, "rtl": known[language]["rtl"], "strings": catalogue(language)}


def _by_hand() -> None:
    double = StorefrontDouble()
    double.greeting = [{"from": "bot", "text": "Hello and welcome to Sundry Lane! How can I help?"}]
    double.reply = lambda text: [{"from": "bot", "text": f"You wrote: {text}"}]
    double.start()
    print(f"{double.base}/demo/")
    threading.Event().wait()


if __name__ == "__main__":
    _by_hand()
