"""Reads the training sentences of nlu_data by language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from bot.locales.languages import languages

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # libyaml is optional
    from yaml import SafeLoader as Loader  # type: ignore[assignment]


def load(path: Path) -> object:
    """The content of a YAML file."""
    with path.open(encoding="utf-8") as file:
        return yaml.load(file, Loader=Loader)


def intent_files(folder: Path, language: str) -> list[Path]:
    """The files of one language that hold intents."""
    return [p for p in sorted((folder / language).glob("*.yml")) if p.stem not in ("product_classes", "countries")]


def intent_sentences(folder: Path, language: str) -> Iterator[tuple[str, str]]:
    """(intent, sentence) of one language."""
    for path in intent_files(folder, language):
        content = load(path)
        for block in content.get("nlu", []):  # type: ignore[attr-defined]
            for line in str(block.get("examples", "")).splitlines():
                if line.startswith("- "):
                    yield block["intent"], line[2:].strip()


def labelled_sentences(folder: Path) -> Iterator[tuple[str, str, str]]:
    """(language, label, sentence) of a folder of <language>.tsv files, such as nlu_data/emotion."""
    for language in languages():
        path = folder / f"{language}.tsv"
        if path.is_file():
            for line in path.read_text(encoding="utf-8").splitlines():
                text, _, label = line.rpartition("\t")
                if text.strip():
                    yield language, label, text.strip()


def word_lists(folder: Path, name: str) -> dict[str, dict[str, list[str]]]:
    """A word list such as product_classes.yml for every language that has it: language -> entry -> words."""
    found: dict[str, dict[str, list[str]]] = {}
    for language in languages():
        path = folder / language / f"{name}.yml"
        if path.is_file():
            found[language] = {str(k): [str(w) for w in v] for k, v in load(path).items()}  # type: ignore[attr-defined]
    return found
