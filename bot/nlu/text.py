"""A message's text as the models read it: one form for case, width, digits and private details."""

from __future__ import annotations

import re
import unicodedata

EMAIL = re.compile(r"[^\s@<>()\[\],;:]+@[^\s@<>()\[\],;:]+\.[^\s@<>()\[\],;:.]{2,}")
URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_REPEATED = re.compile(r"(.)\1{3,}")
TEXT_LIMIT = 4000


def ascii_digits(text: str) -> str:
    """Every decimal digit of any script as 0-9 ("٣", "３" -> "3"); other characters stay in place, one for one."""
    return "".join(str(unicodedata.digit(c)) if not c.isascii() and c.isdecimal() else c for c in text)


def folded(text: str) -> str:
    """NFKC, lower case, without invisible characters, digits ASCII, single spaces."""
    text = unicodedata.normalize("NFKC", text[:TEXT_LIMIT])
    return " ".join(ascii_digits(_INVISIBLE.sub("", text)).casefold().split())


def model_text(text: str) -> str:
    """Folded, with every digit as 0, addresses masked, and letters repeated for effect cut to three."""
    text = URL.sub(" @url ", EMAIL.sub(" @mail ", folded(text)))
    return _REPEATED.sub(r"\1\1\1", re.sub(r"[0-9]", "0", text))


def letters(text: str) -> str:
    """Only the words: without addresses, digits, emoji and punctuation."""
    text = URL.sub(" ", EMAIL.sub(" ", folded(text)))
    return " ".join("".join(c if c.isalpha() or unicodedata.category(c)[0] == "M" else " " for c in text).split())


def words(text: str) -> list[str]:
    """The words of `letters`."""
    return letters(text).split()
