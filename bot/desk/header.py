"""The bar on top: whose desk this is, its language, the way out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from bot.desk.markup import node, text
from bot.desk.session import PATH
from bot.desk.words import Words, desk_languages
from bot.handoff.agents import Agent


class Header:
    """`speak` is called with the code of the language that the agent chose."""

    def __init__(self, agent: Agent, words: Words, speak: Callable[[str], Any]) -> None:
        with node("header", "desk-header"):
            node("img", src=f"{PATH}/static/mark.svg", alt="", width="24", height="24")
            text(words("title"), tag="h1")
            with node("div", "desk-languages", role="group", aria_label=words("language")):
                for code, language in desk_languages().items():
                    pressed = "true" if code == words.language else "false"
                    chosen = text(language.name, "", "button", type="button", lang=code, aria_pressed=pressed)
                    chosen.on("click", partial(speak, code), args=[])
            with node("div", "desk-agent"):
                text(agent.name[:1].upper(), "desk-avatar", aria_hidden="true")
                text(agent.name, "desk-agent-name")
                text(words(f"role-{agent.role}"), "desk-agent-role")
            # A form, not a script: signing out works whatever state the page is in.
            with node("form", method="post", action=f"{PATH}/sign-out", onsubmit="sessionStorage.clear()"):
                text(words("sign-out"), "desk-button desk-quiet", "button", type="submit")
