"""A buyer at the storefront API, one call after another: writes, presses, and waits for what is said to it."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import httpx

Message = dict[str, Any]
ANSWER_SECONDS = 10.0
PAGE = 200
RETRY_SECONDS = 0.1  # while the gateway is away


class NoAnswer(AssertionError):
    """Nothing was said in time."""


class Reply:
    """What was said to one message: the messages, their text in one piece, their choices, and the owner afterwards."""

    def __init__(self, messages: list[Message], owner: dict[str, Any]) -> None:
        self.messages = messages
        self.owner: str = owner["owner"]
        self.language: str = owner["language"]
        self.text = "\n".join(message["text"] for message in messages)
        self.choices: list[dict[str, str]] = [c for message in messages for c in message.get("choices", ())]

    @property
    def labels(self) -> list[str]:
        return [choice["label"] for choice in self.choices]


class Buyer:
    """One conversation. Every wait ends in NoAnswer after its time limit."""

    def __init__(self, url: str, locale: str = "en", time_zone: str | None = None) -> None:
        self._client = httpx.Client(base_url=f"{url}/api/v1/storefront", timeout=30.0, trust_env=False)
        answer = self._client.post("/sessions", json={"locale": locale, "time_zone": time_zone})
        assert answer.status_code == httpx.codes.CREATED, answer.text
        session = answer.json()
        self._client.headers["Authorization"] = f"Bearer {session['token']}"
        self.conversation_id: str = session["conversation_id"]
        self.language: str = session["language"]
        self.last: Reply | None = None

    def __enter__(self) -> Buyer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()

    def post(self, text: str | None = None, *, choice: str | None = None, client_id: str | None = None) -> int:
        """Sends one message and returns the number under which it was accepted; raises httpx's errors as they are."""
        body: dict[str, Any] = {"client_message_id": client_id or uuid.uuid4().hex}
        body |= {"choice": choice} if choice else {"text": text}
        answer = self._client.post("/messages", json=body)
        answer.raise_for_status()
        return int(answer.json()["seq"])

    def deliver(self, text: str, client_id: str, within: float) -> int:
        """Sends the same message until the gateway accepts it, as the chat does after a lost connection."""
        deadline = time.monotonic() + within
        while True:
            try:
                return self.post(text, client_id=client_id)
            except httpx.HTTPError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(RETRY_SECONDS)

    def ask(self, text: str, within: float = ANSWER_SECONDS) -> Reply:
        """Writes, and waits for the answer."""
        self.last = self.answer(self.post(text), within)
        return self.last

    def press(self, label: str, within: float = ANSWER_SECONDS) -> Reply:
        """Presses a button of the last answer, and waits for the answer to that."""
        assert self.last is not None
        choice = next(c["id"] for c in self.last.choices if c["label"] == label)
        self.last = self.answer(self.post(choice=choice), within)
        return self.last

    def answer(self, seq: int, within: float = ANSWER_SECONDS) -> Reply:
        """What was said after the message with this number, once something was."""
        deadline = time.monotonic() + within
        self.wait_for(lambda m: m["seq"] > seq and m["from"] != "buyer", within, after=seq)
        while True:
            try:
                messages, owner = self.history(seq)  # what one turn says is stored in one transaction
                return Reply([message for message in messages if message["from"] != "buyer"], owner)
            except httpx.HTTPError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(RETRY_SECONDS)

    def history(self, after: int = 0) -> tuple[list[Message], dict[str, Any]]:
        """The log after this number, and who owns the conversation."""
        found: list[Message] = []
        while True:
            answer = self._client.get("/messages", params={"after": after, "limit": PAGE})
            answer.raise_for_status()
            page = answer.json()
            found += page["messages"]
            if len(page["messages"]) < PAGE:
                return found, page["owner"]
            after = found[-1]["seq"]

    def wait_for(self, wanted: Callable[[Message], bool], within: float, *, after: int = 0) -> Message:
        """Listens to the event stream for a message, and connects again where the gateway goes away."""
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            try:
                for message in self._events(after, deadline):
                    after = message["seq"]
                    if wanted(message):
                        return message
            except httpx.HTTPError:
                time.sleep(RETRY_SECONDS)
        last = [message["text"][:200] for message in self.history()[0][-3:]]
        raise NoAnswer(f"nothing in {within:.0f} s; the last messages: {last}")

    def wait_for_answers(self, count: int, within: float) -> None:
        """Waits until the bot has said this many things in the conversation."""
        said = 0

        def enough(message: Message) -> bool:
            nonlocal said
            said += message["from"] == "bot"
            return said >= count

        self.wait_for(enough, within)

    def _events(self, after: int, deadline: float) -> Iterator[Message]:
        left = max(deadline - time.monotonic(), 0.05)
        with self._client.stream("GET", "/events", params={"after": after}, timeout=left) as stream:
            stream.raise_for_status()
            event = ""
            for line in stream.iter_lines():
                if time.monotonic() > deadline:
                    return
                if line.startswith("event: "):
                    event = line[7:]
                elif line.startswith("data: ") and event == "message":
                    yield json.loads(line[6:])
