"""The return policy by region and class of goods, from store.yml."""

from __future__ import annotations

import json

from bot.actions.guarded import GuardedAction
from bot.actions.services import services
from bot.actions.turn import Turn, choice, country_name, part
from bot.locales.languages import likely_region
from bot.merchant import Merchant, ReturnRule
from bot.orders.model import Money

# The classes whose rules differ, as buttons; the rest follow the general rule.
_OFFERED = ("clothing", "electronics", "hygiene")


class ReturnPolicy(GuardedAction):
    """May I send it back, until when, and who pays?"""

    action_name = "action_return_policy"

    async def act(self, turn: Turn) -> None:
        """Explains the rule of the buyer's country, and that of the class of goods where one is named."""
        facts = services().facts
        known = (turn.slot("known_order") or {}).get("country")
        # The answer names the country it is for, so that a likely one is no promise to somebody elsewhere.
        country = turn.entity("country") or turn.slot("country") or known or turn.region
        country = country or likely_region(turn.language)
        turn.set(country=turn.entity("country") or turn.slot("country"), country_topic="return_policy", asked=None)
        turn.tried("showed_return_policy")
        rule = facts.return_rule(country)
        product_class = turn.entity("product_class")
        parts = [part("return-region", country=country_name(country))] if country else []
        if product_class in ("personalised", "perishable"):
            turn.say([*parts, part(f"return-class-{product_class}"), part("return-faulty")])
            return
        parts += _general(rule, facts, product_class)
        if product_class:
            turn.say(parts)
            return
        buttons = [
            choice(f"choice-{name}", "/return_policy" + json.dumps({"product_class": name})) for name in _OFFERED
        ]
        turn.set(asked="product_class")
        turn.say([*parts, part("return-which-class")], buttons)


def _general(rule: ReturnRule, facts: Merchant, product_class: str | None) -> list[dict[str, object]]:
    own = rule.classes.get(product_class or "")
    if product_class == "electronics" and own:
        parts = [part("return-class-electronics", days=own.days)]
    else:
        parts = [part("return-window", days=own.days if own else rule.days), part("return-condition")]
    treatment = facts.return_classes.get(product_class or "", "allowed")
    if treatment == "sealed":
        parts.append(part("return-class-hygiene"))
    if treatment == "collected":
        parts.append(part("return-class-furniture"))
    if rule.payer == "shop":
        parts.append(part("return-free"))
    elif rule.payer == "label" and rule.label_cost:
        parts.append(part("return-label-cost", cost=Money(*rule.label_cost)))
    else:
        parts.append(part("return-buyer-pays"))
    if rule.legal_withdrawal:
        parts.append(part("return-legal-withdrawal"))
    parts.append(part("return-faulty"))
    return parts
