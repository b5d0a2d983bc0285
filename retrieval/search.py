"""Answers a buyer's question from the corpus, offers a choice, or says that nothing fits.

retriever = Retriever("faq_corpus", "var/index")
retriever.search("was kostet der versand", "de").decision
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

import numpy as np

from retrieval.calibration import Calibration, load_calibration
from retrieval.corpus import CorpusError, corpus_files, load_corpus
from retrieval.encoder import Encoder, Vectors, load_encoder
from retrieval.index import Index, open_index
from retrieval.scoring import score

log = logging.getLogger(__name__)

Decision: TypeAlias = Literal["answer", "suggest", "none"]
MAX_CHARACTERS = 4_000
_Signature: TypeAlias = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Match:
    """An entry that may answer. `language` is the entry's own: another than the buyer's where it is a bridge.

    `answer` has its `{variables}`; `score` ranks within one search, `confidence` is a probability.
    """

    faq_id: str
    language: str
    question: str
    answer: str
    score: float
    confidence: float


@dataclass(frozen=True)
class Answer:
    """What to do, and the best entries, best first. With "none" the matches are for the record only."""

    decision: Decision
    matches: tuple[Match, ...] = ()


class Retriever:
    """Searches a corpus folder.

    index: where the index is kept, None to keep it in memory only.
    Raises CorpusError for a malformed corpus, EncoderError and CalibrationError for a missing model.
    One retriever may be used by several threads.
    """

    def __init__(
        self,
        corpus: str | Path = "faq_corpus",
        index: str | Path | None = "var/index",
        encoder: Encoder | None = None,
        calibration: Calibration | None = None,
    ) -> None:
        self._folder = Path(corpus)
        self._index_folder = None if index is None else Path(index)
        self.encoder = encoder or load_encoder()
        self.calibration = calibration or load_calibration()
        if self.calibration.encoder not in ("", self.encoder.fingerprint):
            log.warning(
                "the confidences were fitted for another encoder than %s: run python -m retrieval calibrate",
                self.encoder.name,
            )
        self._reloading = threading.Lock()
        self._seen = _signature(self._folder)
        self._index = open_index(load_corpus(self._folder), self.encoder, self._index_folder)

    @property
    def index(self) -> Index:
        """The index in use; it never changes, a reload puts another in its place."""
        return self._index

    def search(self, text: str, language: str, region: str | None = None, k: int = 5) -> Answer:
        """The best `k` entries for `text` and what to do with them.

        `language`: the buyer's; entries in others only stand in for those it lacks. `region`: a country or
        region code that picks among an entry's answers. Any text has a result: one without letters or
        digits is "none", one over 4,000 characters is cut.
        """
        text = text[:MAX_CHARACTERS].encode("utf-8", "ignore").decode("utf-8").strip()
        if not any(character.isalnum() for character in text):
            return Answer("none")
        return self.search_vector(self.encoder.encode_queries([text])[0], text, language, region, k)

    def search_vector(self, vector: Vectors, text: str, language: str, region: str | None = None, k: int = 5) -> Answer:
        """As search, for a text whose unit vector [dim] is known already."""
        index = self._index
        if not index.texts or k < 1:
            return Answer("none")
        lexical = index.lexical.scores(text)
        if not vector.any() and not lexical.any():
            return Answer("none")
        candidates = score(index, vector, lexical, language)
        joined = self.calibration.joined(candidates.features)
        confidences = self.calibration.confidences(candidates.features, joined)
        best = np.argsort(-joined, kind="stable")[:k]
        matches = []
        for number in best.tolist():
            entry = index.entry(int(candidates.entries[number]))
            matches.append(
                Match(
                    faq_id=entry.id,
                    language=entry.language,
                    question=entry.question,
                    answer=index.corpus.answer(entry, region),
                    score=float(joined[number]),
                    confidence=float(confidences[number]),
                )
            )
        if not matches:
            return Answer("none")
        return Answer(self._decide(matches[0].confidence), tuple(matches))

    def _decide(self, confidence: float) -> Decision:
        if confidence >= self.calibration.answer:
            return "answer"
        return "suggest" if confidence >= self.calibration.suggest else "none"

    def reload_if_changed(self) -> bool:
        """Takes in a changed corpus; True where the index was replaced.

        The new index is built aside and put in place in one step. Where a file is broken, or the index
        cannot be written, the old one goes on serving and the reason is logged once.
        """
        with self._reloading:
            signature = _signature(self._folder)
            if signature == self._seen:
                return False
            self._seen = signature
            try:
                corpus = load_corpus(self._folder)
                if corpus.digest == self._index.corpus.digest and corpus.regions == self._index.corpus.regions:
                    return False
                self._index = open_index(corpus, self.encoder, self._index_folder)
            except (CorpusError, OSError) as error:
                log.error("the corpus is not taken in, the old one goes on serving: %s", error)
                return False
            log.info("the corpus changed: %d entries", len(corpus.entries))
            return True


def _signature(folder: Path) -> _Signature:
    """Names, times and sizes of the corpus files: what changes when one is written."""
    found = []
    for path in corpus_files(folder):
        try:
            state = path.stat()
        except FileNotFoundError:
            continue
        found.append((str(path), state.st_mtime_ns, state.st_size))
    return tuple(found)
