import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.exceptions import RasaException
from rasa.shared.nlu.training_data.message import Message
from sanic import Sanic
from sanic.compat import Header
from sanic.request import Request

from bot.dialogue.channel import GatewayInput
from bot.dialogue.tracker_store import BoundedTrackerStore

pytestmark = pytest.mark.anyio

_NUMBERS = count()  # Sanic wants every application of a process to have a name of its own
SECRET = "a secret of some length"
PARSED = {
    "intent": {"name": "faq", "confidence": 0.8},
    "emotion": {"name": "neutral"},
    "language": "de",
    "entities": [
        {"entity": "country", "value": "PL", "start": 0},
        {"entity": "email", "value": "anna@example.com"},
        {"entity": "phone", "value": "+49170"},
    ],
}


class Processor:
    """Rasa's processor with one canned turn; `steps` may wait, fail or say nothing."""

    def __init__(self, store: Any) -> None:
        self.tracker_store = store
        self.seen: list[UserMessage] = []
        self.step: Callable[[UserMessage], Any] | None = None
        self.failing: Exception | None = None
        self.silent = False
        self.custom: dict[str, Any] | None = None
        self.running = self.most_running = 0

    async def handle_message(self, message: UserMessage) -> None:
        self.seen.append(message)
        self.running += 1
        self.most_running = max(self.most_running, self.running)
        try:
            if self.step:
                await self.step(message)
            if self.failing:
                raise self.failing
        finally:
            self.running -= 1
        tracker = await self.tracker_store.retrieve(message.sender_id)
        tracker = tracker or self.tracker_store.init_tracker(message.sender_id)
        tracker.update(ActionExecuted("action_listen"))
        tracker.update(UserUttered(message.text, parse_data=dict(PARSED)))
        await self.tracker_store.save(tracker)
        if self.custom:
            await message.output_channel.send_response(message.sender_id, {"custom": self.custom})
        if not self.silent:
            buttons = [{"title": "Ja", "payload": "/affirm"}]
            said = {"text": f"answer {len(self.seen)}", "buttons": buttons}
            await message.output_channel.send_response(message.sender_id, said)


class Agent:
    def __init__(self, store: Any) -> None:
        self.tracker_store = store
        self.processor = Processor(store)
        self.lock_store = InMemoryLockStore()
        self.ready = True

    def is_ready(self) -> bool:
        return self.ready


class Gateway:
    """Calls the channel's handlers with requests as Sanic makes them."""

    def __init__(self, agent: Agent | None, name: str) -> None:
        self._app = Sanic(name, configure_logging=False)
        self._app.ctx.agent = agent
        self._app.blueprint(GatewayInput(SECRET).blueprint(self._never), url_prefix="/webhooks/gateway")
        self._handlers = {f"/{route.path}": route.handler for route in self._app.router.routes}

    async def _never(self, _message: UserMessage) -> None:
        raise AssertionError("the channel speaks to the processor itself")

    async def post(self, body: Any, secret: str = SECRET) -> tuple[int, dict[str, Any]]:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return await self._ask("POST", "/webhooks/gateway/webhook", raw, {"authorization": f"Bearer {secret}"})

    async def health(self) -> int:
        return (await self._ask("GET", "/webhooks/gateway/health", b"", {}))[0]

    async def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, dict[str, Any]]:
        request = Request(path.encode(), Header(headers), "1.1", method, None, self._app)
        request.body = body
        response = await self._handlers[path](request)
        return response.status, json.loads(response.body)


@pytest.fixture
def agent(domain: Domain) -> Agent:
    return Agent(BoundedTrackerStore(domain))


@pytest.fixture
def gateway(agent: Agent) -> Gateway:
    return Gateway(agent, f"rasa-{next(_NUMBERS)}")


def message(message_id: str = "m1", conversation: str = "c", **more: Any) -> dict[str, Any]:
    return {"conversation_id": conversation, "message_id": message_id, "text": "wo?", **more}


async def test_an_answer_carries_all_the_gateway_needs(gateway: Gateway, agent: Agent) -> None:
    agent.processor.custom = {"handoff": {"reason": "asked", "priority": 4, "brief": {}}}
    status, answer = await gateway.post(message(metadata={"locale": "de-CH", "language": "de"}))
    assert status == 200
    assert answer == {
        "messages": [{"text": "answer 1", "choices": [{"label": "Ja", "payload": "/affirm"}]}],
        "language": "de",
        "intent": "faq",
        "confidence": 0.8,
        "emotion": "neutral",
        "entities": [{"entity": "country", "value": "PL"}],
        "handoff": {"reason": "asked", "priority": 4, "brief": {}},
    }
    (seen,) = agent.processor.seen
    assert (seen.sender_id, seen.message_id, seen.input_channel) == ("c", "m1", "gateway")
    assert seen.metadata == {"locale": "de-CH", "language": "de"}


@pytest.mark.parametrize("secret", ["", "wrong", SECRET[:-1], SECRET + "x", "ключ"])
async def test_a_wrong_secret_is_401(gateway: Gateway, agent: Agent, secret: str) -> None:
    assert (await gateway.post(message(), secret))[0] == 401
    assert agent.processor.seen == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"null",
        b"[]",
        b'"text"',
        {},
        {"conversation_id": "c", "text": "x"},
        {"message_id": "m", "text": "x"},
        {"conversation_id": 5, "message_id": "m", "text": "x"},
        {"conversation_id": "c", "message_id": "", "text": "x"},
        {"conversation_id": "c", "message_id": "m"},
        {"conversation_id": "c", "message_id": "m", "text": "  \n"},
        {"conversation_id": "c", "message_id": "m", "text": 5},
        {"conversation_id": "c", "message_id": "m", "payload": "affirm"},
        {"conversation_id": "c", "message_id": "m", "payload": 5},
        {"conversation_id": "c", "message_id": "m", "text": "x", "metadata": "de"},
    ],
)
async def test_a_malformed_body_is_422_and_says_why(gateway: Gateway, agent: Agent, body: Any) -> None:
    status, answer = await gateway.post(body)
    assert status == 422
    assert answer["error"]
    assert agent.processor.seen == []


async def test_before_the_model_is_loaded_it_is_503(agent: Agent) -> None:
    agent.ready = False
    for name, starting in (("starting", agent), ("none", None)):
        gateway = Gateway(starting, name)
        assert (await gateway.post(message()))[0] == 503
        assert await gateway.health() == 503


async def test_health_is_200_when_ready(gateway: Gateway) -> None:
    assert await gateway.health() == 200


async def test_silence_is_503_and_never_an_empty_answer(gateway: Gateway, agent: Agent) -> None:
    agent.processor.silent = True
    status, answer = await gateway.post(message())
    assert status == 503
    assert answer["error"]
    agent.processor.silent = False
    status, answer = await gateway.post(message())
    assert (status, answer["messages"][0]["text"]) == (200, "answer 2")


async def test_a_hand_off_without_words_is_an_answer(gateway: Gateway, agent: Agent) -> None:
    agent.processor.silent = True
    agent.processor.custom = {"handoff": {"reason": "angry"}}
    status, answer = await gateway.post(message())
    assert (status, answer["messages"], answer["handoff"]) == (200, [], {"reason": "angry"})


async def test_an_exception_is_500_and_the_message_can_be_sent_again(
    gateway: Gateway, agent: Agent, caplog: pytest.LogCaptureFixture
) -> None:
    agent.processor.failing = RuntimeError("broken")
    status, answer = await gateway.post(message(text="my secret text"))
    assert (status, answer) == (500, {"error": "the turn failed"})
    assert "my secret text" not in caplog.text
    agent.processor.failing = None
    assert (await gateway.post(message()))[0] == 200


async def test_the_same_message_again_gets_the_first_answer(gateway: Gateway, agent: Agent) -> None:
    first = await gateway.post(message())
    second = await gateway.post(message(text="changed"))
    assert first == second
    assert len(agent.processor.seen) == 1
    assert (await gateway.post(message("m2")))[1]["messages"][0]["text"] == "answer 2"


async def test_the_same_message_at_once_is_one_turn(gateway: Gateway, agent: Agent) -> None:
    async with held(agent) as release:
        posts = [asyncio.create_task(gateway.post(message())) for _ in range(3)]
        await until(lambda: agent.processor.running == 1)
        release.set()
        answers = await asyncio.gather(*posts)
    assert len(agent.processor.seen) == 1
    assert all(answer == answers[0] for answer in answers)
    assert await gateway.post(message()) == answers[0]


async def test_the_same_message_at_once_fails_for_all(gateway: Gateway, agent: Agent) -> None:
    agent.processor.failing = RuntimeError("broken")
    async with held(agent) as release:
        posts = [asyncio.create_task(gateway.post(message())) for _ in range(3)]
        await until(lambda: agent.processor.running == 1)
        release.set()
        assert [status for status, _ in await asyncio.gather(*posts)] == [500, 500, 500]


async def test_a_gateway_that_hangs_up_still_finds_the_answer(gateway: Gateway, agent: Agent) -> None:
    async with held(agent) as release:
        post = asyncio.create_task(gateway.post(message()))
        await until(lambda: agent.processor.running == 1)
        post.cancel()
        again = asyncio.create_task(gateway.post(message()))
        release.set()
        status, answer = await again
    assert (status, answer["messages"][0]["text"]) == (200, "answer 1")
    assert len(agent.processor.seen) == 1


async def test_messages_of_one_conversation_wait_for_each_other(gateway: Gateway, agent: Agent) -> None:
    async with held(agent) as release:
        posts = [asyncio.create_task(gateway.post(message(f"m{n}"))) for n in range(3)]
        await until(lambda: agent.processor.running == 1)
        release.set()
        answers = await asyncio.gather(*posts)
    assert agent.processor.most_running == 1
    assert sorted(answer["messages"][0]["text"] for _, answer in answers) == ["answer 1", "answer 2", "answer 3"]


async def test_conversations_do_not_wait_nor_share_answers(gateway: Gateway, agent: Agent) -> None:
    async with held(agent) as release:
        posts = [asyncio.create_task(gateway.post(message("m1", f"c{n}"))) for n in range(3)]
        await until(lambda: agent.processor.running == 3)
        release.set()
        await asyncio.gather(*posts)
    assert sorted(m.sender_id for m in agent.processor.seen) == ["c0", "c1", "c2"]


@pytest.mark.parametrize(
    "text",
    [
        "/restart",
        "//restart",
        " /restart",
        "\n/restart",
        "/ /restart",
        "\u00a0/session_start",
        "\u2003//\u2003/restart",
        '/affirm{"order_number": "PL-1"}',
        "／restart",
        "\u200b/restart",
        "\ufeff/restart",
        "/",
        "//",
        " / / ",
    ],
)
async def test_free_text_never_becomes_a_command(gateway: Gateway, agent: Agent, domain: Domain, text: str) -> None:
    assert (await gateway.post(message(text=text)))[0] == 200
    (seen,) = agent.processor.seen
    assert seen.text
    unpacked = YAMLStoryReader.unpack_regex_message(Message({"text": seen.text}), domain)
    assert unpacked.get("intent") is None


@pytest.mark.parametrize("payload", ["affirm", " /restart", 5, None, ["/restart"], ""])
async def test_only_a_real_payload_counts_beside_a_text(gateway: Gateway, agent: Agent, payload: Any) -> None:
    assert (await gateway.post(message(payload=payload)))[0] == 200
    assert agent.processor.seen[0].text == "wo?"


async def test_a_payload_is_a_command(gateway: Gateway, agent: Agent, domain: Domain) -> None:
    body = {"conversation_id": "c", "message_id": "m", "payload": '/change_language{"wanted_language": "de"}'}
    assert (await gateway.post(body))[0] == 200
    (seen,) = agent.processor.seen
    unpacked = YAMLStoryReader.unpack_regex_message(Message({"text": seen.text}), domain)
    assert unpacked.get("intent")["name"] == "change_language"
    assert [e["value"] for e in unpacked.get("entities")] == ["de"]


async def test_a_slash_inside_a_text_stays(gateway: Gateway, agent: Agent) -> None:
    await gateway.post(message(text="size 42/43 or /44?"))
    assert agent.processor.seen[0].text == "size 42/43 or /44?"


async def test_rasas_forgiving_store_is_put_aside(domain: Domain) -> None:
    agent = Agent(FailSafeTrackerStore(BoundedTrackerStore(domain)))
    assert (await Gateway(agent, "failsafe").post(message()))[0] == 200
    assert isinstance(agent.processor.tracker_store, BoundedTrackerStore)


async def test_another_store_is_a_fault(domain: Domain) -> None:
    agent = Agent(SimpleNamespace())
    assert (await Gateway(agent, "other-store").post(message()))[0] == 500


@pytest.mark.parametrize("credentials", [None, {}, {"secret": "short"}, {"secret": "${PARLEY_ASSISTANT_SECRET}"}])
def test_without_a_real_secret_it_does_not_start(credentials: dict[str, Any] | None) -> None:
    with pytest.raises(RasaException, match="credentials"):
        GatewayInput.from_credentials(credentials)


@asynccontextmanager
async def held(agent: Agent) -> AsyncIterator[asyncio.Event]:
    """Turns begin but do not end before the event is set."""
    release = asyncio.Event()

    async def wait(_message: UserMessage) -> None:
        await release.wait()

    agent.processor.step = wait
    yield release


async def until(reached: Callable[[], bool]) -> None:
    """Lets the others run until something is so."""
    for _ in range(1000):
        if reached():
            return
        await asyncio.sleep(0)
    raise AssertionError("it never came to that")
