"""Keeps the passages of a corpus searchable: vectors, FAISS index and n-gram postings, on disk and mapped.

A saved index is a folder of its own below `folder`, named by what it holds; the file `current` names the
one in use and is replaced last, so that a crash while writing leaves the old index whole.
FAISS: Johnson, Douze & Jégou 2019; HNSW: Malkov & Yashunin 2018.
"""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

import faiss
import numpy as np
import numpy.typing as npt

from retrieval.corpus import Corpus, Entry
from retrieval.encoder import Encoder, Vectors
from retrieval.lexical import CharNgrams

log = logging.getLogger(__name__)
# Its type stubs lack the keyword arguments of the Python wrapper.
_faiss: Any = faiss

Ints: TypeAlias = npt.NDArray[np.int64]
EXACT_LIMIT = 20_000
FORMAT = 1
# How far the adaptation is pulled towards no change (1: as much as the scatter itself).
SHRINKAGE = 0.3
_FILES = ("vectors.npy", "index.faiss", "starts.npy", "rows.npy", "weights.npy", "idf.npy", "texts.json")


class BrokenIndex(RuntimeError):
    """A saved index cannot be used; the message says why. Building it again helps."""


@dataclass(frozen=True)
class Passage:
    """One text that is searched: a question of an entry, or one of its answers."""

    text: str
    entry: int
    is_answer: bool


def passages_of(corpus: Corpus) -> list[Passage]:
    """The passages in the order of the corpus: each entry's questions, then its answers."""
    return [
        Passage(text, number, is_answer)
        for number, entry in enumerate(corpus.entries)
        for texts, is_answer in ((entry.questions, False), (entry.answers, True))
        for text in texts
    ]


@dataclass(frozen=True)
class Index:
    """A corpus made searchable. Rows are passages; rows of an entry, and of a language, are adjacent."""

    corpus: Corpus
    fingerprint: str
    texts: tuple[str, ...]
    vectors: Vectors
    dense: Any
    lexical: CharNgrams
    encoded: int
    """How many passages had to be encoded to build it (0: it was loaded)."""

    @cached_property
    def entry_of(self) -> Ints:
        """Row -> number of its entry."""
        return np.asarray([passage.entry for passage in passages_of(self.corpus)], np.int64)

    @cached_property
    def is_answer(self) -> npt.NDArray[np.bool_]:
        """Row -> whether it is an answer."""
        return np.asarray([passage.is_answer for passage in passages_of(self.corpus)], np.bool_)

    @cached_property
    def starts(self) -> Ints:
        """Entry -> its first row; one more at the end."""
        return np.searchsorted(self.entry_of, np.arange(len(self.corpus.entries) + 1))

    @cached_property
    def language_rows(self) -> Mapping[str, tuple[int, int]]:
        """Language -> its rows, from and to."""
        spans: dict[str, tuple[int, int]] = {}
        for number, entry in enumerate(self.corpus.entries):
            begin, _ = spans.get(entry.language, (int(self.starts[number]), 0))
            spans[entry.language] = (begin, int(self.starts[number + 1]))
        return spans

    @cached_property
    def meaning_of(self) -> Ints:
        """Entry -> number of its id: the entries of one id in all languages share it."""
        numbers: dict[str, int] = {}
        return np.asarray([numbers.setdefault(e.id, len(numbers)) for e in self.corpus.entries], np.int64)

    @cached_property
    def own_sums(self) -> Vectors:
        """Entry -> sum of its questions' vectors, [entries, dim]."""
        sums = np.zeros((len(self.corpus.entries), self.vectors.shape[1]), np.float32)
        questions = ~self.is_answer
        np.add.at(sums, self.entry_of[questions], self.vectors[questions])
        return sums

    @cached_property
    def meaning_sums(self) -> Vectors:
        """Id -> sum of its questions' vectors in all languages, [ids, dim]."""
        sums = np.zeros((int(self.meaning_of.max(initial=-1)) + 1, self.vectors.shape[1]), np.float32)
        np.add.at(sums, self.meaning_of, self.own_sums)
        return sums

    @cached_property
    def meaning_counts(self) -> Ints:
        """Id -> number of its questions in all languages."""
        questions = self.entry_of[~self.is_answer]
        return np.bincount(self.meaning_of[questions], minlength=len(self.meaning_sums))

    @cached_property
    def adaptation(self) -> tuple[Vectors, Vectors]:
        """Mean [dim] and map [dim, dim] after which questions of one id differ alike in all directions.

        Directions in which the questions of one id scatter (language, politeness, function words) count less,
        those in which ids differ count more: the whitening step of Fisher's linear discriminant, shrunk
        towards no change (Ledoit & Wolf 2004 for the form). On the shipped corpus it lifts recall@1 of the
        ids' centres on separately written questions from 0.58 to 0.62; shrinkage 0.1 to 1 did the same.
        """
        dim = self.vectors.shape[1]
        questions = np.flatnonzero(~self.is_answer)
        meanings = self.meaning_of[self.entry_of[questions]]
        centres = self.meaning_sums / np.maximum(self.meaning_counts, 1)[:, None]
        scatter = np.zeros((dim, dim))
        for begin in range(0, len(questions), 8192):
            part = slice(begin, begin + 8192)
            offsets = (self.vectors[questions[part]] - centres[meanings[part]]).astype(np.float64)
            scatter += offsets.T @ offsets
        scatter /= max(1, len(questions))
        level = max(float(np.trace(scatter)) / dim, 1e-6)
        values, directions = np.linalg.eigh(scatter / level + SHRINKAGE * np.eye(dim))
        change = directions @ np.diag(values**-0.5) @ directions.T
        return centres.mean(0).astype(np.float32), change.astype(np.float32)

    @cached_property
    def meaning_points(self) -> Vectors:
        """Id -> unit vector of its adapted centre, [ids, dim]."""
        return self.adapted((self.meaning_sums / np.maximum(self.meaning_counts, 1)[:, None]).astype(np.float32))

    def adapted(self, vectors: Vectors) -> Vectors:
        """Vectors [n, dim] in the adapted space, of length 1."""
        mean, change = self.adaptation
        moved = (vectors - mean) @ change
        return np.asarray(moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9), np.float32)

    def entry(self, number: int) -> Entry:
        """The entry of that number."""
        return self.corpus.entries[number]

    def nearest(self, vector: Vectors, rows: tuple[int, int], k: int) -> tuple[Ints, Vectors]:
        """Up to `k` rows of the span nearest to a unit vector [dim], and their cosines, best first."""
        begin, end = rows
        k = min(k, end - begin)
        if k <= 0:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        selector = _faiss.IDSelectorRange(begin, end)
        if isinstance(self.dense, faiss.IndexHNSW):
            parameters: Any = _faiss.SearchParametersHNSW(sel=selector, efSearch=max(128, k))
        else:
            parameters = _faiss.SearchParameters(sel=selector)
        scores, found = self.dense.search(vector[None, :], k, params=parameters)
        known = found[0] >= 0
        return found[0][known], scores[0][known]


def _dense(vectors: Vectors) -> Any:
    dim = vectors.shape[1]
    if len(vectors) < EXACT_LIMIT:
        index: Any = faiss.IndexFlatIP(dim)
    else:
        index = faiss.IndexHNSWFlat(dim, 32, faiss.METRIC_INNER_PRODUCT)
        index.hnsw.efConstruction = 80
    if len(vectors):
        index.add(np.ascontiguousarray(vectors))
    return index


def build(corpus: Corpus, encoder: Encoder, old: Index | None = None) -> Index:
    """Indexes `corpus`. Texts that `old` has from the same encoder are not encoded again."""
    texts = [passage.text for passage in passages_of(corpus)]
    known: dict[str, int] = {}
    if old is not None and old.fingerprint == encoder.fingerprint and old.vectors.shape[1] == encoder.dim:
        known = {text: row for row, text in enumerate(old.texts)}
    vectors: Vectors = np.zeros((len(texts), encoder.dim), np.float32)
    fresh = list(dict.fromkeys(text for text in texts if text not in known))
    place = {text: number for number, text in enumerate(fresh)}
    encoded = encoder.encode_passages(fresh) if fresh else np.zeros((0, encoder.dim), np.float32)
    for row, text in enumerate(texts):
        if text in known and old is not None:
            vectors[row] = old.vectors[known[text]]
        else:
            vectors[row] = encoded[place[text]]
    lexical = CharNgrams.fit(texts)
    return Index(corpus, encoder.fingerprint, tuple(texts), vectors, _dense(vectors), lexical, len(fresh))


def save(index: Index, folder: Path) -> None:
    """Writes `index` below `folder` and makes it the current one. Raises OSError where that is impossible."""
    folder.mkdir(parents=True, exist_ok=True)
    target = Path(tempfile.mkdtemp(prefix=f"{index.corpus.digest[:12]}-", dir=folder))
    np.save(target / "vectors.npy", index.vectors)
    faiss.write_index(index.dense, str(target / "index.faiss"))
    for name in ("starts", "rows", "weights", "idf"):
        np.save(target / f"{name}.npy", getattr(index.lexical, name))
    (target / "texts.json").write_text(json.dumps(index.texts, ensure_ascii=False), encoding="utf-8")
    meta = {
        "format": FORMAT,
        "encoder": index.fingerprint,
        "corpus": index.corpus.digest,
        "passages": len(index.texts),
        "sizes": {name: (target / name).stat().st_size for name in _FILES},
    }
    (target / "meta.json").write_text(json.dumps(meta, indent=2) + "\n", encoding="utf-8")
    pointer = folder / "current"
    before = pointer.read_text(encoding="utf-8").strip() if pointer.is_file() else ""
    new = folder / f"{target.name}.current"
    new.write_text(target.name + "\n", encoding="utf-8")
    new.replace(pointer)
    # The one before stays: another process may be about to open it. Mapped files outlive their names.
    for other in folder.iterdir():
        if other.is_dir() and (other / "meta.json").is_file() and other.name not in (target.name, before):
            shutil.rmtree(other, ignore_errors=True)


def load(folder: Path, corpus: Corpus) -> Index:
    """Opens the saved index by memory map.

    `corpus` may be newer than the index: then the index serves only to build() the new one from; compare
    `texts`. Raises BrokenIndex where there is none or it is damaged.
    """
    pointer = folder / "current"
    if not pointer.is_file():
        raise BrokenIndex(f"there is no index in {folder}")
    home = folder / pointer.read_text(encoding="utf-8").strip()
    try:
        meta = json.loads((home / "meta.json").read_text(encoding="utf-8"))
        if meta["format"] != FORMAT:
            raise BrokenIndex(f"{home} has format {meta['format']}, not {FORMAT}")
        for name in _FILES:
            size = (home / name).stat().st_size
            if size != meta["sizes"][name]:
                raise BrokenIndex(f"{home / name} is damaged: {size} bytes instead of {meta['sizes'][name]}")
        arrays = {name: np.load(home / f"{name}.npy", mmap_mode="r") for name in ("starts", "rows", "weights", "idf")}
        vectors = np.load(home / "vectors.npy", mmap_mode="r")
        dense = faiss.read_index(str(home / "index.faiss"), faiss.IO_FLAG_MMAP_IFC)
        texts = tuple(json.loads((home / "texts.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
        if isinstance(error, BrokenIndex):
            raise
        raise BrokenIndex(f"{home} is damaged: {error}") from error
    if not len(texts) == len(vectors) == dense.ntotal == meta["passages"]:
        raise BrokenIndex(f"{home} is damaged: its files hold different numbers of passages")
    lexical = CharNgrams(arrays["starts"], arrays["rows"], arrays["weights"], arrays["idf"], len(texts))
    return Index(corpus, str(meta["encoder"]), texts, vectors, dense, lexical, 0)


def open_index(corpus: Corpus, encoder: Encoder, folder: Path | None) -> Index:
    """The index of `corpus`: the saved one where it fits, else built (from it, as far as it fits) and saved.

    Without a folder nothing is read or written. Raises OSError where the folder cannot be written.
    """
    old: Index | None = None
    if folder is not None:
        try:
            old = load(folder, corpus)
        except BrokenIndex as error:
            log.info("building the index: %s", error)
    if old is not None and old.fingerprint != encoder.fingerprint:
        log.info("building the index: the saved one is of another encoder (%s)", old.fingerprint)
        old = None
    if old is not None and list(old.texts) == [passage.text for passage in passages_of(corpus)]:
        return old
    index = build(corpus, encoder, old)
    if folder is not None:
        save(index, folder)
        log.info("indexed %d passages, %d of them encoded", len(index.texts), index.encoded)
    return index
