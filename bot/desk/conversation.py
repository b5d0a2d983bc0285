"""The conversation pane: history, who owns it, what the agent may do, and the reply box."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from nicegui.element import Element
from nicegui.events import GenericEventArguments

from bot.conversations.records import Message
from bot.desk.markup import Composer, button, node, text
from bot.desk.words import Words, language_name
from bot.handoff.agents import Agent
from bot.handoff.cases import REPLY_LIMIT, Case
from bot.locales.formats import zone_info

DRAWN = 100


@dataclass(frozen=True)
class Actions:
    """What the pane asks of the console."""

    claim: Callable[[], Any]
    resolve: Callable[[], Any]
    give_back: Callable[[], Any]
    send: Callable[[GenericEventArguments], Any]
    typing: Callable[[GenericEventArguments], Any]
    step: Callable[[GenericEventArguments], Any]


class ConversationPane:
    """Shows one conversation at a time."""

    def __init__(self, agent: Agent, words: Words, actions: Actions) -> None:
        self._agent, self._words = agent, words
        self._messages: list[Message] = []
        self._drawn = 0
        self._day: date | None = None
        with node("main", "desk-conversation", aria_label=words("conversation")):
            with node("div", "desk-nothing") as self._nothing:
                text(words("no-selection"), tag="p")
                text(words("keys"), "desk-hint", "p")
            with node("header", "desk-pane-head desk-case-head") as self._head:
                self._rank = text("", "desk-rank")
                with node("div", "desk-case-title"):
                    self._title = text("", tag="h2", dir="auto")
                    self._subtitle = text("", "desk-case-subtitle", "p")
                self._owner = text("", "desk-chip")
                self._give_back = button(words("return-to-bot"), "desk-quiet", actions.give_back)
                self._resolve = button(words("resolve"), "desk-secondary", actions.resolve)
                self._claim = button(words("claim"), "desk-primary", actions.claim)
            with node("div", "desk-scroll", tabindex="0") as self._scroll, node("div", "desk-history"):
                self._earlier = button(words("earlier"), "desk-quiet desk-earlier", self._draw_earlier)
                self._log = node("ol", "desk-log", role="log", aria_label=words("conversation"))
            self._note = text("", "desk-note", "p", role="status")
            self.composer = Composer(
                label=words("reply"),
                placeholder=words("reply-placeholder"),
                hint=words("keys"),
                send_label=words("send"),
                limit=REPLY_LIMIT,
            )
            self.composer.on("send", actions.send)
            self.composer.on("typing", actions.typing)
            self.composer.on("step", actions.step)
        self.clear()

    @property
    def last_seq(self) -> int:
        """The number of the newest message shown."""
        return self._messages[-1].seq if self._messages else 0

    def clear(self) -> None:
        """Shows that nothing is chosen."""
        self._empty()
        for element in (self._head, self._scroll, self._note, self.composer):
            element.set_visibility(False)
        self._nothing.set_visibility(True)
        self.composer.show(0)

    def open(self, case: Case, messages: list[Message]) -> None:
        """Shows a conversation from its newest messages on."""
        self._empty()
        self._nothing.set_visibility(False)
        for element in (self._head, self._scroll):
            element.set_visibility(True)
        words = self._words
        self._title.set_text(words.named(f"reason-{case.reason}", case.reason))
        self._rank.set_text(str(case.priority))
        self._rank.classes(replace=f"desk-rank desk-p{case.priority}")
        priority = words(f"priority-{case.priority}")
        self._rank.props.update({"title": priority, "aria-label": priority})
        self.add(messages)
        self.update(case)
        self.composer.show(case.id)

    def update(self, case: Case) -> None:
        """Shows who owns the conversation and what this agent may do now."""
        words, mine = self._words, case.agent_id == self._agent.id
        channel = words.named(f"desk-channel-{case.channel}", case.channel)
        parts = (words("case", number=str(case.id)), language_name(case.language), channel)
        self._subtitle.set_text(" · ".join(parts))
        closed = case.state == "resolved"
        self._claim.set_visibility(not closed and case.agent_id is None)
        self._resolve.set_visibility(not closed and mine)
        self._give_back.set_visibility(not closed and mine)
        self.composer.set_visibility(not closed and mine)
        owner = words("you") if mine else (case.agent_name or words("unassigned"))
        kind = "desk-mine" if mine else ("desk-theirs" if case.agent_id else "desk-free")
        self._owner.set_text(owner)
        self._owner.classes(replace=f"desk-chip desk-owner {kind}")
        self._owner.set_visibility(not closed)
        self._note.set_visibility(closed or not mine)
        if closed:
            self._note.set_text(words("closed"))
        elif case.agent_id and not mine:
            self._note.set_text(words("claimed-by", agent=case.agent_name or ""))
        else:
            self._note.set_text(words("not-owner"))

    def add(self, messages: list[Message]) -> None:
        """Appends what is newer than the newest one shown."""
        fresh = [message for message in messages if message.seq > self.last_seq]
        first = not self._messages
        self._messages += fresh
        drawn = fresh[-DRAWN:] if first else fresh
        self._drawn += len(drawn)
        with self._log:
            for message in drawn:
                self._day = self._line(message, self._day)
        self._earlier.set_visibility(self._drawn < len(self._messages))

    def _empty(self) -> None:
        self._log.clear()
        self._messages, self._drawn, self._day = [], 0, None
        self._earlier.set_visibility(False)

    def _draw_earlier(self) -> None:
        """Draws the next older page by drawing the list anew."""
        self._drawn = min(len(self._messages), self._drawn + DRAWN)
        self._log.clear()
        self._day = None
        with self._log:
            for message in self._messages[-self._drawn :]:
                self._day = self._line(message, self._day)
        self._earlier.set_visibility(self._drawn < len(self._messages))

    def _line(self, message: Message, earlier: date | None) -> date:
        words = self._words
        today = message.at.astimezone(zone_info(words.zone)).date()
        if today != earlier:
            text(words.day(message.at), "desk-day", "li")
        sender = message.data.get("agent") or words(f"from-{message.sender}")
        with node("li", f"desk-message desk-from-{message.sender}"):
            with node("div", "desk-byline"):
                text(sender, "desk-sender")
                text(words.clock(message.at), "desk-time", "time", datetime=message.at.isoformat())
            text(message.text, "desk-bubble", "p", dir="auto", lang=message.lang)
            if message.data.get("choices"):
                self._choices(message)
        return today

    def _choices(self, message: Message) -> Element:
        with node("ul", "desk-choices", aria_label=self._words("choices")) as offered:
            for choice in message.data["choices"]:
                text(choice["label"], "", "li", dir="auto", lang=message.lang)
        return offered
