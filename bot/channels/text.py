"""What counts as a message's text, on every channel."""

from __future__ import annotations

import unicodedata

TEXT_LIMIT = 4000
# Controls without a meaning in a chat line, and the bidirectional overrides that can disguise what a text says.
# ZWJ and ZWNJ stay: emoji and several scripts need them.
_DROPPED = {*range(0x00, 0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F)}
_DROPPED |= {*range(0x2066, 0x206A), 0x200B, 0x200E, 0x200F, 0xFEFF}
_TABLE = dict.fromkeys(_DROPPED)


class InvalidText(ValueError):
    """The text cannot be a message; `code` is stable for programs."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def clean(text: str) -> str:
    """The text in NFC without control characters; raises InvalidText when it is empty, too long or not Unicode."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise InvalidText("invalid_text", "The text holds characters that are not valid Unicode.") from None
    if len(text) > TEXT_LIMIT:
        raise InvalidText("too_long", f"The text has {len(text)} characters; at most {TEXT_LIMIT} are allowed.")
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").translate(_TABLE)).strip()
    if not text:
        raise InvalidText("empty_message", "The message has no text.")
    return text
