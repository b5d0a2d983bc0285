"""Measures the search on anyone's questions: who finds the right entry, who answers wrongly."""

from __future__ import annotations

import json
import math
import statistics
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from retrieval.search import Retriever

KEYS = (
    "n",
    "recall_at_1",
    "recall_at_5",
    "mrr",
    "answered",
    "answered_wrong",
    "refused_right",
    "ms_per_query",
)


class QueriesError(ValueError):
    """A file of test questions is malformed; the message names file and line."""


@dataclass(frozen=True)
class Query:
    """A test question; `faq_id` is None where the corpus has no answer."""

    lang: str
    text: str
    faq_id: str | None


@dataclass(frozen=True)
class Outcome:
    """rank: place of the right entry, from 1, or None; answered: an answer was given; right: the right one."""

    query: Query
    rank: int | None
    decision: str
    right: bool
    seconds: float


def _query(path: Path, line: int, row: Any, language: str | None) -> Query:
    if not isinstance(row, dict) or not isinstance(row.get("text"), str) or "faq_id" not in row:
        raise QueriesError(f"{path}:{line}: a row needs lang, text and faq_id (null where nothing answers)")
    lang, faq_id = row.get("lang", language), row["faq_id"]
    if not isinstance(lang, str) or not (faq_id is None or isinstance(faq_id, str)):
        raise QueriesError(f"{path}:{line}: lang must be a language code, faq_id an id or null")
    return Query(lang, row["text"], faq_id)


def read_queries(path: Path) -> list[Query]:
    """Questions of a JSON-lines file, or of a YAML list named by its language (`de.yml`).

    Raises QueriesError.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueriesError(f"{path}: cannot be read: {error}") from error
    if path.suffix in (".yml", ".yaml"):
        try:
            rows = yaml.safe_load(text) or []
        except yaml.YAMLError as error:
            raise QueriesError(f"{path}: malformed YAML: {error}") from error
        return [_query(path, number, row, path.stem) for number, row in enumerate(rows, 1)]
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                row = json.loads(line)
            except json.JSONDecodeError as error:
                raise QueriesError(f"{path}:{number}: not JSON: {error}") from error
            found.append(_query(path, number, row, None))
    return found


def ask(retriever: Retriever, query: Query, k: int = 10) -> Outcome:
    """Searches one test question."""
    began = time.perf_counter()
    answer = retriever.search(query.text, query.lang, k=k)
    seconds = time.perf_counter() - began
    ids = [match.faq_id for match in answer.matches]
    rank = ids.index(query.faq_id) + 1 if query.faq_id in ids else None
    return Outcome(query, rank, answer.decision, rank == 1, seconds)


def _share(outcomes: list[bool]) -> float:
    return round(sum(outcomes) / len(outcomes), 4) if outcomes else math.nan


def figures(outcomes: list[Outcome]) -> dict[str, float | int | None]:
    """The figures of `KEYS`; None where no row can tell (recall without an answerable row)."""
    answerable = [outcome for outcome in outcomes if outcome.query.faq_id is not None]
    unanswerable = [outcome for outcome in outcomes if outcome.query.faq_id is None]
    given = [outcome for outcome in outcomes if outcome.decision == "answer"]
    ranks = [outcome.rank for outcome in answerable]
    result: dict[str, float | int] = {
        "n": len(outcomes),
        "recall_at_1": _share([rank == 1 for rank in ranks]),
        "recall_at_5": _share([rank is not None and rank <= 5 for rank in ranks]),
        "mrr": round(statistics.fmean([1 / rank if rank else 0.0 for rank in ranks]), 4) if ranks else math.nan,
        "answered": _share([outcome.decision == "answer" for outcome in answerable]),
        "answered_wrong": _share([not outcome.right for outcome in given]) if given else 0.0,
        "refused_right": _share([outcome.decision == "none" for outcome in unanswerable]),
        "ms_per_query": round(1000 * statistics.fmean([o.seconds for o in outcomes]), 3) if outcomes else math.nan,
    }
    return {key: None if math.isnan(value) else value for key, value in result.items()}


def evaluate(retriever: Retriever, queries: Iterable[Query]) -> dict[str, Any]:
    """{"languages": {language: figures}, "all": figures}."""
    rows = list(queries)
    if rows:
        retriever.search(rows[0].text, rows[0].lang)  # the first search also builds lazy tables
    outcomes = [ask(retriever, query) for query in rows]
    languages = sorted({query.lang for query in rows})
    return {
        "languages": {lang: figures([o for o in outcomes if o.query.lang == lang]) for lang in languages},
        "all": figures(outcomes),
    }


def table(result: dict[str, Any]) -> str:
    """The result for people to read."""
    lines = ["     " + " ".join(f"{key:>14}" for key in KEYS)]
    for name, row in [*result["languages"].items(), ("all", result["all"])]:
        cells = ["-" if row[key] is None else f"{row[key]}" for key in KEYS]
        lines.append(f"{name:<5}" + " ".join(f"{cell:>14}" for cell in cells))
    return "\n".join(lines)
