"""Who passes the desk's door, and for how long."""

from datetime import UTC, datetime, timedelta

import pytest
from starlette.responses import PlainTextResponse, Response
from starlette.testclient import TestClient

from bot.desk.session import COOKIE, IDLE, SIGN_IN, Guard, Session, Sessions

SECRET = "s" * 40


class Clock:
    def __init__(self) -> None:
        self.at = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def go(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sessions(clock: Clock) -> Sessions:
    return Sessions(SECRET, clock)


def cookie(sessions: Sessions, session: Session) -> str:
    response = Response()
    sessions.write(response, session, secure=True)
    header = response.headers["set-cookie"]
    assert {"HttpOnly", "Path=/desk", "SameSite=lax", "Secure"} <= set(header.split("; "))
    return header.split(";")[0].removeprefix(f"{COOKIE}=")


def test_a_session_ends_after_twelve_idle_hours(sessions: Sessions, clock: Clock) -> None:
    session = sessions.start(7)
    token = cookie(sessions, session)
    clock.go(hours=11)
    assert sessions.find(token) is session
    sessions.touch(session)
    clock.go(hours=11)
    assert sessions.find(token) is session
    clock.go(hours=1)
    assert timedelta(hours=12) == IDLE
    assert sessions.find(token) is None
    assert not sessions.alive(session)


def test_signing_out_ends_every_copy(sessions: Sessions) -> None:
    session = sessions.start(7)
    token = cookie(sessions, session)
    sessions.end(session)
    assert sessions.find(token) is None


def test_a_cookie_outlives_a_restart_but_not_its_hours(sessions: Sessions, clock: Clock) -> None:
    token = cookie(sessions, sessions.start(7))
    clock.go(hours=1)
    found = Sessions(SECRET, clock).find(token)
    assert found is not None
    assert found.agent_id == 7
    clock.go(hours=12)
    assert Sessions(SECRET, clock).find(token) is None


@pytest.mark.parametrize("token", [None, "", "x", "a.b.c"])
def test_no_cookie_no_session(sessions: Sessions, token: str | None) -> None:
    assert sessions.find(token) is None


def test_another_secret_opens_nothing(sessions: Sessions, clock: Clock) -> None:
    other = Sessions("t" * 40, clock)
    assert sessions.find(cookie(other, other.start(7))) is None


def test_the_cookie_is_renewed_when_it_falls_behind(sessions: Sessions, clock: Clock) -> None:
    session = sessions.start(7)
    assert not sessions.due(session)
    clock.go(minutes=11)
    sessions.touch(session)
    assert sessions.due(session)
    cookie(sessions, session)
    assert not sessions.due(session)


def test_the_guard_lets_nobody_pass_without_a_session(sessions: Sessions) -> None:
    guarded = TestClient(Guard(PlainTextResponse("inside"), sessions, object()), follow_redirects=False)
    answer = guarded.get("/desk/en")
    assert (answer.status_code, answer.headers["location"]) == (303, SIGN_IN)
    assert guarded.get("/desk/_nicegui/x.js").status_code == 401
    assert guarded.post("/desk/en").status_code == 401
    guarded.cookies.set(COOKIE, cookie(sessions, sessions.start(7)))
    inside = guarded.get("/desk/en")
    assert inside.text == "inside"
    assert inside.headers["x-frame-options"] == "DENY"
