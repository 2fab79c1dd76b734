"""Finds the numbers that identify a citizen: telephone, identity papers, accounts, plates, e-mail, codes of files, days of birth.

Sums of money, dates, hours, laws and decrees are numbers too, and stay. All patterns read the text without accents (`nlp.folding`).
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from nlp.entities.numbers import digit
from nlp.redaction_words import compiled

_GAP = r"[ .\-–()]{0,2}"
_WIDE_GAP = r"[ ._*·\-–()\ufe0f\u20e3]{0,3}"
"""As telephone numbers are broken up, with the marks of keycaps."""

_MARK = r" ?[.,/…_*]{1,3} ?"
_DATE = r"(?<![\d/])\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d(?!\d)"
_COUNTRY = r"(?:\(?\+ ?\(?84\)?|0084|84)"

_HARMLESS = compiled(
    rf"{_DATE}"
    r"|(?<![\d/])\d{1,5}(?:/(?:19|20)\d\d)?/[a-z]{2,}(?:[-–][a-z]+\d*)*"  # a decree
    r"|(?<![\d.])[1-9]\d{0,2}(?:[.,]\d{3})+ ?@money(?![a-z])"
    r"|(?<![\d.])[1-9]\d{0,11} ?@money(?![a-z])"
    r"|(?<![\d.,/])[1-9]\d{0,2}(?:[.,]\d{3})*[.,]000(?![\d.])"
    r"|(?<!\d)(?<!\d[ .-])(?:1900|1800)(?:[ .]?\d{4}|[ .]?\d{6}|(?:[ .]?\d{2,3}){2})(?![ .]?\d)"  # a hotline
    r"|(?<!\d)(?:19|20)\d\d(?: ?[-–,] ?(?:19|20)\d\d| (?:19|20)\d\d(?=[ ,.]|$))+(?!\d)"  # years
)
_EMAIL = compiled(
    r"[\w.+-]{1,64}@[\w-]{1,40}(?:\.[\w-]{1,40}){0,3}\.[a-z]{2,12}\b"
    r"|[\w.+-]{1,64} ?@ ?[\w-]{1,40} ?\. ?[a-z]{2,6}\b(?:\.[a-z]{2,6}\b| ?\. ?(?:com|vn|net|org|edu|gov)\b){0,3}"
    r"|(?<![\w.])[\w.+-]{2,64}(?: (?:cham|dot) [\w+-]{1,30})? ?(?:\(at\)|\[at\]|\(a\)|\[a\]|\(a cong\)|@|(?<= )(?:a cong|a moc|a vong|at)(?= ))"
    r" ?[\w-]{1,40} ?(?:\.|cham|dot) ?(?:com|vn|net|org)(?: ?(?:\.|cham|dot) ?vn)?(?!\w)"
)
_HANDLE = compiled(
    r"(?:https?://)?(?:www\.|m\.)?(?:facebook\.com|fb\.com|fb\.me|m\.me|zalo\.me|tiktok\.com|instagram\.com|t\.me|youtube\.com)"
    r"/(?!\S*(?:ubnd|congan|gov|dichvucong|hanhchinh))[\w.@?=&/%+-]{2,80}"
    r"|(?<!\w)@network[: ]{0,2}(?:live:)?(?P<found>@?[a-z]\w{0,20}[._\d][\w.]{1,30})"
    r"|(?<!\w)@network(?: cua)? @owner(?: la)?[: ]{1,2}(?P<owned>@?[a-z]\w{2,24}[._]?\d[\w.]{0,30})"
    r"|(?<![\w.@])@(?=[a-z])(?:\w{0,20}[._\d][\w.]{1,30})"
)
_CODE = compiled(
    r"(?<![\w.])(?i:(?:[a-z0-9]{1,4}\.){0,5}[a-z0-9]{1,6}[-–]\d{6}[-–]\d{3,6}(?!\d)|(?<!\w)[a-z]{2} ?\d{9} ?vn(?!\w))"
    r"|(?<![\w.])(?i:(?:\d{1,3}\.){0,4}[a-z]\d{1,3}(?:[.-]\d{1,3}){0,3}[.-]\d{6}[.-]\d{3,6}(?!\d))"
    r"|(?<![\w./-])(?!TCVN|QCVN|ISO)[A-Z]{2,5}-(?:\d{4}[-/])?\d{4,8}(?:/\d{2,4})?(?![\w-])",
    case_matters=True,
)
_RECEIPT = compiled(r"(?<!\w)(?:so|ma)(?: so)? ?:? ?(?P<found>\d{1,5}(?:/\d{2,4})?/@receipt)(?![\w-])")
_CODE_TOLD = compiled(
    r"(?<!\w)(?:(?:ma|so)(?: so)? @file|@slip(?: [a-z]+){0,3}? (?:so|ma)|ma hs|mhs|ma(?= ?:))(?: la| so| cua (?:toi|em|tui)(?: la)?)? ?[:=#]? ?"
    r"(?P<found>[a-z]{0,5}\.?[-./]?\d[\w./-]{2,29})"
)
_CODE_ALONE = compiled(r"(?<!\w)@slip (?:la |nay )?(?P<found>[a-z]{1,4}[-.]?\d{3,8}(?:[-/.]\d{1,6}){0,3})(?!\w)")
_OWN_CODE = compiled(
    r"(?<!\w)(?:ma(?: so)?|so) @own_code(?: nuoc| dien)?(?: la| cua [a-z]{2,4})?[: ]{1,2}(?P<found>[a-z]{0,4}-?\d{6,13})(?!\w)"
)
_PLATE = compiled(
    r"(?<![\w.-])(?:1[1-9]|[2-9]\d)[ .-]{0,2}(?:[A-Z]{1,2}\d?|[A-Za-z]\d)[ .-]{1,3}(?:\d{3}\.?\d{2}|\d{4})(?![\d\w])"
    r"|(?<![\w.-])(?:1[1-9]|[2-9]\d)[A-Za-z](?:\d{5,6}|\d[ -]?\d{3}\.\d\d)(?![\d\w])"
    r"|(?<![\w.-])\d\d[ -]?(?:NG|NN|QT|CV)[ -]?\d{3}[ .-]?\d\d(?!\w)",
    case_matters=True,
)
_PLATE_TOLD = compiled(
    r"(?<!\w)@plate ?(?:la |so )?:? ?(?P<found>(?=[a-z]{0,2}[ \-]?\d)[0-9a-z]{1,4}(?:[.\- ]{0,2}[0-9a-z]){2,10})(?!\w)"
    r"|(?<!\w)@vehicle(?: (?:toi|em|tui|minh|no|ho|cua [a-z]{2,4}))?(?: la)? "
    r"(?P<driven>(?:1[1-9]|[2-9]\d)[ -]?[a-z]\d?[ .-]{0,3}(?:\d{3}[. ]?\d\d|\d{4}))(?!\w)"
)
_PAPER_TOLD = compiled(
    rf"(?<!\w)@paper[a-z ]{{0,24}}?[:# ]{{0,3}}"
    rf"(?P<found>(?:(?-i:[A-Z]{{1,3}}) |[a-z]{{1,3}})?\d(?:{_GAP}\d){{5,14}}|(?-i:[A-Z]{{2}}) ?\d{{5}}|(?-i:[A-Z]{{1,3}})[/-]\d{{4,8}})(?!\d)"
    r"|(?<!\w)@register(?: so)? ?:? ?(?P<registered>\d{1,5}/(?:19|20)\d\d)(?!\w)"
)
_PAPER = compiled(r"(?<![\w.])(?:[BCPN]\d{7}|[A-Z]{2} ?\d(?: ?\d){12}|[A-Z]{2} ?(?:\d{6}|\d{8}))(?!\w)", case_matters=True)
_MOBILE = compiled(
    rf"(?<!\d)(?<!\d[ .-])(?!{_DATE})(?:[0oO]|{_COUNTRY}{_WIDE_GAP}0?){_WIDE_GAP}[35789](?:{_WIDE_GAP}\d){{8}}(?![ .-]?\d)[\ufe0f\u20e3]{{0,2}}"
    r"|(?<!\d)0[35789]\d{8}(?!\d)"
    rf"|(?<![\w+])\+(?!84)[1-9]\d{{0,2}}(?:{_WIDE_GAP}\d){{7,12}}(?!\d)"
    rf"|(?<!\d)(?<!\d[ .-])0[35789]\d{{1,2}}{_MARK}\d{{3}}{_MARK}\d{{3,4}}(?!\d)"
    rf"|(?<!\d)(?<!\d[ .-])0[35789]\d\d{_MARK}(?:\d{{6}}|\d\d{_MARK}\d\d{_MARK}\d\d)(?!\d)"
)
"""Ten digits that can hardly be anything but a telephone number, whatever stands before them."""

_PHONE = compiled(rf"(?<![\w.])(?<!\d[,/])(?:{_COUNTRY}|\(?[0oO])(?:{_WIDE_GAP}\d){{8,11}}(?!\d)")
_BIRTH = compiled(
    r"(?<!\w)@born ?:? ?(?:ngay )?(?P<found>(?:0?[1-9]|[12]\d|3[01]) ?[/.-] ?(?:0?[1-9]|1[0-2]) ?[/.-] ?(?:(?:19|20)\d\d|\d\d))(?!\d)"
    r"|(?<!\w)@born ?:? ?(?:ngay )?(?P<told>\d{1,2} thang \d{1,2} nam (?:19|20)\d\d)(?!\d)"
)
"""A day of birth with its year; a year alone, or a day of this year, leads to nobody."""

_ACCOUNT_TOLD = compiled(
    r"(?<!\d)(?P<card>9704(?:[ .-]?\d){12,15})(?!\d)|"
    rf"(?<!\w)(?:@account|@banks)[a-z :,.]{{0,24}}?(?P<found>\d(?:{_GAP}\d){{5,18}})(?!\d)"
    rf"|(?<!\w)(?P<before>\d(?:{_GAP}\d){{5,18}})(?!\d)(?= ?[,(]? ?@banks(?!\w))"
)
_NUMBER = compiled(rf"(?<![\w,/])\(?\d(?:{_GAP}\d){{5,21}}(?!\d)")
_CALLED = compiled(r"(?<!\w)@called[a-z ]{0,12}[:. ]{0,3}$")
_SPOKEN = compiled(r"(?<!\w)(?:(?:@digit|@tens|\d{1,4})(?!\w)[ ,.\-]{0,3}){5,20}")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+")
_THREES = re.compile(r"\d{3}(?:-\d{3}){3}")
_DIGITS = re.compile(r"\d+")
_NETWORK = compiled(r"(?<!\w)@network(?!\w)")
_JOINTS = ("tram", "muoi", "linh", "le")
_PUBLIC = (".gov.vn",)
"""Addresses of offices lead to no citizen."""

_NETS = ("@", "cong", "at", "dot", ".com", ".me", "(a", "[a")

_MIXED = re.compile(r"(?<!\w)(?=\d*[oOlI])[oO0][\doOlI]{3,11}(?!\w)")
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
    left = _MIXED.sub(_with_noughts, _in_digits(bare))
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
    if pattern is _CODE_TOLD:
        return digits >= 4 or (digits >= 3 and any(map(str.isalpha, words)))
    return digits >= 4 or pattern in (_EMAIL, _HANDLE, _RECEIPT, _BIRTH)


def _nets(text: str) -> Iterator[tuple[int, int]]:
    """Addresses of e-mail, and names and pages by which somebody is found in a network."""
    small = text.lower()
    if any(sign in small for sign in _NETS):
        for start, end in _by(_EMAIL)(text):
            if not small[start:end].endswith(_PUBLIC):
                yield start, end


def _handles(text: str) -> Iterator[tuple[int, int]]:
    small = text.lower()
    if any(sign in small for sign in ("@", ".com", ".me")) or _NETWORK.search(text):
        yield from _by(_HANDLE)(text)


def _mobiles(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _MOBILE.finditer(text))


def _phones(text: str) -> Iterator[tuple[int, int]]:
    for match in _PHONE.finditer(text):
        digits = "".join(filter(str.isdigit, match[0]))
        if match[0].lstrip("(")[0] in "oO":
            digits = "0" + digits
        abroad = next((code for code in ("0084", "84") if digits.startswith(code)), "") or "0"
        if len(digits) - len(abroad) in (9, 10):
            yield match.span()


def _spoken(text: str) -> Iterator[tuple[int, int]]:
    """Numbers read aloud, wholly or in part: "không chín tám …", "0912 ba bốn năm 678", "0912 ba trăm bốn lăm 678"."""
    for match in _SPOKEN.finditer(text):
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
    for match in _NUMBER.finditer(text):
        yield match.start() + (match[0][0] == "("), match.end()


def _kind(text: str, start: int, end: int) -> str:
    """What a long number is that nothing before it names; empty if it is no identifier."""
    words = text[start:end]
    digits = "".join(filter(str.isdigit, words))
    called = _CALLED.search(text[max(0, start - 30) : start])
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
    ("code", _by(_CODE)),
    ("code", _by(_CODE_TOLD)),
    ("code", _by(_RECEIPT)),
    ("code", _by(_CODE_ALONE)),
    ("code", _by(_OWN_CODE)),
    ("birth", _by(_BIRTH)),
    ("phone", _mobiles),
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
_WITHOUT_NUMBERS = tuple(each for each in _FINDERS if each[1] in (_nets, _handles, _spoken))
