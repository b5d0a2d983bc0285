"""Compares texts by the characters they share: finds names, typing errors and words no encoder has seen.

Character n-grams within words (2 to 4) and, for scripts without spaces, within runs (1 to 3), weighted by
tf-idf and made one long, as in the vector space model (Salton & Buckley 1988; for character n-grams across
languages McNamee & Mayfield 2004). N-grams are hashed, so that nothing must be stored but postings.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

BUCKETS = 1 << 18
# Longer texts add time but no decision: what a buyer asks stands in the first sentences.
MAX_CHARACTERS = 1_000

_MARKS = re.compile("[\u0300-\u036f\u064b-\u0655\u0670\u0640]")
_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")


def normalise(text: str) -> str:
    """Lower case without accents and Arabic vowel marks; kana keep their voicing marks."""
    folded = unicodedata.normalize("NFKC", text[:MAX_CHARACTERS]).casefold()
    folded = _MARKS.sub("", unicodedata.normalize("NFD", folded))
    return unicodedata.normalize("NFC", folded).replace("ى", "ي").replace("ة", "ه").replace("ł", "l")


def grams(text: str) -> list[str]:
    """The n-grams of a text, repeated as often as they occur."""
    found: list[str] = []
    for word in _WORD.findall(normalise(text)):
        if _UNSPACED.search(word):
            for n in (1, 2, 3):
                found += [word[i : i + n] for i in range(len(word) - n + 1)]
            continue
        padded = f" {word} "
        for n in (2, 3, 4):
            found += [padded[i : i + n] for i in range(len(padded) - n + 1)]
        found.append(f"={word}")
    return found


def _counts(text: str) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    hashed = [zlib.crc32(gram.encode()) % BUCKETS for gram in grams(text)]
    buckets, counts = np.unique(np.asarray(hashed, np.int64), return_counts=True)
    return buckets, (1.0 + np.log(counts)).astype(np.float32)


@dataclass(frozen=True)
class CharNgrams:
    """Postings of all passages: for each bucket the rows that have it and their weights.

    starts: [BUCKETS + 1]; rows, weights: [postings]; idf: [BUCKETS]; size: number of passages.
    """

    starts: npt.NDArray[np.int64]
    rows: npt.NDArray[np.int32]
    weights: npt.NDArray[np.float32]
    idf: npt.NDArray[np.float32]
    size: int

    @classmethod
    def fit(cls, texts: list[str]) -> CharNgrams:
        """Builds the postings of `texts`; row n is text n."""
        bags = [_counts(text) for text in texts]
        lengths = np.asarray([len(buckets) for buckets, _ in bags], np.int64)
        buckets = np.concatenate([b for b, _ in bags]) if bags else np.zeros(0, np.int64)
        weights = np.concatenate([w for _, w in bags]) if bags else np.zeros(0, np.float32)
        rows: npt.NDArray[np.int32] = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)
        frequency = np.bincount(buckets, minlength=BUCKETS)
        idf = (np.log((1.0 + len(texts)) / (1.0 + frequency)) + 0.5).astype(np.float32)
        weights = weights * idf[buckets]
        norms = np.sqrt(np.bincount(rows, weights=weights.astype(np.float64) ** 2, minlength=len(texts)))
        weights = (weights / np.maximum(norms, 1e-9)[rows]).astype(np.float32)
        order = np.argsort(buckets, kind="stable")
        starts = np.concatenate([[0], np.cumsum(frequency)]).astype(np.int64)
        return cls(starts, rows[order], weights[order], idf, len(texts))

    def scores(self, text: str) -> npt.NDArray[np.float32]:
        """Cosine of `text` with each passage, [size], between 0 and 1."""
        buckets, counts = _counts(text)
        weights = counts * self.idf[buckets]
        norm = float(np.linalg.norm(weights))
        spans = [
            (int(self.starts[bucket]), int(self.starts[bucket + 1]), weight)
            for bucket, weight in zip(buckets, weights, strict=True)
            if self.starts[bucket] < self.starts[bucket + 1]
        ]
        if not spans or norm == 0.0:
            return np.zeros(self.size, np.float32)
        chosen = np.fromiter(chain.from_iterable(range(a, b) for a, b, _ in spans), np.int64)
        factor: npt.NDArray[np.float32] = np.repeat([w for _, _, w in spans], [b - a for a, b, _ in spans])
        found = np.bincount(self.rows[chosen], weights=self.weights[chosen] * factor, minlength=self.size)
        return np.asarray(found / norm, np.float32)
