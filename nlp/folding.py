"""Writes a text without accents, letter for letter, so that a place found in it is the same place in the text."""

import unicodedata

_FIRST, _LAST = 0xC0, 0x1EF9  # from À to ỹ, the letters of Vietnamese among them


def _bare(letter: str) -> str:
    if letter in "đĐ":
        return "d" if letter == "đ" else "D"
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base.isascii() else letter


_BARE_LETTERS = {code: _bare(chr(code)) for code in range(_FIRST, _LAST + 1)}


def folded(text: str) -> str:
    """The text without accents, as long as before; capitals stay."""
    return text if text.isascii() else text.translate(_BARE_LETTERS)
