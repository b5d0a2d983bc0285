"""Short answers that only mean something after a question of ours: details, yes, no."""

from __future__ import annotations

from bot.actions.guarded import GuardedAction
from bot.actions.knowledge import not_understood
from bot.actions.orders import OrderStatus, RefundStatus
from bot.actions.returns import ReturnPolicy
from bot.actions.services import services
from bot.actions.shipping import ShippingTime
from bot.actions.turn import Turn, part

_ORDER_TOPICS = {"order_status": OrderStatus, "refund_status": RefundStatus}
_COUNTRY_TOPICS = {"shipping_time": ShippingTime, "return_policy": ReturnPolicy}


class ProvideDetails(GuardedAction):
    """An order number, an e-mail, a postcode or a country, alone or as a correction."""

    action_name = "action_provide_details"

    async def act(self, turn: Turn) -> None:
        """Goes on with what the detail was asked for; an order number by itself asks for its status."""
        if not await resume(turn):
            not_understood(turn)


class Affirm(GuardedAction):
    """Yes."""

    action_name = "action_affirm"

    async def act(self, turn: Turn) -> None:
        """Accepts the offered person; goes on with a detail that came along; else asks what is wanted."""
        if turn.slot("asked") == "person":
            turn.set(asked=None)
            turn.hand_off("matter")
        elif not await resume(turn):
            turn.say([part("affirm-unclear")], empathy=False)


class Deny(GuardedAction):
    """No, or a change of mind."""

    action_name = "action_deny"

    async def act(self, turn: Turn) -> None:
        """ "No, 10433" is a correction; a plain no ends what was asked."""
        if await resume(turn):
            return
        turn.set(asked=None)
        turn.say([part("deny-unclear")], empathy=False)


async def resume(turn: Turn) -> bool:
    """Hands the details of this message to the capability that waits for them; False where there are none."""
    has_detail = any(turn.entity(name) for name in ("order_number", "email", "postcode", "tracking_number"))
    asked = turn.slot("asked")
    if turn.entity("country") and (asked == "country" or not has_detail) and turn.slot("country_topic"):
        await _COUNTRY_TOPICS[turn.slot("country_topic")]().act(turn)
        return True
    if turn.entity("product_class") and not has_detail and turn.slot("country_topic") == "return_policy":
        await ReturnPolicy().act(turn)
        return True
    if asked == "proof" and not has_detail:
        _take_as_postcode(turn)
        has_detail = bool(turn.slot("proof_postcode"))
    if has_detail:
        if turn.entity("order_number") is None and turn.entity("tracking_number") and not turn.slot("order_number"):
            turn.set(order_number=turn.entity("tracking_number"))
        await _ORDER_TOPICS[turn.slot("order_topic") or "order_status"]().act(turn)
        return True
    return False


def _take_as_postcode(turn: Turn) -> None:
    """After the question for a proof, a short answer with a digit is a postcode, whatever its country's form."""
    text = turn.text.strip()
    if any(c.isdigit() for c in text) and len(text) <= 12:
        turn.set(proof_postcode=text)


class Matter(GuardedAction):
    """A matter that a colleague takes care of: says so honestly and offers one."""

    action_name = "action_matter"

    async def act(self, turn: Turn) -> None:
        """Offers a person; a large deal goes to one at once."""
        number = turn.entity("order_number")
        if number:
            turn.set(order_number=number)
        quantity = max((int(e["value"]) for e in turn.entities if e["entity"] == "quantity"), default=0)
        if turn.intent == "bulk_order" and quantity >= services().facts.limits.bulk_from:
            turn.hand_off("matter")
            return
        turn.offer_person([part(f"matter-{turn.intent}")])
