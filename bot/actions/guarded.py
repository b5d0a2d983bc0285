"""The base of all actions: an action that fails tells the buyer and calls a person, it is never silent."""

from __future__ import annotations

import logging
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.turn import Event, Turn

log = logging.getLogger(__name__)


class GuardedAction(Action):
    """Runs `act`; a failure becomes a hand-off with the reason `action_failed`."""

    action_name: ClassVar[str] = ""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return self.action_name

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Event]:
        """Called by the action server."""
        turn = Turn(tracker, dispatcher)
        try:
            await self.act(turn)
        except Exception:
            log.exception("%s failed", self.action_name)
            dispatcher.messages.clear()
            turn = Turn(tracker, dispatcher)
            turn.tried("action_failed")
            turn.hand_off("action_failed")
        return turn.events()

    async def act(self, turn: Turn) -> None:
        """What the action does."""
        raise NotImplementedError
