"""Talks to the running system in the terminal, through the storefront API like any buyer.

    python -m bot.chat [--language de] [--url http://127.0.0.1:8000]

A number chooses one of the offered answers. Ctrl-D or Ctrl-C ends it. Lines may also come through a pipe: each is
sent when the one before has been answered.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import threading
import unicodedata
import uuid
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any, TextIO

import httpx

from bot.channels.text import TEXT_LIMIT
from bot.locales.languages import DEFAULT_LANGUAGE, languages, supported
from bot.settings import settings

SILENCE_SECONDS = 40.0  # heartbeats come every 15 s
ANSWER_SECONDS = 60.0
LONGEST_PAUSE = 5.0
_ERASE = "\r\x1b[K"
# Terminals that know the bidirectional algorithm take each line's direction from its text with this mode.
_DIRECTION_BY_TEXT, _DIRECTION_FIXED = "\x1b[?2501h", "\x1b[?2501l"
_RIGHT_TO_LEFT_MARK, _ISOLATE, _END_ISOLATE = "\u200f", "\u2068", "\u2069"


class NotRunning(Exception):
    """No gateway answers; the message says what to do."""


class Ended(Exception):
    """The conversation cannot be continued."""


class Refused(Exception):
    """The gateway does not take this message; `code` says why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Storefront:
    """One conversation at the storefront API. What is sent is sent until it is accepted, and is taken once."""

    def __init__(self, url: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self.url = url.rstrip("/")
        base = f"{self.url}/api/v1/storefront"
        self._client = httpx.AsyncClient(base_url=base, timeout=15.0, trust_env=False, transport=transport)

    async def open(self, locale: str) -> dict[str, Any]:
        """Starts a conversation; returns the session with its texts. Raises NotRunning."""
        try:
            answer = await self._client.post("/sessions", json={"locale": locale})
            answer.raise_for_status()
            session: dict[str, Any] = answer.json()
            self._client.headers["Authorization"] = f"Bearer {session['token']}"
        except (httpx.HTTPError, ValueError, KeyError) as error:
            sentence = (
                f"Parley does not answer at {self.url}: start it with `make run`, or name its address with --url."
            )
            raise NotRunning(sentence) from error
        return session

    async def strings(self, language: str) -> dict[str, Any]:
        """The chat's texts in another language."""
        answer = await self._client.get("/strings", params={"language": language})
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    async def send(self, client_message_id: str, content: dict[str, str], on_wait: Any) -> int:
        """Sends until the gateway accepts; returns the message's number. Raises Refused, Ended.

        `on_wait` is called with the name of a chat text before each further attempt.
        """
        pause = 0.25
        while True:
            try:
                answer = await self._client.post("/messages", json={"client_message_id": client_message_id, **content})
            except httpx.TransportError:
                on_wait("chat-reconnecting")
            else:
                if answer.status_code == httpx.codes.ACCEPTED:
                    return int(answer.json()["seq"])
                if answer.status_code == httpx.codes.UNAUTHORIZED:
                    raise Ended
                if answer.status_code < 500 and answer.status_code != httpx.codes.TOO_MANY_REQUESTS:
                    raise _refused(answer)
                on_wait("chat-rate-limited" if answer.status_code < 500 else "chat-busy")
                pause = max(pause, _retry_after(answer))
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def events(self, after: int) -> AsyncIterator[tuple[str, dict[str, Any]]]:
        """(event, data) of one stream until it breaks off; raises httpx.HTTPError, Ended."""
        timeout = httpx.Timeout(15.0, read=SILENCE_SECONDS)
        async with self._client.stream("GET", "/events", params={"after": after}, timeout=timeout) as stream:
            if stream.status_code == httpx.codes.UNAUTHORIZED:
                raise Ended
            stream.raise_for_status()
            event = ""
            async for line in stream.aiter_lines():
                name, _, value = line.partition(":")
                if name == "event":
                    event = value.strip()
                elif name == "data":
                    yield event, json.loads(value)

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.aclose()


def _refused(answer: httpx.Response) -> Refused:
    try:
        error = answer.json()["error"]
        return Refused(str(error["code"]), str(error["message"]))
    except (ValueError, KeyError, TypeError):
        return Refused("refused", f"status {answer.status_code}")


def _retry_after(answer: httpx.Response) -> float:
    value = answer.headers.get("retry-after", "")
    return float(value) if value.isdecimal() else 0.0


class Screen:
    """The terminal: what is said above, the prompt below. Without a terminal it is a plain transcript."""

    def __init__(self, output: TextIO, interactive: bool) -> None:
        self._output, self.interactive = output, interactive
        self._strings: dict[str, Any] = {}
        self._rtl = False
        self._typing: str | None = None

    def speak(self, strings: dict[str, Any], rtl: bool) -> None:
        """Goes on in the language of these texts."""
        self._strings = strings
        if rtl != self._rtl and self.interactive:
            self._output.write(_DIRECTION_BY_TEXT if rtl else _DIRECTION_FIXED)
        self._rtl = rtl

    def text(self, key: str, **values: Any) -> str:
        """One of the chat's texts."""
        found = str(self._strings.get(key, key))
        for name, value in values.items():
            found = found.replace(f"{{{name}}}", str(value))
        return found

    def name(self, message: dict[str, Any]) -> str:
        """Who says it."""
        return str(message.get("agent") or self.text(f"chat-from-{message['from']}"))

    def line(self, text: str, speaker: str | None = None) -> None:
        """Shows a line, or what somebody says."""
        shown = printable(text)
        if speaker and self._rtl:
            shown = f"{printable(speaker)}: {_ISOLATE}{shown}{_END_ISOLATE}"
        elif speaker:
            shown = f"{printable(speaker)}: {shown}"
        if self._rtl:
            shown = "\n".join(_RIGHT_TO_LEFT_MARK + part for part in shown.split("\n"))
        self._output.write(f"{_ERASE if self.interactive else ''}{shown}\n")
        self.prompt()

    def typing(self, name: str | None) -> None:
        """Shows that somebody types, in the prompt's place; None when nobody does any longer."""
        self._typing = name
        if self.interactive:
            self.prompt()

    def prompt(self) -> None:
        """Shows the prompt and what stands behind it already."""
        if self.interactive:
            hint = f"{self.text('chat-typing', name=printable(self._typing))}  " if self._typing else ""
            self._output.write(f"{_ERASE}{hint}{self.text('chat-from-buyer')}: {_typed()}")
        self._output.flush()

    def editor_prompt(self) -> str:
        """The prompt as the line editor wants it: what takes no room stands between \\001 and \\002."""
        return f"\001{_ERASE}\002{self.text('chat-from-buyer')}: "

    def end(self) -> None:
        """Leaves the terminal as it was."""
        if self.interactive:
            self._output.write(f"{_DIRECTION_FIXED if self._rtl else ''}\n")
        self._output.flush()


def printable(text: str) -> str:
    """Without control characters, which could move the cursor or recolour the terminal."""
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) != "Cc")


def _typed() -> str:
    """What the person has typed but not sent; nothing where the line editor is missing."""
    editor = sys.modules.get("readline")
    return editor.get_line_buffer() if editor else ""


class Chat:
    """Ties the terminal to the conversation."""

    def __init__(self, storefront: Storefront, screen: Screen) -> None:
        self._storefront, self._screen = storefront, screen
        self._cursor = 0
        self._choices: list[dict[str, str]] = []
        self._mine: set[str] = set()
        self._owner = "bot"
        self._language = ""
        self._heard = asyncio.Condition()

    async def run(self, session: dict[str, Any], lines: asyncio.Queue[str | None]) -> None:
        """Talks until there are no more lines. Raises Ended."""
        self._language = session["language"]
        self._screen.line(self._screen.text("chat-privacy"))
        if "greeting" in session["strings"]:
            self._screen.line(self._screen.text("greeting"), self._screen.text("chat-from-bot"))
        listening = asyncio.create_task(self._listen())
        writing = asyncio.create_task(self._write(lines))
        try:
            done, _ = await asyncio.wait((listening, writing), return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in (listening, writing):
                task.cancel()
            await asyncio.gather(listening, writing, return_exceptions=True)

    async def _write(self, lines: asyncio.Queue[str | None]) -> None:
        while (line := await lines.get()) is not None:
            if not line.strip():
                self._screen.prompt()
                continue
            client_message_id = str(uuid.uuid4())
            self._mine.add(client_message_id)
            content, self._choices = self._content(line.strip()), []
            try:
                seq = await self._storefront.send(client_message_id, content, self._waiting)
            except Refused as refused:
                reason = self._screen.text("chat-too-long", max=TEXT_LIMIT) if refused.code == "too_long" else refused
                self._screen.line(f"{self._screen.text('chat-not-sent')}: {reason}")
                continue
            if not self._screen.interactive:
                await self._answered(seq)

    def _content(self, line: str) -> dict[str, str]:
        """The line as text, or the choice that its number stands for."""
        if line.isdecimal() and len(line) < 4 and 1 <= int(line) <= len(self._choices):
            return {"choice": self._choices[int(line) - 1]["id"]}
        return {"text": line}

    async def _answered(self, seq: int) -> None:
        async with self._heard:
            with suppress(TimeoutError):
                await asyncio.wait_for(
                    self._heard.wait_for(lambda: self._cursor > seq or (self._owner != "bot" and self._cursor >= seq)),
                    ANSWER_SECONDS,
                )

    def _waiting(self, key: str) -> None:
        self._screen.line(self._screen.text(key))

    async def _listen(self) -> None:
        """Hears the events; a lost connection is taken up after the last message that was shown."""
        pause, lost = 0.25, False
        while True:
            try:
                async for event, data in self._storefront.events(self._cursor):
                    if lost:
                        self._screen.line(self._screen.text("chat-online"))
                    pause, lost = 0.25, False
                    if event == "message" and data["seq"] > self._cursor + 1:
                        break  # a message between was not announced: the next stream begins with it
                    await self._take(event, data)
                else:
                    await asyncio.sleep(pause)
            except (httpx.HTTPError, ValueError, KeyError):
                if not lost:
                    self._screen.line(self._screen.text("chat-reconnecting"))
                lost = True
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    async def _take(self, event: str, data: dict[str, Any]) -> None:
        if event == "typing":
            self._screen.typing((data["name"] or self._screen.text("chat-from-bot")) if data["active"] else None)
        elif event == "status":
            await self._status(data)
        elif event == "message" and data["seq"] > self._cursor:
            self._show(data)
        async with self._heard:
            if event == "message":
                self._cursor = max(self._cursor, data["seq"])
            self._heard.notify_all()

    async def _status(self, data: dict[str, Any]) -> None:
        language = data.get("language") or self._language
        if language != self._language:
            texts = await self._storefront.strings(language)
            self._language = language
            self._screen.speak(texts["strings"], texts["rtl"])
        if data["owner"] != self._owner:
            self._owner = data["owner"]
            key = {"agent": "chat-with-agent", "waiting": "chat-waiting"}.get(self._owner, "chat-with-bot")
            self._screen.line(f"— {self._screen.text(key, agent=data.get('agent') or '')}")

    def _show(self, message: dict[str, Any]) -> None:
        if message["from"] == "buyer":
            if not (self._screen.interactive and message.get("client_message_id") in self._mine):
                self._screen.line(message["text"], self._screen.name(message))
            return
        self._choices = message.get("choices") or []
        offered = "".join(f"\n  {number}. {each['label']}" for number, each in enumerate(self._choices, 1))
        self._screen.line(message["text"] + offered, self._screen.name(message))


def _read(source: TextIO, loop: asyncio.AbstractEventLoop, lines: asyncio.Queue[str | None], screen: Screen) -> None:
    """Carries lines from the terminal or pipe into the loop; None stands for the end."""
    edited = source is sys.stdin and screen.interactive
    with suppress(RuntimeError):  # the loop has ended before the last line
        try:
            while line := (f"{input(screen.editor_prompt())}\n" if edited else source.readline()):
                loop.call_soon_threadsafe(lines.put_nowait, line)
        except (EOFError, OSError, ValueError):
            pass  # the end, a terminal that is gone, or bytes that are no text
        loop.call_soon_threadsafe(lines.put_nowait, None)


async def talk(url: str, locale: str, source: TextIO, output: TextIO) -> None:
    """A whole conversation between `source` and the gateway at `url`. Raises NotRunning, Ended."""
    screen, storefront = Screen(output, source.isatty() and output.isatty()), Storefront(url)
    lines: asyncio.Queue[str | None] = asyncio.Queue()
    try:
        session = await storefront.open(locale)
        screen.speak(session["strings"], session["rtl"])
        if screen.interactive:
            with suppress(ImportError):
                import readline  # noqa: F401  (gives `input` its line editing)
        # A thread that may stay behind in its read: the program's end takes it along.
        arguments = (source, asyncio.get_running_loop(), lines, screen)
        threading.Thread(target=_read, args=arguments, daemon=True).start()
        try:
            await Chat(storefront, screen).run(session, lines)
        except Ended:
            screen.line(screen.text("chat-session-ended"))
            raise
        finally:
            screen.end()
    finally:
        await storefront.close()


def _locale(tag: str) -> str:
    if supported(tag) is None:
        raise argparse.ArgumentTypeError(f"{tag} is none of {', '.join(languages())}")
    return tag


def main(arguments: list[str] | None = None) -> int:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m bot.chat", description="Talk to Parley in the terminal.")
    parser.add_argument("--language", "--in", type=_locale, default=DEFAULT_LANGUAGE, metavar="de")
    parser.add_argument("--url", default=f"http://{settings().host}:{settings().port}", help="the gateway's address")
    options = parser.parse_args(arguments)
    try:
        asyncio.run(talk(options.url, options.language, sys.stdin, sys.stdout))
    except NotRunning as error:
        print(error, file=sys.stderr)
        return 1
    except Ended:
        return 1
    except KeyboardInterrupt:
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
