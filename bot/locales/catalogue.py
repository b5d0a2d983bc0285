"""Message catalogues (Project Fluent): one key, one text in the reader's language."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from bot.locales.languages import DEFAULT_LANGUAGE, FOLDER, languages

log = logging.getLogger(__name__)


class MissingText(KeyError):
    """No catalogue has this key, not even the default language's: a fault of the program, not of a buyer."""


class Catalogues:
    """The catalogues of all languages under one folder, loaded language by language at first use."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        self._bundles: dict[str, FluentBundle] = {}

    def text(self, key: str, language: str, /, **variables: Any) -> str:
        """The text of `key` for a reader of `language`.

        Falls back to the default language with a warning; raises MissingText when that lacks it too.
        Numbers choose plural forms; dates and money are to be passed formatted.
        """
        for code in dict.fromkeys((language, DEFAULT_LANGUAGE)):
            if code not in languages():
                continue
            bundle = self._bundle(code)
            if not bundle.has_message(key):
                log.warning("text %s is missing in %s", key, code)
                continue
            pattern = bundle.get_message(key).value
            if pattern is None:
                continue
            value, errors = bundle.format_pattern(pattern, variables)
            if not errors:
                return str(value)
            log.warning("text %s in %s: %s", key, code, errors)
            if code == DEFAULT_LANGUAGE:
                return str(value)
        raise MissingText(key)

    def has(self, key: str, language: str) -> bool:
        """Whether the language itself has the key."""
        return bool(self._bundle(language).has_message(key))

    def _bundle(self, language: str) -> FluentBundle:
        if language not in self._bundles:
            own = languages()[language]
            # Isolation marks keep "PL-10432" in one piece inside right-to-left text; elsewhere they only clutter.
            bundle = FluentBundle([own.locale.replace("_", "-")], use_isolating=own.rtl)
            for path in sorted((self._folder / language).glob("*.ftl")):
                bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
            self._bundles[language] = bundle
        return self._bundles[language]


@lru_cache(maxsize=1)
def catalogues() -> Catalogues:
    """The catalogues the program ships with."""
    return Catalogues()


class CatalogueSyntaxError(ValueError):
    """A catalogue file does not parse; the message names file and line."""


class _Variables(Visitor):  # type: ignore[misc]
    """Collects the variable names and the plural categories of one message."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.categories: list[set[str]] = []

    def visit_VariableReference(self, node: ast.VariableReference) -> None:
        self.names.add(node.id.name)

    def visit_SelectExpression(self, node: ast.SelectExpression) -> None:
        self.categories.append({v.key.name for v in node.variants if isinstance(v.key, ast.Identifier)})
        self.generic_visit(node)


class Message:
    """One parsed message of a catalogue file: key, variables, plural categories, plain pattern."""

    def __init__(self, entry: ast.Message, path: Path, line: int) -> None:
        visitor = _Variables()
        visitor.visit(entry)
        self.key: str = entry.id.name
        self.variables = frozenset(visitor.names)
        self.categories = visitor.categories
        self.path = path
        self.line = line


def parse(path: Path) -> Iterator[Message]:
    """The messages of one .ftl file; raises CatalogueSyntaxError for text that is not Fluent."""
    source = path.read_text(encoding="utf-8")
    for entry in FluentParser().parse(source).body:
        line = source.count("\n", 0, entry.span.start) + 1 if entry.span else 0
        if isinstance(entry, ast.Junk):
            raise CatalogueSyntaxError(f"{path.name}:{line}: {entry.annotations[0].message}")
        if isinstance(entry, ast.Message):
            yield Message(entry, path, line)


def template(text: str) -> str:
    """A rendered text whose variables were given as their own `{name}`: isolation marks removed."""
    return re.sub("[\u2068\u2069]", "", text)
