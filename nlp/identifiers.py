"""Finds the numbers that identify a citizen: telephone, identity papers, accounts, plates, e-mail, codes of files, days of birth.

Sums of money, dates, hours, laws and decrees are numbers too, and stay. All patterns read the text without accents (`nlp.folding`).
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from nlp import identifier_shapes as shapes
from nlp.entities.numbers import digit

_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+")
_THREES = re.compile(r"\d{3}(?:-\d{3}){3}")
_DIGITS = re.compile(r"\d+")
_JOINTS = ("tram", "muoi", "linh", "le")
_PUBLIC = (".gov.vn",)
"""Addresses of offices lead to no citizen."""

_NETS = ("@", "cong", "at", "dot", ".com", ".me", "(a", "[a")

_MIXED = re.compile(r"(?<!\w)(?=\d*[oOlI])[oO0][\doOlI]{3,11}(?!\w)")
_MIXED_GROUPS = re.compile(r"(?<![\w.@-])(?:[oO]?\d[\doOlI]{0,9}[ ._-]{1,2}){1,6}[oO]?\d[\doOlI]{1,9}(?!\w)")
"""A number in groups of which one has letters for figures: "0903 O12 887", "o9 o1 22 33 44"."""

_LOOKS_LIKE = str.maketrans("oOlI", "0011")
_LEAST_AMONG_LETTERS = 2
_LEAST_IN_A_TEXT = 3
_BLANK = "\x01"
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_SPOKEN_DIGITS = range(8, 13)
_SHORT_PHONE = 9
"""Digits of a telephone number told without its 0."""

_MOST_GROUPS = 4
_LEAST_IN_A_GROUP = 3
_AMOUNT = "000"


class Identifier(NamedTuple):
    """Where an identifier stands in the text, and its kind."""

    start: int
    end: int
    kind: str


def identifiers_in(bare: str) -> list[Identifier]:
    """All identifiers of a text without accents, in order, none over another."""
    found: list[Identifier] = []
    left = _MIXED_GROUPS.sub(_with_noughts, _MIXED.sub(_with_noughts, _in_digits(bare)))
    many = sum(map(str.isdigit, left)) >= _LEAST_IN_A_TEXT
    for kind, finder in _FINDERS if many else _WITHOUT_NUMBERS:
        new = [Identifier(start, end, kind or _kind(left, start, end)) for start, end in finder(left)]
        found += [each for each in new if each.kind]
        left = _blanked(left, [(each.start, each.end) for each in new])
    return sorted(each for each in found if each.kind != "harmless")


def _in_digits(text: str) -> str:
    """The text with the digits of all scripts, ringed ones too, as 0 to 9, letter for letter."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.digit(letter)) if letter.isdigit() and letter not in _RAISED else letter for letter in text)


def _with_noughts(word: re.Match[str]) -> str:
    """Letters typed for figures: "0912ooo345", "O9l2"."""
    return word[0].translate(_LOOKS_LIKE) if sum(map(str.isdigit, word[0])) >= _LEAST_AMONG_LETTERS else word[0]


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + _BLANK * (end - start) + text[end:]
    return text


def _by(pattern: re.Pattern[str]) -> Callable[[str], Iterator[tuple[int, int]]]:
    """What a pattern finds: its named part if it has one, without blanks and marks at the end."""

    def find(text: str) -> Iterator[tuple[int, int]]:
        for match in pattern.finditer(text):
            group = match.lastgroup or 0
            if _is_telling(match[group], pattern):
                yield match.start(group), match.start(group) + len(match[group].rstrip(" .,-/("))

    return find


def _is_telling(words: str, pattern: re.Pattern[str]) -> bool:
    """Whether it is long enough for a code or a plate; a ticket of the queue is not."""
    digits = sum(map(str.isdigit, words))
    if pattern is shapes.CODE_TOLD:
        return digits >= 4 or (digits >= 3 and any(map(str.isalpha, words)))
    return digits >= 4 or pattern in (shapes.EMAIL, shapes.HANDLE, shapes.RECEIPT, shapes.BIRTH, shapes.BIRTH_TOO)


def _nets(text: str) -> Iterator[tuple[int, int]]:
    """Addresses of e-mail, and names and pages by which somebody is found in a network."""
    small = text.lower()
    if any(sign in small for sign in _NETS):
        for start, end in _by(shapes.EMAIL)(text):
            if not small[start:end].endswith(_PUBLIC):
                yield start, end


def _handles(text: str) -> Iterator[tuple[int, int]]:
    small = text.lower()
    if any(sign in small for sign in ("@", ".com", ".me", "tai khoan")) or shapes.NETWORK.search(text):
        yield from _by(shapes.HANDLE)(text)


def _mobiles(text: str) -> Iterator[tuple[int, int]]:
    """Telephone numbers, each looked for as if those before it were hidden already, so that of a row none stays."""
    found = shapes.MOBILE.search(text)
    while found:
        yield found.span()
        text = _blanked(text, [found.span()])
        found = shapes.MOBILE.search(text, found.end())


def _phones(text: str) -> Iterator[tuple[int, int]]:
    for match in shapes.PHONE.finditer(text):
        digits = "".join(filter(str.isdigit, match[0]))
        if match[0].lstrip("(")[0] in "oO":
            digits = "0" + digits
        abroad = next((code for code in ("0084", "84") if digits.startswith(code)), "") or "0"
        if len(digits) - len(abroad) in (9, 10):
            yield match.span()


def _spoken(text: str) -> Iterator[tuple[int, int]]:
    """Numbers read aloud, wholly or in part: "không chín tám …", "0912 ba bốn năm 678", "0912 ba trăm bốn lăm 678"."""
    for match in shapes.SPOKEN.finditer(text):
        words = re.findall(r"[a-z]+|\d+", match[0].lower())
        digits = _read_aloud(words)
        told = digits[:1] == "0" and len(digits) in _SPOKEN_DIGITS
        short = len(digits) == _SHORT_PHONE and digits[0] in "35789" and not _counts([*map(int, digits)])
        if (told or short) and not all(map(str.isdigit, words)):
            yield match.start(), match.start() + len(match[0].rstrip(" ,.-"))


def _read_aloud(words: Sequence[str]) -> str:
    """The digits of a number read aloud; hundreds and tens are only said, but for a nought that stands for what is not."""
    digits = ""
    for place, word in enumerate(words):
        following = words[place + 1] if place + 1 < len(words) else ""
        before = words[place - 1] if place else ""
        if word == "muoi":
            begins = not place or before.isdigit() or before in _JOINTS
            digits += ("1" if begins else "") + ("" if digit(following) else "0")
        elif word in ("linh", "le"):
            digits += "0"
        elif word not in _JOINTS:
            digits += word if word.isdigit() else digit(word) or ""
    return digits


def _counts(numbers: Sequence[int]) -> bool:
    """Whether they go up or down in even steps, as one counts."""
    steps = {after - before for before, after in pairwise(numbers)}
    return len(steps) == 1 and steps != {0}


def _numbers(text: str) -> Iterator[tuple[int, int]]:
    for match in shapes.NUMBER.finditer(text):
        yield match.start() + (match[0][0] == "("), match.end()


def _kind(text: str, start: int, end: int) -> str:
    """What a long number is that nothing before it names; empty if it is no identifier."""
    words = text[start:end]
    digits = "".join(filter(str.isdigit, words))
    called = shapes.CALLED.search(text[max(0, start - 30) : start])
    if _GROUPED.fullmatch(words) or (not called and (len(digits) < 9 or not _is_one_number(words))):
        return ""
    if _THREES.fullmatch(words):
        return "code"
    if len(digits) <= 8 or (len(digits) == 9 and called):
        return "phone"
    if len(digits) == 12 and digits[0] == "0":
        return "id"
    if len(digits) in (10, 11) and digits[0] in "08":
        return "phone"
    return "id" if len(digits) <= 10 or re.fullmatch(r"\d{10}-\d{3}", words) else "account"


def _is_one_number(words: str) -> bool:
    """Whether figures in a row are one number and not years, a count, sums of money or dates."""
    groups = _DIGITS.findall(words)
    if groups[0][0] == "0":
        return True
    few = len(groups) <= _MOST_GROUPS and min(map(len, groups)) >= _LEAST_IN_A_GROUP
    return few and groups[-1][-3:] != _AMOUNT and not (len(groups) > 2 and _counts([*map(int, groups)]))


_FINDERS: tuple[tuple[str, Callable[[str], Iterator[tuple[int, int]]]], ...] = (
    ("email", _nets),
    ("email", _handles),
    ("code", _by(shapes.CODE)),
    ("code", _by(shapes.CODE_TOLD)),
    ("code", _by(shapes.RECEIPT)),
    ("code", _by(shapes.CODE_ALONE)),
    ("code", _by(shapes.OWN_CODE)),
    ("birth", _by(shapes.BIRTH)),
    ("birth", _by(shapes.BIRTH_TOO)),
    ("id", _by(shapes.BRANCH)),
    ("phone", _mobiles),
    ("harmless", _by(shapes.HARMLESS)),
    ("plate", _by(shapes.PLATE)),
    ("plate", _by(shapes.PLATE_TOLD)),
    ("id", _by(shapes.PAPER_TOLD)),
    ("id", _by(shapes.PAPER)),
    ("account", _by(shapes.ACCOUNT_TOLD)),
    ("phone", _phones),
    ("phone", _spoken),
    ("", _numbers),
)
_WITHOUT_NUMBERS = tuple(each for each in _FINDERS if each[1] in (_nets, _handles, _spoken))
