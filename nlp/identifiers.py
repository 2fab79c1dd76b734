"""Finds the numbers that identify a citizen: telephone, identity papers, accounts, plates, e-mail, codes of files.

Sums of money, dates, hours, laws and decrees are numbers too, and stay. All patterns read the text without accents (`nlp.folding`).
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from nlp.entities.numbers import digit
from nlp.redaction_words import compiled

_GAP = r"[ .\-–()]{0,2}"

_HARMLESS = compiled(
    r"(?<![\d/])\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d(?!\d)"  # a date
    r"|(?<![\d/])\d{1,5}(?:/(?:19|20)\d\d)?/[a-z]{2,}(?:[-–][a-z]+\d*)*"  # a decree
    r"|(?<![\d.])[1-9]\d{0,2}(?:[.,]\d{3})+ ?@money(?![a-z])"
    r"|(?<![\d.])[1-9]\d{0,11} ?@money(?![a-z])"
    r"|(?<![\d.,/-])[1-9]\d{0,2}(?:[.,]\d{3})*[.,]000(?![\d.])"
    r"|(?<!\d)(?:1900|1800)(?:[ .]?\d{2,4}){1,2}(?!\d)"  # a hotline
    r"|(?<!\d)(?:19|20)\d\d ?[-–] ?(?:19|20)\d\d(?!\d)"
)
_EMAIL = compiled(
    r"[\w.+-]{1,64} ?@ ?[\w-]{1,40}(?: ?\. ?[a-z]{2,6}\b){1,3}"
    r"|(?<!\w)[\w.+-]{2,64} ?(?:\(at\)|\[at\]|\(a cong\)|@|(?<= )a cong) ?[\w-]{1,40} ?(?:\.|cham|dot) ?(?:com|vn|net|org)"
    r"(?: ?(?:\.|cham) ?vn)?(?!\w)"
)
_CODE = compiled(
    r"(?<![\w.])(?i:(?:[a-z0-9]{1,4}\.){0,5}[a-z0-9]{1,6}[-–]\d{6}[-–]\d{3,6}(?!\d)|(?<!\w)[a-z]{2} ?\d{9} ?vn(?!\w))"
    r"|(?<![\w./-])(?!TCVN|QCVN|ISO)[A-Z]{2,5}-(?:\d{4}[-/])?\d{4,8}(?![\w-])",
    case_matters=True,
)
_CODE_TOLD = compiled(
    r"(?<!\w)(?:(?:ma|so)(?: so)? @file|@slip(?: [a-z]+){0,3}? (?:so|ma)|ma hs|mhs|ma(?= ?:))(?: la| so| cua (?:toi|em|tui)(?: la)?)? ?[:=#]? ?"
    r"(?P<found>[a-z]{0,5}\.?[-./]?\d[\w./-]{2,29})"
)
_PLATE = compiled(
    r"(?<![\w.-])(?:1[1-9]|[2-9]\d)[ .-]{0,2}(?:[A-Z]{1,2}\d?|[A-Za-z]\d)[ .-]{1,3}(?:\d{3}\.?\d{2}|\d{4})(?![\d\w])"
    r"|(?<![\w.-])(?:1[1-9]|[2-9]\d)[A-Za-z](?:\d{5,6}|\d[ -]?\d{3}\.\d\d)(?![\d\w])",
    case_matters=True,
)
_PLATE_TOLD = compiled(r"(?<!\w)@plate ?(?:la |so )?:? ?(?P<found>(?=[a-z]{0,2}[ \-]?\d)[0-9a-z]{1,4}(?:[.\- ]{0,2}[0-9a-z]){2,10})(?!\w)")
_PAPER_TOLD = compiled(
    rf"(?<!\w)@paper[a-z ]{{0,24}}?[:# ]{{0,3}}(?P<found>(?:(?-i:[A-Z]{{1,3}}) |[a-z]{{1,3}})?\d(?:{_GAP}\d){{5,14}})(?!\d)"
)
_PAPER = compiled(r"(?<![\w.])(?:[BCPN]\d{7}|[A-Z]{2} ?\d(?: ?\d){12}|[A-Z]{2} ?(?:\d{6}|\d{8}))(?!\w)", case_matters=True)
_PHONE = compiled(rf"(?<![\w.,/])(?:\(?\+ ?\(?84\)?|84|\(?[0oO])(?:{_GAP}\d){{8,11}}(?!\d)")
_ACCOUNT_TOLD = compiled(
    rf"(?<!\w)(?:@account|@banks)[a-z :,.]{{0,24}}?(?P<found>\d(?:{_GAP}\d){{5,18}})(?!\d)"
    rf"|(?<!\w)(?P<before>\d(?:{_GAP}\d){{5,18}})(?!\d)(?= ?[,(]? ?@banks(?!\w))"
)
_NUMBER = compiled(rf"(?<![\w,/])\(?\d(?:{_GAP}\d){{5,21}}(?!\d)")
_CALLED = compiled(r"(?<!\w)@called[a-z ]{0,12}[:. ]{0,3}$")
_SPOKEN = compiled(r"(?<!\w)(?:(?:@digit|\d{1,4})(?!\w)[ ,.\-]{0,3}){5,14}")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+")
_THREES = re.compile(r"\d{3}(?:-\d{3}){3}")

_HAS_NUMBERS = re.compile(r"\d(?:[ .\-–()/a-zA-Z]{0,3}\d){3}")
_BLANK = "\x01"
_SPOKEN_DIGITS = range(8, 13)


class Identifier(NamedTuple):
    """Where an identifier stands in the text, and its kind."""

    start: int
    end: int
    kind: str


def identifiers_in(bare: str) -> list[Identifier]:
    """All identifiers of a text without accents, in order, none over another."""
    found: list[Identifier] = []
    left = bare
    for kind, finder in _FINDERS if _HAS_NUMBERS.search(bare) else _WITHOUT_NUMBERS:
        new = [Identifier(start, end, kind or _kind(bare, start, end)) for start, end in finder(left)]
        found += [each for each in new if each.kind]
        left = _blanked(left, [(each.start, each.end) for each in new])
    return sorted(each for each in found if each.kind != "harmless")


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
    if pattern is _CODE_TOLD:
        return digits >= 4 or (digits >= 3 and any(map(str.isalpha, words)))
    return digits >= 4 or pattern is _EMAIL


def _emails(text: str) -> Iterator[tuple[int, int]]:
    return _by(_EMAIL)(text) if "@" in text or "cong" in text.lower() or "at" in text.lower() else iter(())


def _phones(text: str) -> Iterator[tuple[int, int]]:
    for match in _PHONE.finditer(text):
        digits = sum(map(str.isdigit, match[0])) + (match[0].lstrip("(")[0] in "oO")
        if digits in (10, 11) or (digits == 12 and match[0].lstrip("(").startswith("+")):
            yield match.span()


def _spoken(text: str) -> Iterator[tuple[int, int]]:
    """Numbers read aloud, wholly or in part: "không chín tám …", "0912 ba bốn năm 678"."""
    for match in _SPOKEN.finditer(text):
        words = re.findall(r"[a-z]+|\d+", match[0].lower())
        digits = "".join(word if word.isdigit() else digit(word) or "" for word in words)
        if len(digits) in _SPOKEN_DIGITS and digits[0] == "0" and not all(map(str.isdigit, words)):
            yield match.start(), match.start() + len(match[0].rstrip(" ,.-"))


def _numbers(text: str) -> Iterator[tuple[int, int]]:
    for match in _NUMBER.finditer(text):
        yield match.start() + (match[0][0] == "("), match.end()


def _kind(text: str, start: int, end: int) -> str:
    """What a long number is that nothing before it names; empty if it is no identifier."""
    words = text[start:end]
    digits = "".join(filter(str.isdigit, words))
    if _GROUPED.fullmatch(words) or (len(digits) < 9 and not _CALLED.search(text[max(0, start - 30) : start])):
        return ""
    if _THREES.fullmatch(words):
        return "code"
    if len(digits) <= 8 or (len(digits) == 9 and _CALLED.search(text[max(0, start - 30) : start])):
        return "phone"
    if len(digits) == 12 and digits[0] == "0":
        return "id"
    if len(digits) in (10, 11) and digits[0] in "08":
        return "phone"
    return "id" if len(digits) <= 10 or re.fullmatch(r"\d{10}-\d{3}", words) else "account"


_FINDERS: tuple[tuple[str, Callable[[str], Iterator[tuple[int, int]]]], ...] = (
    ("email", _emails),
    ("code", _by(_CODE)),
    ("code", _by(_CODE_TOLD)),
    ("harmless", _by(_HARMLESS)),
    ("plate", _by(_PLATE)),
    ("plate", _by(_PLATE_TOLD)),
    ("id", _by(_PAPER_TOLD)),
    ("id", _by(_PAPER)),
    ("account", _by(_ACCOUNT_TOLD)),
    ("phone", _phones),
    ("phone", _spoken),
    ("", _numbers),
)
_WITHOUT_NUMBERS = tuple(each for each in _FINDERS if each[1] in (_emails, _spoken))
