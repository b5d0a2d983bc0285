"""Reads the public parallel texts the sentence encoder is trained on, and holds its test sentences out."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "es", "zh", "ar", "fr", "de", "pt", "it", "nl", "pl", "ru", "ja")
PARTNERS = LANGUAGES[1:]

# Variables and mark-up in interface phrases: `%name%`, `%{count}`, `{value}`, `<b>`.
_VARIABLE = re.compile(r"%\{\w+\}|%\w+%|\{+[^{}]*\}+|<[^<>]+>|@:\S+")
_SPACE = re.compile(r"\s+")


class TrainingDataError(ValueError):
    """The training data folder lacks a file or has another form than expected."""


def mask_variables(phrase: str) -> str:
    """An interface phrase without its variables and mark-up; of plural forms ("a | b") the first."""
    return _SPACE.sub(" ", _VARIABLE.sub(" ", phrase.split(" | ")[0])).strip()


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    if not path.is_file():
        raise TrainingDataError(f"{path} is missing: give the data folder with --data")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _order(text: str) -> str:
    """A stable pseudo-random order that does not depend on the file's order."""
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


@dataclass
class TrainingData:
    """Everything the trainer needs.

    pairs: (language, language) -> translations, or paraphrases where both are the same.
    phrases: shop phrases, one dict language -> masked text each.
    english: further English texts of customers, for distillation only.
    tatoeba_test: language -> up to 1,000 held-out (sentence, English sentence).
    shop_test: held-out shop phrases, in the same form as `phrases`.
    """

    pairs: dict[tuple[str, str], list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    phrases: list[dict[str, str]] = field(default_factory=list)
    english: list[str] = field(default_factory=list)
    tatoeba_test: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    shop_test: list[dict[str, str]] = field(default_factory=list)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every training text with its language; texts occur as often as the data has them."""
        for (left, right), rows in self.pairs.items():
            for a, b in rows:
                yield left, a
                yield right, b
        for phrase in self.phrases:
            yield from phrase.items()


def load(folder: Path, *, tatoeba_test: int = 1000, shop_test: int = 860) -> TrainingData:
    """Reads `folder`.

    No training pair shares a text with a held-out pair, on either side and in any language.

    Raises TrainingDataError where a file is missing.
    """
    data = TrainingData()
    raw: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in _rows(folder / "tatoeba" / "parallel.jsonl.gz"):
        left, right, a, b = row["src_lang"], row["tgt_lang"], row["src"], row["tgt"]
        if left in LANGUAGES and right in LANGUAGES:
            if LANGUAGES.index(left) > LANGUAGES.index(right):
                left, right, a, b = right, left, b, a
            raw[left, right].append((a, b))
    held: set[str] = set()
    for language in PARTNERS:
        # Ordered by the English sentence, so that the languages share most of their held-out sentences
        # and as few pairs as possible are lost to training.
        chosen: list[tuple[str, str]] = []
        seen: set[str] = set()
        for english, text in sorted(raw["en", language], key=lambda pair: _order(pair[0])):
            if len(chosen) == tatoeba_test:
                break
            if english.casefold() not in seen and text.casefold() not in seen:
                seen |= {english.casefold(), text.casefold()}
                chosen.append((text, english))
        data.tatoeba_test[language] = chosen
        held.update(text for pair in chosen for text in pair)
    for key, rows in raw.items():
        data.pairs[key] = [(a, b) for a, b in rows if a not in held and b not in held]
    for row in _rows(folder / "tatoeba" / "paraphrase.jsonl.gz"):
        if row["lang"] in LANGUAGES and row["s1"] not in held and row["s2"] not in held:
            data.pairs[row["lang"], row["lang"]].append((row["s1"], row["s2"]))
    for language in PARTNERS:
        path = folder / "tico19" / f"tm.en-{language}.jsonl.gz"
        if path.is_file():
            data.pairs["en", language] += [(row["en"], row[language]) for row in _rows(path)]
    _load_phrases(folder, data, shop_test)
    for name in ("bitext/labelled", "bitext/unlabelled", "banking77/train", "clinc150/train", "hwu64/train"):
        path = folder / f"{name}.en.jsonl.gz"
        if path.is_file():
            data.english += [row["text"] for row in _rows(path)]
    return data


def _load_phrases(folder: Path, data: TrainingData, test_size: int) -> None:
    groups: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in _rows(folder / "ecommerce_phrases" / "phrases.jsonl.gz"):
        row.setdefault("pt", row.get("pt-BR", ""))
        phrase = {language: mask_variables(row.get(language) or "") for language in LANGUAGES}
        phrase = {language: text for language, text in phrase.items() if any(c.isalpha() for c in text)}
        if "en" in phrase and len(phrase) > 1:
            groups["".join(c for c in phrase["en"].casefold() if c.isalnum())].append(phrase)
    names = sorted(groups, key=_order)
    data.shop_test = [groups[name][0] for name in names[:test_size]]
    held = {(language, text.casefold()) for phrase in data.shop_test for language, text in phrase.items()}
    for name in names[test_size:]:
        for phrase in groups[name]:
            kept = {lang: text for lang, text in phrase.items() if (lang, text.casefold()) not in held}
            if len(kept) > 1:
                data.phrases.append(kept)
