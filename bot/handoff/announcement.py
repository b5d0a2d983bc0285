"""The one message a buyer gets when a person is called in: empathy, what happens next, when."""

from __future__ import annotations

from datetime import datetime

from bot.conversations.records import Conversation
from bot.locales.catalogue import catalogues
from bot.locales.formats import moment
from bot.locales.languages import reader_locale
from bot.merchant import Merchant


def announcement(conversation: Conversation, reason: str, facts: Merchant, at: datetime) -> str:
    """The text in the buyer's language; the time in the buyer's zone, else in the shop's. `at` is aware."""
    texts, language = catalogues(), conversation.language
    key = f"handoff-{reason}"
    empathy = texts.text(key if texts.has(key, language) else "handoff-matter", language)
    if facts.is_open(at):
        when = texts.text("handoff-when-open", language, minutes=facts.hours.usual_wait_minutes)
    else:
        zone = conversation.time_zone or facts.shop.time_zone
        opening = moment(facts.next_opening(at), reader_locale(language, conversation.locale), zone)
        when = texts.text("handoff-when-closed", language, time=opening)
    return f"{empathy}{'' if reader_locale(language).language in ('zh', 'ja') else ' '}{when}"
