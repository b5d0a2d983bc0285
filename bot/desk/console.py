"""One agent's open console: keeps its three panes true to the log, and carries out what the agent does."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from nicegui import Client, background_tasks, ui
from nicegui.events import GenericEventArguments

from bot.conversations.database import LogUnavailable
from bot.conversations.hub import Event
from bot.conversations.records import Message, now
from bot.desk.conversation import Actions, ConversationPane
from bot.desk.desk import Desk
from bot.desk.header import Header
from bot.desk.markup import node, text
from bot.desk.queue import QueuePane, unanswered
from bot.desk.session import PATH, SIGN_IN, Session
from bot.desk.words import Words
from bot.handoff.agents import Agent
from bot.handoff.brief import render_brief
from bot.handoff.cases import REPLY_LIMIT, Case, CaseConflict, InvalidReply

DEBOUNCE_SECONDS = 0.1
SLOW_SECONDS = 15.0
SHARED_SECONDS = 2.0  # with several gateways, another one's news do not reach this hub
TICK_SECONDS = 2.0
PAGE = 200


class Console:
    """The page of one agent in one tab."""

    def __init__(self, desk: Desk, session: Session, agent: Agent, words: Words, client: Client) -> None:
        self._desk, self._session, self._agent, self._words, self._client = desk, session, agent, words, client
        self._case: Case | None = None
        self._lock = asyncio.Lock()
        self._title = ""
        actions = Actions(
            claim=self._claim,
            resolve=lambda: self._end("resolved"),
            give_back=lambda: self._end("returned"),
            send=self._send,
            typing=self._typing,
            step=self._step,
        )
        with node("div", "desk"):
            Header(agent, words, self._speak)
            self._banner = text(words("unavailable"), "desk-banner", "p", role="alert")
            self._banner.set_visibility(False)
            with node("div", "desk-panes"):
                self._queue = QueuePane(agent, words, self.choose)
                self._conversation = ConversationPane(agent, words, actions)
                with node("aside", "desk-brief", aria_label=words("brief-title")):
                    with node("header", "desk-pane-head"):
                        text(words("brief-title"), tag="h2")
                    self._brief = node("dl")
                    self._brief_lines: list[tuple[str, str]] = []

    async def start(self, case_id: int | None) -> None:
        """Fills the page and keeps it filled until the tab is closed."""
        following = background_tasks.create(self._follow(), name="desk")
        self._client.on_delete(lambda: following.cancel())
        if case_id is not None:
            await self.choose(case_id)

    # What the agent does

    async def choose(self, case_id: int) -> None:
        """Opens a case. That the agent looked is in the audit log before anything is shown."""
        if await self._attempt(self._open(case_id)) and self._case:
            self._queue.select(self._case.id)
            self._address(f"/cases/{self._case.id}")
            self._conversation.composer.focus()

    async def _open(self, case_id: int) -> None:
        async with self._lock:
            case = await self._desk.cases.get(case_id)
            await self._desk.cases.looked_at(case, self._agent)
            messages: list[Message] = []
            while page := await self._desk.log.history(
                case.conversation_id, after=messages[-1].seq if messages else 0, limit=PAGE
            ):
                messages += page
            self._case = case
            self._conversation.open(case, messages)
            self._show_brief(case)

    async def _claim(self) -> None:
        if (case := self._case) and await self._attempt(self._desk.cases.claim(case.id, self._agent)):
            await self._attempt(self._refresh())
            self._conversation.composer.focus()

    async def _end(self, outcome: str) -> None:
        if (case := self._case) and await self._attempt(self._desk.cases.resolve(case.id, self._agent, outcome)):
            self._say(self._words("resolved"), "positive")
            self._close()
            await self._attempt(self._refresh())

    def _close(self) -> None:
        self._case = None
        self._conversation.clear()
        self._show_brief(None)
        self._queue.select(None)
        self._address("")

    async def _send(self, event: GenericEventArguments) -> None:
        case_id, content = int(event.args["case"]), str(event.args["text"])
        reply = self._desk.cases.reply(case_id, self._agent, content)
        self._conversation.composer.settled(case_id, content, await self._attempt(reply, failed="not-sent"))

    async def _typing(self, event: GenericEventArguments) -> None:
        case = self._case
        if case and case.agent_id == self._agent.id and case.state != "resolved" and self._alive():
            await self._desk.cases.typing(case, self._agent, bool(event.args["active"]))

    async def _step(self, event: GenericEventArguments) -> None:
        number = self._queue.beside(1 if event.args["by"] > 0 else -1)
        if number is not None and (self._case is None or number != self._case.id):
            await self.choose(number)

    async def _speak(self, language: str) -> None:
        if await self._attempt(self._desk.agents.set_language(self._agent, language)):
            place = f"/cases/{self._case.id}" if self._case else ""
            self._script(f"location.replace({json.dumps(f'{PATH}/{language}{place}')})")

    # Live

    async def _follow(self) -> None:
        """Reads the log again whenever something happened, and now and then without a reason."""
        slow = SHARED_SECONDS if self._desk.log.database.shared else SLOW_SECONDS
        with self._desk.log.hub.subscribe() as events:
            await self._refresh_or_say()
            refreshed = time.monotonic()
            while self._alive():
                heard: list[Event] = []
                with suppress(TimeoutError):
                    heard.append(await asyncio.wait_for(events.get(), TICK_SECONDS))
                    await asyncio.sleep(DEBOUNCE_SECONDS)
                while not events.empty():
                    heard.append(events.get_nowait())
                due = time.monotonic() - refreshed >= (TICK_SECONDS if self._banner.visible else slow)
                if due or any(self._concerns(event) for event in heard):
                    await self._refresh_or_say()
                    refreshed = time.monotonic()
                    self._renew()

    def _concerns(self, event: Event) -> bool:
        """Whether the event changes what this page shows; the bot's own conversations do not."""
        if event.name == "typing":
            return False
        open_here = self._case is not None and event.conversation_id == self._case.conversation_id
        return event.name == "status" or open_here or event.conversation_id in self._queue.conversations

    async def _refresh_or_say(self) -> None:
        try:
            await self._refresh()
        except LogUnavailable:
            self._banner.set_visibility(True)
        except LookupError:
            # The conversation was erased while it lay open here.
            self._close()

    async def _refresh(self) -> None:
        """Shows what the log holds now."""
        cases = await self._desk.cases.queue()
        mine = [case.conversation_id for case in cases if case.agent_id == self._agent.id]
        self._queue.show(cases, await unanswered(self._desk.log, mine) if mine else set())
        async with self._lock:
            if shown := self._case:
                case = await self._desk.cases.get(shown.id)
                after = self._conversation.last_seq
                messages = await self._desk.log.history(case.conversation_id, after=after, limit=PAGE)
                if self._case is shown:  # not put away in the meantime
                    self._case = case
                    self._conversation.add(messages)
                    if case != shown:
                        self._conversation.update(case)
                    self._show_brief(case)
        if self._banner.visible:
            self._banner.set_visibility(False)
        awaiting = self._queue.awaiting
        title = f"({awaiting}) {self._words('title')}" if awaiting else self._words("title")
        if title != self._title:
            self._title = title
            self._script(f"document.title = {json.dumps(title)}")

    def _show_brief(self, case: Case | None) -> None:
        lines = render_brief(case, self._words.language, now()) if case else []
        if lines == self._brief_lines:
            return
        self._brief_lines = lines
        self._brief.clear()
        with self._brief:
            for label, value in lines:
                text(label, tag="dt")
                text(value, tag="dd", dir="auto")

    # The ground under every action

    async def _attempt(self, action: Coroutine[Any, Any, object], failed: str | None = None) -> bool:
        """Carries out one action of the agent; says what stood against it. True when it was done."""
        if not self._alive():
            action.close()
            return False
        self._desk.sessions.touch(self._session)
        try:
            await action
        except CaseConflict as conflict:
            name = conflict.agent
            self._say(self._words("claim-lost", agent=name) if name else self._words("closed-by-now"), "warning")
            await self._refresh_or_say()
        except InvalidReply:
            self._say(self._words("too-long", max=REPLY_LIMIT), "warning")
        except LookupError:
            self._say(self._words("no-case"), "warning")
        except LogUnavailable:
            self._banner.set_visibility(True)
            self._say(self._words(failed or "failed"), "negative")
        else:
            return True
        return False

    def _alive(self) -> bool:
        if self._desk.sessions.alive(self._session):
            return True
        self._script(f"location.replace({json.dumps(SIGN_IN)})")
        return False

    def _renew(self) -> None:
        if self._desk.sessions.due(self._session):
            self._script(f"fetch({json.dumps(f'{PATH}/renew')}, {{method: 'POST'}})")

    def _address(self, place: str) -> None:
        address = f"{PATH}/{self._words.language}{place}"
        self._script(f"history.replaceState(null, '', {json.dumps(address)})")

    def _script(self, code: str) -> None:
        self._client.run_javascript(code)

    def _say(self, words: str, kind: str) -> None:
        with self._client:
            ui.notify(words, position="top", classes=f"desk-toast desk-toast-{kind}", timeout=4000)
