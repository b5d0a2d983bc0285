"""The conversations of conversations/<language>.yml, and whether an answer says what they expect.

An expectation is the key of a catalogue text, with what its variables must show: `order-expected date=+1` (a day
counted from today, written as the file's own pattern says). `xx:key` is that text in another language, `faq ID` the
corpus's answer or at least its question as a suggestion, `any` any answer that is not "I did not understand".
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from fluent.syntax import FluentParser, ast

from bot.bootstrap import ROOT
from bot.locales.languages import languages
from tests.system.buyer import Reply

FOLDER = Path(__file__).parent / "conversations"
_ISOLATION = re.compile("[\u2066-\u2069\u200e\u200f]")
LABEL_START = 40  # a button may be shorter than the question it stands for


@cache
def _expected_failures() -> dict[str, str]:
    return dict(yaml.safe_load((FOLDER.parent / "expected_failures.yml").read_text(encoding="utf-8")))


def known_failure(name: str) -> list[pytest.MarkDecorator]:
    """The mark of a test that expected_failures.yml lists, with its reason; none for all others."""
    reason = _expected_failures().get(name)
    return [pytest.mark.xfail(reason=reason, strict=False)] if reason else []


@dataclass(frozen=True)
class Script:
    """One conversation: (what the buyer writes, what must be said) in turn."""

    language: str
    name: str
    locale: str
    turns: list[tuple[str, list[str]]]


@dataclass(frozen=True)
class Book:
    """Everything that one language's file holds."""

    language: str
    facts: dict[str, Any]
    scripts: list[Script] = field(default_factory=list)

    def day(self, offset: int) -> str:
        """A day counted from today, as a reader of this language expects it."""
        day = date.today() + timedelta(days=offset)
        return str(
            self.facts["day"].format(
                weekday=self.facts["weekdays"][day.weekday()], day=day.day, month=self.facts["months"][day.month - 1]
            )
        )


@lru_cache(maxsize=1)
def books() -> dict[str, Book]:
    """The files of all languages."""
    found = {}
    for language in languages():
        facts = yaml.safe_load((FOLDER / f"{language}.yml").read_text(encoding="utf-8"))
        scripts = []
        for name, rows in facts["conversations"].items():
            pairs = [next(iter(row.items())) for row in rows]
            locale = next((value for text, value in pairs if text == "@locale"), language)
            turns = [(text, expected) for text, expected in pairs if text != "@locale"]
            scripts.append(Script(language, name, locale, turns))
        found[language] = Book(language, facts, scripts)
    return found


def missing(reply: Reply, expected: list[str], language: str) -> list[str]:
    """Those of the expectations that the reply does not fulfil."""
    text = _plain(reply.text)
    return [item for item in expected if not _said(reply, text, item, language)]


def _said(reply: Reply, text: str, item: str, language: str) -> bool:
    if re.match("[a-z]{2}:", item):
        language, item = item[:2], item[3:]
    if item == "any":
        return not re.search(_pattern("not-understood", language, {}), text)
    if item.startswith("faq "):
        return _answered(reply, text, item.removeprefix("faq "), language)
    key, *variables = shlex.split(item)
    values = dict(variable.split("=", 1) for variable in variables)
    book = books()[language]
    values = {n: book.day(int(v)) if re.fullmatch(r"[+-]\d+", v) else v for n, v in values.items()}
    return re.search(_pattern(key, language, values), text) is not None


def _answered(reply: Reply, text: str, topic: str, language: str) -> bool:
    entry = _corpus(language)[topic]
    answer = re.sub(r"\\\{[a-z_]+\\\}", ".+", re.escape(_plain(entry["answer"]).strip()))
    question = entry["question"][:LABEL_START].strip()
    return re.search(answer, text) is not None or any(label.startswith(question) for label in reply.labels)


@cache
def _corpus(language: str) -> dict[str, dict[str, Any]]:
    files = (ROOT / "faq_corpus" / language).glob("*.yml")
    return {entry["id"]: entry for file in files for entry in yaml.safe_load(file.read_text(encoding="utf-8"))}


@cache
def _catalogue(language: str) -> dict[str, ast.Pattern]:
    source = (ROOT / "bot" / "locales" / language / "dialogue.ftl").read_text(encoding="utf-8")
    entries = FluentParser().parse(source).body
    return {entry.id.name: entry.value for entry in entries if isinstance(entry, ast.Message) and entry.value}


def _pattern(key: str, language: str, values: dict[str, str]) -> str:
    return _expression(_catalogue(language)[key], values)


def _expression(pattern: ast.Pattern, values: dict[str, str]) -> str:
    """A regular expression for the text, whatever its plural form and its other variables."""
    parts = []
    for element in pattern.elements:
        if isinstance(element, ast.TextElement):
            parts.append(re.escape(_plain(element.value)))
        elif isinstance(element.expression, ast.SelectExpression):
            variants = (_expression(variant.value, values) for variant in element.expression.variants)
            parts.append(f"(?:{'|'.join(variants)})")
        else:
            name = element.expression.id.name
            parts.append(re.escape(values[name]) if name in values else ".+?")
    return "".join(parts)


def says(reply: Reply, key: str, language: str, **values: str) -> bool:
    """Whether the reply holds this catalogue text."""
    return re.search(_pattern(key, language, values), _plain(reply.text)) is not None


def _plain(text: str) -> str:
    """Without marks that nobody sees, and with plain blanks."""
    return re.sub(r"[^\S\n]", " ", _ISOLATION.sub("", text))
