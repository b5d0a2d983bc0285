"""Signing in and out: plain forms that work before any script has loaded."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from bot.conversations.database import LogUnavailable
from bot.conversations.log import ConversationLog
from bot.desk.session import COOKIE, HEADERS, PATH, SIGN_IN, Sessions
from bot.desk.words import Words, desk_languages
from bot.handoff.agents import Agents, SlowDown
from bot.handoff.cases import record
from bot.locales.languages import DEFAULT_LANGUAGE, supported

STATIC = Path(__file__).parent / "static"
FORM_LIMIT = 4096
_PAGE = Template((STATIC / "sign_in.html").read_text(encoding="utf-8"))
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def router(agents: Agents, log: ConversationLog, sessions: Sessions) -> APIRouter:
    """The routes that are open to people who are not signed in, and the way out."""
    api = APIRouter(include_in_schema=False)

    @api.get(SIGN_IN)
    async def form(request: Request) -> Response:
        if sessions.of(request):
            return RedirectResponse(f"{PATH}/", 303)
        return _page(Words(_language(request)))

    @api.post(SIGN_IN)
    async def sign_in(request: Request) -> Response:
        words = Words(_language(request))
        fields = await _form(request)
        username = fields.get("username", "").strip()
        try:
            agent = await agents.sign_in(username, fields.get("password", ""))
            if agent is None:
                return _page(words, 401, words("sign-in-failed"), username)
            async with log.transaction() as transaction:
                await record(transaction, agent, "sign_in", None)
        except SlowDown as brake:
            page = _page(words, 429, words("sign-in-slow", seconds=brake.seconds), username)
            page.headers["Retry-After"] = str(brake.seconds)
            return page
        except LogUnavailable:
            return _page(words, 503, words("unavailable"), username)
        response = RedirectResponse(f"{PATH}/", 303)
        sessions.write(response, sessions.start(agent.id), secure=request.url.scheme == "https")
        return response

    @api.post(f"{PATH}/sign-out")
    async def sign_out(request: Request) -> Response:
        response = RedirectResponse(SIGN_IN, 303)
        session = sessions.of(request)
        if session and _own(request):
            sessions.end(session)
            response.delete_cookie(COOKIE, path=PATH)
        return response

    @api.post(f"{PATH}/renew")
    async def renew(request: Request) -> Response:
        """A fresh cookie for a console that stays open for days."""
        session = sessions.of(request)
        if session is None or not _own(request):
            return Response(status_code=401)
        response = Response(status_code=204)
        sessions.write(response, session, secure=request.url.scheme == "https")
        return response

    @api.get(f"{PATH}/static/{{name}}")
    async def static(name: str) -> Response:
        """Style and mark, the same for everybody."""
        if name not in ("desk.css", "mark.svg"):
            return Response(status_code=404)
        return FileResponse(STATIC / name, headers={"Cache-Control": "public, max-age=300"})

    return api


def _own(request: Request) -> bool:
    """Whether the request comes from the desk's own pages (Fetch metadata; older browsers send none)."""
    return request.headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")


async def _form(request: Request) -> dict[str, str]:
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > FORM_LIMIT:
            return {}
    return {key: values[0] for key, values in parse_qs(raw.decode("utf-8", "replace")).items()}


def _language(request: Request) -> str:
    """The asked-for language, else the first one of the browser that the desk speaks."""
    accepted = [part.split(";")[0].strip() for part in request.headers.get("accept-language", "").split(",")]
    for tag in (request.query_params.get("language"), *accepted):
        code = supported(tag)
        if code in desk_languages():
            return str(code)
    return DEFAULT_LANGUAGE


def _page(words: Words, status: int = 200, error: str = "", username: str = "") -> HTMLResponse:
    others = [
        f'<a href="{SIGN_IN}?language={code}" lang="{code}"{" aria-current=true" if code == words.language else ""}>'
        f"{escape(language.name)}</a>"
        for code, language in desk_languages().items()
    ]
    body = _PAGE.substitute(
        language=words.language,
        title=escape(words("title")),
        heading=escape(words("sign-in")),
        lead=escape(words("sign-in-lead")),
        action=f"{SIGN_IN}?language={words.language}",
        error=f'<p class="desk-error" role="alert">{escape(error)}</p>' if error else "",
        user=escape(words("user")),
        username=escape(username, quote=True),
        password=escape(words("password")),
        button=escape(words("sign-in")),
        languages="".join(others),
        languages_label=escape(words("language")),
    )
    headers = {**HEADERS, "Content-Security-Policy": _POLICY, "Cache-Control": "no-store"}
    return HTMLResponse(body, status, headers)
