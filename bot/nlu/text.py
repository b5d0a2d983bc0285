"""A message's text as the models read it: one form for case, width, digits and private details."""

from __future__ import annotations

import re
import unicodedata

# Scripts written without spaces: their letters stand right beside an address or a number.
CJK = "\u3005\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff"
_W = rf"[^\W{CJK}]"
EMAIL = re.compile(rf"(?<![.+%&-])(?<!{_W})(?<!{_W}'){_W}(?:{_W}|[.+%&'-])*@(?:{_W}|[.-])+\.[^\W\d_{CJK}]{{2,}}")
URL = re.compile(r"(?:https?://|www\.)[!-~]+", re.IGNORECASE)
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_CODE = re.compile(r"(?<![^\W\d_])(?:[a-z]{1,5}[-_/#.]?|[a-z]{2} )?[0-9]{3}[0-9a-z_/-]*")
_REPEATED = re.compile(r"(.)\1{3,}")
TEXT_LIMIT = 4000
_LOOKALIKES: dict[int, int | str] = {
    **{wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)},
    **dict.fromkeys((0x00A0, 0x2007, 0x202F, 0x3000), " "),
    **dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2212), "-"),
}


def ascii_digits(text: str) -> str:
    """Every decimal digit of any script as 0-9 ("٣", "３" -> "3"); other characters stay in place, one for one."""
    return "".join(str(unicodedata.digit(c)) if not c.isascii() and c.isdecimal() else c for c in text)


def plain_characters(text: str) -> str:
    """Digits of any script, full-width letters, wide spaces and hyphens as ASCII, one for one: positions stay true."""
    return text if text.isascii() else ascii_digits(text).translate(_LOOKALIKES)


def folded(text: str) -> str:
    """NFKC, lower case, without invisible characters, digits ASCII, single spaces."""
    text = unicodedata.normalize("NFKC", text[:TEXT_LIMIT])
    return " ".join(ascii_digits(INVISIBLE.sub("", text)).casefold().split())


def model_text(text: str) -> str:
    """Folded, with every digit as 0, addresses masked, and letters repeated for effect cut to three."""
    text = URL.sub(" @url ", EMAIL.sub(" @mail ", folded(text)))
    return _REPEATED.sub(r"\1\1\1", re.sub(r"[0-9]", "0", text))


def letters(text: str) -> str:
    """Only the words: without addresses, numbers and their letters ("pl-10432"), emoji and punctuation."""
    text = _CODE.sub(" ", URL.sub(" ", EMAIL.sub(" ", folded(text))))
    return " ".join("".join(c if c.isalpha() or unicodedata.category(c)[0] == "M" else " " for c in text).split())


def words(text: str) -> list[str]:
    """The words of `letters`."""
    return letters(text).split()
