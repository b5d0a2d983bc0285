"""Knowledge questions: retrieval finds the answer, store.yml fills its figures."""

from __future__ import annotations

import asyncio
import json
import re
from decimal import Decimal

from bot.actions.guarded import GuardedAction
from bot.actions.services import services
from bot.actions.turn import Turn, choice, labelled, literal, part
from bot.locales.formats import money, number, span
from bot.locales.languages import languages, reader_locale
from bot.merchant import Merchant
from retrieval.search import Answer

MENU = (
    choice("choice-order-status", "/order_status"),
    choice("choice-shipping-time", "/shipping_time"),
    choice("choice-return-policy", "/return_policy"),
)
LABEL_LIMIT = 60
# The right entry is among the first five for 95 % of answerable test queries, whatever the confidence.
LIKELY_ENOUGH = 0.15
_VARIABLE = re.compile(r"\{([a-z_]+)\}")


class Knowledge(GuardedAction):
    """Answers `faq`, and tries the same for what was not understood before giving up on it."""

    action_name = "action_knowledge"

    async def act(self, turn: Turn) -> None:
        """Answers, suggests two or three questions, or says honestly that it does not know."""
        service = services()
        turn.set(asked=None)
        chosen = turn.entity("faq_id")
        query = chosen or turn.text
        answer = await asyncio.to_thread(service.knowledge.search, query, turn.language, turn.region)
        sure = turn.intent == "faq"
        if answer.decision == "answer" or (chosen and answer.matches):
            match = answer.matches[0]
            country = turn.entity("country") or turn.slot("country") or turn.region
            text = fill(match.answer, service.facts, country, turn.language, turn.locale)
            parts = [literal(text)]
            if match.language != turn.language:
                parts.insert(0, part("faq-other-language", language=languages()[match.language].name))
            turn.tried("answered_faq")
            turn.say(parts)
        elif _worth_suggesting(answer, sure) and (sure or turn.intent == "nlu_fallback"):
            turn.tried("suggested_faq")
            buttons = [
                labelled(_short(match.question), "/faq" + json.dumps({"faq_id": match.question}, ensure_ascii=False))
                for match in answer.matches[:3]
            ]
            turn.say([part("faq-suggest")], [*buttons, choice("choice-none", "/nlu_none")])
        elif sure:
            turn.tried("faq_unanswered")
            turn.offer_person([part("faq-none")])
        elif turn.intent == "out_of_scope":
            not_understood(turn, "out-of-scope")  # letters struck at random count among these too
        else:
            not_understood(turn)


def _worth_suggesting(answer: Answer, sure: bool) -> bool:
    """A question that surely is one of knowledge is offered less likely entries too, before a person is."""
    if answer.decision == "suggest":
        return True
    return sure and bool(answer.matches) and answer.matches[0].confidence >= LIKELY_ENOUGH


class NoneOfThese(GuardedAction):
    """None of the suggested questions was meant."""

    action_name = "action_none_of_these"

    async def act(self, turn: Turn) -> None:
        """Says so and offers a person."""
        turn.tried("faq_unanswered")
        turn.offer_person([part("faq-none")])


def not_understood(turn: Turn, key: str = "not-understood") -> None:
    """Says once that this leads nowhere, or asks to say it differently; the second time in a row calls a person."""
    count = int(turn.previous_misunderstood or 0) + 1
    turn.set(misunderstood=None)
    turn.set(misunderstood=count)
    turn.tried("not_understood")
    if count >= services().facts.limits.not_understood:
        turn.hand_off("not_understood")
    else:
        turn.say([part(key)], MENU, empathy=False)


def fill(answer: str, facts: Merchant, country: str | None, language: str, locale_tag: str | None = None) -> str:
    """The answer with the shop's figures for that country, written as the reader writes numbers and money."""
    locale = reader_locale(language, locale_tag)
    zone = facts.zone(country) if country else None
    zone = zone or next(iter(facts.zones.values()))
    rule = facts.return_rule(country)
    express = zone.express or zone.standard
    values: dict[str, str] = {
        "shop_name": facts.shop.name,
        "support_email": facts.shop.support_email,
        "free_shipping_from": money(zone.free_from, zone.currency, locale),
        "standard_cost": money(zone.standard.cost, zone.currency, locale),
        "express_cost": money(express.cost, zone.currency, locale),
        "standard_days": span(*zone.standard.days, locale),
        "express_days": span(*express.days, locale),
        "return_days": number(rule.days, locale),
        "refund_days": number(rule.refund_days, locale),
        "guarantee_years": number(rule.guarantee_years, locale),
        "cancel_hours": number(facts.limits.cancel_hours, locale),
        "bulk_from": number(facts.limits.bulk_from, locale),
    }
    for name, value in facts.knowledge.items():
        values[name] = number(value, locale) if isinstance(value, int) else money(Decimal(value[0]), value[1], locale)
    return _VARIABLE.sub(lambda found: values.get(found[1], found[0]), answer)


def _short(question: str) -> str:
    return question if len(question) <= LABEL_LIMIT else question[: LABEL_LIMIT - 1].rstrip() + "…"
