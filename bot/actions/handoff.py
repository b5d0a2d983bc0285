"""Handing over: tells the gateway why, how urgent, and what a person should know."""

from __future__ import annotations

from bot.actions.guarded import GuardedAction
from bot.actions.turn import Turn

# Reasons as bot.handoff.cases knows them, with their priority.
PRIORITIES = {"safety": 1, "legal": 1, "angry": 2, "upset": 2, "matter": 4, "asked": 4}


class HandOff(GuardedAction):
    """Calls a person."""

    action_name = "action_hand_off"

    async def act(self, turn: Turn) -> None:
        """Answers with one custom payload; the gateway opens the case and tells the buyer."""
        reason = turn.slot("handoff_reason") or ("angry" if turn.emotion == "angry" else "asked")
        details = {name: turn.slot(name) for name in ("order_number", "proof_email", "proof_postcode", "country")}
        brief = {
            "emotion": turn.emotion,
            "order": turn.slot("known_order")
            or ({"number": details["order_number"]} if details["order_number"] else None),
            "details": {name: value for name, value in details.items() if value},
            "tried": turn.slot("tried") or [],
            "identity_level": max(turn.identity_level, 1 if turn.slot("known_order") else 0),
        }
        turn.set(handoff_reason=None, asked=None, misunderstood=None, proof_failures=0)
        turn.custom({"handoff": {"reason": reason, "priority": PRIORITIES.get(reason, 3), "brief": brief}})
