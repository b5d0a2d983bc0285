"""Scores the entries of an index for one question: a few comparable numbers for each candidate.

An entry is near when its nearest question is (`nearest`), when its questions are on average (`centre`),
when its questions in all languages are (`meaning`, in the adapted space of the index: what one language's
writer did not think of, another's did), when its answer is (`answer`), when it shares characters
(`characters`, `characters_mean`), and above all when one of its questions is nearly this one (`near_copy`,
`same_words`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from retrieval.encoder import Vectors
from retrieval.index import Index

Ints: TypeAlias = npt.NDArray[np.int64]
FEATURES = (
    "nearest",
    "centre",
    "meaning",
    "answer",
    "characters",
    "characters_mean",
    "near_copy",
    "same_words",
)
# From these cosines on a question is hardly by chance so near: what is beyond them counts extra, so that a
# question the corpus has almost word for word is found and is sure, though the linear weights, fitted on
# questions it does not have, give little for one near neighbour.
NEAR_COPY, SAME_WORDS = 0.6, 0.4
# Rows taken from FAISS: every row of a language at the shipped size, a good shortlist at any other.
SHORTLIST = 400


@dataclass(frozen=True)
class Hidden:
    """What calibration takes out of the index for one question: its own row, or all entries of its id."""

    row: int = -1
    meaning: int = -1


@dataclass(frozen=True)
class Candidates:
    """entries: [n] entry numbers; features: float32 [n, len(FEATURES)]."""

    entries: Ints
    features: Vectors


def _shortlist(index: Index, vector: Vectors, lexical: Vectors, language: str) -> Ints:
    """Entry numbers worth scoring: the buyer's language, and of ids it lacks the nearest translation."""
    everything = (0, len(index.texts))
    own = index.language_rows.get(language)
    chosen: list[int] = []
    have: set[int] = set()
    if own is not None:
        rows, _ = index.nearest(vector, own, SHORTLIST)
        by_characters = own[0] + np.argsort(-lexical[own[0] : own[1]], kind="stable")[:50]
        chosen = sorted({*index.entry_of[rows].tolist(), *index.entry_of[by_characters].tolist()})
        begin, end = index.entry_of[own[0]], index.entry_of[own[1] - 1] + 1
        have = set(index.meaning_of[begin:end].tolist())
        if len(have) == len(index.meaning_sums):
            return np.asarray(chosen, np.int64)
    bridged, _ = index.nearest(vector, everything, SHORTLIST)
    by_characters = np.argsort(-lexical, kind="stable")[:50]
    for row in [*bridged.tolist(), *by_characters[lexical[by_characters] > 0].tolist()]:
        number = int(index.entry_of[row])
        meaning = int(index.meaning_of[number])
        if meaning not in have:
            have.add(meaning)
            chosen.append(number)
    return np.asarray(chosen, np.int64)


def score(index: Index, vector: Vectors, lexical: Vectors, language: str, hidden: Hidden = Hidden()) -> Candidates:
    """Candidates for a question.

    vector: the question's unit vector [dim]; lexical: its n-gram cosine with every row.
    """
    entries = _shortlist(index, vector, lexical, language)
    entries = entries[index.meaning_of[entries] != hidden.meaning]
    if not len(entries):
        return Candidates(entries, np.zeros((0, len(FEATURES)), np.float32))
    begins, ends = index.starts[entries], index.starts[entries + 1]
    lengths = ends - begins
    group: Ints = np.repeat(np.arange(len(entries)), lengths)
    rows = np.repeat(begins - (np.cumsum(lengths) - lengths), lengths) + np.arange(int(lengths.sum()))
    dense = np.asarray(index.vectors[rows] @ vector, np.float32)
    shared = np.asarray(lexical[rows], np.float32)
    answers = index.is_answer[rows]
    visible = rows != hidden.row
    asked = ~answers & visible

    def largest(values: Vectors, mask: npt.NDArray[np.bool_], floor: float) -> Vectors:
        out: Vectors = np.full(len(entries), floor, np.float32)
        np.maximum.at(out, group[mask], values[mask])
        return out

    meanings = index.meaning_of[entries]
    own, points = index.own_sums[entries], index.meaning_points[meanings]
    if hidden.row >= 0:
        number = index.entry_of[hidden.row]
        meaning = int(index.meaning_of[number])
        own[entries == number] -= index.vectors[hidden.row]
        left = (index.meaning_sums[meaning] - index.vectors[hidden.row]) / max(1, index.meaning_counts[meaning] - 1)
        points[meanings == meaning] = index.adapted(left[None, :])[0]
    counts = np.maximum(np.bincount(group[asked], minlength=len(entries)), 1)
    nearest = largest(dense, asked, -1.0)
    characters = largest(shared, asked, 0.0)
    features = np.stack(
        [
            nearest,
            _cosine(own, vector),
            points @ index.adapted(vector[None, :])[0],
            largest(dense, answers, -1.0),
            characters,
            np.bincount(group[asked], weights=shared[asked], minlength=len(entries)) / counts,
            np.maximum(nearest - NEAR_COPY, 0.0) / (1.0 - NEAR_COPY),
            np.maximum(characters - SAME_WORDS, 0.0) / (1.0 - SAME_WORDS),
        ],
        axis=1,
    )
    return Candidates(entries, features.astype(np.float32))


def _cosine(sums: Vectors, vector: Vectors) -> Vectors:
    norms = np.linalg.norm(sums, axis=1)
    return np.asarray(sums @ vector / np.maximum(norms, 1e-9), np.float32)
