"""Numbers in words ("mười bảy", "hai mươi mốt"), as far as days, hours, desks and telephone numbers need them."""

from nlp.clean import without_accents

_ONES = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_BARE_ONES = {without_accents(word): value for word, value in reversed(_ONES.items())}
_ONE = "một|mốt|hai|ba|bốn|tư|năm|lăm|nhăm|sáu|bảy|bẩy|tám|chín"

NUMBER = rf"(?:\d{{1,2}}|(?:hai|ba|bốn|năm) mươi(?: (?:{_ONE}))?|(?:hai|ba|bốn|năm) (?:mốt|lăm|nhăm)|mười(?: (?:{_ONE}))?|(?:{_ONE}))"
"""A pattern for a number up to 59, in digits or words."""

_NOUGHTS = frozenset({"ko", "k", "kh", "hong", "hông", "hổng", "zero"})
"""Short forms and words of the south for "không", which as a digit mean nought."""


def number(words: str) -> int | None:
    """What a number in digits or words is, with accents or without; None if it is none."""
    if words.isascii() and words.isdigit():
        return int(words)
    total = 0
    for word in words.split():
        one = _ONES.get(word, _BARE_ONES.get(word))
        if word in ("mười", "muoi", "mươi"):
            total = (total or 1) * 10
        elif one is None:
            return None
        else:
            total = total * 10 + one if 0 < total < 10 else total + one
    return total


def digit(word: str) -> str | None:
    """The digit that a word names, as telephone numbers are read aloud."""
    one = 0 if word in _NOUGHTS else _ONES.get(word, _BARE_ONES.get(word))
    return None if one is None else str(one)
