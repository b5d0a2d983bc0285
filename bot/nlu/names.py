"""Lists of names in twelve languages: countries, classes of goods, languages; found as whole words, longest first."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from babel import Locale

from bot.locales.languages import languages
from bot.nlu.data import word_lists
from bot.nlu.text import CJK

Found = tuple[str, int, int]
_UNSPACED = ("zh", "ja")
# Names that mean something else far more often in a shop (a garment, shoes, a first name, porcelain).
_AMBIGUOUS = {"jersey", "jordan", "chad", "man", "guinea", "georgia", "mali", "togo", "niger", "nauru"}
# English names up to this length are words elsewhere ("usa" is a verb in Spanish, "indo" in Portuguese, "tee" is tea in
# German): outside English they count in capitals only.
SHORT = 4
# A letter, then letters, Arabic vowel marks and digits ("so3odeya"); Chinese and Japanese stand apart from Latin.
_TOKEN = re.compile(rf"[{CJK}]+|[^\W\d_{CJK}](?:[^\W_{CJK}]|[\u064b-\u0652]|['’.-](?=[^\W\d_{CJK}]))*\.?")
_VOWEL_MARKS = re.compile("[\u0640\u064b-\u0652]")
_ELISION = re.compile(r"[a-z]{1,4}'")
# Arabic particles written together with the next word, and what the name itself begins with: "للسعودية" is "السعودية".
_PARTICLES = (
    ("لل", "ال"),
    ("بال", "ال"),
    ("وال", "ال"),
    ("ولل", "ال"),
    ("ل", ""),
    ("ب", ""),
    ("و", ""),
    ("ال", ""),
    ("", "ال"),
)


class Word(NamedTuple):
    """A word in the form that names are compared in, its place, and whether it was typed in capitals."""

    key: str
    start: int
    end: int
    capital: bool


def words_of(text: str) -> list[Word]:
    """The words of a text; a run of Chinese or Japanese characters is one word."""
    found = []
    for match in _TOKEN.finditer(text):
        word = match.group()
        key = word.casefold()
        if not key.isascii():
            key = _VOWEL_MARKS.sub("", key.replace("’", "'"))
        if key:
            found.append(Word(key, match.start(), match.end(), word == word.upper()))
    return found


class NameList:
    """Values by their names in each language; English names count in every language."""

    def __init__(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """`rows`: (language, name, value)."""
        self._names: dict[str, dict[str, str]] = defaultdict(dict)
        # By first character, the longest name first.
        self._unspaced: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
        self._merged: dict[str, _Merged] = {}
        for language, name, value in rows:
            if language in _UNSPACED and not name.isascii():
                key = name.lower()
                self._unspaced[language][key[0]].append((key, value))
                continue
            key = " ".join(word.key for word in words_of(name))
            if len(key) >= 2:
                self._names[language].setdefault(key, value)
                self._names[language].setdefault(key.rstrip("."), value)
        for starts in self._unspaced.values():
            for names in starts.values():
                names.sort(key=lambda row: -len(row[0]))

    def find(self, text: str, language: str, words: list[Word] | None = None) -> list[Found]:
        """(value, start, end) of every name in the text, without overlaps; `words` are those of the text."""
        words = words_of(text) if words is None else words
        found: list[Found] = []
        if language in self._unspaced:
            found = list(self._inside(text, self._unspaced[language]))
            words = [word for word in words if all(word.end <= start or end <= word.start for _, start, end in found)]
        if language not in self._merged:
            self._merged[language] = _Merged(self._names, language)
        known = self._merged[language]
        position = 0
        while position < len(words):
            count, value = known.longest_from(words, position, language == "ar")
            if value is not None:
                found.append((value, words[position].start, words[position + count - 1].end))
            position += count
        return found

    @staticmethod
    def _inside(text: str, starts: dict[str, list[tuple[str, str]]]) -> Iterator[Found]:
        """Names in text without spaces. One in katakana ends with its word: "ブラ" is not in "ブラジル"."""
        lowered = text.lower() if len(text.lower()) == len(text) else text
        position = 0
        while position < len(lowered):
            step = 1
            for name, value in starts.get(lowered[position], ()):
                end = position + len(name)
                if lowered.startswith(name, position) and not (
                    _katakana(name[-1]) and _katakana(lowered[end : end + 1])
                ):
                    yield value, position, end
                    step = len(name)
                    break
            position += step


class _Merged:
    """The names that count in one language: its own, and the English ones."""

    def __init__(self, names: dict[str, dict[str, str]], language: str) -> None:
        own = names.get(language, {})
        self._values = {**names.get("en", {}), **own}
        self._capitals = {name for name in self._values if len(name) <= SHORT and name not in own and language != "en"}
        self._counts: dict[str, int] = {}
        for name in self._values:
            first = name.split(" ", 1)[0]
            self._counts[first] = max(self._counts.get(first, 0), name.count(" ") + 1)

    def longest_from(self, words: list[Word], position: int, arabic: bool) -> tuple[int, str | None]:
        """The longest name that begins at this word: how many words it takes and its value; else (1, None)."""
        for first in _forms(words[position].key, arabic):
            longest = min(self._counts.get(first, 0), len(words) - position)
            for count in range(longest, 0, -1):
                rest = words[position + 1 : position + count]
                name = " ".join([first, *(word.key for word in rest)])
                if name not in self._values:
                    name = name.rstrip(".")
                if name in self._values and (
                    name not in self._capitals or all(w.capital for w in words[position : position + count])
                ):
                    return count, self._values[name]
        return 1, None


def _forms(key: str, arabic: bool) -> Iterator[str]:
    """A word as it stands, without a full stop, without an elided article, without an Arabic particle."""
    yield key
    if key[-1] == ".":
        key = key[:-1]
        yield key
    if "'" in key:
        yield _ELISION.sub("", key, count=1)
    if arabic:
        for particle, begins in _PARTICLES:
            if key.startswith(particle):
                yield begins + key[len(particle) :]


def _katakana(character: str) -> bool:
    return "ァ" <= character <= "ヺ" or character == "ー"


def _without_accents(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", name) if unicodedata.category(c) != "Mn")


def country_names(folder: Path) -> NameList:
    """Countries by their CLDR names and by the forms of nlu_data/<language>/countries.yml; values are ISO codes."""
    rows: list[tuple[str, str, str]] = []
    for language, forms in word_lists(folder, "countries").items():
        rows += [(language, form, code.upper()) for code, names in forms.items() for form in names]
    for language in languages():
        for code, name in Locale.parse(languages()[language].locale).territories.items():
            if (
                len(code) == 2
                and code.isalpha()
                and code not in ("EU", "EZ", "UN", "ZZ", "XA", "XB", "QO")
                and name.casefold() not in _AMBIGUOUS
            ):
                rows += [(language, name, code), (language, name.split(" (")[0], code)]
                if language == "zh":
                    rows.append((language, Locale.parse("zh_Hant_TW").territories.get(code, name), code))
    rows += [
        (language, _without_accents(name), code)
        for language, name, code in list(rows)
        if language not in _UNSPACED and len(name) > SHORT and _without_accents(name) != name
    ]
    # Own names, as buyers paste them from anywhere.
    for language in languages():
        rows += [
            ("en", name, code)
            for lang, name, code in list(rows)
            if lang == language and language != "en" and len(name) > 5 and not name.isascii()
        ]
    rows += [("en", "usa", "US"), ("en", "uk", "GB"), ("en", "uae", "AE"), ("en", "ksa", "SA")]
    return NameList(rows)


def product_classes(folder: Path) -> NameList:
    """Classes of goods by nlu_data/<language>/product_classes.yml."""
    lists = word_lists(folder, "product_classes")
    return NameList(
        (language, word, name) for language, names in lists.items() for name, words in names.items() for word in words
    )


def language_names() -> NameList:
    """The supported languages by their names in every supported language, and by their own names."""
    rows: list[tuple[str, str, str]] = []
    for language in languages():
        names = Locale.parse(languages()[language].locale).languages
        for code, own in languages().items():
            rows += [(language, names[code], code), ("en", own.name, code), (language, own.name, code)]
        rows += [(language, "mandarin", "zh"), (language, "brasileiro", "pt"), (language, "castellano", "es")]
        rows += [
            ("zh", n, c)
            for n, c in (
                ("英文", "en"),
                ("中文", "zh"),
                ("日文", "ja"),
                ("法文", "fr"),
                ("德文", "de"),
                ("俄文", "ru"),
                ("西班牙文", "es"),
                ("阿拉伯文", "ar"),
                ("葡萄牙文", "pt"),
                ("意大利文", "it"),
            )
        ]
    return NameList(rows)
