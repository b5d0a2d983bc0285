"""The storefront API: what it accepts, what it refuses, and what it never loses."""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as settings_of_hypothesis
from hypothesis import strategies as st

from bot.app import create_app
from bot.channels.storefront.tokens import InvalidToken, conversation_of, identity_of, issue
from bot.conversations.hub import QUEUE_LIMIT, Event
from bot.conversations.records import Draft, now
from bot.handoff.cases import Case
from bot.locales.catalogue import catalogues
from bot.locales.languages import languages
from bot.settings import Settings
from tests.gateway import (
    IDENTITY_SECRET,
    PATIENCE,
    SECRET,
    Asked,
    Buyer,
    Gateway,
    Held,
    ScriptedAssistant,
    answer,
    away,
    echo,
    listening,
    locked,
    running,
    settings_in,
)

pytestmark = pytest.mark.anyio


# A gateway that gives Rasa up soon, so that its failures need no waiting.
SOON: dict[str, Any] = {"turn_timeout": 0.2}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update=SOON)


@pytest.fixture(scope="module")
async def one_gateway(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> AsyncIterator[Gateway]:
    folder = tmp_path_factory.mktemp("gateway")
    shutil.copy(migrated, folder / "parley.db")
    async with running(settings_in(folder, **SOON), ScriptedAssistant()) as started:
        yield started


@pytest.fixture
async def gateway(one_gateway: Gateway) -> AsyncIterator[Gateway]:
    """The gateway of this module, as if it had just started."""
    one_gateway.assistant.forget()
    yield one_gateway
    one_gateway.assistant.answerer = echo
    await one_gateway.idle()


@pytest.fixture
def assistant(gateway: Gateway) -> ScriptedAssistant:
    return gateway.assistant


async def cases_of(gateway: Gateway, buyer: Buyer) -> list[Case]:
    return [case for case in await gateway.app.state.cases.queue() if case.conversation_id == buyer.id]


def refusal(response: httpx.Response) -> tuple[int, str]:
    error = response.json()["error"]
    assert error["message"].strip()
    return response.status_code, error["code"]


# What a message may be


@pytest.mark.parametrize(
    "text", ["", " ", "\n\t \r\n", "\u3000\u00a0", "\u200b\u200e\ufeff", "\x00\x07\x1b", "\u202e\u2066"]
)
async def test_a_text_without_anything_to_read_is_refused(buyer: Buyer, text: str) -> None:
    assert refusal(await buyer.post(text=text)) == (422, "empty_message")
    assert await buyer.messages() == []


async def test_a_text_has_at_most_four_thousand_characters(buyer: Buyer) -> None:
    assert refusal(await buyer.post(text="x" * 4001)) == (422, "too_long")
    assert await buyer.say("語" * 4000) == 1


async def test_a_body_over_the_limit_is_refused(buyer: Buyer, settings: Settings) -> None:
    assert refusal(await buyer.post(text="x" * settings.body_limit)) == (413, "too_large")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b'{"client_message_id": "m", "text": "\xff\xfe"}', "invalid_encoding"),
        (b'{"client_message_id": "m", "text": "caf\xe9"}', "invalid_encoding"),
        (rb'{"client_message_id": "m", "text": "\ud800"}', "invalid_text"),
        (rb'{"client_message_id": "\udfff", "text": "hello"}', "invalid_request"),
        (b"hello", "invalid_json"),
        (b"", "invalid_json"),
        (b'{"client_message_id": "m", "text": "hello"', "invalid_json"),
        (b'{"text": ' + b"[" * 30_000 + b"]" * 30_000 + b"}", "invalid_json"),
        (b'{"client_message_id": "m", "text": ' + b"9" * 5_000 + b"}", "invalid_json"),
        (b"[]", "invalid_request"),
        (b"null", "invalid_request"),
        (b'{"text": "hello"}', "invalid_request"),
        (b'{"client_message_id": "", "text": "hello"}', "invalid_request"),
        (b'{"client_message_id": " ", "text": "hello"}', "invalid_request"),
        (rb'{"client_message_id": "\u0000", "text": "hello"}', "invalid_request"),
        (b'{"client_message_id": "' + b"m" * 129 + b'", "text": "hello"}', "invalid_request"),
        (b'{"client_message_id": "' + "\U0001d160".encode() * 128 + b'", "text": "hello"}', "invalid_request"),
        (b'{"client_message_id": 7, "text": "hello"}', "invalid_request"),
        (b'{"client_message_id": "m", "text": {"a": 1}}', "invalid_request"),
        (b'{"client_message_id": "m"}', "empty_message"),
        (b'{"client_message_id": "m", "text": "hello", "choice": "c1-0"}', "empty_message"),
    ],
)  # fmt: skip
async def test_a_body_that_is_no_message_is_refused(buyer: Buyer, body: bytes, code: str) -> None:
    response = await buyer.client.post("/messages", content=body, headers=buyer.headers)
    assert refusal(response) == (422, code)
    assert await buyer.messages() == []


@settings_of_hypothesis(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(body=st.binary(max_size=200) | st.from_type(type(None) | bool | int | str).map(lambda v: json.dumps(v).encode()))
async def test_no_body_makes_the_gateway_fail(gateway: Gateway, body: bytes) -> None:
    headers = {"Authorization": f"Bearer {issue('c', SECRET, 1)}"}
    response = await gateway.client.post("/messages", content=body, headers=headers)
    assert response.status_code == 422


async def test_control_and_bidirectional_characters_are_removed(buyer: Buyer) -> None:
    await buyer.say("  10\u202e432\x00 \u2066ab\u2069\x1b[31m\r\nnext\tline ")
    assert (await buyer.messages())[0]["text"] == "10432 ab[31m\nnext\tline"


async def test_text_is_kept_in_nfc(buyer: Buyer) -> None:
    await buyer.say("cafe\u0301")
    assert (await buyer.messages())[0]["text"] == "caf\u00e9"


@pytest.mark.parametrize(
    "text", ["👍", "👩‍👩‍👧🏽", "❤️", "<b>bold</b><script>alert(1)</script>", "' OR 1=1 --", "می‌خواهم"]
)
async def test_unusual_text_is_accepted_and_kept_as_it_is(
    buyer: Buyer, assistant: ScriptedAssistant, text: str
) -> None:
    assert (await buyer.ask(text))["text"] == f"echo: {text}"
    assert (await buyer.messages())[0]["text"] == text
    assert assistant.texts == [text]


@pytest.mark.parametrize(
    "text", ["/restart", '/provide_details{"order_number": "PL-10432"}', "gateway:call_person", "//"]
)
async def test_a_command_is_only_text(buyer: Buyer, assistant: ScriptedAssistant, text: str) -> None:
    await buyer.ask(text)
    (asked,) = assistant.asked
    assert asked["text"] == text
    assert "payload" not in asked
    assert (await buyer.page())["owner"]["owner"] == "bot"


async def test_the_same_client_id_is_stored_and_answered_once(buyer: Buyer, assistant: ScriptedAssistant) -> None:
    first = await buyer.say("hello", client_message_id="same")
    await buyer.answered()
    assert await buyer.say("hello", client_message_id="same") == first
    assert await buyer.say("something else", client_message_id="same") == first
    assert [m["from"] for m in await buyer.answered()] == ["buyer", "bot"]
    assert assistant.texts == ["hello"]


async def test_the_same_client_id_at_once_is_stored_once(buyer: Buyer) -> None:
    numbers = await asyncio.gather(*(buyer.say("hello", client_message_id="same") for _ in range(20)))
    assert set(numbers) == {1}
    assert len(await buyer.answered()) == 2


async def test_two_conversations_may_use_the_same_client_id(gateway: Gateway) -> None:
    one, other = await gateway.buyer(), await gateway.buyer()
    assert [await one.say("a", client_message_id="1"), await other.say("b", client_message_id="1")] == [1, 1]


async def test_too_many_unanswered_messages_are_braked(settings: Settings, assistant: ScriptedAssistant) -> None:
    settings.pending_limit = 3
    assistant.answerer = held = Held()
    async with running(settings, assistant) as gateway:
        buyer = await gateway.buyer()
        for number in range(3):
            await buyer.say(f"{number}")
        response = await buyer.post(text="one too many", client_message_id="late")
        assert refusal(response) == (429, "rate_limited")
        assert int(response.headers["retry-after"]) > 0
        held.go.set()
        await buyer.answered()
        assert await buyer.say("one too many", client_message_id="late") == 7


# Choices


MENU = (("Where is my order?", "/order_status"), ("Returns", "/return_policy"))


@pytest.fixture
async def offered(buyer: Buyer, assistant: ScriptedAssistant) -> list[dict[str, str]]:
    """The choices of a menu that the bot has just shown."""
    assistant.answerer = lambda _asked: answer("What is it about?", choices=MENU)
    shown: list[dict[str, str]] = (await buyer.ask("hello"))["choices"]
    return shown


async def test_choices_show_labels_and_hide_what_they_mean(offered: list[dict[str, str]]) -> None:
    assert [choice["label"] for choice in offered] == [label for label, _ in MENU]
    assert all(set(choice) == {"id", "label"} for choice in offered)


async def test_a_pressed_choice_shows_its_label_and_asks_its_payload(
    buyer: Buyer, assistant: ScriptedAssistant, offered: list[dict[str, str]]
) -> None:
    await buyer.press("Returns")
    assert (await buyer.answered())[-2]["text"] == "Returns"
    assert assistant.asked[-1]["payload"] == "/return_policy"
    assert "text" not in assistant.asked[-1]


@pytest.mark.parametrize(
    "choice", ["", "c1-0", "c2-2", "c2", "c02-0", "c-0", "c99999999999-0", "c²-0", "/return_policy", "c2-0 "]
)
async def test_a_choice_that_was_not_offered_is_refused(
    buyer: Buyer, offered: list[dict[str, str]], choice: str
) -> None:
    assert refusal(await buyer.post(choice=choice)) == (422, "unknown_choice")
    assert len(await buyer.messages()) == 2


async def test_a_choice_of_another_conversation_is_refused(gateway: Gateway, offered: list[dict[str, str]]) -> None:
    stranger = await gateway.buyer()
    assert refusal(await stranger.post(choice=offered[0]["id"])) == (422, "unknown_choice")


# Tokens


def signed(secret: str = SECRET, algorithm: str = "HS256", **claims: Any) -> str:
    claims = {"sub": "c", "aud": "parley-conversation", "exp": now() + timedelta(days=1), **claims}
    return jwt.encode({k: v for k, v in claims.items() if v is not None}, secret, algorithm=algorithm)


ENDPOINTS = [("POST", "/messages"), ("GET", "/messages"), ("GET", "/events")]


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "Bearer",
        "Bearer ",
        "Basic dTpw",
        "Bearer nonsense",
        "Bearer é.é.é",
        f"Bearer {signed()}",
        f"Bearer {signed(secret='forged' * 8)}",
        f"Bearer {signed('', 'none')}",
        f"Bearer {signed(exp=now() - timedelta(minutes=1))}",
        f"Bearer {signed(exp=None)}",
        f"Bearer {signed(aud='parley')}",
        f"Bearer {signed(aud=None)}",
        f"Bearer {signed(sub=None)}",
    ],
)
async def test_only_the_gateways_own_valid_token_opens_a_conversation(gateway: Gateway, authorization: str) -> None:
    for method, path in ENDPOINTS:
        headers = {"Authorization": authorization.encode()} if authorization else {}
        body = {"client_message_id": "m", "text": "hello"} if method == "POST" else None
        response = await gateway.client.request(method, path, json=body, headers=headers)
        assert refusal(response) == (401, "unauthorized")


@given(st.text(max_size=60) | st.lists(st.text("abcABC012-_=", max_size=20), min_size=3, max_size=3).map(".".join))
def test_any_text_as_a_token_is_refused_in_order(token: str) -> None:
    for read in (conversation_of, identity_of):
        with pytest.raises(InvalidToken):
            read(token, SECRET)


async def test_a_token_of_one_conversation_shows_nothing_of_another(gateway: Gateway) -> None:
    one, other = await gateway.buyer(), await gateway.buyer()
    await one.ask("my order is PL-10432")
    assert await other.messages() == []
    assert [m["text"] for m in await one.messages()] == ["my order is PL-10432", "echo: my order is PL-10432"]


def identity_token(secret: str = IDENTITY_SECRET, **claims: Any) -> str:
    given = {
        "sub": "17",
        "aud": "parley",
        "jti": uuid.uuid4().hex,
        "email": "a@example.com",
        "exp": now() + timedelta(minutes=4),
    }
    return jwt.encode({k: v for k, v in {**given, **claims}.items() if v is not None}, secret, algorithm="HS256")


async def test_the_shops_token_names_a_signed_in_buyer(gateway: Gateway, assistant: ScriptedAssistant) -> None:
    buyer = await gateway.buyer(identity=identity_token(name="Ola", role="admin"))
    await buyer.ask("where is my order?")
    metadata = assistant.asked[0]["metadata"]
    assert metadata["identity_level"] == 2
    assert metadata["identity"] == {"sub": "17", "email": "a@example.com", "name": "Ola"}


@pytest.mark.parametrize(
    "fault",
    [
        {"secret": SECRET},
        {"secret": "x" * 40},
        {"exp": timedelta(minutes=-1)},
        {"exp": timedelta(minutes=6)},
        {"exp": 10**17},
        {"aud": "parley-conversation"},
        {"aud": None},
        {"exp": None},
        {"sub": None},
        {"jti": None},
        {"jti": ""},
        {"jti": "j" * 129},
    ],
    ids=str,
)
async def test_an_identity_token_must_be_the_shops_and_short_lived(gateway: Gateway, fault: dict[str, Any]) -> None:
    claims = {name: now() + value if isinstance(value, timedelta) else value for name, value in fault.items()}
    response = await gateway.client.post("/sessions", json={"identity": identity_token(**claims)})
    assert refusal(response) == (401, "invalid_identity")


async def test_an_identity_token_of_broken_text_is_refused(gateway: Gateway) -> None:
    response = await gateway.client.post("/sessions", content=rb'{"identity": "a.\ud800.c"}')
    assert refusal(response) == (422, "invalid_request")


@pytest.mark.parametrize("seconds_left", [240, 1, -3])
async def test_an_identity_token_works_once(gateway: Gateway, seconds_left: int) -> None:
    body = {"identity": identity_token(exp=now() + timedelta(seconds=seconds_left))}
    results = [await gateway.client.post("/sessions", json=body) for _ in range(3)]
    assert [r.status_code for r in results] == [201, 401, 401]


async def test_an_identity_token_at_once_works_once(gateway: Gateway) -> None:
    body = {"identity": identity_token()}
    results = await asyncio.gather(*(gateway.client.post("/sessions", json=body) for _ in range(10)))
    assert sorted(r.status_code for r in results) == [201] + [401] * 9


async def test_without_a_secret_no_identity_is_believed(settings: Settings, assistant: ScriptedAssistant) -> None:
    settings.identity_secret = ""
    header, claims = ({"alg": "HS256"}, {"sub": "1", "aud": "parley", "jti": "j", "exp": int(now().timestamp()) + 60})
    async with running(settings, assistant) as gateway:
        for forged in (unsigned_with_empty_key(header, claims), "a.b.c"):
            response = await gateway.client.post("/sessions", json={"identity": forged})
            assert refusal(response) == (401, "invalid_identity")


def unsigned_with_empty_key(header: dict[str, Any], claims: dict[str, Any]) -> str:
    import base64
    import hashlib
    import hmac

    def encoded(data: bytes) -> str:
        return base64.urlsafe_b64encode(data).rstrip(b"=").decode()

    signing = ".".join(encoded(json.dumps(part).encode()) for part in (header, claims))
    return f"{signing}.{encoded(hmac.new(b'', signing.encode(), hashlib.sha256).digest())}"


# Sessions


@pytest.mark.parametrize(
    ("locale", "language", "rtl"),
    [("pl-PL", "pl", False), ("ar", "ar", True), ("zh-Hant-TW", "zh", False), ("tlh", "en", False), ("", "en", False)],
)
async def test_a_session_speaks_the_pages_language(gateway: Gateway, locale: str, language: str, rtl: bool) -> None:
    buyer = await gateway.buyer(locale)
    assert (buyer.session["language"], buyer.session["rtl"]) == (language, rtl)
    assert buyer.session["strings"]["chat-send"] == catalogues().text("chat-send", language)


@pytest.mark.parametrize("locale", ["x\u0000y", "../../etc", "<b>", "e", "de-" + "x" * 30])
async def test_a_locale_that_is_none_is_not_kept(gateway: Gateway, assistant: ScriptedAssistant, locale: str) -> None:
    buyer = await gateway.buyer(locale)
    await buyer.ask("hello")
    assert assistant.asked[0]["metadata"]["locale"] == buyer.session["language"]


async def test_an_unknown_time_zone_is_not_kept(gateway: Gateway) -> None:
    kept = [await gateway.log.get((await gateway.buyer(time_zone=z)).id) for z in ("Asia/Tokyo", "Mars/Base", None)]
    assert [conversation.time_zone for conversation in kept] == ["Asia/Tokyo", None, None]


async def test_new_sessions_from_one_address_are_braked(settings: Settings, assistant: ScriptedAssistant) -> None:
    settings.sessions_per_minute = 2
    async with running(settings, assistant) as gateway:
        answers = [await gateway.client.post("/sessions", json={}) for _ in range(3)]
    assert [a.status_code for a in answers] == [201, 201, 429]
    assert int(answers[2].headers["retry-after"]) > 0


async def test_the_strings_of_another_language_can_be_had(gateway: Gateway) -> None:
    response = await gateway.client.get("/strings", params={"language": "ar-EG"})
    assert response.json()["strings"]["chat-send"] == catalogues().text("chat-send", "ar")
    assert response.json()["rtl"] is True


# History


async def test_history_comes_in_pages(buyer: Buyer) -> None:
    for number in range(3):
        await buyer.ask(f"{number}")
    assert [m["seq"] for m in (await buyer.page(after=2, limit=3))["messages"]] == [3, 4, 5]
    assert (await buyer.page(after=6))["messages"] == []
    assert (await buyer.page(after=2**31 - 1))["owner"] == {"owner": "bot", "agent": None, "language": "en"}


@pytest.mark.parametrize("query", [{"after": "x"}, {"after": -1}, {"after": 2**31}, {"limit": 0}, {"limit": 201}])
async def test_history_refuses_numbers_that_are_none(buyer: Buyer, query: dict[str, Any]) -> None:
    response = await buyer.client.get("/messages", params=query, headers=buyer.headers)
    assert refusal(response) == (422, "invalid_request")


# Rasa away or failing


def garbage(body: bytes | str | list[Any] | dict[str, Any]) -> Callable[[Asked], httpx.Response]:
    if isinstance(body, bytes):
        return lambda _asked: httpx.Response(200, content=body)
    return lambda _asked: httpx.Response(200, json=body)


def times_out(_asked: Asked) -> httpx.Response:
    raise httpx.ReadTimeout("too slow")


FINE = {"messages": [{"text": "hi"}], "language": "en"}
FAILURES = {
    "away": away,
    "starting": lambda _asked: httpx.Response(503),
    "too slow": times_out,
    "status 500": lambda _asked: httpx.Response(500, text="Traceback"),
    "status 401": lambda _asked: httpx.Response(401),
    "redirect": lambda _asked: httpx.Response(302, headers={"Location": "http://elsewhere"}),
    "no JSON": garbage(b"<html>"),
    "not UTF-8": garbage(b'{"messages": [{"text": "\xff"}], "language": "en"}'),
    "lone surrogate": garbage(rb'{"messages": [{"text": "\ud800"}], "language": "en"}'),
    "a list": garbage([]),
    "no messages": garbage({"language": "en"}),
    "nothing said": garbage({**FINE, "messages": []}),
    "a message without text": garbage({**FINE, "messages": [{"text": None}]}),
    "an empty text": garbage({**FINE, "messages": [{"text": ""}]}),
    "messages of the wrong kind": garbage({**FINE, "messages": ["hi"]}),
    "no language": garbage({**FINE, "language": None}),
    "an unknown language": garbage({**FINE, "language": "klingon!!"}),
    "a choice without label": garbage({**FINE, "messages": [{"text": "hi", "choices": [{"payload": "/x"}]}]}),
    "a hand-off without reason": garbage({**FINE, "handoff": {"brief": {}}}),
    "a hand-off of the wrong kind": garbage({**FINE, "handoff": "yes"}),
    "a brief of the wrong kind": garbage({**FINE, "handoff": {"reason": "asked", "brief": [1]}}),
    "a priority that is none": garbage({**FINE, "handoff": {"reason": "asked", "priority": "high"}}),
}


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES.keys())
async def test_whatever_rasa_does_the_buyer_is_told(
    buyer: Buyer, assistant: ScriptedAssistant, failure: Callable[[Asked], httpx.Response]
) -> None:
    assistant.answerer = failure
    last = await buyer.ask("where is my parcel?")
    assert last["text"] == catalogues().text("turn-failed", "en")
    assert {asked["message_id"] for asked in assistant.asked} == {f"{buyer.id}:1"}


@pytest.mark.parametrize("language", languages())
async def test_the_failure_is_told_in_the_buyers_language_with_two_buttons(
    gateway: Gateway, assistant: ScriptedAssistant, language: str
) -> None:
    assistant.answerer = away
    last = await (await gateway.buyer(language)).ask("?")
    assert (last["text"], last["lang"]) == (catalogues().text("turn-failed", language), language)
    assert [c["label"] for c in last["choices"]] == [
        catalogues().text(k, language) for k in ("choice-yes", "choice-no")
    ]


async def test_yes_after_a_failure_calls_a_person_while_rasa_is_still_away(
    gateway: Gateway, buyer: Buyer, assistant: ScriptedAssistant
) -> None:
    assistant.answerer = away
    await buyer.ask("hello")
    await buyer.press("Yes, please")
    assert catalogues().text("handoff-action_failed", "en") in (await buyer.answered())[-1]["text"]
    assert (await buyer.page())["owner"]["owner"] == "waiting"
    (case,) = await cases_of(gateway, buyer)
    assert (case.conversation_id, case.reason, case.brief["tried"]) == (buyer.id, "action_failed", ["action_failed"])


async def test_no_after_a_failure_goes_on_with_the_bot(buyer: Buyer, assistant: ScriptedAssistant) -> None:
    assistant.answerer = away
    await buyer.ask("hello")
    asked = len(assistant.asked)
    await buyer.press("No, thanks")
    assert (await buyer.answered())[-1]["text"] == catalogues().text("deny-unclear", "en")
    assert (await buyer.page())["owner"]["owner"] == "bot"
    assert len(assistant.asked) == asked


async def test_the_second_failure_in_a_row_hands_over(
    gateway: Gateway, buyer: Buyer, assistant: ScriptedAssistant
) -> None:
    assistant.answerer = away
    await buyer.ask("hello")
    last = await buyer.ask("hello?")
    assert catalogues().text("handoff-action_failed", "en") in last["text"]
    assert "choices" not in last
    assert len(await cases_of(gateway, buyer)) == 1


async def test_an_answer_between_two_failures_starts_the_count_again(
    gateway: Gateway, buyer: Buyer, assistant: ScriptedAssistant
) -> None:
    for answerer in (away, lambda _asked: answer("Here I am."), away):
        assistant.answerer = answerer
        await buyer.ask("hello")
    assert (await buyer.messages())[-1]["text"] == catalogues().text("turn-failed", "en")
    assert await cases_of(gateway, buyer) == []


async def test_a_rasa_that_comes_back_in_time_is_not_noticed(settings: Settings, assistant: ScriptedAssistant) -> None:
    settings.turn_timeout = PATIENCE

    def away_once(asked: Asked) -> httpx.Response:
        return away(asked) if len(assistant.asked) == 1 else answer("Here I am.")

    assistant.answerer = away_once
    async with running(settings, assistant) as gateway:
        assert (await (await gateway.buyer()).ask("hello"))["text"] == "Here I am."


# The database locked or away


async def test_while_the_database_is_locked_nothing_is_accepted_and_nothing_is_lost(
    settings: Settings, assistant: ScriptedAssistant
) -> None:
    settings.busy_seconds = 0.5
    assistant.answerer = held = Held()
    async with running(settings, assistant) as gateway:
        buyer = await gateway.buyer()
        await buyer.say("first")
        await held.asked.wait()
        with gateway.log.hub.subscribe(buyer.id) as events, locked(settings.var / "parley.db"):
            response = await buyer.post(text="second", client_message_id="again")
            assert refusal(response) == (503, "unavailable")
            assert int(response.headers["retry-after"]) > 0
            assert refusal(await gateway.client.post("/sessions", json={})) == (503, "unavailable")
            held.go.set()
            stopped_typing = await asyncio.wait_for(events.get(), PATIENCE)
            assert (stopped_typing.name, stopped_typing.data["active"]) == ("typing", False)
            assert [m["text"] for m in await buyer.messages()] == ["first"]
        await buyer.say("second", client_message_id="again")
        assert [m["text"] for m in await buyer.answered()] == ["first", "second", "echo: first", "echo: second"]
    numbers = [int(asked["message_id"].partition(":")[2]) for asked in assistant.asked]
    assert numbers == [1, 1, 2]  # Rasa answers the same message again without a second turn


@asynccontextmanager
async def postgres_that(answers: bytes | None) -> AsyncIterator[int]:
    """A port on which a database server refuses every session with `answers`, or does not listen at all."""
    if answers is None:
        with socket.socket() as silent:
            silent.bind(("127.0.0.1", 0))
            yield silent.getsockname()[1]
        return

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(8)  # asks for TLS
        writer.write(b"N")
        await reader.readexactly(int.from_bytes(await reader.readexactly(4)) - 4)
        writer.write(b"E" + (len(answers) + 4).to_bytes(4) + answers)
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(refuse, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]


STARTING_UP = b"SFATAL\0C57P03\0Mthe database system is starting up\0\0"


@pytest.mark.parametrize("answers", [None, STARTING_UP], ids=["away", "starting up"])
async def test_a_database_that_is_away_is_a_503_at_every_door(
    tmp_path: Path, assistant: ScriptedAssistant, answers: bytes | None
) -> None:
    async with postgres_that(answers) as port:
        url = f"postgresql+asyncpg://parley@127.0.0.1:{port}/parley"
        app = create_app(settings_in(tmp_path, DATABASE_URL=url), assistant=assistant.client())
        headers = {"Authorization": f"Bearer {issue('c', SECRET, 1)}"}
        body = {"client_message_id": "m", "text": "hello"}
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://gateway") as client:
            for method, path in [("POST", "/sessions"), *ENDPOINTS]:
                response = await client.request(
                    method, f"/api/v1/storefront{path}", json=body if method == "POST" else None, headers=headers
                )
                assert refusal(response) == (503, "unavailable")
                assert int(response.headers["retry-after"]) > 0
            assert "log" in (await client.get("/health")).json()["missing"]
        await app.state.log.database.close()


# Events


async def test_events_begin_with_the_status_and_the_history(gateway: Gateway, buyer: Buyer) -> None:
    await buyer.ask("hello")
    async with gateway.served() as wire, listening(wire, buyer) as stream:
        assert stream.response.headers["content-type"].startswith("text/event-stream")
        assert await stream.next() == ("status", None, {"owner": "bot", "agent": None, "language": "en"})
        assert await stream.messages(2) == await buyer.messages()


@pytest.mark.parametrize("resume", [{"last_event_id": 3}, {"after": 3}, {"last_event_id": 3, "after": 1}])
async def test_events_continue_after_the_last_one_seen(gateway: Gateway, buyer: Buyer, resume: dict[str, int]) -> None:
    for number in range(3):
        await buyer.ask(f"{number}")
    async with gateway.served() as wire, listening(wire, buyer, **resume) as stream:
        assert [m["seq"] for m in await stream.messages(3)] == [4, 5, 6]


async def test_a_stream_tells_of_typing_and_of_who_owns_the_conversation(
    gateway: Gateway, buyer: Buyer, assistant: ScriptedAssistant
) -> None:
    ana = await gateway.app.state.agents.add("ana", "Ana", "agent", "correct horse battery")
    assistant.answerer = lambda _asked: answer(handoff={"reason": "asked", "brief": {}})
    async with gateway.served() as wire, listening(wire, buyer) as stream:
        await stream.next()
        await buyer.say("a person, please")
        heard = [await stream.next() for _ in range(5)]
        (case,) = await cases_of(gateway, buyer)
        await gateway.app.state.cases.claim(case.id, ana)
        heard += [await stream.next() for _ in range(2)]
        await gateway.app.state.cases.typing(case, ana, True)
        heard.append(await stream.next())
    told = [(name, data.get("from") or data.get("owner"), data.get("active")) for name, _, data in heard]
    assert told == [
        ("message", "buyer", None),
        ("typing", "bot", True),
        ("message", "bot", None),
        ("status", "waiting", None),
        ("typing", "bot", False),
        ("status", "agent", None),
        ("message", "system", None),
        ("typing", "agent", True),
    ]
    assert heard[5][2]["agent"] == "Ana"


async def test_every_message_comes_once_and_in_order_under_load(
    settings: Settings, assistant: ScriptedAssistant
) -> None:
    settings.pending_limit = 1000
    total = 80

    async def reconnecting(wire: httpx.AsyncClient, buyer: Buyer) -> list[int]:
        seen: list[int] = []
        while len(seen) < total:
            async with listening(wire, buyer, last_event_id=len(seen)) as stream:
                seen += [m["seq"] for m in await stream.messages(min(7, total - len(seen)))]
        return seen

    async def staying(wire: httpx.AsyncClient, buyer: Buyer) -> list[int]:
        async with listening(wire, buyer) as stream:
            return [m["seq"] for m in await stream.messages(total)]

    async with running(settings, assistant) as gateway, gateway.served() as wire:
        buyer = await gateway.buyer()
        readers = [asyncio.create_task(read(wire, buyer)) for read in (staying, staying, reconnecting)]
        await asyncio.gather(*(buyer.say(f"{n}") for n in range(total // 2)))
        for seen in await asyncio.gather(*readers):
            assert seen == list(range(1, total + 1))


async def test_a_stream_that_lags_loses_no_message(gateway: Gateway, buyer: Buyer) -> None:
    conversation = await gateway.log.get(buyer.id)
    async with gateway.served() as wire, listening(wire, buyer) as stream:
        await stream.next()
        async with gateway.log.transaction() as transaction:
            await transaction.append(conversation, [Draft("bot", "important", "en")])
        for _ in range(QUEUE_LIMIT):
            gateway.log.hub.publish(Event(buyer.id, "typing", {"from": "agent", "name": "Ana", "active": True}))
        assert (await stream.messages(1))[0]["text"] == "important"


async def test_an_idle_stream_shows_that_it_is_alive(settings: Settings, assistant: ScriptedAssistant) -> None:
    settings.heartbeat_seconds = 0.05
    async with running(settings, assistant) as gateway, gateway.served() as wire:
        buyer = await gateway.buyer()
        async with listening(wire, buyer) as stream:
            await stream.next()
            assert [(await stream.next())[0] for _ in range(2)] == ["comment", "comment"]
            await buyer.say("hello")
            assert (await stream.messages(1))[0]["text"] == "hello"


async def test_a_stream_with_a_refused_token_does_not_open(gateway: Gateway, buyer: Buyer) -> None:
    buyer.headers = {"Authorization": f"Bearer {signed()}"}
    async with gateway.served() as wire, listening(wire, buyer) as stream:
        assert stream.response.status_code == 401


# Around the API


async def test_openapi_lists_the_routes(gateway: Gateway) -> None:
    document = (await gateway.client.get("http://gateway/api/openapi.json")).json()
    routes = {f"{m.upper()} {p}" for p, methods in document["paths"].items() for m in methods}
    base = "/api/v1/storefront"
    assert {f"POST {base}/sessions", f"POST {base}/messages", f"GET {base}/messages", f"GET {base}/events"} <= routes
    body = document["paths"][f"{base}/messages"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert {"client_message_id", "text", "choice"} <= set(body["properties"])


async def test_health_says_what_is_missing(settings: Settings, assistant: ScriptedAssistant) -> None:
    answers = {"status": 200}
    actions = httpx.MockTransport(lambda _request: httpx.Response(answers["status"]))
    async with running(settings, assistant, actions) as gateway:

        async def health() -> tuple[int, list[str]]:
            response = await gateway.client.get("http://gateway/health")
            return response.status_code, response.json()["missing"]

        assert await health() == (200, [])
        assistant.ready = False
        assert await health() == (503, ["assistant"])
        answers["status"] = 500
        assert await health() == (503, ["assistant", "actions"])


async def test_metrics_count_turns(gateway: Gateway, buyer: Buyer) -> None:
    await buyer.ask("hello")
    text = (await gateway.client.get("http://gateway/metrics")).text
    assert 'parley_turns_total{outcome="answered"}' in text


SHOP = {"Origin": "https://shop.example"}


async def test_another_origin_may_call_the_api(gateway: Gateway) -> None:
    asked = {
        **SHOP,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
    }
    response = await gateway.client.options("/messages", headers=asked)
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] in ("*", SHOP["Origin"])
    assert "authorization" in response.headers["access-control-allow-headers"].lower()


async def test_another_origin_may_read_when_to_try_again(gateway: Gateway) -> None:
    response = await gateway.client.get("/messages", headers=SHOP)
    assert response.headers["access-control-expose-headers"] == "Retry-After"


async def test_only_the_allowed_origins_may_call_the_api(settings: Settings, assistant: ScriptedAssistant) -> None:
    settings.allowed_origins = ["https://own.example"]
    async with running(settings, assistant) as gateway:
        response = await gateway.client.get("/strings", headers=SHOP)
    assert "access-control-allow-origin" not in response.headers
