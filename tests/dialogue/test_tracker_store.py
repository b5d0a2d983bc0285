import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.exc import OperationalError

from bot.dialogue.tracker_store import KEPT_TURNS, BoundedTrackerStore

pytestmark = pytest.mark.anyio


def address(path: Path) -> str:
    return f"sqlite:///{path}?timeout=0.05"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "trackers.db"


@pytest.fixture
def store(domain: Domain, path: Path) -> BoundedTrackerStore:
    return BoundedTrackerStore(domain, url=address(path))


async def take_turn(store: BoundedTrackerStore, number: int, conversation: str = "c", **slots: Any) -> None:
    """What Rasa does with one message: load, append, save."""
    tracker = await store.retrieve(conversation) or store.init_tracker(conversation)
    parsed = {"intent": {"name": "faq", "confidence": 0.9}, "entities": [], "language": "de", "text": f"q{number}"}
    events = [ActionExecuted("action_listen"), UserUttered(f"q{number}", parse_data=parsed)]
    events += [SlotSet(name, value) for name, value in slots.items()]
    events += [ActionExecuted("action_knowledge"), BotUttered(f"a{number}", metadata={"parts": ["x" * 500]})]
    tracker.update_with_events([*events, ActionExecuted("action_listen")], store.domain)
    await store.save(tracker)


async def loaded(store: BoundedTrackerStore, conversation: str = "c") -> DialogueStateTracker:
    tracker = await store.retrieve(conversation)
    assert tracker is not None
    return tracker


def turns(tracker: DialogueStateTracker) -> list[str]:
    return [event.text for event in tracker.events if isinstance(event, UserUttered)]


def stored_bytes(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT length(events) FROM trackers").fetchone()[0])


async def test_a_new_conversation_is_none(store: BoundedTrackerStore) -> None:
    assert await store.retrieve("nobody") is None
    assert list(await store.keys()) == []


async def test_what_is_kept_does_not_grow(store: BoundedTrackerStore, path: Path) -> None:
    events, size = [], []
    for number in range(1, 41):
        await take_turn(store, number, order_number="PL-10432", asked="proof")
        if number > KEPT_TURNS:
            events.append(len((await loaded(store)).events))
            size.append(stored_bytes(path))
    assert len(set(events)) == 1
    assert max(size) - min(size) < 100  # numbers grow by a digit, times may
    assert turns(await loaded(store)) == ["q38", "q39", "q40"]


async def test_slots_from_before_the_window_survive_and_a_restart_too(
    store: BoundedTrackerStore, domain: Domain, path: Path
) -> None:
    await take_turn(store, 1, order_number="PL-1", language="de", tried=["a"])
    await take_turn(store, 2, order_number="PL-2", country="PL")
    await take_turn(store, 3, country=None)
    for number in range(4, 12):
        await take_turn(store, number)
    for again in (store, BoundedTrackerStore(domain, url=address(path))):
        tracker = await loaded(again)
        assert tracker.get_slot("order_number") == "PL-2"
        assert tracker.get_slot("language") == "de"
        assert tracker.get_slot("tried") == ["a"]
        assert tracker.get_slot("country") is None
        assert turns(tracker) == ["q9", "q10", "q11"]
        assert tracker.latest_message is not None
        assert tracker.latest_message.parse_data["language"] == "de"
        assert tracker.latest_action_name == "action_listen"


async def test_a_slot_that_was_emptied_in_the_window_stays_empty(store: BoundedTrackerStore) -> None:
    await take_turn(store, 1, asked="proof")
    for number in range(2, 6):
        await take_turn(store, number)
    await take_turn(store, 6, asked=None)
    for number in range(7, 12):
        await take_turn(store, number)
        assert (await loaded(store)).get_slot("asked") is None


async def test_conversations_stay_apart(store: BoundedTrackerStore) -> None:
    await take_turn(store, 1, "a", order_number="PL-1")
    await take_turn(store, 2, "b")
    assert (await loaded(store, "a")).get_slot("order_number") == "PL-1"
    assert (await loaded(store, "b")).get_slot("order_number") is None
    assert sorted(await store.keys()) == ["a", "b"]


async def test_a_change_that_is_not_saved_is_not_remembered(store: BoundedTrackerStore) -> None:
    await take_turn(store, 1)
    tracker = await loaded(store)
    tracker.update(SlotSet("order_number", "PL-9"))
    assert (await loaded(store)).get_slot("order_number") is None


async def test_the_answer_to_the_last_message_is_kept(store: BoundedTrackerStore, domain: Domain, path: Path) -> None:
    assert store.answered("c", "m1") is None
    await take_turn(store, 1)
    assert store.answered("c", "m1") is None
    store.keep_answer("c", "m1", {"messages": [{"text": "où?"}], "handoff": None})
    restarted = BoundedTrackerStore(domain, url=address(path))
    for again in (store, restarted):
        assert again.answered("c", "m1") == {"messages": [{"text": "où?"}], "handoff": None}
        assert again.answered("other", "m1") is None
        assert again.answered("c", "m2") is None
    await take_turn(store, 2)
    assert store.answered("c", "m1") is not None  # until the next answer is kept
    store.keep_answer("c", "m2", {"messages": []})
    assert store.answered("c", "m1") is None
    assert store.answered("c", "m2") == {"messages": []}


async def test_what_was_understood_is_told_once(store: BoundedTrackerStore) -> None:
    await take_turn(store, 1)
    assert store.take_understanding("c")["intent"]["name"] == "faq"
    assert store.take_understanding("c") == {}


async def test_a_locked_file_is_an_error_and_no_blank_conversation(
    store: BoundedTrackerStore, domain: Domain, path: Path
) -> None:
    await take_turn(store, 1, order_number="PL-1")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(OperationalError, match="locked"):
            await take_turn(store, 2, order_number="PL-2")
        with pytest.raises(OperationalError, match="locked"):
            store.keep_answer("c", "m1", {})
        other.execute("ROLLBACK")
    assert (await loaded(store)).get_slot("order_number") == "PL-1"
    assert turns(await loaded(BoundedTrackerStore(domain, url=address(path)))) == ["q1"]
    await take_turn(store, 3, order_number="PL-3")
    assert (await loaded(BoundedTrackerStore(domain, url=address(path)))).get_slot("order_number") == "PL-3"


async def test_a_database_that_lost_its_table_raises(store: BoundedTrackerStore, path: Path) -> None:
    await take_turn(store, 1)
    with closing(sqlite3.connect(path)) as other:
        other.execute("DROP TABLE trackers")
    with pytest.raises(OperationalError):
        await take_turn(store, 2)
    with pytest.raises(OperationalError):
        await store.retrieve("somebody")
    with pytest.raises(OperationalError):
        store.answered("c", "m1")


async def test_a_database_that_cannot_be_opened_raises(domain: Domain, tmp_path: Path) -> None:
    with pytest.raises(OperationalError):
        BoundedTrackerStore(domain, url=address(tmp_path / "none" / "trackers.db"))
