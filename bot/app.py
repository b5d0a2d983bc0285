"""Puts the gateway together: log, turns, channels, desk, health and metrics in one ASGI application."""

from __future__ import annotations

import asyncio
import json
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import FileResponse, JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.types import Scope

from bot.assistant import Assistant
from bot.channels.storefront import api as storefront
from bot.conversations.database import Database, LogUnavailable
from bot.conversations.deliveries import Deliveries, PushChannel
from bot.conversations.log import ConversationLog
from bot.handoff.agents import Agents
from bot.handoff.cases import Cases
from bot.merchant import merchant
from bot.settings import Settings
from bot.settings import settings as process_settings
from bot.turns import Turns

log = logging.getLogger(__name__)
STOREFRONT = Path(storefront.__file__).parent
DEMO_POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"


class ActionServer:
    """The action server, as far as the gateway needs it: whether it is ready."""

    def __init__(self, url: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._client = httpx.AsyncClient(base_url=url, timeout=2.0, trust_env=False, transport=transport)

    async def ready(self) -> bool:
        """Whether GET /health is answered with 200."""
        try:
            return (await self._client.get("/health")).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.aclose()


def create_app(
    settings: Settings | None = None, *, assistant: Assistant | None = None, actions: ActionServer | None = None
) -> FastAPI:
    """The gateway. Tests pass their own assistant and action server."""
    settings = settings or process_settings()
    facts = merchant()
    channels: dict[str, PushChannel] = {}
    conversation_log = ConversationLog(
        Database(settings.log_url, settings.busy_seconds),
        push_channels=frozenset(channels),
        pending_limit=settings.pending_limit,
    )
    assistant = assistant or Assistant(settings.assistant_url, settings.assistant_secret)
    actions = actions or ActionServer(settings.actions_url)
    turns = Turns(conversation_log, assistant, facts, timeout=settings.turn_timeout)
    agents, cases = Agents(conversation_log.database), Cases(conversation_log)
    deliveries = Deliveries(conversation_log, channels)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await conversation_log.database.migrate()
        await _first_account(agents, settings)
        await turns.start()
        sending = asyncio.create_task(deliveries.run_forever())
        yield
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
        await turns.stop()
        await assistant.close()
        await actions.close()
        await conversation_log.database.close()

    app = FastAPI(
        title="Parley",
        version="1",
        summary="Storefront API",
        lifespan=lifespan,
        docs_url="/api/docs",
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.state.log, app.state.turns, app.state.cases, app.state.agents = conversation_log, turns, cases, agents
    app.add_middleware(
        CORSMiddleware,
        allow_origins=settings.allowed_origins,
        allow_methods=["GET", "POST"],
        allow_headers=["Authorization", "Content-Type", "Last-Event-ID"],
        expose_headers=["Retry-After"],
        max_age=3600,
    )
    _errors(app)
    app.include_router(storefront.router(conversation_log, turns.wake, settings))

    @app.get("/health", tags=["operation"])
    async def health() -> JSONResponse:
        """200 when log, assistant and actions are ready, else 503 with what is missing."""
        names = ("log", "assistant", "actions")
        ready = await asyncio.gather(conversation_log.database.ready(), assistant.ready(), actions.ready())
        missing = [name for name, fine in zip(names, ready, strict=True) if not fine]
        return JSONResponse({"ready": not missing, "missing": missing}, 503 if missing else 200)

    @app.get("/metrics", tags=["operation"])
    async def metrics() -> Response:
        """Prometheus."""
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    @app.get("/parley-chat.js", include_in_schema=False)
    async def element() -> FileResponse:
        headers = {"Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*"}
        return FileResponse(STOREFRONT / "element" / "parley-chat.js", media_type="text/javascript", headers=headers)

    if settings.demo:
        _demo(app, settings)
    _desk(app, settings)
    return app


async def _first_account(agents: Agents, settings: Settings) -> None:
    made = await agents.first_supervisor()
    if made is None:
        return
    # Shown once: `make run` prints this file and removes it; a bare gateway prints it itself.
    username, password = made
    handover = settings.var / "first-account.json"
    if os.environ.get("PARLEY_SUPERVISED"):
        handover.touch(mode=0o600)
        handover.write_text(json.dumps({"username": username, "password": password}), encoding="utf-8")
    else:
        print(f"First desk account: {username} / {password} (shown once)", flush=True)


def _errors(app: FastAPI) -> None:
    @app.exception_handler(storefront.ApiError)
    async def refused(_request: Request, error: storefront.ApiError) -> JSONResponse:
        return error.response()

    @app.exception_handler(LogUnavailable)
    async def away(_request: Request, error: LogUnavailable) -> JSONResponse:
        log.error("the database is away: %s", type(error.__cause__).__name__)
        message = "Messages cannot be stored for the moment. Nothing was lost; please send it again."
        return storefront.ApiError(503, "unavailable", message, 3).response()

    @app.exception_handler(RequestValidationError)
    async def invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        return storefront.ApiError(422, "invalid_request", f"{place}: {first['msg']}").response()


class _DemoPages(StaticFiles):
    """The demo shop, under the policy of a shop that takes security seriously."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Content-Security-Policy"] = DEMO_POLICY
        return response


def _demo(app: FastAPI, settings: Settings) -> None:
    from bot.orders.sample import samples

    @app.get("/demo/samples.json", include_in_schema=False)
    async def sample_orders() -> list[dict[str, str]]:
        return await asyncio.to_thread(samples, settings.orders_path)

    app.mount("/demo", _DemoPages(directory=STOREFRONT / "demo", html=True), name="demo")


def _desk(app: FastAPI, settings: Settings) -> None:
    from bot.desk.pages import mount

    mount(app, app.state.cases, app.state.agents, app.state.log, settings)
