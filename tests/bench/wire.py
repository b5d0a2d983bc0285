"""A small HTTP/1.1 client over asyncio streams.

The load generator shares the cores with what it measures: a general client would cost as much as the gateway.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any, Self


class WireError(Exception):
    """The server answered with something else than was hoped for, or not at all."""


class Connection:
    """One connection that stays open, one request at a time."""

    _reader: asyncio.StreamReader
    _writer: asyncio.StreamWriter

    def __init__(self, address: tuple[str, int]) -> None:
        self._address = address

    @classmethod
    async def open(cls, address: tuple[str, int]) -> Self:
        """Connects."""
        connection = cls(address)
        await connection._connect()
        return connection

    async def _connect(self) -> None:
        self._reader, self._writer = await asyncio.open_connection(*self._address)

    async def post(self, path: str, body: dict[str, Any], token: str = "") -> tuple[int, Any]:
        """Status and decoded JSON.

        Servers hang up on a connection that was idle for five seconds: then the request goes over a new one.
        """
        try:
            return await self._post(path, body, token)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            if getattr(error, "partial", b""):
                raise
        self.close()
        await self._connect()
        return await self._post(path, body, token)

    async def _post(self, path: str, body: dict[str, Any], token: str) -> tuple[int, Any]:
        content = json.dumps(body).encode()
        headers = f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n"
        self._send("POST", path, token, headers, content)
        status, answered = await self._head()
        if "content-length" not in answered:
            raise WireError(f"POST {path}: an answer without a length")
        return status, json.loads(await self._reader.readexactly(int(answered["content-length"])))

    async def events(self, path: str, token: str) -> AsyncIterator[tuple[str, dict[str, Any]]]:
        """Name and data of each server-sent event."""
        self._send("GET", path, token, "Accept: text/event-stream\r\n")
        status, headers = await self._head()
        if status != 200 or headers.get("transfer-encoding") != "chunked":
            raise WireError(f"GET {path}: {status}")
        pending = b""
        while size := int(await self._reader.readline() or b"0", 16):
            pending += (await self._reader.readexactly(size + 2))[:-2]
            *blocks, pending = pending.split(b"\n\n")
            for block in blocks:
                lines = block.decode().split("\n")
                fields = dict(line.split(": ", 1) for line in lines if not line.startswith(":"))
                if fields:
                    yield fields["event"], json.loads(fields["data"])

    def close(self) -> None:
        """Hangs up."""
        self._writer.close()

    def _send(self, method: str, path: str, token: str, headers: str, content: bytes = b"") -> None:
        authorization = f"Authorization: Bearer {token}\r\n" if token else ""
        head = f"{method} {path} HTTP/1.1\r\nHost: {self._address[0]}\r\n{authorization}{headers}\r\n"
        self._writer.write(head.encode() + content)

    async def _head(self) -> tuple[int, dict[str, str]]:
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *rest = head.rstrip().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in rest)}
        return int(first.split(" ", 2)[1]), headers
