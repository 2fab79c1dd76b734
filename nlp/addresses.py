"""Finds addresses that lead to a citizen's door: house numbers with their lane or street, groups of a hamlet, flats, plots of land.

The patterns read the text without accents and with its capitals (`nlp.folding`); what they find must have the accents it should.
"""

import re
from collections.abc import Iterator
from functools import cache

from nlp.folding import folded
from nlp.redaction_words import compiled, meant

_NUMBER = r"\d{1,4}[A-Za-z]?(?:[/-]\d{1,4}[A-Za-z]?){0,4}"
_SLASHED = r"\d{1,4}[A-Za-z]?(?:/\d{1,4}[A-Za-z]?){1,4}"
_NAME = r"[A-Z][a-z']+(?: [A-Z][a-z']+){0,3}"
_SMALL = r"[a-z]{2,7}(?: [a-z]{2,7})?"
_LANE = r"@lane(?![a-z])"
_GROUP = r"@group(?![a-z])"
_OF = r" ?(?i:so )?"
_MORE_WORDS = rf"(?:{_LANE}|{_GROUP}|@level(?![a-z])|@building(?![a-z]))(?:{_OF}{_NUMBER}| {_NAME})"
_MORE = rf"(?:[ ,]{{1,3}}(?:{_MORE_WORDS}|(?<=, ){_NAME}(?=[,.;\n]|$))){{0,6}}"
_HOUSE = r"(?<![\w./-])(?i:so |nha )?"
_WORD = r"(?<![\w./-])"

_NUMBER_AND_NAME = rf"{_HOUSE}\d{{1,4}}[A-Za-z]? [A-Z][a-z]+ [A-Z][a-z]+(?: [A-Z][a-z]+){{0,2}}{_MORE}"
"""As "12 Trần Phú"; what stands before it may show that it is none."""

_SHAPES = (
    rf"{_WORD}(?i:so nha|nha so) {_NUMBER}(?:[ ,]{{1,2}}{_LANE}(?:{_OF}{_NUMBER}| {_NAME}| {_SMALL}))*(?: {_NAME})?{_MORE}",
    rf"{_HOUSE}{_NUMBER},? {_LANE}(?:{_OF}{_NUMBER}(?:,? (?:{_LANE} )?{_NAME})?| {_NAME}| {_SMALL})"
    rf"(?:,? {_LANE}(?:{_OF}{_NUMBER}| {_NAME}| {_SMALL})){{0,3}}{_MORE}",
    rf"{_WORD}(?i:ngo|ngach|hem|kiet){_OF}(?:{_SLASHED}(?:,? (?:{_LANE} )?{_NAME})?|\d{{1,4}}[A-Za-z]?,? (?:{_LANE} )?{_NAME}){_MORE}",
    rf"{_HOUSE}{_SLASHED} {_NAME}{_MORE}",
    _NUMBER_AND_NAME,
    rf"{_HOUSE}{_NUMBER} @street(?!\w){_MORE}",
    rf"{_WORD}{_GROUP}{_OF}\d{{1,3}}[A-Za-z]?(?:[ ,]{{1,2}}{_GROUP}(?:{_OF}\d{{1,3}}[A-Za-z]?| {_NAME}| {_SMALL})){{1,3}}{_MORE}",
    rf"{_WORD}{_GROUP}(?:{_OF}\d{{1,3}}[A-Za-z]?| {_NAME}), @level(?![a-z]) {_NAME}{_MORE}",
    rf"{_WORD}@flat{_OF}[A-Za-z]?\d{{1,4}}[A-Za-z]?[ ,]{{1,2}}@building(?![a-z])(?: {_NAME}| {_SMALL})?{_MORE}",
    rf"{_WORD}(?i:thua(?: dat)?|lo dat){_OF}\d{{1,5}}[ ,]{{1,2}}(?i:to)(?i: ban do)?{_OF}\d{{1,4}}",
    rf"{_WORD}(?i:so )\d{{1,5}},? (?i:to ban do){_OF}\d{{1,4}}",
    rf"(?<=[\]\x01]), {_GROUP} ?\d{{1,3}}(?=[.,\n]|$)",
)
_TOLD = (
    rf"(?<![A-Za-z0-9])@living ?:? ?(?P<found>(?:(?i:so |nha so |so nha ){_NUMBER}|{_SLASHED}|\d{{1,4}}[A-Za-z]?(?=,? (?:{_LANE}|{_NAME}))"
    rf"|{_GROUP}(?:{_OF}\d{{1,3}}(?! ?@counted)| {_NAME})|{_LANE}(?:{_OF}{_NUMBER}| {_NAME}))(?:,? (?:{_LANE} )?{_NAME})?{_MORE})"
)
_BEFORE_NUMBER = re.compile(r"(?<![A-Za-z])([A-Za-z]+)(?= ?\d)|^([A-Za-z]+)")
_LOOKED_BACK = 12


def addresses_in(text: str, bare: str, accented: bool) -> Iterator[tuple[int, int]]:
    """Where addresses stand in a text, told with the same text without accents; they may overlap. `accented` if it was typed so."""
    if not any(map(str.isdigit, bare)):
        return
    for match in _told().finditer(bare):
        if not accented or _is_meant(text, match.start(), match.end("found")):
            yield _trimmed(match, "found")
    for shape, may_be_none in _shapes():
        for match in shape.finditer(bare):
            start, end = _trimmed(match)
            none = may_be_none and _no_house().search(bare[max(0, start - _LOOKED_BACK) : start])
            if not none and (not accented or _is_meant(text, start, end)):
                yield start, end


def _is_meant(text: str, start: int, end: int) -> bool:
    """Whether the words before the numbers have the accents that make them a house, a lane, a hamlet ("số" is not "sở")."""
    for match in _BEFORE_NUMBER.finditer(folded(text[start:end])):
        group = match.lastindex or 1
        words = _meant().get(match[group].lower())
        if words and text[start + match.start(group) : start + match.end(group)].lower() not in words:
            return False
    return True


def _trimmed(match: re.Match[str], group: int | str = 0) -> tuple[int, int]:
    words = match[group]
    start = match.start(group) + len(words) - len(words.lstrip(" ,"))
    return start, match.end(group) - (len(words) - len(words.rstrip(" ,.")))


_meant = cache(meant)


@cache
def _told() -> re.Pattern[str]:
    return compiled(_TOLD, case_matters=True)


@cache
def _no_house() -> re.Pattern[str]:
    return compiled("@no_house ?$")


@cache
def _shapes() -> tuple[tuple[re.Pattern[str], bool], ...]:
    return tuple((compiled(shape, case_matters=True), shape is _NUMBER_AND_NAME) for shape in _SHAPES)
