"""Checks the language data: every language has every intent, answer, text and variable.

    python -m bot.validate [--language de]

Prints one line for each fault, naming file and entry, and exits with 1 when there is one.
"""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml
from babel import Locale

from bot.locales.catalogue import Catalogues, CatalogueSyntaxError, Message, parse
from bot.locales.languages import DEFAULT_LANGUAGE, languages

ROOT = Path(__file__).resolve().parent.parent
CHOICE_LIMIT = 20  # WhatsApp's limit for a button
TESTS_PER_INTENT = 4
NULL_QUERIES = 15
MIN_VARIANTS = 5
MIN_CLASS_WORDS = 10


def normal(text: str) -> str:
    """A sentence as two writers would call it the same: case, accents, spaces, edge punctuation do not count."""
    flat = unicodedata.normalize("NFKD", text.casefold())
    flat = "".join(c for c in flat if not unicodedata.combining(c))
    return " ".join(flat.split()).strip(" .!?…,。!?、¿¡")


class Faults:
    """Collects what is wrong, one line each."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def add(self, path: Path, text: str) -> None:
        """Note a fault of a file."""
        name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
        self.lines.append(f"{name}: {text}")


def load_yaml(path: Path, faults: Faults) -> Any:
    """The file's content, or None with a fault noted."""
    if not path.is_file():
        faults.add(path, "file is missing")
        return None
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        faults.add(path, f"not readable YAML: {error}".replace("\n", " "))
        return None


def examples(content: Any) -> Iterator[tuple[str, str]]:
    """(intent, sentence) of one Rasa NLU file."""
    for block in content.get("nlu", []):
        for line in str(block.get("examples", "")).splitlines():
            if line.strip():
                yield block.get("intent", ""), line.strip()


def check_training(language: str, schema: dict[str, Any], faults: Faults) -> set[str]:
    """Training sentences of one language; returns them normalised."""
    seen: dict[str, str] = {}
    for group, intents in schema["groups"].items():
        path = ROOT / "nlu_data" / language / f"{group}.yml"
        content = load_yaml(path, faults)
        if not isinstance(content, dict):
            continue
        counts = dict.fromkeys(intents, 0)
        for intent, line in examples(content):
            if intent not in counts:
                faults.add(path, f"intent {intent!r} does not belong into this file")
                counts[intent] = 0
            if not line.startswith("- "):
                faults.add(path, f"example without '- ': {line!r}")
                continue
            sentence = line[2:].strip()
            if re.search(r"\[[^\]]*\][({]", sentence) or sentence.startswith("/"):
                faults.add(path, f"annotation or slash in {sentence!r}")
            key = normal(sentence) or sentence
            if key in seen:
                faults.add(path, f"{sentence!r} stands twice ({seen[key]}, {intent})")
            seen[key] = intent
            counts[intent] += 1
        for intent in intents:
            need = schema["minimums"].get(intent, schema["minimum"])
            if counts[intent] < need:
                faults.add(path, f"{intent}: {counts[intent]} of {need} examples")
    return set(seen)


def check_labelled(language: str, folder: str, minimums: dict[str, int], faults: Faults) -> set[str]:
    """Sentences of nlu_data/<folder>/<language>.tsv and their labels; returns the sentences normalised."""
    path = ROOT / "nlu_data" / folder / f"{language}.tsv"
    if not path.is_file():
        faults.add(path, "file is missing")
        return set()
    counts = dict.fromkeys(minimums, 0)
    seen: set[str] = set()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        text, _, label = line.rpartition("\t")
        if not text.strip() or label not in counts:
            faults.add(path, f"line {number}: expected text<TAB>label, the label one of {', '.join(counts)}")
            continue
        if normal(text) in seen:
            faults.add(path, f"line {number}: stands twice")
        seen.add(normal(text))
        counts[label] += 1
    for label, need in minimums.items():
        if counts[label] < need:
            faults.add(path, f"{label}: {counts[label]} of {need} sentences")
    return seen


def check_classes(language: str, schema: dict[str, Any], faults: Faults) -> None:
    """Names of classes of goods."""
    path = ROOT / "nlu_data" / language / "product_classes.yml"
    content = load_yaml(path, faults)
    if not isinstance(content, dict):
        return
    for name in schema["product_classes"]:
        words = content.get(name) or []
        if len(words) < MIN_CLASS_WORDS or not all(isinstance(w, str) for w in words):
            faults.add(path, f"{name}: needs at least {MIN_CLASS_WORDS} words, all strings")
    for name in set(content) - set(schema["product_classes"]):
        faults.add(path, f"unknown class {name!r}")


def check_faq(language: str, topics: dict[str, Any], faults: Faults) -> set[str]:
    """The corpus of one language; returns its questions and variants, normalised."""
    known = set(topics["variables"])
    seen: dict[str, str] = {}
    for topic, rows in topics["topics"].items():
        path = ROOT / "faq_corpus" / language / f"{topic}.yml"
        content = load_yaml(path, faults)
        if not isinstance(content, list):
            continue
        wanted = {row["id"]: row for row in rows}
        found: set[str] = set()
        for entry in content:
            faq_id = entry.get("id")
            if faq_id not in wanted or faq_id in found:
                faults.add(path, f"{faq_id!r} is unknown here or stands twice")
                continue
            found.add(faq_id)
            answers = [entry.get("answer"), *(entry.get("regions") or {}).values()]
            if not all(isinstance(a, str) and a.strip() for a in answers):
                faults.add(path, f"{faq_id}: answer is missing")
                continue
            for answer in answers:
                used = set(re.findall(r"\{([^{}]*)\}", answer))
                for name in used - known:
                    faults.add(path, f"{faq_id}: unknown variable {{{name}}}")
                for name in set(wanted[faq_id]["variables"]) - used:
                    faults.add(path, f"{faq_id}: answer lacks {{{name}}}")
            variants = entry.get("variants") or []
            if len(variants) < MIN_VARIANTS:
                faults.add(path, f"{faq_id}: {len(variants)} of {MIN_VARIANTS} variants")
            for text in (entry.get("question"), *variants):
                if not isinstance(text, str) or not text.strip():
                    faults.add(path, f"{faq_id}: empty question or variant")
                elif normal(text) in seen:
                    faults.add(path, f"{faq_id}: {text!r} stands twice ({seen[normal(text)]})")
                else:
                    seen[normal(text)] = faq_id
        for faq_id in set(wanted) - found:
            faults.add(path, f"{faq_id} is missing")
    return set(seen)


def check_tests(
    language: str,
    schema: dict[str, Any],
    topics: dict[str, Any],
    training: set[str],
    corpus: set[str],
    faults: Faults,
) -> None:
    """Test sentences of one language: complete, valid, and none of them in the training data."""
    path = ROOT / "tests" / "nlu" / f"{language}.yml"
    intents = {i for group in schema["groups"].values() for i in group}
    counts = dict.fromkeys(intents, 0)
    for row in load_yaml(path, faults) or []:
        text, intent = str(row.get("text", "")), row.get("intent")
        if (
            intent not in intents
            or row.get("emotion") not in schema["emotions"]
            or not isinstance(row.get("handoff"), bool)
        ):
            faults.add(path, f"{text!r}: intent, emotion or handoff is not valid")
            continue
        if normal(text) in training:
            faults.add(path, f"{text!r} is also a training sentence")
        counts[intent] += 1
    for intent, count in counts.items():
        if count < TESTS_PER_INTENT:
            faults.add(path, f"{intent}: {count} of {TESTS_PER_INTENT} tests")
    path = ROOT / "tests" / "faq" / f"{language}.yml"
    ids = {row["id"] for rows in topics["topics"].values() for row in rows}
    tested: set[str] = set()
    nulls = 0
    for row in load_yaml(path, faults) or []:
        text, faq_id = str(row.get("text", "")), row.get("faq_id")
        if faq_id is None:
            nulls += 1
        elif faq_id not in ids:
            faults.add(path, f"{text!r}: unknown id {faq_id!r}")
        else:
            tested.add(faq_id)
        if normal(text) in corpus:
            faults.add(path, f"{text!r} stands in the corpus")
    for faq_id in sorted(ids - tested):
        faults.add(path, f"{faq_id} has no query")
    if nulls < NULL_QUERIES:
        faults.add(path, f"{nulls} of {NULL_QUERIES} unanswerable queries")


def read_catalogue(language: str, faults: Faults) -> dict[str, Message]:
    """All messages of one language by key."""
    messages: dict[str, Message] = {}
    for path in sorted((ROOT / "bot" / "locales" / language).glob("*.ftl")):
        try:
            for message in parse(path):
                if message.key in messages:
                    faults.add(path, f"{message.key} stands twice")
                messages[message.key] = message
        except CatalogueSyntaxError as error:
            faults.add(path, str(error))
    return messages


def check_catalogue(language: str, faults: Faults) -> None:
    """One language's catalogues against the default language's: keys, variables, plurals, limits."""
    master = read_catalogue(DEFAULT_LANGUAGE, faults)
    own = read_catalogue(language, Faults() if language == DEFAULT_LANGUAGE else faults)
    folder = ROOT / "bot" / "locales" / language
    desk = languages()[language].desk
    plural_form: Callable[[int], str] = Locale.parse(languages()[language].locale).plural_form
    needed = {plural_form(n) for n in range(1, 31)}
    texts = Catalogues()
    for key, message in master.items():
        if key.startswith("desk-") and not desk:
            continue
        if key not in own:
            faults.add(folder / message.path.name, f"{key} is missing")
            continue
        mine = own[key]
        if mine.variables != message.variables:
            faults.add(
                mine.path,
                f"line {mine.line}: {key} has {set(mine.variables)}, needs {set(message.variables)}",
            )
        for categories in mine.categories:
            if not needed <= categories | {"other"}:
                faults.add(mine.path, f"line {mine.line}: {key} lacks plural forms {needed - categories}")
        if key.startswith("choice-"):
            label = texts.text(key, language)
            if len(label) > CHOICE_LIMIT:
                faults.add(mine.path, f"line {mine.line}: {key} has {len(label)} of {CHOICE_LIMIT} characters")
    for key in set(own) - set(master):
        faults.add(own[key].path, f"{key} is not in {DEFAULT_LANGUAGE}")


def validate(only: list[str] | None = None) -> list[str]:
    """All faults of all (or only these) languages, one line each."""
    faults = Faults()
    schema = load_yaml(ROOT / "nlu_data" / "schema.yml", faults)
    topics = load_yaml(ROOT / "faq_corpus" / "topics.yml", faults)
    for language in only or languages():
        training = check_training(language, schema, faults)
        training |= check_labelled(language, "emotion", schema["emotion_minimums"], faults)
        training |= check_labelled(language, "escalation", schema["escalation_minimums"], faults)
        check_classes(language, schema, faults)
        corpus = check_faq(language, topics, faults)
        check_tests(language, schema, topics, training, corpus, faults)
        check_catalogue(language, faults)
    return faults.lines


def main() -> int:
    """Command line; 0 when everything is in order."""
    parser = argparse.ArgumentParser(prog="python -m bot.validate", description=__doc__.splitlines()[0])
    parser.add_argument("--language", action="append", choices=list(languages()), help="only this language")
    lines = validate(parser.parse_args().language)
    for line in lines:
        print(line)
    print(f"{len(lines)} faults" if lines else "The language data is complete.")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
