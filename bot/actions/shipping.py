"""Shipping times by destination and method, from store.yml."""

from __future__ import annotations

from bot.actions.guarded import GuardedAction
from bot.actions.services import services
from bot.actions.turn import Turn, country_name, part


class ShippingTime(GuardedAction):
    """How long does delivery take?"""

    action_name = "action_shipping_time"

    async def act(self, turn: Turn) -> None:
        """Names the days of every method to the buyer's country; asks for the country where nothing tells it."""
        facts = services().facts
        country = turn.entity("country") or turn.slot("country") or turn.region
        if not country:
            turn.set(country_topic="shipping_time")
            turn.ask("country", "shipping-ask-country")
            return
        turn.set(country=turn.entity("country") or turn.slot("country"), country_topic="shipping_time", asked=None)
        turn.tried("showed_shipping_time")
        zone = facts.zone(country)
        if zone is None:
            turn.say([part("shipping-not-there", country=country_name(country))])
            return
        parts = [
            part("shipping-time-intro", country=country_name(country)),
            part("shipping-time-standard", days=zone.standard.days),
        ]
        if zone.express:
            parts.append(part("shipping-time-express", days=zone.express.days))
        parts.append(part("shipping-time-note", time=facts.shop.dispatch_cutoff))
        if zone.customs:
            parts.append(part("shipping-time-customs"))
        turn.say(parts)
