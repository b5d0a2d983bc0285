"""The command line of retrieval: build, search, evaluate, calibrate."""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import asdict
from pathlib import Path

from retrieval.calibrate import fit, out_of_scope
from retrieval.calibration import SHIPPED, CalibrationError, save_calibration
from retrieval.corpus import CorpusError, load_corpus
from retrieval.encoder import EncoderError, load_encoder
from retrieval.evaluate import QueriesError, evaluate, read_queries, table
from retrieval.index import open_index
from retrieval.search import Retriever


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m retrieval", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    build = commands.add_parser("build", help="index the corpus")
    search = commands.add_parser("search", help="search one question")
    search.add_argument("text")
    search.add_argument("--language", default="en")
    search.add_argument("--region")
    search.add_argument("-k", type=int, default=5)
    measure = commands.add_parser("evaluate", help="measure on a file of questions")
    measure.add_argument("--queries", type=Path, required=True, nargs="+", help="rows {lang, text, faq_id}")
    calibrate = commands.add_parser("calibrate", help="fit the joining of scores and the confidences")
    calibrate.add_argument("--foreign", type=Path, default=Path("nlu_data"), help="where out_of_scope stands")
    calibrate.add_argument("--out", type=Path, default=SHIPPED)
    for command in (build, search, measure, calibrate):
        command.add_argument("--corpus", type=Path, default=Path("faq_corpus"))
        command.add_argument("--index", type=Path, help="default: var/index for the shop's own corpus")
        command.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _run(given: argparse.Namespace) -> None:
    # Another corpus must not push the shop's own index out of its place.
    folder: Path | None = given.index or (Path("var/index") if given.corpus == Path("faq_corpus") else None)
    if given.command == "calibrate":
        encoder = load_encoder()
        index = open_index(load_corpus(given.corpus), encoder, folder)
        calibration = fit(index, encoder, out_of_scope(given.foreign))
        save_calibration(calibration, given.out)
        print(json.dumps({**calibration.record, "answer": calibration.answer, "suggest": calibration.suggest}))
        return
    began = time.perf_counter()
    retriever = Retriever(given.corpus, folder)
    index = retriever.index
    if given.command == "build":
        facts = {
            "entries": len(index.corpus.entries),
            "languages": len(index.corpus.languages),
            "passages": len(index.texts),
            "encoded": index.encoded,
            "encoder": retriever.encoder.name,
            "seconds": round(time.perf_counter() - began, 3),
        }
        print(json.dumps(facts) if given.json else "  ".join(f"{key} {value}" for key, value in facts.items()))
    elif given.command == "search":
        answer = retriever.search(given.text, given.language, given.region, given.k)
        if given.json:
            print(json.dumps(asdict(answer), ensure_ascii=False))
            return
        print(answer.decision)
        for match in answer.matches:
            print(f"{match.confidence:.2f}  {match.faq_id} ({match.language})  {match.question}")
    else:
        queries = [query for path in given.queries for query in read_queries(path)]
        result = evaluate(retriever, queries)
        print(json.dumps(result) if given.json else table(result))


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; 0, or 2 with the reason on stderr."""
    try:
        _run(_parser().parse_args(arguments))
    except (CorpusError, EncoderError, CalibrationError, QueriesError, OSError, ValueError) as error:
        print(f"retrieval: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
