"""Matters of the conversation itself: its language."""

from __future__ import annotations

from bot.actions.guarded import GuardedAction
from bot.actions.turn import Turn, labelled, part
from bot.locales.languages import languages


class ChangeLanguage(GuardedAction):
    """Goes on in another language, or asks which one."""

    action_name = "action_change_language"

    async def act(self, turn: Turn) -> None:
        """Takes the language that the message names, or else a new one in which it is written ("po polsku proszę")."""
        wanted = turn.entity("wanted_language")
        if wanted is None and turn.language != turn.previous_language:
            wanted = turn.language
        if wanted in languages():
            turn.language = str(wanted)
            turn.set(language=wanted)
            turn.say([part("language-changed")], empathy=False)
            return
        buttons = [
            labelled(language.name, f'/change_language{{"wanted_language": "{code}"}}')
            for code, language in languages().items()
        ]
        turn.say([part("language-which")], buttons, empathy=False)
