"""Scores understanding on messages of the form {lang, text, intent, emotion, handoff}, a line each.

    python -m bot.nlu.evaluate --messages F.jsonl [--json] [--confusions] [--model PATH]

Prints accuracy and macro-F1 of the intent, accuracy of the language, macro-F1 of the emotion, recall and precision of
the hand-off, for each language and for all together.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import re
import sys
import time
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

DEFAULT_MODEL = Path("var/models/parley.tar.gz")
KEYS = (
    "n",
    "intent_accuracy",
    "intent_macro_f1",
    "language_accuracy",
    "emotion_macro_f1",
    "handoff_recall",
    "handoff_precision",
    "ms_per_message",
)


class EvaluationError(Exception):
    """The file or the model cannot be used; the message says why."""


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Rows of a JSON-lines file (or of a test file in YAML); raises EvaluationError naming the line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise EvaluationError(f"{path}: no such file, or not readable") from error
    except UnicodeDecodeError as error:
        raise EvaluationError(f"{path}: not UTF-8 ({error.reason} at byte {error.start})") from error
    rows = _yaml_rows(path, text) if path.suffix in (".yml", ".yaml") else list(_json_rows(path, text))
    for where, row in rows:
        if not isinstance(row, dict) or not isinstance(row.get("text"), str) or not isinstance(row.get("lang"), str):
            raise EvaluationError(f"{path}:{where}: needs `lang` and `text`")
    return [row for _, row in rows]


def _json_rows(path: Path, text: str) -> Iterator[tuple[str, Any]]:
    # Not splitlines: it also breaks at the line separators that JSON strings may hold.
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield str(number), json.loads(line)
            except json.JSONDecodeError as error:
                raise EvaluationError(f"{path}:{number}: not JSON ({error.msg})") from error


def _yaml_rows(path: Path, text: str) -> list[tuple[str, Any]]:
    try:
        rows = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise EvaluationError(f"{path}: not YAML ({error})") from error
    if not isinstance(rows, list):
        raise EvaluationError(f"{path}: not a list of messages")
    named = [{"lang": path.stem, **row} if isinstance(row, dict) else row for row in rows]
    return [(f"message {number}", row) for number, row in enumerate(named, 1)]


class Understanding:
    """The trained pipeline, without dialogue."""

    def __init__(self, model: Path = DEFAULT_MODEL) -> None:
        if not model.is_file():
            raise EvaluationError(f"{model}: no trained model; run `make train`")
        from rasa.core.agent import Agent
        from rasa.utils.log_utils import configure_structlog

        configure_structlog(logging.ERROR)  # Rasa would print every message's text

        self._agent = Agent.load(str(model))

    async def parse(self, text: str) -> dict[str, Any]:
        """Rasa's parse data of one message, as in a new conversation without a locale."""
        # A leading slash would be a command; the gateway's channel strips it likewise.
        return dict(await self._agent.parse_message(re.sub(r"^[\s/]+", "", text) or "?"))


def predicted_intent(parsed: dict[str, Any]) -> str:
    """The likeliest intent, also where it was too unsure to act upon."""
    name = (parsed.get("intent") or {}).get("name")
    if name != "nlu_fallback":
        return str(name)
    ranking = [r["name"] for r in parsed.get("intent_ranking") or [] if r["name"] != "nlu_fallback"]
    return str(ranking[0]) if ranking else "nlu_fallback"


def _policy_config() -> dict[str, Any]:
    """The thresholds of the hand-off policy, as config.yml sets them."""
    from bot.dialogue.policy import HandoffPolicy

    config = yaml.safe_load(Path("config.yml").read_text(encoding="utf-8"))
    policies = {p["name"]: p for p in config["policies"]}
    return {**HandoffPolicy.get_default_config(), **policies["bot.dialogue.policy.HandoffPolicy"]}


def macro_f1(pairs: Sequence[Any]) -> float | None:
    """Mean F1 over the labels that occur in truth; pairs are (truth, prediction)."""
    if not pairs:
        return None
    scores: list[float] = []
    for label in {truth for truth, _ in pairs}:
        hit = sum(t == p == label for t, p in pairs)
        scores.append(2 * hit / max(1, sum(t == label for t, _ in pairs) + sum(p == label for _, p in pairs)))
    return sum(scores) / len(scores)


def _share(pairs: Sequence[Any]) -> float | None:
    return sum(t == p for t, p in pairs) / len(pairs) if pairs else None


def score(results: list[dict[str, Any]]) -> dict[str, Any]:
    """The figures of one group of messages; None where no row says the truth."""

    def pairs(key: str) -> list[Any]:
        return [(r["truth"][key], r[key]) for r in results if r["truth"].get(key) is not None]

    handoff = pairs("handoff")
    wanted = [p for t, p in handoff if t]
    called = [t for t, p in handoff if p]
    values = (
        len(results),
        _share(pairs("intent")),
        macro_f1(pairs("intent")),
        _share(pairs("lang")),
        macro_f1(pairs("emotion")),
        sum(wanted) / len(wanted) if wanted else None,
        sum(called) / len(called) if called else None,
        1000 * sum(r["seconds"] for r in results) / max(1, len(results)),
    )
    return {key: round(v, 4) if isinstance(v, float) else v for key, v in zip(KEYS, values, strict=True)}


async def evaluate(rows: list[dict[str, Any]], model: Path = DEFAULT_MODEL) -> list[dict[str, Any]]:
    """One result for each row: the truth, what was understood, the seconds it took."""
    from bot.dialogue.policy import escalation_reason

    understanding = Understanding(model)
    policy = _policy_config()
    await understanding.parse("warm up")
    results = []
    for row in rows:
        started = time.perf_counter()
        parsed = await understanding.parse(row["text"])
        results.append(
            {
                "truth": row,
                "intent": predicted_intent(parsed),
                "lang": parsed.get("language"),
                "emotion": (parsed.get("emotion") or {}).get("name"),
                "handoff": escalation_reason(parsed, policy) is not None,
                "confidence": (parsed.get("intent") or {}).get("confidence"),
                "seconds": time.perf_counter() - started,
            }
        )
    return results


def scorecard(results: list[dict[str, Any]]) -> dict[str, Any]:
    """{"languages": {code: figures}, "all": figures}."""
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for result in results:
        groups[result["truth"]["lang"]].append(result)
    return {"languages": {lang: score(group) for lang, group in sorted(groups.items())}, "all": score(results)}


def table(card: dict[str, Any]) -> str:
    """The scorecard for reading."""
    lines = ["lang      n  intent      F1    lang  emotion  handoff R/P   ms"]
    for lang, row in [*card["languages"].items(), ("all", card["all"])]:
        cells = ["  –  " if row[k] is None else f"{row[k]:.3f}" for k in KEYS[1:7]]
        lines.append(f"{lang:4} {row['n']:6}  " + "   ".join(cells) + f"  {row['ms_per_message']:.1f}")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m bot.nlu.evaluate", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--messages", type=Path, required=True, action="append", help="JSON lines; may be repeated")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    parser.add_argument("--confusions", action="store_true", help="also the most frequent confusions of intents")
    parser.add_argument("--model", type=Path, default=DEFAULT_MODEL)
    options = parser.parse_args(arguments)
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    warnings.filterwarnings("ignore")
    logging.disable(logging.WARNING)
    try:
        rows = [row for path in options.messages for row in read_rows(path)]
        results = asyncio.run(evaluate(rows, options.model))
    except EvaluationError as error:
        print(error, file=sys.stderr)
        return 2
    card = scorecard(results)
    if options.confusions:
        wrong = Counter(
            (r["truth"].get("intent"), r["intent"]) for r in results if r["truth"].get("intent") != r["intent"]
        )
        card["confusions"] = [{"truth": t, "taken_for": p, "count": n} for (t, p), n in wrong.most_common(25)]
    if options.json:
        print(json.dumps(card, ensure_ascii=False))
    else:
        print(table(card))
        for row in card.get("confusions", []):
            print(f"{row['count']:4}  {row['truth']} taken for {row['taken_for']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
