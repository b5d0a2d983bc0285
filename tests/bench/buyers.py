"""Those who talk: a buyer of Parley's storefront, and a sender of stock Rasa's REST channel.

Both `say` a message and return the seconds until its answer was there.
"""

from __future__ import annotations

import asyncio
import itertools
import time
import uuid
from typing import Protocol, Self

from tests.bench.wire import Connection, WireError

STOREFRONT = "/api/v1/storefront"
ANSWER_SECONDS = 30.0
TURNS_OF_A_SENDER = 10


class NoAnswer(Exception):
    """A message has no answer of the bot: a measurement would be worth nothing."""


class Talker(Protocol):
    """One who waits for the answer before saying more."""

    async def say(self, text: str) -> float:
        """Seconds from sending the message to having its answer."""

    async def close(self) -> None:
        """Leaves."""


class Buyer:
    """One conversation on the storefront: a connection for messages, and an event stream that brings the answers."""

    def __init__(self, posts: Connection, stream: Connection, token: str) -> None:
        self._posts, self._stream, self._token = posts, stream, token
        self._answered = (0, 0.0)
        self._owner, self._listening = "bot", True
        self._news = asyncio.Event()
        self._listener = asyncio.create_task(self._listen())

    @classmethod
    async def open(cls, address: tuple[str, int]) -> Self:
        """Starts a conversation and its event stream."""
        posts = await Connection.open(address)
        status, session = await posts.post(f"{STOREFRONT}/sessions", {"locale": "en"})
        if status != 201:
            raise WireError(f"POST sessions: {status} {session}")
        buyer = cls(posts, await Connection.open(address), session["token"])
        async with asyncio.timeout(ANSWER_SECONDS):
            await buyer._news.wait()  # the stream begins with the status
        return buyer

    async def _listen(self) -> None:
        try:
            async for name, data in self._stream.events(f"{STOREFRONT}/events", self._token):
                if name == "message" and data["from"] != "buyer":
                    self._answered = (data["seq"], time.perf_counter())
                elif name == "status":
                    self._owner = data["owner"]
                else:
                    continue
                self._news.set()
        finally:
            self._listening = False
            self._news.set()

    async def say(self, text: str) -> float:
        """Posts the message and waits for the bot's message event."""
        self._news.clear()
        begin = time.perf_counter()
        body = {"client_message_id": uuid.uuid4().hex, "text": text}
        status, accepted = await self._posts.post(f"{STOREFRONT}/messages", body, self._token)
        if status != 202:
            raise NoAnswer(f"{text!r} was refused: {status} {accepted}")
        while self._answered[0] <= accepted["seq"]:
            if self._owner != "bot":
                raise NoAnswer(f"{text!r} has no answer of the bot: the conversation was handed over")
            if not self._listening:
                raise NoAnswer(f"{text!r} has no answer: the event stream ended")
            self._news.clear()
            try:
                async with asyncio.timeout(ANSWER_SECONDS):
                    await self._news.wait()
            except TimeoutError:
                raise NoAnswer(f"{text!r} has no answer after {ANSWER_SECONDS:.0f} s") from None
        return self._answered[1] - begin

    async def close(self) -> None:
        """Hangs up."""
        self._listener.cancel()
        await asyncio.gather(self._listener, return_exceptions=True)
        self._stream.close()
        self._posts.close()


class Sender:
    """Stock Rasa's REST channel, whose answer comes with the request.

    A new conversation begins every few turns: stock Rasa gets slower with each one, and is to be seen at its best.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._turns = itertools.count()
        self._name = uuid.uuid4().hex

    @classmethod
    async def open(cls, address: tuple[str, int]) -> Self:
        """Connects."""
        return cls(await Connection.open(address))

    async def say(self, text: str) -> float:
        """Posts the message and waits for the reply."""
        body = {"sender": f"{self._name}-{next(self._turns) // TURNS_OF_A_SENDER}", "message": text}
        begin = time.perf_counter()
        status, replies = await self._connection.post("/webhooks/rest/webhook", body)
        if status != 200 or not replies:
            raise NoAnswer(f"stock Rasa says nothing to {text!r} ({status})")
        return time.perf_counter() - begin

    async def close(self) -> None:
        """Hangs up."""
        self._connection.close()
