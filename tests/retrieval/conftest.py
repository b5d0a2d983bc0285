"""A small help centre in two languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from retrieval_double import GramEncoder

from retrieval.calibration import Calibration

TOPICS = """\
variables:
  return_days: number of days
  support_email: the e-mail
regions: {EU: [DE, FR]}
topics:
  returns:
    - {id: return_how, about: how, variables: [return_days]}
    - {id: refund_how_long, about: refund, variables: []}
  payment:
    - {id: payment_methods, about: ways, variables: []}
"""
RETURNS_EN = """\
- id: return_how
  question: How do I return an item?
  variants:
    - send something back
    - return label please
  answer: You have {return_days} days.
  regions:
    EU: You have fourteen days.
- id: refund_how_long
  question: How long does a refund take?
  variants: [when do i get my money back, refund duration]
  answer: It takes a few days.
"""
PAYMENT_EN = """\
- id: payment_methods
  question: Which payment methods do you accept?
  variants: [can i pay with paypal, credit cards]
  answer: Cards and PayPal.
"""
RETURNS_DE = """\
- id: return_how
  question: Wie sende ich etwas zurück?
  variants: [rücksendung, artikel zurückschicken]
  answer: Sie haben {return_days} Tage.
"""


@pytest.fixture
def encoder() -> GramEncoder:
    return GramEncoder()


@pytest.fixture
def calibration() -> Calibration:
    """Ranks by the sum of all features, confidence grows with the nearest question."""
    return Calibration((1.0,) * 8, (0.0, 0.0, 10.0, *(0.0,) * 7, -5.0), answer=0.8, suggest=0.4)


@pytest.fixture
def corpus_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "faq"
    for name, text in {
        "topics.yml": TOPICS,
        "en/returns.yml": RETURNS_EN,
        "en/payment.yml": PAYMENT_EN,
        "de/returns.yml": RETURNS_DE,
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder
