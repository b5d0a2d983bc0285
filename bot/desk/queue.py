"""The queue pane: every open case, most urgent first, with what an agent needs to choose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import sqlalchemy as sa

from bot.conversations.log import ConversationLog
from bot.conversations.models import messages
from bot.desk.markup import node, text
from bot.desk.words import Words, language_name
from bot.handoff.agents import Agent
from bot.handoff.cases import Case

SHOWN = 200
INTENTS_SHOWN = 2
# What says nothing about the matter; `human_agent` is said by the reason.
SMALL_TALK = frozenset(
    {"greet", "goodbye", "thanks", "praise", "affirm", "deny", "provide_details", "human_agent", "out_of_scope"}
)


async def unanswered(log: ConversationLog, conversations: Sequence[str]) -> set[str]:
    """Those of the conversations in which, of buyer and agent, the buyer wrote last."""
    people = sa.and_(messages.c.conversation_id.in_(conversations), messages.c.sender.in_(("buyer", "agent")))
    last = (
        sa.select(messages.c.conversation_id, sa.func.max(messages.c.seq).label("seq"))
        .where(people)
        .group_by(messages.c.conversation_id)
        .subquery()
    )
    query = sa.select(messages.c.conversation_id).join(
        last, sa.and_(messages.c.conversation_id == last.c.conversation_id, messages.c.seq == last.c.seq)
    )
    async with log.database.connect() as connection:
        return set((await connection.execute(query.where(messages.c.sender == "buyer"))).scalars())


class _Row:
    """One case in the list; changed in place, so that a live queue does not flicker."""

    def __init__(self, case: Case, words: Words, choose: Callable[[], Any]) -> None:
        self._words = words
        with node("li") as self.item, node("button", "desk-row", type="button") as self.button:
            self.button.on("click", choose, args=[])
            with node("span", "desk-row-line"):
                priority = words(f"priority-{case.priority}")
                text(str(case.priority), f"desk-rank desk-p{case.priority}", title=priority, aria_label=priority)
                text(language_name(case.language), "desk-row-language", lang=case.language, dir="auto")
                self.wait = text("", "desk-row-wait")
            self.subject = text("", "desk-row-subject")
            with node("span", "desk-row-line desk-row-chips"):
                emotion = case.brief.get("emotion", "neutral")
                if emotion != "neutral":
                    text(words.named(f"emotion-{emotion}", emotion), f"desk-chip desk-mood-{emotion}")
                order = (case.brief.get("order") or {}).get("number")
                if order:
                    text(str(order), "desk-chip desk-order", dir="ltr")
                self.unanswered = text(words("unanswered"), "desk-chip desk-unanswered")
                self.owner = text("", "desk-row-owner")

    def update(self, case: Case, agent: Agent, *, selected: bool, waits: bool) -> None:
        """Brings the row up to date; only what changed travels to the browser."""
        words = self._words
        intents = [intent for intent in case.brief.get("intents") or [] if intent not in SMALL_TALK]
        matters = [words.named(f"intent-{intent}", intent) for intent in reversed(intents[-INTENTS_SHOWN:])]
        self.subject.set_text(" · ".join([words.named(f"reason-{case.reason}", case.reason), *matters]))
        waited = words.wait(case.opened_at)
        if self.wait.text != waited:
            self.wait.set_text(waited)
            self.wait.props["aria-label"] = words("waiting-since", time=waited)
        mine = case.agent_id == agent.id
        owner = words("you") if mine else (case.agent_name or words("unassigned"))
        if self.owner.text != owner:
            self.owner.set_text(owner)
            self.owner.classes(replace=f"desk-row-owner {_ownership(case, agent)}")
        if self.unanswered.visible != (mine and waits):
            self.unanswered.set_visibility(mine and waits)
        wanted = "desk-row desk-selected" if selected else "desk-row"
        if ("desk-selected" in self.button.classes) != selected:
            self.button.classes(replace=wanted)
            self.button.props.set_optional("aria-current", "true" if selected else None)


def _ownership(case: Case, agent: Agent) -> str:
    if case.agent_id is None:
        return "desk-free"
    return "desk-mine" if case.agent_id == agent.id else "desk-theirs"


class QueuePane:
    """The list, its two filters and its count. `choose` is called with the number of the chosen case."""

    def __init__(self, agent: Agent, words: Words, choose: Callable[[int], Any]) -> None:
        self._agent, self._words, self._choose = agent, words, choose
        self._rows: dict[int, _Row] = {}
        self._cases: list[Case] = []
        self._waiting: set[str] = set()
        self._selected: int | None = None
        self._only_mine = False
        with node("section", "desk-queue", aria_label=words("queue")):
            with node("header", "desk-pane-head"):
                text(words("queue"), tag="h2")
                self._count = text("", "desk-count", role="status")
            with node("div", "desk-filter", role="group", aria_label=words("filter")):
                self._filters = {mine: self._filter(mine) for mine in (False, True)}
            self._list = node("ul", "desk-rows")
            self._empty = text("", "desk-empty-queue", "p")

    def _filter(self, mine: bool) -> Any:
        made = text("", "", "button", type="button")
        made.on("click", lambda: self._narrow(mine), args=[])
        return made

    def _narrow(self, mine: bool) -> None:
        self._only_mine = mine
        self._draw()

    @property
    def shown(self) -> list[Case]:
        """The cases in the order in which the agent sees them."""
        kept = [case for case in self._cases if not self._only_mine or case.agent_id == self._agent.id]
        return kept[:SHOWN]

    @property
    def conversations(self) -> set[str]:
        """The conversations of all open cases."""
        return {case.conversation_id for case in self._cases}

    @property
    def awaiting(self) -> int:
        """How many of the agent's own buyers wait for an answer."""
        mine = [case for case in self._cases if case.agent_id == self._agent.id]
        return sum(case.conversation_id in self._waiting for case in mine)

    def show(self, cases: list[Case], waiting: set[str]) -> None:
        """Shows this state of the queue."""
        self._cases, self._waiting = cases, waiting
        self._draw()

    def select(self, case_id: int | None) -> None:
        """Marks the case that lies open."""
        self._selected = case_id
        self._draw()

    def beside(self, by: int) -> int | None:
        """The number of the case below (1) or above (-1) the selected one."""
        numbers = [case.id for case in self.shown]
        if not numbers:
            return None
        if self._selected not in numbers:
            return numbers[0 if by > 0 else -1]
        return numbers[max(0, min(len(numbers) - 1, numbers.index(self._selected) + by))]

    def _draw(self) -> None:
        words, shown = self._words, self.shown
        mine = sum(case.agent_id == self._agent.id for case in self._cases)
        self._count.set_text(words("count", count=len(self._cases)))
        for only_mine, key, count in ((False, "all", len(self._cases)), (True, "mine", mine)):
            button = self._filters[only_mine]
            button.set_text(f"{words(key)} · {count}")
            button.props["aria-pressed"] = "true" if only_mine == self._only_mine else "false"
        for gone in self._rows.keys() - {case.id for case in shown}:
            self._rows.pop(gone).item.delete()
        for place, case in enumerate(shown):
            row = self._rows.get(case.id)
            if row is None:
                with self._list:
                    row = self._rows[case.id] = _Row(case, words, partial(self._choose, case.id))
            if self._list.default_slot.children[place] is not row.item:
                row.item.move(self._list, place)
            waits = case.conversation_id in self._waiting
            row.update(case, self._agent, selected=case.id == self._selected, waits=waits)
        self._empty.set_text("" if shown else words("mine-empty" if self._only_mine and self._cases else "queue-empty"))
        self._empty.set_visibility(not shown)
