"""Finds addresses that lead to a citizen's door: house numbers with their lane or street, groups of a hamlet, flats, plots of land.

The patterns read the text without accents and with its capitals (`nlp.folding`); what they find must have the accents it should.
"""

import re
from collections.abc import Iterator
from functools import cache

from nlp.redaction_words import compiled, meant

_NUMBER = r"\d{1,4}(?:[A-Za-z]| bis)?(?:[/-]\d{1,4}[A-Za-z]?){0,4}"
_SLASHED = r"\d{1,4}[A-Za-z]?(?:/\d{1,4}[A-Za-z]?){1,4}"
_SPELT = r"(?:@digit|@tens)(?: (?:@digit|@tens)){0,4}(?![a-z])"
_NAME = r"[A-Z][a-z']+(?: [A-Z][a-z']+){0,3}"
_SMALL = r"[a-z]{2,7}(?: [a-z]{2,7})?"
_LANE = r"@lane(?![a-z])"
_GROUP = r"@group(?![a-z])"
_BUILDING = r"@building(?![a-z])"
_OF = r" ?(?i:so )?"
_TOWER = r"[A-Z]{1,3}\d{0,3}[A-Z]?(?:[.-]\d{1,3})?(?![a-z])"
_DOOR = r"(?:[A-Za-z]{1,2}\d{0,3}|\d{1,4}[A-Za-z]?\d{0,2})(?:[.-]\d{1,4}[A-Za-z]?)?(?!\w)"
"""The number of a flat, a room or a building: "12A-05", "S2.05", "B"."""
_PLOT = r"[A-Za-z]{0,2}\d{1,4}[A-Za-z]?(?:[.-]\d{1,4}[A-Za-z]?)?(?!\w)"
_HOUSE_TOLD = r"(?i:so nha|nha so|so|nha)"
_WHERE = r"(?i:(?:nha )?(?:o )?(?:cuoi|dau|giua|trong|sat|ngay) )?"
_ROW = r"(?i:day(?: nha| tro)?)"
_LET = rf"{_ROW} (?i:tro )?(?:(?i:ba|ong|co|chu|chi|anh|bac|di) )?{_NAME}"
_MORE_WORDS = (
    rf"{_WHERE}(?:{_LANE}|{_GROUP}|@level(?![a-z])|{_BUILDING}|{_ROW}(?![a-z]))(?:{_OF}{_NUMBER}| {_TOWER}| {_NAME})"
    rf"|(?i:duong lien (?:xa|thon|ap|huyen|tinh))|@flat{_OF}[A-Z]?[.-]?\d{{1,4}}(?:[.-]\d{{1,3}})?"
)
_MORE = rf"(?:[ ,]{{1,3}}(?:{_MORE_WORDS}|(?<=, ){_NAME}(?=[,.;\n]|$))){{0,6}}"
_HOUSE = r"(?<![\w./+-])(?i:so |nha )?"
_WORD = r"(?<![\w./-])"

_MAY_BE_NONE = (
    rf"{_HOUSE}\d{{1,4}}[A-Za-z]? [A-Z][a-z]+ [A-Z][a-z]+(?: [A-Z][a-z]+){{0,2}}{_MORE}",
    rf"{_HOUSE}{_NUMBER} @street(?!\w){_MORE}",
    rf"{_HOUSE}{_SLASHED} {_NAME}{_MORE}",
    rf"{_HOUSE}{_SLASHED},? {_GROUP}(?:{_OF}\d{{1,3}}[A-Za-z]?| {_NAME}){_MORE}",
    rf"{_WORD}{_HOUSE_TOLD} \d{{1,4}}[A-Za-z]?,? {_GROUP}(?:{_OF}\d{{1,3}}(?! ?@counted)| {_NAME}){_MORE}",
)
"""As "12 Trần Phú" and "12/3 ấp Đông"; what stands before it may show that it is none."""

_SHAPES = (
    rf"{_WORD}(?i:so nha|nha so) {_NUMBER}(?:[ ,]{{1,2}}{_LANE}(?:{_OF}{_NUMBER}| {_NAME}| {_SMALL}))*(?: {_NAME})?{_MORE}",
    rf"{_HOUSE}{_NUMBER},? {_LANE}(?:{_OF}{_NUMBER}(?:,? (?:{_LANE} )?{_NAME})?| {_NAME}| {_SMALL})"
    rf"(?:,? {_LANE}(?:{_OF}{_NUMBER}| {_NAME}| {_SMALL})){{0,3}}{_MORE}",
    rf"{_WORD}(?i:ngo|ngach|hem|kiet){_OF}(?:{_SLASHED}(?:,? (?:{_LANE} )?{_NAME})?|\d{{1,4}}[A-Za-z]?,? (?:{_LANE} )?{_NAME}){_MORE}",
    rf"{_WORD}(?i:ngo|ngach|hem|kiet){_OF}\d{{1,4}}[A-Za-z]?[ ,]{{1,2}}{_GROUP}(?:{_OF}\d{{1,3}}| {_NAME}){_MORE}",
    rf"{_WORD}[KHkh]\d{{1,4}}(?:/[HKhk]?\d{{1,4}}[A-Za-z]?){{1,4}},? (?:{_LANE} )?{_NAME}{_MORE}",
    *_MAY_BE_NONE,
    rf"(?:(?<=\])|(?<=\], )|(?<=\] )|(?<![a-z])(?i:dan|nguoi|ho|nha|cu|o) )(?P<found>{_GROUP}(?:{_OF}\d{{1,3}}[A-Za-z]?| {_NAME})"
    rf"(?:[ ,]{{1,2}}{_GROUP}(?:{_OF}\d{{1,3}}[A-Za-z]?| {_NAME}| {_SMALL})){{1,3}}{_MORE})",
    rf"{_WORD}{_GROUP}(?:{_OF}\d{{1,3}}[A-Za-z]?| {_NAME}(?: \d{{1,2}})?)(?:, @level(?![a-z]) {_NAME}{_MORE}"
    rf"|,? (?i:so nha|nha so|so) {_NUMBER}(?! ?@counted){_MORE}|(?<=\d)(?= (?i:chung (?:toi|em)|(?:bon|tui) em)(?!\w)))",
    rf"(?<=[,.\]\x01]) (?i:nha )(?i:o )?(?P<found>{_GROUP}(?:{_OF}\d{{1,3}}[A-Za-z]?| {_NAME}){_MORE})",
    rf"{_WORD}@flat{_OF}{_PLOT}[ ,]{{1,2}}(?:{_LET}|@dwelling(?![a-z])(?: {_NAME}| {_SMALL})?){_MORE}",
    rf"{_WORD}(?i:can ho|can|lo) {_OF}{_PLOT}[ ,]{{1,2}}{_BUILDING}(?: {_TOWER}| {_NAME})?{_MORE}",
    rf"{_WORD}(?i:thua(?: dat)?|lo dat){_OF}\d{{1,5}}[ ,]{{1,2}}(?i:to)(?i: ban do)?{_OF}\d{{1,4}}",
    rf"{_WORD}(?i:so )\d{{1,5}},? (?i:to ban do){_OF}\d{{1,4}}",
    rf"{_WORD}(?i:to)(?i: ban do)?{_OF}\d{{1,4}}[ ,]{{1,2}}(?i:thua(?: dat)?|lo dat){_OF}\d{{1,5}}",
    rf"(?<=[\]\x01])[ ,-]{{1,3}}(?i:so (?:nha )?)\d{{1,4}}[A-Za-z]?,? {_GROUP}(?:{_OF}\d{{1,3}}| {_NAME}){_MORE}",
    rf"(?<=[\]\x01]), {_GROUP} ?\d{{1,3}}(?=[.,\n]|$)",
)
_SIGNED = rf"(?<=\]),? (?:(?i:o) )?(?P<found>{_GROUP} {_NAME}{_MORE})(?=[.,;\n]|$)"
"""A hamlet after a name that is hidden, as letters are signed."""

_TOLD = (
    rf"(?<![A-Za-z0-9])@living ?:? ?(?P<found>(?:(?i:so |nha so |so nha ){_NUMBER}|{_SLASHED}"
    rf"|\d{{1,4}}[A-Za-z]?(?=,? (?:{_LANE}|{_NAME}|{_GROUP}{_OF}\d))"
    rf"|{_GROUP}(?:{_OF}\d{{1,3}}(?! ?@counted)| {_NAME})|{_LANE}(?:{_OF}{_NUMBER}| {_NAME})"
    rf"|@flat{_OF}{_PLOT},? {_BUILDING} (?:{_TOWER}|{_NAME})|{_LET}"
    rf"|@dwelling(?![a-z])(?:(?i: khu)? [A-Z]?\d{{0,4}}[A-Z]?(?![a-z])(?<! )| {_NAME}))(?:,? (?:{_LANE} )?{_NAME})?{_MORE})"
)
_HOME = (
    rf"{_WORD}(?i:(?:nha|ho) (?:toi|em|tui|minh|chau|con)(?: nam)?(?: o)?(?: trong| ngay| tai| cuoi| dau| giua)?) "
    rf"(?P<found>(?:{_GROUP}(?:{_OF}\d{{1,3}}(?! ?@counted)| {_NAME})|(?i:ngo|ngach|hem|kiet)(?:{_OF}{_NUMBER}| {_NAME})){_MORE})"
)
_OF_A_GROUP = (
    rf"{_WORD}(?i:(?:toi|em|tui|minh|chau|con) (?:la )?(?:nguoi dan|dan|nguoi|ho)) "
    rf"(?P<found>(?i:to dan pho|tdp|to|doi|cum|khu pho|kp|khom){_OF}\d{{1,3}}(?! ?@counted){_MORE})"
)

_READ_ALOUD = rf"{_WORD}(?i:so nha|nha so|so) {_SPELT},? {_LANE}{_OF}(?:{_SPELT}|{_NUMBER}|{_NAME}){_MORE}"

_WORDS = re.compile(r"[A-Za-z]+")
_LOOKED_BACK = 12
_LED_BY = 40


_LEADS = rf"(?<![\w./-])(?:(?:@flat|(?i:tang|lau){_OF}|{_ROW}|{_LANE}|{_GROUP})(?:{_OF}{_PLOT}| ?{_TOWER})[ ,]{{1,2}}){{1,3}}$"
"""A room, a floor or a row told before the house: "phòng 302, số 14 ngõ 95"."""


def addresses_in(text: str, bare: str, accented: bool) -> Iterator[tuple[int, int]]:
    """Where addresses stand in a text, told with the same text without accents; they may overlap. `accented` if it was typed so."""
    for pattern in _told():
        yield from _meant_by(pattern, text, bare, accented)
    if not any(map(str.isdigit, bare)):
        return
    for shape, may_be_none in _shapes():
        for start, end in _meant_by(shape, text, bare, accented):
            if not (may_be_none and _no_house().search(bare[max(0, start - _LOOKED_BACK) : start])):
                yield _led_in(bare, start), end


def _led_in(bare: str, start: int) -> int:
    """Where the address begins, with the room or the row told before it."""
    before = max(0, start - _LED_BY)
    found = _leads().search(bare[before:start])
    return before + found.start() if found else start


def _meant_by(pattern: re.Pattern[str], text: str, bare: str, accented: bool) -> Iterator[tuple[int, int]]:
    """What a pattern finds, cut before the first word that has not the accents it should ("ngó" is no "ngõ")."""
    group = "found" if "found" in pattern.groupindex else 0
    for match in pattern.finditer(bare):
        found: re.Match[str] | None = match
        other = _other_word(text, bare, match.start(), match.end(group)) if accented else None
        while found and other is not None:
            found = pattern.match(bare, match.start(), other)
            other = _other_word(text, bare, match.start(), found.end(group)) if found else None
        if found:
            yield _trimmed(found, group)


def _other_word(text: str, bare: str, start: int, end: int) -> int | None:
    """Where a word begins that without accents belongs to an address, and with them is another ("số" is not "sở")."""
    for match in _WORDS.finditer(bare, start, end):
        words = _meant().get(match[0].lower())
        typed = text[match.start() : match.end()]
        named = typed[:1].isupper() and match.start() > start and not bare[match.end() : match.end() + 2].strip()[:1].isdigit()
        if words and not named and typed.lower() not in words:
            return match.start()
    return None


def _trimmed(match: re.Match[str], group: int | str = 0) -> tuple[int, int]:
    words = match[group]
    start = match.start(group) + len(words) - len(words.lstrip(" ,"))
    return start, match.end(group) - (len(words) - len(words.rstrip(" ,.")))


_meant = cache(meant)


@cache
def _told() -> tuple[re.Pattern[str], ...]:
    return tuple(compiled(told, case_matters=True) for told in (_TOLD, _HOME, _OF_A_GROUP, _SIGNED, _READ_ALOUD))


@cache
def _leads() -> re.Pattern[str]:
    return compiled(_LEADS, case_matters=True)


@cache
def _no_house() -> re.Pattern[str]:
    return compiled("@no_house ?$")


@cache
def _shapes() -> tuple[tuple[re.Pattern[str], bool], ...]:
    return tuple((compiled(shape, case_matters=True), shape in _MAY_BE_NONE) for shape in _SHAPES)
