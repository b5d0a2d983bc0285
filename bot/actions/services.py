"""What the actions work with: the shop's orders, the knowledge index, the merchant's facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from bot.merchant import Merchant, merchant
from bot.orders.backend import OrderBackend, ProofBrake
from bot.orders.sample import SampleShop, seed
from bot.settings import ROOT, settings
from retrieval.search import Answer, Retriever


class Knowledge(Protocol):
    """Answers a question from the corpus."""

    def search(self, text: str, language: str, region: str | None = None, k: int = 5) -> Answer:
        """See retrieval.search.Retriever."""


@dataclass
class Services:
    """The outside of the actions; tests put in-memory doubles here."""

    orders: OrderBackend
    knowledge: Knowledge
    facts: Merchant
    brake: ProofBrake = field(default_factory=ProofBrake)


_current: Services | None = None


def services() -> Services:
    """The services of this process, opened at first use."""
    global _current
    if _current is None:
        seed(settings().orders_path)
        _current = Services(
            SampleShop(settings().orders_path), Retriever(ROOT / "faq_corpus", ROOT / "var" / "index"), merchant()
        )
    return _current


def configure(replacement: Services | None) -> None:
    """Puts other services in place; None opens the real ones again at next use."""
    global _current
    _current = replacement
