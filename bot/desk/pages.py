"""Mounts the desk under /desk and defines its pages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import lru_cache
from hashlib import sha256
from typing import Any

from babel import Locale
from fastapi import FastAPI, Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse
from nicegui import ui

from bot.conversations.database import LogUnavailable
from bot.conversations.log import ConversationLog
from bot.desk.console import Console
from bot.desk.desk import Desk
from bot.desk.session import PATH, SIGN_IN, Guard, Session, Sessions
from bot.desk.sign_in import STATIC
from bot.desk.sign_in import router as sign_in_router
from bot.desk.words import Words, desk_languages
from bot.handoff.agents import Agents
from bot.handoff.cases import Cases
from bot.locales.formats import zone_info
from bot.settings import Settings

# How long a browser may be away before its page is given up and built anew.
RECONNECT_SECONDS = 15.0
CONNECT_SECONDS = 10.0
ZONE = "Intl.DateTimeFormat().resolvedOptions().timeZone"


def mount(app: FastAPI, cases: Cases, agents: Agents, log: ConversationLog, settings: Settings) -> None:
    """Adds the desk under /desk."""
    desk = Desk(cases, agents, log, Sessions(settings.secret))
    app.include_router(sign_in_router(agents, log, desk.sessions))
    pages = _pages()
    app.mount(PATH, Guard(pages, desk.sessions, desk))
    gateway: Callable[[Any], Any] = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(served: FastAPI) -> AsyncIterator[Any]:
        # The desk goes first at the end: its pages must not read a log that is closed.
        async with gateway(served) as state, pages.router.lifespan_context(pages):
            yield state

    app.router.lifespan_context = lifespan


@lru_cache(maxsize=1)
def _pages() -> FastAPI:
    """NiceGUI's application. There is one in a process; which desk a request is for, the guard tells it."""
    pages = FastAPI(openapi_url=None)
    ui.page("/")(_own_language)
    for code, language in desk_languages().items():
        locale = Locale.parse(language.locale)
        tag: Any = f"{locale.language}-{locale.territory}"
        for address in (f"/{code}", f"/{code}/cases/{{case_id}}"):
            ui.page(address, language=tag, title=Words(code)("title"))(_console(code))
    ui.run_with(
        pages,
        title="Parley",
        favicon=STATIC / "mark.svg",
        binding_refresh_interval=None,
        reconnect_timeout=RECONNECT_SECONDS,
        tailwind=False,
        show_welcome_message=False,
    )
    return pages


async def _own_language(request: Request) -> Response:
    """Sends an agent to the console in their own language."""
    agent = await _agent(request)
    if isinstance(agent, Response):
        return agent
    return RedirectResponse(f"{PATH}/{Words(agent.language).language}", 303)


def _console(language: str) -> Callable[..., Any]:
    """The page builder for one language."""

    async def page(request: Request, case_id: int | None = None) -> Response | None:
        agent = await _agent(request)
        if isinstance(agent, Response):
            return agent
        own = Words(agent.language)
        if own.language != language:
            place = f"/cases/{case_id}" if case_id is not None else ""
            return RedirectResponse(f"{PATH}/{own.language}{place}", 303)
        desk, session = _desk(request), _session(request)
        desk.sessions.touch(session)
        client = ui.context.client
        ui.add_head_html(f'<link rel="stylesheet" href="{PATH}/static/desk.css?v={_style_version()}">')
        await client.connected(CONNECT_SECONDS)
        zone = await client.run_javascript(f"return {ZONE}", timeout=CONNECT_SECONDS)
        words = Words(language, zone_info(str(zone)).key)
        with client:
            await Console(desk, session, agent, words, client).start(case_id)
        return None

    return page


async def _agent(request: Request) -> Any:
    """The agent of the request's session, or the response that takes the place of the page."""
    try:
        agent = await _desk(request).agents.get(_session(request).agent_id)
    except LogUnavailable:
        return PlainTextResponse(Words("")("unavailable"), 503, {"Retry-After": "5"})
    if agent is None:
        _desk(request).sessions.end(_session(request))
        return RedirectResponse(SIGN_IN, 303)
    return agent


def _desk(request: Request) -> Desk:
    desk: Desk = request.scope["parley.desk"]
    return desk


def _session(request: Request) -> Session:
    session: Session = request.scope["parley.session"]
    return session


@lru_cache(maxsize=1)
def _style_version() -> str:
    return sha256((STATIC / "desk.css").read_bytes()).hexdigest()[:12]
