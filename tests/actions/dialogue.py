"""The dialogue around the actions: feeds them the tracker that Rasa would send, and applies what they return."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.handoff import HandOff
from bot.locales.catalogue import parse
from bot.locales.languages import FOLDER
from bot.orders.backend import BackendAway
from bot.orders.model import Line, Money, Order, Proof, Shipment, TrackingEvent
from retrieval.search import Answer, Decision, Match

Entities = dict[str, str]


class MemoryShop:
    """Orders in memory; `away` makes every call fail."""

    def __init__(self) -> None:
        self.orders: list[Order] = []
        self.asked: list[tuple[str, Proof]] = []
        self.away = False

    async def find(self, order_number: str, proof: Proof) -> Order | None:
        """See OrderBackend."""
        self._reached()
        self.asked.append((order_number, proof))
        return next((o for o in self.orders if o.number == order_number and proof.fits(o)), None)

    async def recent(self, identity: dict[str, Any]) -> list[Order]:
        """See OrderBackend."""
        self._reached()
        return [o for o in self.orders if o.email == identity.get("email")]

    def _reached(self) -> None:
        if self.away:
            raise BackendAway("connection refused")


class MemoryKnowledge:
    """Answers every question with `answer`; keeps what was asked."""

    def __init__(self) -> None:
        self.answer = Answer("none")
        self.asked: list[tuple[str, str, str | None]] = []

    def search(self, text: str, language: str, region: str | None = None, k: int = 5) -> Answer:
        """See retrieval.search.Retriever."""
        self.asked.append((text, language, region))
        return self.answer

    def knows(self, decision: Decision, *questions: str, text: str = "An answer.", language: str = "en") -> None:
        """Has these questions, all with the same answer."""
        matches = [Match(f"id-{n}", language, q, text, 1.0, 0.9) for n, q in enumerate(questions)]
        self.answer = Answer(decision, tuple(matches))


TODAY = date.today()


def in_days(days: int) -> date:
    return TODAY + timedelta(days=days)


def parcel(state: str, *, scans: tuple[TrackingEvent, ...] = (), **more: Any) -> Shipment:
    """A parcel with InPost; nothing is known of it but its state unless given."""
    known: dict[str, Any] = {"expected": None, "promised": None, "delivered": None, **more}
    return Shipment("InPost", "680010432", state, events=scans, **known)  # type: ignore[arg-type]


def scan(days: int, place: str = "Warszawa", *, customs: bool = False) -> TrackingEvent:
    return TrackingEvent(in_days(days), "InTransit", place, customs)


def line(quantity: int = 1, shipped: int = 1) -> Line:
    return Line("Desk lamp", "LMP-01", quantity, shipped, Money(Decimal("59.00"), "EUR"), "electronics")


def an_order(number: str = "PL-10432", state: str = "shipped", *parcels: Shipment, **more: Any) -> Order:
    """Ola's order; shipped with one parcel on its way unless said otherwise."""
    order = Order(
        number, state, in_days(-5), None, "ola@example.com", "00-950", "PL", "EUR", (line(),), parcels  # type: ignore[arg-type]
    )  # fmt: skip
    return replace(order, **more)


@dataclass(frozen=True)
class Reply:
    """What one message led to."""

    parts: list[dict[str, Any]] = field(default_factory=list)
    choices: list[dict[str, Any]] = field(default_factory=list)
    languages: set[str] = field(default_factory=set)
    handoff: dict[str, Any] | None = None

    @property
    def keys(self) -> list[str]:
        """The texts, by catalogue key; a text that is already written is "literal"."""
        return [p.get("key", "literal") for p in self.parts]

    @property
    def labels(self) -> list[str]:
        """The buttons, by catalogue key or written label."""
        return [c.get("key") or c["text"] for c in self.choices]

    def values(self, key: str) -> dict[str, Any]:
        """The variables of a text."""
        found: dict[str, Any] = next(p["vars"] for p in self.parts if p.get("key") == key)
        return found


class Dialogue:
    """One conversation with the actions, whose slots and events stay between messages."""

    def __init__(self, **metadata: Any) -> None:
        self.metadata = {"channel": "storefront", "locale": "en", "language": "en", "identity_level": 0, **metadata}
        self.slots: dict[str, Any] = {}
        self.events: list[dict[str, Any]] = []

    async def say(
        self, action: type[Action], text: str = "", *, intent: str = "", emotion: str = "neutral", **entities: str
    ) -> Reply:
        """Runs the action on a message with these entities, and those that it asks to follow."""
        parsed = {
            "text": text,
            "intent": {"name": intent, "confidence": 0.9},
            "emotion": {"name": emotion, "confidence": 0.9},
            "entities": [{"entity": name, "value": value} for name, value in entities.items()],
            "language": self.slots.get("language") or self.metadata["language"],
        }
        self.events.append({"event": "user", "text": text, "parse_data": parsed, "metadata": self.metadata})
        dispatcher = CollectingDispatcher()
        followup: str | None = await self._run(action(), parsed, dispatcher)
        while followup == HandOff.action_name:
            followup = await self._run(HandOff(), parsed, dispatcher)
        assert followup is None
        self.events.append({"event": "action", "name": "action_listen"})
        return _reply(dispatcher.messages)

    async def _run(self, action: Action, parsed: dict[str, Any], dispatcher: CollectingDispatcher) -> str | None:
        state = {"sender_id": "c", "slots": dict(self.slots), "latest_message": parsed, "events": list(self.events)}
        followup = None
        for event in await action.run(dispatcher, Tracker.from_dict(state), {}):
            if event["event"] == "followup":
                followup = event["name"]
            else:
                assert event["event"] == "slot"
                self.slots[event["name"]] = event["value"]
                self.events.append(event)
        return followup


def _reply(messages: list[dict[str, Any]]) -> Reply:
    handoffs = [m["custom"]["handoff"] for m in messages if m["custom"]]
    said = [m for m in messages if not m["custom"]]
    assert len(handoffs) <= 1
    assert len(messages) == 1, "one message of the buyer, one of the bot"
    for message in said:
        assert message["response"] == "utter_reply"
        assert message["parts"]
        for each in [*message["parts"], *message["choices"]]:
            if "key" in each:
                assert set(each["vars"]) == variables()[each["key"]], each["key"]
    return Reply(
        [p for m in said for p in m["parts"]],
        [c for m in said for c in m["choices"]],
        {m["language"] for m in said},
        handoffs[0] if handoffs else None,
    )


@cache
def variables() -> dict[str, set[str]]:
    """The variables of every text of the bot."""
    return {message.key: set(message.variables) for message in parse(FOLDER / "en" / "dialogue.ftl")}
