"""Who is signed in at the desk: a signed cookie, an idle limit, and the guard in front of every page and socket."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import jwt
from fastapi import Request, Response
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.conversations.records import now

PATH = "/desk"
SIGN_IN = f"{PATH}/sign-in"
COOKIE = "parley_desk"
IDLE = timedelta(hours=12)
RENEW_AFTER = timedelta(minutes=10)
HEADERS = {
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "frame-ancestors 'none'; base-uri 'none'; object-src 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
_ALGORITHM = "HS256"
_AUDIENCE = "parley-desk"


@dataclass
class Session:
    """One sign-in. `seen` is the agent's last action, `issued` the moment of the newest cookie; aware UTC."""

    id: str
    agent_id: int
    seen: datetime
    issued: datetime
    ended: bool = False


class Sessions:
    """The sign-ins of this gateway. A cookie outlives a restart of the gateway; only its last moments are kept here."""

    def __init__(self, secret: str, clock: Callable[[], datetime] = now) -> None:
        self._secret = secret
        self._clock = clock
        self._sessions: dict[str, Session] = {}

    def start(self, agent_id: int) -> Session:
        """A new session for an agent who has just proved who they are."""
        moment = self._clock()
        self._sessions = {key: kept for key, kept in self._sessions.items() if kept.seen + IDLE > moment}
        session = Session(secrets.token_urlsafe(16), agent_id, moment, moment)
        self._sessions[session.id] = session
        return session

    def alive(self, session: Session) -> bool:
        """Whether the session was neither signed out nor left idle for twelve hours."""
        return not session.ended and session.seen + IDLE > self._clock()

    def touch(self, session: Session) -> None:
        """The agent did something."""
        session.seen = self._clock()

    def end(self, session: Session) -> None:
        """Signs out, in every tab."""
        session.ended = True
        session.seen = self._clock()

    def due(self, session: Session) -> bool:
        """Whether the cookie says too little about how recently the agent was here."""
        return session.seen - session.issued > RENEW_AFTER

    def find(self, token: str | None) -> Session | None:
        """The living session that a cookie names, or None."""
        try:
            claims = jwt.decode(
                token or "",
                self._secret,
                algorithms=[_ALGORITHM],
                audience=_AUDIENCE,
                options={"require": ["sub", "jti", "iat", "aud"], "verify_iat": False},
            )
            issued = datetime.fromtimestamp(int(claims["iat"]), UTC)
            unknown = Session(str(claims["jti"]), int(claims["sub"]), issued, issued)
        except (jwt.PyJWTError, ValueError, OverflowError):
            return None
        session = self._sessions.get(unknown.id, unknown)
        if not self.alive(session):
            return None
        return self._sessions.setdefault(session.id, session)

    def write(self, response: Response, session: Session, *, secure: bool) -> None:
        """Puts a fresh cookie on the response."""
        session.issued = session.seen
        claims = {"sub": str(session.agent_id), "jti": session.id, "iat": int(session.seen.timestamp())}
        token = jwt.encode({**claims, "aud": _AUDIENCE}, self._secret, algorithm=_ALGORITHM)
        response.set_cookie(COOKIE, token, path=PATH, httponly=True, samesite="lax", secure=secure)

    def of(self, request: Request) -> Session | None:
        """The living session of a request."""
        return self.find(request.cookies.get(COOKIE))


class Guard:
    """Lets nobody pass to the console, its files or its socket without a living session.

    What lies behind finds the session as `scope["parley.session"]` and the desk as `scope["parley.desk"]`.
    """

    def __init__(self, app: ASGIApp, sessions: Sessions, desk: object) -> None:
        self._app, self._sessions, self._desk = app, sessions, desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request or socket."""
        session = self._sessions.find(HTTPConnection(scope).cookies.get(COOKIE))
        if session is None:
            await self._refuse(scope, receive, send)
            return
        scope["parley.session"], scope["parley.desk"] = session, self._desk

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, with_headers)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 4401, "reason": "sign in"})
        elif "/_nicegui" in scope["path"] or scope["method"] != "GET":
            await JSONResponse({"error": {"code": "unauthorized"}}, 401)(scope, receive, send)
        else:
            await RedirectResponse(SIGN_IN, 303, {"Cache-Control": "no-store"})(scope, receive, send)
