"""Reads the help centre (`faq_corpus/`) and refuses what is malformed, naming file and line."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

_VARIABLE = re.compile(r"\{([^{}]*)\}")
_LINE = "\0line"
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NONE: Mapping[str, str] = MappingProxyType({})


class CorpusError(ValueError):
    """The corpus cannot be used; the message begins with the file and line."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(f"{path}:{line}: {problem}")
        self.path, self.line, self.problem = path, line, problem


@dataclass(frozen=True)
class Entry:
    """One answer of the help centre in one language.

    `answer` keeps its `{variables}`; the caller fills them. `regions` has other answers for some regions.
    """

    id: str
    language: str
    topic: str
    question: str
    variants: tuple[str, ...]
    answer: str
    regions: Mapping[str, str] = field(default_factory=lambda: _NONE)

    @property
    def questions(self) -> tuple[str, ...]:
        """The question and its variants."""
        return (self.question, *self.variants)

    @property
    def answers(self) -> tuple[str, ...]:
        """The answer and those of the regions."""
        return (self.answer, *self.regions.values())


@dataclass(frozen=True)
class Corpus:
    """Every entry, ordered by language and id.

    `topics`: entry id -> topic. `variables`: what an answer may show. `regions`: a region's countries,
    such as EU -> (AT, BE, …), where topics.yml names them.
    """

    entries: tuple[Entry, ...]
    topics: Mapping[str, str]
    variables: frozenset[str]
    regions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        """Changes when any text changes."""
        content = [
            [e.language, e.id, e.question, e.variants, e.answer, sorted(e.regions.items())] for e in self.entries
        ]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()[:24]

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages that have an entry."""
        return frozenset(entry.language for entry in self.entries)

    def answer(self, entry: Entry, region: str | None) -> str:
        """The answer for a region or country code (`EU`, `DE`), else the general one."""
        if region:
            code = region.upper()
            if code in entry.regions:
                return entry.regions[code]
            for name, countries in self.regions.items():
                if code in countries and name in entry.regions:
                    return entry.regions[name]
        return entry.answer


class _LineLoader(_Loader):  # type: ignore[misc]
    """A safe loader whose mappings remember their line, and that refuses a key given twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, str) and key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} is given twice", key_node.start_mark
                )
            seen.add(key if isinstance(key, str) else None)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=True)
        mapping[_LINE] = node.start_mark.line + 1
        return mapping


# The C loader resolves mappings through this constructor, which must be the one above.
def _construct_map(loader: Any, node: yaml.MappingNode) -> dict[Any, Any]:
    return _LineLoader.construct_mapping(loader, node)


_LineLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _construct_map)


def _parse(path: Path) -> Any:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise CorpusError(path, 1, "the file is missing") from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise CorpusError(path, line, "the file is not UTF-8") from error
    try:
        return yaml.load(text, Loader=_LineLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise CorpusError(path, mark.line + 1 if mark else 1, f"malformed YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        raise CorpusError(path, 1, f"malformed YAML: {error}") from error


def _text(path: Path, raw: Mapping[str, Any], key: str, name: str) -> str:
    value = raw.get(key)
    if value is None:
        raise CorpusError(path, raw[_LINE], f"{name}: `{key}` is missing")
    return _clean(path, raw[_LINE], value, f"{name}: `{key}`")


def _clean(path: Path, line: int, value: Any, name: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise CorpusError(path, line, f"{name} must be text that is not empty, not {value!r}")
    return unicodedata.normalize("NFC", " ".join(value.split()))


def _check_variables(path: Path, line: int, name: str, answers: Iterable[str], known: frozenset[str]) -> None:
    for answer in answers:
        for variable in _VARIABLE.findall(answer):
            if variable not in known:
                raise CorpusError(
                    path,
                    line,
                    f"{name}: the answer has an unknown variable {{{variable}}} (topics.yml lists those there are)",
                )


def _entry(path: Path, language: str, raw: Any, topics: Mapping[str, str], known: frozenset[str]) -> Entry:
    if not isinstance(raw, dict):
        raise CorpusError(path, 1, f"an entry must be a mapping with id, question, variants and answer, not {raw!r}")
    line = raw[_LINE]
    if not isinstance(raw.get("id"), str):
        raise CorpusError(path, line, "an entry has no `id`")
    name = raw["id"]
    if name not in topics:
        raise CorpusError(path, line, f"{name}: unknown id (topics.yml lists those there are)")
    if topics[name] != path.stem:
        raise CorpusError(path, line, f"{name} belongs into {topics[name]}.yml")
    unknown = set(raw) - {"id", "question", "variants", "answer", "regions", _LINE}
    if unknown:
        raise CorpusError(path, line, f"{name}: unknown field {', '.join(sorted(map(str, unknown)))}")
    variants = raw.get("variants")
    if not isinstance(variants, list) or not variants:
        raise CorpusError(path, line, f"{name}: `variants` is missing or is not a list")
    regions = raw.get("regions") or {}
    if not isinstance(regions, dict):
        raise CorpusError(path, line, f"{name}: `regions` must map a region to its answer")
    entry = Entry(
        id=name,
        language=language,
        topic=path.stem,
        question=_text(path, raw, "question", name),
        variants=tuple(_clean(path, line, variant, f"{name}: a variant") for variant in variants),
        answer=_text(path, raw, "answer", name),
        regions=MappingProxyType(
            {
                str(region).upper(): _clean(path, line, answer, f"{name}: the answer for {region}")
                for region, answer in regions.items()
                if region != _LINE
            }
        ),
    )
    _check_variables(path, line, name, entry.answers, known)
    return entry


def _load_topics(path: Path) -> tuple[dict[str, str], frozenset[str], dict[str, tuple[str, ...]]]:
    raw = _parse(path)
    if not isinstance(raw, dict) or not isinstance(raw.get("topics"), dict):
        raise CorpusError(path, 1, "`topics` is missing")
    topics: dict[str, str] = {}
    for topic, items in raw["topics"].items():
        if topic == _LINE:
            continue
        if not isinstance(items, list):
            raise CorpusError(path, raw["topics"][_LINE], f"the topic {topic} must be a list of entries")
        for item in items:
            if not isinstance(item, dict) or not isinstance(item.get("id"), str):
                raise CorpusError(path, raw["topics"][_LINE], f"an entry of the topic {topic} has no `id`")
            if item["id"] in topics:
                raise CorpusError(path, item[_LINE], f"the id {item['id']} is given twice")
            topics[item["id"]] = str(topic)
    variables = raw.get("variables") or {}
    if not isinstance(variables, dict):
        raise CorpusError(path, 1, "`variables` must map a name to what it is")
    regions = {
        str(name).upper(): tuple(str(country).upper() for country in countries)
        for name, countries in (raw.get("regions") or {}).items()
        if isinstance(countries, list)
    }
    return topics, frozenset(str(name) for name in variables if name != _LINE), regions


def corpus_files(folder: Path) -> Iterator[Path]:
    """The files a corpus consists of, in a fixed order."""
    yield folder / "topics.yml"
    yield from sorted(folder.glob("*/*.yml"))


def load_corpus(folder: str | Path) -> Corpus:
    """Reads `folder/topics.yml` and `folder/<language>/<topic>.yml`.

    Raises CorpusError at the first thing that is malformed, missing, unknown or given twice.
    """
    root = Path(folder)
    topics, variables, regions = _load_topics(root / "topics.yml")
    entries: dict[tuple[str, str], Entry] = {}
    lines: dict[tuple[str, str], str] = {}
    for path in list(corpus_files(root))[1:]:
        raw = _parse(path)
        if not isinstance(raw, list):
            raise CorpusError(path, 1, "the file must be a list of entries")
        for item in raw:
            entry = _entry(path, path.parent.name, item, topics, variables)
            key = (entry.language, entry.id)
            if key in entries:
                raise CorpusError(path, item[_LINE], f"{entry.id} is given twice, first in {lines[key]}")
            entries[key], lines[key] = entry, f"{path}:{item[_LINE]}"
    return Corpus(tuple(entries[key] for key in sorted(entries)), topics, variables, regions)
