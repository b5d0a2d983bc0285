"""Lists of names in twelve languages: countries, classes of goods, languages; found as whole words, longest first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from babel import Locale

from bot.locales.languages import languages
from bot.nlu.data import word_lists

Found = tuple[str, int, int]
_UNSPACED = ("zh", "ja")
# Names that mean something else far more often in a shop (a garment, shoes, a first name, porcelain).
_AMBIGUOUS = {"jersey", "jordan", "chad", "man", "guinea", "georgia", "mali", "togo", "niger", "nauru"}
MAX_WORDS = 5


class NameList:
    """Values by their names in each language; English names count in every language."""

    def __init__(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """`rows`: (language, name, value)."""
        self._names: dict[str, dict[str, str]] = defaultdict(dict)
        unspaced: dict[str, dict[str, str]] = defaultdict(dict)
        for language, name, value in rows:
            key = _key(name)
            if len(key) < 2:
                continue
            if language in _UNSPACED and not key.isascii():
                unspaced[language].setdefault(key, value)
            else:
                self._names[language].setdefault(key, value)
        self._unspaced = {
            language: (re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True)))), names)
            for language, names in unspaced.items()
        }

    def find(self, text: str, language: str) -> list[Found]:
        """(value, start, end) of every name in the text, without overlaps."""
        found: list[Found] = []
        if language in self._unspaced:
            pattern, names = self._unspaced[language]
            lowered = text.lower() if len(text.lower()) == len(text) else text
            found += [(names[m.group()], m.start(), m.end()) for m in pattern.finditer(lowered)]
        words = [(m.group(), m.start(), m.end()) for m in re.finditer(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?", text)]
        position = 0
        while position < len(words):
            step, hit = self._longest(words, position, language)
            if hit:
                found.append(hit)
            position += step
        return found

    def _longest(self, words: list[tuple[str, int, int]], position: int, language: str) -> tuple[int, Found | None]:
        for count in range(min(MAX_WORDS, len(words) - position), 0, -1):
            phrase = " ".join(word for word, _, _ in words[position : position + count])
            value = self._value(_key(phrase), language)
            if value:
                return count, (value, words[position][1], words[position + count - 1][2])
        return 1, None

    def _value(self, key: str, language: str) -> str | None:
        for name in (key, key.rstrip("."), re.sub(r"^[a-z]{1,4}['’]", "", key)):
            for own in dict.fromkeys((language, "en")):
                if name in self._names[own]:
                    return self._names[own][name]
        if language == "ar":
            return self._arabic(key)
        return None

    def _arabic(self, key: str) -> str | None:
        """Without the attached particles: "للسعودية" is "السعودية", "بالكويت" is "الكويت"."""
        names = self._names["ar"]
        for prefix, rest in (
            ("لل", "ال"),
            ("بال", "ال"),
            ("وال", "ال"),
            ("ولل", "ال"),
            ("ل", ""),
            ("ب", ""),
            ("و", ""),
            ("ال", ""),
        ):
            if key.startswith(prefix) and rest + key[len(prefix) :] in names:
                return names[rest + key[len(prefix) :]]
        return names.get("ال" + key)


def _key(name: str) -> str:
    return re.sub(r"[ـً-ْ]", "", " ".join(name.replace("’", "'").casefold().split()))


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
                and _key(name) not in _AMBIGUOUS
            ):
                rows.append((language, name, code))
                if language == "zh":
                    rows.append((language, Locale.parse("zh_Hant_TW").territories.get(code, name), code))
    # Own names, as buyers paste them from anywhere.
    for language in languages():
        rows += [
            ("en", name, code)
            for lang, name, code in list(rows)
            if lang == language and language != "en" and len(name) > 5 and name.isascii() is False
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
