"""Holds what was fitted on held-out questions: how scores are joined, and how sure a match must be."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from retrieval.encoder import Vectors
from retrieval.scoring import FEATURES

SHIPPED = Path(__file__).parent / "calibration.json"
# What the confidence looks at: the joined score, its lead over the best other entry, and the features.
CONFIDENCE = ("joined", "lead", *FEATURES)

Doubles: TypeAlias = npt.NDArray[np.float64]


class CalibrationError(ValueError):
    """The calibration file is missing or of another form."""


@dataclass(frozen=True)
class Calibration:
    """fusion: a weight for each of FEATURES. confidence: one for each of CONFIDENCE, then the constant.

    `answer` and `suggest` are the confidences from which a match is answered or offered.
    `encoder` is the fingerprint it was fitted with; `record` says on what and with which result.
    """

    fusion: tuple[float, ...]
    confidence: tuple[float, ...]
    answer: float
    suggest: float
    encoder: str = ""
    record: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def _fusion(self) -> Doubles:
        return np.asarray(self.fusion, np.float64)

    @cached_property
    def _confidence(self) -> Doubles:
        return np.asarray(self.confidence, np.float64)

    def joined(self, features: Vectors) -> Doubles:
        """The score entries are ranked by, [n] of [n, len(FEATURES)]."""
        return np.asarray(features @ self._fusion, np.float64)

    def confidences(self, features: Vectors, joined: Doubles) -> Doubles:
        """The probability of each candidate to be the right entry, [n]."""
        inputs = confidence_inputs(features, joined)
        return np.asarray(1.0 / (1.0 + np.exp(-(inputs @ self._confidence[:-1] + self._confidence[-1]))))


def confidence_inputs(features: Vectors, joined: Doubles) -> Doubles:
    """[n, len(CONFIDENCE)]; the lead is negative for all but the best candidate."""
    if not len(joined):
        return np.zeros((0, len(CONFIDENCE)))
    best = int(joined.argmax())
    others: Doubles = np.delete(joined, best)
    second = float(others.max()) if len(others) else float(joined[best]) - 3.0
    lead = joined - joined[best]
    lead[best] = joined[best] - second
    # A lead past any doubt says no more: the logistic stays in the range it was fitted on.
    return np.column_stack([joined, np.clip(lead, -6.0, 6.0), features]).astype(np.float64)


def load_calibration(path: Path = SHIPPED) -> Calibration:
    """Reads a calibration. Raises CalibrationError."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        fusion, confidence = raw["fusion"], raw["confidence"]
        if set(fusion) != set(FEATURES) or set(confidence) != {*CONFIDENCE, "constant"}:
            raise CalibrationError(f"{path} is of another version: run python -m retrieval calibrate")
        return Calibration(
            fusion=tuple(float(fusion[name]) for name in FEATURES),
            confidence=tuple(float(confidence[name]) for name in (*CONFIDENCE, "constant")),
            answer=float(raw["answer"]),
            suggest=float(raw["suggest"]),
            encoder=str(raw["encoder"]),
            record=dict(raw["record"]),
        )
    except (OSError, json.JSONDecodeError, KeyError, TypeError) as error:
        raise CalibrationError(f"{path} cannot be read ({error!r}): run python -m retrieval calibrate") from error


def save_calibration(calibration: Calibration, path: Path = SHIPPED) -> None:
    """Writes a calibration with named weights."""
    raw = asdict(calibration)
    raw["fusion"] = {n: round(w, 4) for n, w in zip(FEATURES, calibration.fusion, strict=True)}
    raw["confidence"] = {n: round(w, 4) for n, w in zip((*CONFIDENCE, "constant"), calibration.confidence, strict=True)}
    path.write_text(json.dumps(raw, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
