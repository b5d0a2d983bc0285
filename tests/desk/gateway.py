"""A whole gateway in a thread, with a scripted assistant in Rasa's place, and a buyer at its storefront."""

import asyncio
import json
import queue
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from bot.app import ActionServer, create_app
from bot.assistant import Assistant
from bot.handoff.agents import Agent
from bot.locales.catalogue import catalogues
from bot.settings import Settings

PASSWORD = "correct horse battery"
OFFERED = ("order-status", "return-policy")
EMOTIONS = {"angry": "angry", "upset": "upset", "legal": "angry", "safety": "upset"}


class ScriptedAssistant:
    """Answers as Rasa does: hands over where a text stands in `handovers`, greets otherwise."""

    def __init__(self) -> None:
        self.handovers: dict[str, dict[str, str]] = {}
        self.transport = httpx.MockTransport(self._answer)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/health"):
            return httpx.Response(200, json={})
        asked = json.loads(request.content)
        language = asked["metadata"]["language"]
        handover = self.handovers.get(asked.get("text") or "")
        if handover is None:
            greeting = {"text": catalogues().text("greeting", language, shop="Sundry Lane")}
            choices = [{"label": catalogues().text(f"choice-{c}", language), "payload": f"/{c}"} for c in OFFERED]
            body = {"intent": "greet", "confidence": 1.0, "emotion": "neutral", "entities": []}
            return httpx.Response(
                200, json={**body, "messages": [{**greeting, "choices": choices}], "language": language}
            )
        reason, order = handover["reason"], handover["order"]
        emotion = EMOTIONS.get(reason, "neutral")
        brief = {
            "order": {"number": order, "state": "Exception"} if order else None,
            "emotion": emotion,
            "details": {"email": "buyer@example.com"},
            "tried": ["asked_order_number", "showed_order_status"],
            "identity_level": 1,
        }
        body = {"intent": handover["intent"], "confidence": 0.9, "emotion": emotion, "entities": []}
        handoff = {"reason": reason, "brief": brief}
        return httpx.Response(200, json={**body, "messages": [], "language": language, "handoff": handoff})


class Gateway:
    """`base` is its address; `call` runs a coroutine in its loop."""

    def __init__(self, folder: Path) -> None:
        settings = Settings(
            var=folder, secret="s" * 40, assistant_secret="a" * 40, identity_secret="i" * 40, demo=False,
            DATABASE_URL=f"sqlite+aiosqlite:///{folder / 'parley.db'}", _env_file=None,
        )  # type: ignore[call-arg]  # fmt: skip
        self.folder = folder
        self.assistant = ScriptedAssistant()
        self.app = create_app(
            settings,
            assistant=Assistant("http://assistant", "a" * 40, transport=self.assistant.transport),
            actions=ActionServer("http://actions", transport=self.assistant.transport),
        )
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.base = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(self.app, log_level="warning", timeout_graceful_shutdown=2)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="gateway")
        self._loop: asyncio.AbstractEventLoop

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        await self._server.serve(sockets=[self._socket])

    def start(self) -> "Gateway":
        self._thread.start()
        answer = httpx.get(f"{self.base}/health", timeout=60, trust_env=False)
        assert answer.status_code == 200
        return self

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=30)
        self._socket.close()

    def call(self, work: Callable[[], Any]) -> Any:
        async def run() -> Any:
            return await work()

        return asyncio.run_coroutine_threadsafe(run(), self._loop).result(30)

    @contextmanager
    def listening(self, conversation_id: str, name: str) -> Iterator[Callable[[], dict[str, Any]]]:
        """Hears the hub's events of one kind; calling the given function waits for the next one."""
        ready, heard = threading.Event(), queue.Queue[dict[str, Any]]()

        async def listen() -> None:
            with self.app.state.log.hub.subscribe(conversation_id) as events:
                ready.set()
                while True:
                    event = await events.get()
                    if event.name == name:
                        heard.put(event.data)

        listening = asyncio.run_coroutine_threadsafe(listen(), self._loop)
        ready.wait(10)
        yield lambda: heard.get(timeout=20)
        listening.cancel()

    def agent(self, username: str, name: str, language: str = "en") -> Agent:
        return self.call(lambda: self.app.state.agents.add(username, name, "agent", PASSWORD, language))


class Buyer:
    """A buyer at the storefront API."""

    def __init__(self, gateway: Gateway, locale: str, time_zone: str | None = None) -> None:
        self._client = httpx.Client(base_url=f"{gateway.base}/api/v1/storefront", timeout=30, trust_env=False)
        session = self._client.post("/sessions", json={"locale": locale, "time_zone": time_zone}).json()
        self._client.headers["Authorization"] = f"Bearer {session['token']}"
        self.conversation_id = session["conversation_id"]
        self._assistant = gateway.assistant
        self._sent = 0

    def say(self, text: str) -> int:
        self._sent += 1
        answer = self._client.post("/messages", json={"client_message_id": f"m{self._sent}", "text": text})
        assert answer.status_code == 202, answer.text
        return answer.json()["seq"]

    def page(self) -> dict[str, Any]:
        return self._client.get("/messages").json()

    def hear(self, sender: str, fragment: str = "") -> dict[str, Any]:
        """Listens to the event stream until this sender says this."""
        with self._client.stream("GET", "/events") as stream:
            for line in stream.iter_lines():
                if line.startswith("data: "):
                    data = json.loads(line[6:])
                    if data.get("from") == sender and fragment in data.get("text", ""):
                        return data
        raise AssertionError(f"{sender} never said {fragment!r}")

    def until(self, owner: str) -> None:
        """Listens until the conversation belongs to `owner`."""
        with self._client.stream("GET", "/events") as stream:
            for line in stream.iter_lines():
                if line.startswith("data: ") and json.loads(line[6:]).get("owner") == owner:
                    return

    def ask_for_person(self, text: str, reason: str = "asked", order: str = "", intent: str = "human_agent") -> "Buyer":
        """Says something that opens a case, and waits until the case is open."""
        self._assistant.handovers[text] = {"reason": reason, "order": order, "intent": intent}
        self.say(text)
        self.until("waiting")
        return self

    def close(self) -> None:
        self._client.close()
