"""Fits how scores are joined and when a match is sure enough, on questions held out from the index.

Answerable: every question and variant of the corpus, searched with itself taken out, and, with less weight,
the same with a slip of the pen and itself left in, since buyers also ask what the corpus has. Unanswerable: the
same questions with their whole entry taken out in all languages, and sentences that have nothing to do
with the shop (`out_of_scope` in nlu_data). Joining is a conditional logit over an entry's rivals
(McFadden 1974), confidence a logistic regression on the result (Platt 1999).

    python -m retrieval calibrate
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import yaml
from scipy.optimize import minimize

from retrieval.calibration import Calibration, Doubles, confidence_inputs
from retrieval.encoder import Encoder, Vectors
from retrieval.index import Index
from retrieval.scoring import FEATURES, Candidates, Hidden, score

# Of the answers given on the held-out questions at most this share may be wrong. They are harder than buyers'
# questions: half as many as have an answer have none, and most of those lack just the one entry they need. On
# tests/faq, which nothing is fitted on, the threshold that keeps 0.10 here gave 3.4 % wrong and 39 % answered
# outright (0.05: 2.4 % and 22 %); most of the rest are offered as two or three suggestions.
WRONG_ANSWERS = 0.10
# and of the sentences without an answer this share must be refused.
REFUSED = 0.90
# Weight of a question the corpus has already, beside 1 for a held-out one.
KNOWN_SHARE = 0.3


@dataclass(frozen=True)
class Trial:
    """One held-out question. `right` is the position of its entry among the candidates, -1 if none is."""

    kind: str
    language: str
    candidates: Candidates
    right: int


def out_of_scope(folder: Path) -> list[tuple[str, str]]:
    """(language, sentence) of the out_of_scope examples below `folder`."""
    found = []
    for path in sorted(folder.glob("*/knowledge.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            if block.get("intent") == "out_of_scope":
                lines = str(block["examples"]).splitlines()
                found += [(path.parent.name, line[2:].strip()) for line in lines if line.startswith("- ")]
    return found


def slip(text: str) -> str:
    """The text as someone else might type it: a word less, or two letters exchanged in a short text."""
    words = text.split()
    if len(words) > 3:
        del words[zlib.crc32(text.encode()) % len(words)]
        return " ".join(words)
    middle = len(text) // 2
    return text[: middle - 1] + text[middle] + text[middle - 1] + text[middle + 1 :] if middle else text


def trials(index: Index, encoder: Encoder, foreign: list[tuple[str, str]]) -> list[Trial]:
    """All held-out questions of `index` and the `foreign` sentences, scored."""
    done: list[Trial] = []
    asked = [row for row in range(len(index.texts)) if not index.is_answer[row]]
    vectors = encoder.encode_queries([index.texts[row] for row in asked])
    slips = sorted({slip(index.texts[row]) for row in asked})
    again = dict(zip(slips, encoder.encode_queries(slips), strict=True))
    for row, vector in zip(asked, vectors, strict=True):
        number = int(index.entry_of[row])
        language, meaning = index.entry(number).language, int(index.meaning_of[number])
        lexical = index.lexical.scores(index.texts[row])
        found = score(index, vector, lexical, language, Hidden(row=row))
        right = np.flatnonzero(found.entries == number)
        done.append(Trial("held out", language, found, int(right[0]) if len(right) else -1))
        slipped = slip(index.texts[row])
        kept = score(index, again[slipped], index.lexical.scores(slipped), language)
        position = np.flatnonzero(kept.entries == number)
        done.append(Trial("known", language, kept, int(position[0]) if len(position) else -1))
        without = score(index, vector, lexical, language, Hidden(meaning=meaning))
        done.append(Trial("entry absent", language, without, -1))
    vectors = encoder.encode_queries([text for _, text in foreign])
    for (language, text), vector in zip(foreign, vectors, strict=True):
        done.append(Trial("foreign", language, score(index, vector, index.lexical.scores(text), language), -1))
    return [trial for trial in done if len(trial.candidates.entries)]


def fit_fusion(answerable: list[Trial]) -> tuple[float, ...]:
    """Weights of FEATURES that make the right entry most probable among its rivals."""
    known = [trial for trial in answerable if trial.right >= 0]
    weights_of = np.asarray([KNOWN_SHARE if trial.kind == "known" else 1.0 for trial in known])
    weights_of /= weights_of.sum()
    stacked = np.concatenate([trial.candidates.features for trial in known]).astype(np.float64)
    sizes = np.asarray([len(trial.candidates.entries) for trial in known])
    starts = np.cumsum(sizes) - sizes
    rights = starts + np.asarray([trial.right for trial in known])

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        scores = stacked @ weights
        tops = np.maximum.reduceat(scores, starts)
        exponents = np.exp(scores - np.repeat(tops, sizes))
        sums = np.add.reduceat(exponents, starts)
        shares = exponents / np.repeat(sums, sizes)
        value = float(weights_of @ (tops + np.log(sums) - scores[rights]))
        slope = (shares * np.repeat(weights_of, sizes)) @ stacked - weights_of @ stacked[rights]
        return value + 1e-4 * float(weights @ weights), slope + 2e-4 * weights

    # A feature may count for nothing, never against an entry: that would be noise fitted.
    bounds = [(0.0, None)] * len(FEATURES)
    result = minimize(loss, np.ones(len(FEATURES)), jac=True, method="L-BFGS-B", bounds=bounds)
    return tuple(float(weight) for weight in result.x)


def fit_confidence(inputs: Doubles, labels: npt.NDArray[np.bool_], importance: Doubles) -> tuple[float, ...]:
    """Weights of a logistic regression and its constant."""
    spread = inputs.std(0) + 1e-9
    centre = inputs.mean(0)
    scaled = np.column_stack([(inputs - centre) / spread, np.ones(len(inputs))])
    signs = np.where(labels, 1.0, -1.0)

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        agreement = signs * (scaled @ weights)
        value = float(importance @ np.logaddexp(0.0, -agreement)) / float(importance.sum())
        pull = -signs * importance / (1.0 + np.exp(agreement)) / float(importance.sum())
        return value + 1e-3 * float(weights[:-1] @ weights[:-1]), scaled.T @ pull + 2e-3 * np.append(weights[:-1], 0)

    result = minimize(loss, np.zeros(scaled.shape[1]), jac=True, method="L-BFGS-B")
    weights = result.x[:-1] / spread
    return (*map(float, weights), float(result.x[-1] - weights @ centre))


def fit(index: Index, encoder: Encoder, foreign: list[tuple[str, str]]) -> Calibration:
    """A calibration for this corpus and encoder, with the curve of the answer threshold in its record."""
    done = trials(index, encoder, foreign)
    held = [trial for trial in done if trial.kind == "held out"]
    if not held:
        raise ValueError("the corpus has no questions to calibrate on")
    draft = Calibration(fit_fusion([t for t in done if t.kind in ("held out", "known")]), (), 1.0, 1.0)
    tops: list[Vectors] = []
    labels: list[bool] = []
    for trial in done:
        joined = draft.joined(trial.candidates.features)
        best = int(joined.argmax())
        tops.append(confidence_inputs(trial.candidates.features, joined)[best])
        labels.append(best == trial.right)
    kinds = np.asarray([trial.kind for trial in done])
    languages = np.asarray([trial.language for trial in done])
    right = np.asarray(labels, np.bool_)
    # Each kind of unanswerable sentence weighs a quarter of the answerable ones, whatever its number.
    importance = np.where(kinds == "known", KNOWN_SHARE, 1.0)
    for kind in ("entry absent", "foreign"):
        importance[kinds == kind] = 0.25 * len(held) / max(1, int((kinds == kind).sum()))
    confidence = fit_confidence(np.asarray(tops, np.float64), right, importance)
    sure = np.asarray(tops, np.float64) @ np.asarray(confidence[:-1]) + confidence[-1]
    sure = 1.0 / (1.0 + np.exp(-sure))
    curve = []
    for threshold in np.round(np.arange(0.05, 0.99, 0.01), 2).tolist():
        given = sure >= threshold
        total = float(importance[given].sum())
        wrong = float(importance[given & ~right].sum()) / total if total else 0.0
        curve.append(
            {
                "threshold": threshold,
                "answered": round(float(given[kinds == "held out"].mean()), 4),
                "answers_wrong": round(wrong, 4),
                "foreign_refused": round(float((~given[kinds == "foreign"]).mean()), 4) if foreign else None,
                "known_answered": round(float(given[kinds == "known"].mean()), 4),
                "absent_refused": round(float((~given[kinds == "entry absent"]).mean()), 4),
            }
        )
    answer = next((float(p["threshold"] or 0) for p in curve if (p["answers_wrong"] or 0) <= WRONG_ANSWERS), 0.975)
    without = sure[kinds == "foreign"] if foreign else sure[kinds == "entry absent"]
    suggest = min(answer, float(np.quantile(without, REFUSED)))
    record = {
        "questions": len(held),
        "foreign": int((kinds == "foreign").sum()),
        "recall_at_1_held_out": round(float(right[kinds == "held out"].mean()), 4),
        "recall_at_1_known": round(float(right[kinds == "known"].mean()), 4),
        "recall_at_1_by_language": {
            language: round(float(right[(kinds == "held out") & (languages == language)].mean()), 4)
            for language in sorted(index.corpus.languages)
        },
        "curve": curve,
    }
    return Calibration(draft.fusion, confidence, answer, round(suggest, 4), encoder.fingerprint, record)
