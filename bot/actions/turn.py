"""One turn as an action sees it: what the buyer said, what is known, and the reply in the making.

A reply is a list of parts, each a catalogue key with typed variables; Rasa's side renders them in the buyer's language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.locales.languages import DEFAULT_LANGUAGE, region_of, supported
from bot.orders.model import Money

Event = dict[str, Any]
Part = dict[str, Any]
Choice = dict[str, Any]
TRIED_LIMIT = 20


def part(key: str, **variables: Any) -> Part:
    """A catalogue text with its variables, in a form that travels as JSON."""
    return {"key": key, "vars": {name: _typed(value) for name, value in variables.items()}}


def literal(text: str) -> Part:
    """A text that is already written, such as an answer of the corpus."""
    return {"text": text}


def choice(key: str, payload: str, **variables: Any) -> Choice:
    """A button with a catalogue label."""
    return {**part(key, **variables), "payload": payload}


def labelled(label: str, payload: str) -> Choice:
    """A button with a label that is already written."""
    return {"text": label, "payload": payload}


def country_name(code: str) -> dict[str, str]:
    """A country, to be named in the reader's language."""
    return {"country": code}


def _typed(value: Any) -> Any:
    if isinstance(value, Money):
        return {"money": [str(value.amount), value.currency]}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, time):
        return {"clock": value.isoformat()}
    if isinstance(value, (tuple, list)):
        if len(value) == 2 and all(isinstance(v, int) for v in value):
            return {"span": list(value)}
        return {"list": list(value)}
    return value


YES_NO = (choice("choice-yes", "/affirm"), choice("choice-no", "/deny"))


class Turn:
    """Reads the tracker once; collects slot changes, parts and what was tried."""

    def __init__(self, tracker: Tracker, dispatcher: CollectingDispatcher) -> None:
        self._dispatcher = dispatcher
        self._slots: dict[str, Any] = dict(tracker.slots)
        self._changed: dict[str, Any] = {}
        self._followup: str | None = None
        latest: Mapping[str, Any] = tracker.latest_message or {}
        self.text: str = latest.get("text") or ""
        self.intent: str = (latest.get("intent") or {}).get("name") or ""
        self.emotion: str = (latest.get("emotion") or {}).get("name") or "neutral"
        self.entities: list[dict[str, Any]] = latest.get("entities") or []
        user: dict[str, Any] = next((e for e in reversed(tracker.events or []) if e.get("event") == "user"), {})
        self.metadata: dict[str, Any] = user.get("metadata") or {}
        self.language: str = latest.get("language") or self.slot("language") or DEFAULT_LANGUAGE
        self.locale: str = self.metadata.get("locale") or self.language
        self.previous_misunderstood = _previous_slot(tracker.events or [], "misunderstood")
        self.previous_language: str | None = _language_before(tracker.events or []) or supported(
            self.metadata.get("language")
        )

    @property
    def identity_level(self) -> int:
        """0 nothing, 1 order number with matching detail, 2 vouched for by the shop."""
        return int(self.metadata.get("identity_level") or 0)

    @property
    def identity(self) -> dict[str, Any]:
        """The signed-in buyer, as the shop named it."""
        return self.metadata.get("identity") or {}

    @property
    def region(self) -> str | None:
        """Country of the buyer's page or phone, where its locale says one."""
        return region_of(self.locale)

    def entity(self, name: str) -> str | None:
        """The last value of an entity in this message."""
        values = [e["value"] for e in self.entities if e.get("entity") == name]
        return values[-1] if values else None

    def read_as(self, value: str, name: str, other: str) -> None:
        """Takes an entity of this message for another one."""
        self.entities = [
            {**e, "entity": other} if e.get("entity") == name and e["value"] == value else e for e in self.entities
        ]

    def slot(self, name: str) -> Any:
        """A slot's value, with this turn's changes."""
        return self._changed[name] if name in self._changed else self._slots.get(name)

    def set(self, **values: Any) -> None:
        """Changes slots."""
        for name, value in values.items():
            if self.slot(name) != value:
                self._changed[name] = value

    def tried(self, what: str) -> None:
        """Notes for the brief what the bot did."""
        self.set(tried=[*(self.slot("tried") or []), what][-TRIED_LIMIT:])

    def say(self, parts: Iterable[Part], choices: Iterable[Choice] = (), *, empathy: bool = True) -> None:
        """Sends one message; an upset buyer is met with a word of empathy first, where the text has none itself."""
        all_parts = list(parts)
        if empathy and self.emotion == "upset":
            all_parts.insert(0, part("empathy-upset"))
        self._dispatcher.utter_message(
            response="utter_reply", parts=all_parts, choices=list(choices), language=self.language, locale=self.locale
        )

    def ask(self, what: str, key: str, *, choices: Iterable[Choice] = (), **variables: Any) -> None:
        """Asks for a detail and remembers what was asked."""
        self.set(asked=what)
        self.say([part(key, **variables)], choices)

    def offer_person(self, parts: Iterable[Part], *, empathy: bool = False) -> None:
        """Says something and offers a person with two buttons."""
        self.set(asked="person")
        self.tried("offered_person")
        self.say(parts, YES_NO, empathy=empathy)

    def hand_off(self, reason: str) -> None:
        """Ends the turn with the hand-off to a person."""
        self.set(handoff_reason=reason)
        self._followup = "action_hand_off"

    def custom(self, payload: dict[str, Any]) -> None:
        """Sends data to the gateway."""
        self._dispatcher.utter_message(json_message=payload)

    def events(self) -> list[Event]:
        """What Rasa applies after the action."""
        events = [SlotSet(name, value) for name, value in self._changed.items()]
        if self._followup:
            events.append(FollowupAction(self._followup))
        return events


def _previous_slot(events: list[Event], name: str) -> Any:
    """The value that the turn before this one gave to a slot; None where it gave none."""
    users = 0
    for event in reversed(events):
        if event.get("event") == "user":
            users += 1
            if users == 2:
                return None
        elif users == 1 and event.get("event") == "slot" and event.get("name") == name:
            return event.get("value")
    return None


def _language_before(events: list[Event]) -> str | None:
    """The language of the conversation before this message; None in its first turn."""
    begun = False
    for event in reversed(events):
        if event.get("event") == "user":
            begun = True
        elif begun and event.get("event") == "slot" and event.get("name") == "language":
            return str(event.get("value") or "") or None
    return None
