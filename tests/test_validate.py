"""The validator finds every kind of fault, planted in a copy of the language data."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import ROOT
from bot.validate import normal

Plant = Callable[[Path], None]


def rows(path: str, change: Callable[[list[Any]], object]) -> Plant:
    """Changes the rows of a YAML file."""

    def plant(tree: Path) -> None:
        content = yaml.safe_load((tree / path).read_text(encoding="utf-8"))
        change(content)
        (tree / path).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")

    return plant


def written(path: str, change: Callable[[str], str]) -> Plant:
    """Changes the text of a file."""

    def plant(tree: Path) -> None:
        (tree / path).write_text(change((tree / path).read_text(encoding="utf-8")), encoding="utf-8")

    return plant


def example(group: str, intent: str, line: str) -> Plant:
    """Adds a training example."""
    return written(
        f"nlu_data/de/{group}.yml", lambda text: f"{text}\n  - intent: {intent}\n    examples: |\n      {line}\n"
    )


def missing(path: str) -> Plant:
    return lambda tree: (tree / path).unlink()


def appended(path: str, line: str) -> Plant:
    return written(path, lambda text: f"{text.rstrip()}\n{line}\n")


def without(path: str, pattern: str) -> Plant:
    """Drops the lines that match."""
    return written(path, lambda text: re.sub(rf"(?m)^{pattern}.*\n", "", text))


def answer_without_figures(entries: list[Any]) -> None:
    entry = next(e for e in entries if "{" in e["answer"])
    entry["answer"] = "Keine Zahlen."


ONLY_ONE_NO = re.compile(r"(?s)(intent: deny\n +examples: \|\n +- [^\n]*\n).*?(?=\n  - intent|\Z)")
DE_CHAT, PL_TEXTS = "bot/locales/de/chat.ftl", "bot/locales/pl/dialogue.ftl"

# What is planted, and what the validator must say: file and words.
FAULTS: dict[str, tuple[Plant, str, str]] = {
    "an intent in the wrong file": (
        example("payment", "order_status", "- ganz anders gefragt"),
        "payment.yml",
        "'order_status' does not belong",
    ),
    "an example without a dash": (
        example("people", "complaint", "so geht das nicht"),
        "people.yml",
        "example without '- '",
    ),
    "an annotation": (
        example("people", "complaint", "- die lampe [PL-1](order_number) ist kaputt"),
        "people.yml",
        "annotation or slash",
    ),
    "a command": (example("people", "complaint", "- /restart"), "people.yml", "annotation or slash in '/restart'"),
    "a sentence under two intents": (
        lambda tree: example("returns", "refund_status", first_example(tree))(tree),
        "returns.yml",
        "stands twice",
    ),
    "too few examples": (
        written("nlu_data/de/smalltalk.yml", lambda text: ONLY_ONE_NO.sub(r"\1", text)),
        "smalltalk.yml",
        "deny: 1 of",
    ),
    "a missing file": (missing("nlu_data/de/knowledge.yml"), "nlu_data/de/knowledge.yml", "file is missing"),
    "a file that is no YAML": (
        written("faq_corpus/de/products.yml", lambda _text: "{"),
        "faq_corpus/de/products.yml",
        "not readable YAML",
    ),
    "a line without its label": (
        appended("nlu_data/emotion/de.tsv", "ohne Angabe"),
        "emotion/de.tsv",
        "expected text<TAB>",
    ),
    "an unknown emotion": (
        appended("nlu_data/emotion/de.tsv", "na so was\tgrumpy"),
        "emotion/de.tsv",
        "expected text<TAB>",
    ),
    "an emotion with too few sentences": (
        without("nlu_data/emotion/pl.tsv", r".*\tangry"),
        "emotion/pl.tsv",
        "angry: 0 of",
    ),
    "a class without words": (
        written("nlu_data/de/product_classes.yml", lambda text: re.sub(r"(?m)^shoes:.*", "shoes: [schuh]", text)),
        "de/product_classes.yml",
        "shoes: needs at least",
    ),
    "an unknown class": (
        appended("nlu_data/de/product_classes.yml", "boats: [boot]"),
        "de/product_classes.yml",
        "'boats'",
    ),
    "an unknown answer": (
        rows("faq_corpus/de/account.yml", lambda e: e.append({"id": "nonsense"})),
        "de/account.yml",
        "'nonsense' is unknown",
    ),
    "a missing answer": (rows("faq_corpus/de/customs.yml", lambda e: e.pop()), "de/customs.yml", "is missing"),
    "an empty answer": (
        rows("faq_corpus/de/orders.yml", lambda e: e[0].update(answer=" ")),
        "de/orders.yml",
        "answer is missing",
    ),
    "an unknown figure": (
        rows("faq_corpus/de/payment.yml", lambda e: e[0].update(answer="Etwa {weather}.")),
        "de/payment.yml",
        "unknown variable {weather}",
    ),
    "an answer without its figure": (
        rows("faq_corpus/de/shipping.yml", answer_without_figures),
        "de/shipping.yml",
        "answer lacks {",
    ),
    "too few variants": (
        rows("faq_corpus/de/prices.yml", lambda e: e[0].update(variants=["eins"])),
        "de/prices.yml",
        "1 of 5 variants",
    ),
    "an empty variant": (
        rows("faq_corpus/de/returns.yml", lambda e: e[0]["variants"].append(" ")),
        "de/returns.yml",
        "empty question or variant",
    ),
    "a question that stands twice": (
        rows("faq_corpus/pl/returns.yml", lambda e: e[0]["variants"].append(e[1]["question"])),
        "pl/returns.yml",
        "stands twice",
    ),
    "a test without an emotion": (
        rows("tests/nlu/de.yml", lambda e: e[0].update(emotion="grumpy")),
        "tests/nlu/de.yml",
        "intent, emotion or handoff is not valid",
    ),
    "a test that was trained": (
        lambda tree: rows("tests/nlu/de.yml", lambda e: e[1].update(text=first_example(tree)[2:].upper()))(tree),
        "tests/nlu/de.yml",
        "is also a training sentence",
    ),
    "an intent without tests": (
        rows("tests/nlu/de.yml", lambda e: [row.update(intent="greet") for row in e if row["intent"] == "praise"]),
        "tests/nlu/de.yml",
        "praise: 0 of",
    ),
    "a query for an unknown answer": (
        rows("tests/faq/de.yml", lambda e: e.append({"text": "was?", "faq_id": "nonsense"})),
        "tests/faq/de.yml",
        "unknown id 'nonsense'",
    ),
    "a query from the corpus": (
        lambda tree: rows("tests/faq/de.yml", lambda e: e[0].update(text=first_question(tree)))(tree),
        "tests/faq/de.yml",
        "stands in the corpus",
    ),
    "an answer without queries": (
        rows("tests/faq/de.yml", lambda e: [row.update(faq_id=None) for row in e if row["faq_id"] == "order_combine"]),
        "tests/faq/de.yml",
        "order_combine has no query",
    ),
    "too few unanswerable queries": (
        rows("tests/faq/pl.yml", lambda e: [row.update(faq_id="order_combine") for row in e if row["faq_id"] is None]),
        "tests/faq/pl.yml",
        "0 of",
    ),
    "a missing text": (without(PL_TEXTS, "greeting ="), "pl/dialogue.ftl", "greeting is missing"),
    "a text without its variable": (
        written(PL_TEXTS, lambda text: re.sub(r"(?m)^order-unpaid = .*", "order-unpaid = Zamówienie", text)),
        "pl/dialogue.ftl",
        "order-unpaid has",
    ),
    "a missing plural form": (
        written("bot/locales/pl/chat.ftl", lambda text: re.sub(r"(?m)^ +\[few\].*\n", "", text)),
        "pl/chat.ftl",
        "lacks plural forms",
    ),
    "a button that is too long": (
        written(PL_TEXTS, lambda text: re.sub(r"(?m)^choice-yes = .*", "choice-yes = " + "t" * 21, text)),
        "pl/dialogue.ftl",
        "choice-yes has 21 of 20 characters",
    ),
    "a text that only one language has": (appended(PL_TEXTS, "zupa = Barszcz"), "pl/dialogue.ftl", "zupa is not in en"),
    "a text that stands twice": (
        appended(PL_TEXTS, "greeting-again = x\ngreeting-again = y"),
        "pl/dialogue.ftl",
        "greeting-again stands twice",
    ),
    "a catalogue that does not parse": (appended(DE_CHAT, "chat-broken = { $"), "de/chat.ftl", "Expected"),
}


def first_example(tree: Path) -> str:
    content = yaml.safe_load((tree / "nlu_data/de/orders.yml").read_text(encoding="utf-8"))
    line: str = content["nlu"][0]["examples"].splitlines()[0]
    return line


def first_question(tree: Path) -> str:
    content = yaml.safe_load((tree / "faq_corpus/de/shipping.yml").read_text(encoding="utf-8"))
    question: str = content[0]["question"]
    return question


def faults_of(tree: Path) -> tuple[int, list[str]]:
    """The exit status and the lines of the validator, run in the tree."""
    done = subprocess.run(
        [sys.executable, "-m", "bot.validate", "--language", "de", "--language", "pl"],
        cwd=tree,
        env={"PYTHONPATH": str(tree), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout.splitlines()


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("tree")
    skip = shutil.ignore_patterns("__pycache__")
    for name in ("bot/locales", "nlu_data", "faq_corpus", "tests/nlu", "tests/faq"):
        shutil.copytree(ROOT / name, copy / name, ignore=skip)
    for name in ("bot/__init__.py", "bot/validate.py"):
        shutil.copy(ROOT / name, copy / name)
    return copy


@pytest.fixture(scope="module")
def found(tree: Path) -> tuple[list[str], list[str]]:
    """The validator's lines before and after all faults are planted."""
    _, before = faults_of(tree)
    for plant, _, _ in FAULTS.values():
        plant(tree)
    status, after = faults_of(tree)
    assert status == 1
    return before, after


@pytest.mark.parametrize(("_plant", "file", "words"), FAULTS.values(), ids=FAULTS.keys())
def test_a_planted_fault_is_found(found: tuple[list[str], list[str]], _plant: Plant, file: str, words: str) -> None:
    before, after = ([line for line in lines if file in line and words in line] for lines in found)
    assert len(after) > len(before)


def test_the_lines_are_counted_and_name_no_absolute_path(found: tuple[list[str], list[str]], tree: Path) -> None:
    *lines, count = found[1]
    assert count == f"{len(lines)} faults"
    assert not any(str(tree) in line for line in lines)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wo ist mein Paket?", "wo ist  mein paket"),
        ("¿Dónde está?", "donde esta"),
        ("Cafe\u0301!", "café"),
        ("包裹在哪。", "包裹在哪"),
    ],
)
def test_sentences_that_differ_in_looks_only_are_the_same(one: str, other: str) -> None:
    assert normal(one) == normal(other)
