"""A gateway under test: its settings, a scripted assistant in Rasa's place, and a buyer at its storefront."""

from __future__ import annotations

import asyncio
import json
import socket
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI

from bot.app import ActionServer, create_app
from bot.assistant import Assistant
from bot.conversations.log import ConversationLog
from bot.settings import Settings

SECRET, ASSISTANT_SECRET, IDENTITY_SECRET = "s" * 40, "a" * 40, "i" * 40
PATIENCE = 20.0  # seconds after which a test gives up waiting
Asked = dict[str, Any]
Answerer = Callable[[Asked], httpx.Response | Awaitable[httpx.Response]]


def settings_in(folder: Path, **changes: Any) -> Settings:
    """The settings of a gateway that keeps its data under `folder`."""
    given: dict[str, Any] = {
        "var": folder,
        "secret": SECRET,
        "assistant_secret": ASSISTANT_SECRET,
        "identity_secret": IDENTITY_SECRET,
        "demo": False,
        "busy_seconds": PATIENCE,
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'parley.db'}",
    }
    return Settings(**{**given, **changes}, _env_file=None)


def answer(
    *texts: str, language: str = "en", choices: Sequence[tuple[str, str]] = (), handoff: Any = None, **more: Any
) -> httpx.Response:
    """An answer of Rasa's channel: the texts as messages, the choices (label, payload) under the last of them."""
    messages: list[dict[str, Any]] = [{"text": text} for text in texts]
    if choices:
        messages[-1]["choices"] = [{"label": label, "payload": payload} for label, payload in choices]
    body = {"intent": "greet", "confidence": 0.9, "emotion": "neutral", "entities": [], **more}
    return httpx.Response(200, json={**body, "messages": messages, "language": language, "handoff": handoff})


def echo(asked: Asked) -> httpx.Response:
    """Repeats what was asked, in the conversation's language."""
    return answer(f"echo: {asked.get('text') or asked.get('payload')}", language=asked["metadata"]["language"])


def away(_asked: Asked) -> httpx.Response:
    """Nobody listens on Rasa's port."""
    raise httpx.ConnectError("connection refused")


class Held:
    """An answer that is given only once the test says so."""

    def __init__(self, then: Answerer = echo) -> None:
        self.asked, self.go = asyncio.Event(), asyncio.Event()
        self._then = then

    async def __call__(self, asked: Asked) -> httpx.Response:
        """Waits for `go`."""
        self.asked.set()
        await asyncio.wait_for(self.go.wait(), PATIENCE)
        given = self._then(asked)
        return given if isinstance(given, httpx.Response) else await given


class ScriptedAssistant:
    """Answers as Rasa's channel does, by `answerer`; keeps what it was asked."""

    def __init__(self) -> None:
        self.answerer: Answerer = echo
        self.asked: list[Asked] = []
        self.ready = True

    async def handle(self, request: httpx.Request) -> httpx.Response:
        """One request of the gateway."""
        if request.method == "GET":
            return httpx.Response(200 if self.ready else 503, json={})
        if request.headers["authorization"] != f"Bearer {ASSISTANT_SECRET}":
            return httpx.Response(401)
        asked = json.loads(request.content)
        self.asked.append(asked)
        given = self.answerer(asked)
        return given if isinstance(given, httpx.Response) else await given

    def forget(self) -> None:
        """As at the start."""
        self.answerer, self.ready = echo, True
        self.asked.clear()

    @property
    def texts(self) -> list[str | None]:
        """The texts it was asked, in order."""
        return [asked.get("text") for asked in self.asked]

    def client(self) -> Assistant:
        """The gateway's client, with this in Rasa's place."""
        return Assistant("http://assistant", ASSISTANT_SECRET, transport=httpx.MockTransport(self.handle))


class Buyer:
    """A buyer with a conversation; `client` carries the conversation's token."""

    def __init__(self, client: httpx.AsyncClient, session: dict[str, Any], log: ConversationLog) -> None:
        self.session, self.id, self._log = session, session["conversation_id"], log
        self.client = client
        self.headers = {"Authorization": f"Bearer {session['token']}"}
        self._sent = 0

    async def post(self, **body: Any) -> httpx.Response:
        """POST /messages with a new client id unless the body has one."""
        self._sent += 1
        body = {"client_message_id": f"m{self._sent}", **body}
        return await self.client.post("/messages", json=body, headers=self.headers)

    async def say(self, text: str, **more: Any) -> int:
        """Sends a text that must be accepted; returns its number."""
        response = await self.post(text=text, **more)
        assert response.status_code == 202, response.text
        return int(response.json()["seq"])

    async def press(self, label: str) -> int:
        """Presses the newest button with this label."""
        offered = [c for m in await self.messages() for c in m.get("choices", ()) if c["label"] == label]
        response = await self.post(choice=offered[-1]["id"])
        assert response.status_code == 202, response.text
        return int(response.json()["seq"])

    async def page(self, **query: Any) -> dict[str, Any]:
        """GET /messages."""
        response = await self.client.get("/messages", params=query, headers=self.headers)
        assert response.status_code == 200, response.text
        page: dict[str, Any] = response.json()
        return page

    async def messages(self) -> list[dict[str, Any]]:
        """Everything in the conversation."""
        return list((await self.page())["messages"])

    async def answered(self) -> list[dict[str, Any]]:
        """Everything in the conversation, once nothing waits for the bot."""
        await answered(self._log, self.id)
        return await self.messages()

    async def ask(self, text: str) -> dict[str, Any]:
        """Says something and returns the last message once it is answered."""
        await self.say(text)
        return (await self.answered())[-1]


async def answered(log: ConversationLog, conversation_id: str) -> None:
    """Waits until no message of the conversation waits for the bot."""
    async with asyncio.timeout(PATIENCE):
        with log.hub.subscribe(conversation_id) as events:
            while await log.next_pending(conversation_id):
                # A turn that leaves a message to a person is not heard of: look again soon in any case.
                with suppress(TimeoutError):
                    await asyncio.wait_for(events.get(), 0.05)


class Gateway:
    """A started gateway; its storefront API is called in memory."""

    def __init__(self, app: FastAPI, assistant: ScriptedAssistant, settings: Settings) -> None:
        self.app, self.assistant, self.settings = app, assistant, settings
        self.log: ConversationLog = app.state.log
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://gateway/api/v1/storefront", timeout=PATIENCE
        )

    async def buyer(self, locale: str = "en-GB", **session: Any) -> Buyer:
        """A buyer who has just opened the chat."""
        response = await self.client.post("/sessions", json={"locale": locale, **session})
        assert response.status_code == 201, response.text
        return Buyer(self.client, response.json(), self.log)

    async def idle(self) -> None:
        """Waits until no conversation waits for the bot."""
        for conversation_id in await self.log.pending_conversations():
            await answered(self.log, conversation_id)

    @asynccontextmanager
    async def served(self) -> AsyncIterator[httpx.AsyncClient]:
        """A client of the gateway over a real socket, for what the in-memory transport cannot do."""
        with socket.create_server(("127.0.0.1", 0)) as listening:
            config = uvicorn.Config(self.app, log_level="warning", lifespan="off", timeout_graceful_shutdown=1)
            server = uvicorn.Server(config)
            serving = asyncio.create_task(server.serve(sockets=[listening]))
            address = f"http://127.0.0.1:{listening.getsockname()[1]}/api/v1/storefront"
            try:
                async with httpx.AsyncClient(base_url=address, timeout=PATIENCE, trust_env=False) as client:
                    yield client
            finally:
                server.should_exit = True
                await serving


@asynccontextmanager
async def running(
    settings: Settings, assistant: ScriptedAssistant, actions: httpx.MockTransport | None = None
) -> AsyncIterator[Gateway]:
    """A gateway from its start to its end."""
    healthy = httpx.MockTransport(lambda _request: httpx.Response(200))
    app = create_app(
        settings, assistant=assistant.client(), actions=ActionServer("http://actions", transport=actions or healthy)
    )
    async with app.router.lifespan_context(app):
        gateway = Gateway(app, assistant, settings)
        yield gateway
        await gateway.client.aclose()


@contextmanager
def locked(database: Path) -> Iterator[None]:
    """Another program holds the SQLite file for itself."""
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


class Stream:
    """A connected event stream; `next` gives its events one by one as (name, id, data)."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self._lines = response.aiter_lines()

    async def next(self) -> tuple[str, str | None, Any]:
        """The next event; a comment has the name "comment"."""
        async with asyncio.timeout(PATIENCE):
            fields: dict[str, str] = {}
            async for line in self._lines:
                if line.startswith(":"):
                    return "comment", None, line[1:].strip()
                if not line and fields:
                    return fields["event"], fields.get("id"), json.loads(fields["data"])
                if line:
                    name, _, value = line.partition(": ")
                    fields[name] = value
        raise EOFError("the stream has ended")

    async def messages(self, count: int) -> list[dict[str, Any]]:
        """The next messages, other events left out."""
        found: list[dict[str, Any]] = []
        while len(found) < count:
            name, event_id, data = await self.next()
            if name == "message":
                assert event_id == str(data["seq"])
                found.append(data)
        return found


@asynccontextmanager
async def listening(
    client: httpx.AsyncClient, buyer: Buyer, last_event_id: int | None = None, **query: Any
) -> AsyncIterator[Stream]:
    """The buyer's event stream; `client` talks over a real socket."""
    headers = {**buyer.headers, **({"Last-Event-ID": str(last_event_id)} if last_event_id is not None else {})}
    async with client.stream("GET", "/events", params=query, headers=headers) as response:
        yield Stream(response)
