"""Reads a text file in whichever way it was written, so that Notepad's "Unicode" says the same as UTF-8; or says that it cannot be read."""

from __future__ import annotations

import unicodedata

_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
"""How a text begins that tells its encoding; the longer marks first."""

_BLANKS = frozenset("\t\n\v\f\r\x1a\x85")
_EMOJI = 0x1F000
"""From here on new signs come every year, which Python may not know yet."""


def is_marked(content: bytes) -> bool:
    """Whether the bytes begin as a text does that tells its encoding."""
    return content.startswith(tuple(mark for mark, _ in _MARKS))


def text_in(content: bytes) -> str | None:
    """The text, of which no letter is guessed; None if it is none, or written in an encoding that it does not tell."""
    encoding = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    if "\0" in text or (encoding in ("utf-16", "utf-32") and not all(map(_is_written, set(text)))):
        return None
    return text


def _is_written(letter: str) -> bool:
    """Whether it stands in texts: any bytes of even number look like UTF-16, but hardly without such as nobody writes."""
    category = unicodedata.category(letter)
    return letter in _BLANKS or category not in ("Cc", "Cn") or (category == "Cn" and ord(letter) >= _EMOJI)
