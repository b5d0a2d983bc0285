"""The brief: what an agent knows before the first word, as data, shown in the agent's own language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.conversations.records import Conversation
from bot.handoff.cases import PRIORITIES, Case
from bot.locales.catalogue import catalogues
from bot.locales.formats import stamp
from bot.locales.languages import languages, reader_locale


def build_brief(
    conversation: Conversation, reason: str, reported: dict[str, Any], understood: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    """Joins what Rasa reported (order, details, tried) with the log's record of intents and emotions."""
    intents = [u["intent"] for u in understood if u.get("intent") and u["intent"] != "nlu_fallback"]
    emotions = [u["emotion"] for u in understood if u.get("emotion")]
    return {
        "reason": reason,
        "priority": PRIORITIES.get(reason, 3),
        "emotion": reported.get("emotion") or (emotions[-1] if emotions else "neutral"),
        "emotions": emotions[-20:],
        "intents": list(dict.fromkeys(intents)),
        "order": reported.get("order"),
        "details": reported.get("details") or {},
        "tried": reported.get("tried") or [],
        "identity_level": max(conversation.identity_level, reported.get("identity_level") or 0),
        "language": conversation.language,
    }


def render_brief(case: Case, language: str, at: datetime) -> list[tuple[str, str]]:
    """Label and value of each line, in the agent's language."""
    texts, brief = catalogues(), case.brief

    def word(key: str) -> str:
        return texts.text(key, language) if texts.has(key, language) or texts.has(key, "en") else key

    def words(prefix: str, values: Sequence[str]) -> str:
        return " · ".join(word(f"{prefix}-{value}") for value in values)

    order = brief.get("order") or {}
    shipment = f" · {word('shipment-' + order['state'])}" if order.get("state") else ""
    details = " · ".join(str(v) for v in (brief.get("details") or {}).values() if v)
    lines = [
        ("brief-reason", word(f"reason-{case.reason}")),
        ("brief-priority", word(f"priority-{case.priority}")),
        ("brief-emotion", word(f"emotion-{brief.get('emotion', 'neutral')}")),
        ("brief-intents", words("intent", brief.get("intents") or [])),
        ("brief-order", f"{order['number']}{shipment}" if order.get("number") else ""),
        ("brief-details", details),
        ("brief-identity", word(f"identity-{brief.get('identity_level', 0)}")),
        ("brief-tried", words("tried", brief.get("tried") or [])),
        ("brief-language", languages()[case.language].name if case.language in languages() else case.language),
        ("brief-local-time", stamp(at, reader_locale(language), case.time_zone) if case.time_zone else ""),
    ]
    return [(word(key), value) for key, value in lines if value]
