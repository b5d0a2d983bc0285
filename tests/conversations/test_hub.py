"""The hub: who waits for a conversation hears of it; who lags loses the oldest."""

from bot.conversations.hub import ALL, QUEUE_LIMIT, Event, Hub


def message(conversation: str, seq: int) -> Event:
    return Event(conversation, "message", {"seq": seq}, seq)


def test_a_subscriber_hears_only_its_own_conversation() -> None:
    hub = Hub()
    with hub.subscribe("a") as own, hub.subscribe() as everything:
        hub.publish(message("a", 1))
        hub.publish(message("b", 1))
        assert [own.get_nowait().conversation_id for _ in range(own.qsize())] == ["a"]
        assert [everything.get_nowait().conversation_id for _ in range(everything.qsize())] == ["a", "b"]


def test_every_subscriber_of_a_conversation_hears_everything() -> None:
    hub = Hub()
    with hub.subscribe("a") as one, hub.subscribe("a") as other:
        hub.publish(message("a", 1))
        assert one.get_nowait() == other.get_nowait() == message("a", 1)


def test_a_subscriber_that_lags_loses_the_oldest_and_holds_up_nobody() -> None:
    hub = Hub()
    with hub.subscribe("a") as lagging:
        for seq in range(1, QUEUE_LIMIT + 6):
            hub.publish(message("a", seq))
        assert lagging.full()
        assert [lagging.get_nowait().seq for _ in range(lagging.qsize())] == list(range(6, QUEUE_LIMIT + 6))


def test_nobody_is_kept_after_the_end_of_the_subscription() -> None:
    hub = Hub()
    with hub.subscribe("a") as events:
        pass
    with hub.subscribe(ALL) as everything:
        hub.publish(message("a", 1))
        assert everything.qsize() == 1
    assert events.empty()
