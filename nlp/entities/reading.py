"""Reads a message syllable by syllable, shorthand written out, so that a name, a desk or a day is found however it was typed."""

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from nlp.clean import plain, without_accents
from nlp.words import LONGEST_WORD, readings

DATA = Path(__file__).parent.parent / "data" / "entities"

BARE_SHARE = 0.12
"""Messages with a smaller share of accented words were typed without accents; hurried ones with accents have more."""

_PIECE = re.compile(
    r"(?P<number>\d+(?:[.,:/-]\d+)*)|(?P<comrade>[đdĐD]/[cC](?!\w))|(?P<name>(?:[HKYhky]['’`][^\W\d_]+))|(?P<word>[^\W\d_]+)|(?P<mark>[^\w\s])|(?P<line>\n)"
)
_WEEKDAY = re.compile(r"[2-7](?![\d.,:/-])")


class Syllable(NamedTuple):
    """One syllable as read, with the place and the letters of the typed word that it comes from."""

    form: str
    start: int
    end: int
    raw: str

    @property
    def is_word(self) -> bool:
        return self.form[:1].isalpha()

    @property
    def is_number(self) -> bool:
        return self.form[:1].isdigit()

    @property
    def is_capital(self) -> bool:
        return self.raw[:1].isupper()


class Reading(NamedTuple):
    """A message as read: its syllables, and the same as one line of forms with single blanks between."""

    text: str
    syllables: tuple[Syllable, ...]
    line: str
    begins: tuple[int, ...]
    bare: bool
    """Typed without accents: no form has any."""
    shouted: bool
    """Typed in capitals, or in small letters throughout: case says nothing."""

    def place(self, offset: int) -> int:
        """The syllable at an offset of the line."""
        return bisect_right(self.begins, offset) - 1

    def span(self, first: int, after: int) -> tuple[int, int]:
        """Where in the text the syllables from `first` up to but not with `after` stand."""
        return self.syllables[first].start, max(self.syllables[place].end for place in range(first, after))

    def found(self, match: re.Match[str], group: int | str = 0) -> tuple[int, int]:
        """The syllables that a match on the line covers, half-open."""
        start, end = match.span(group)
        first, last = self.place(start), self.place(max(start, end - 1))
        return first, last + 1

    def form(self, place: int) -> str:
        """The form at a place; empty outside the message."""
        return self.syllables[place].form if 0 <= place < len(self.syllables) else ""


@lru_cache(maxsize=4)
def read(text: str) -> Reading:
    """Read a `readable` text. The last few are kept, since several readers ask for the same message."""
    pieces = list(_PIECE.finditer(text))
    typed = [piece[0] for piece in pieces if piece.lastgroup == "word" and len(piece[0]) > 1]
    bare = sum(not word.isascii() for word in typed) < BARE_SHARE * len(typed)
    syllables = tuple(_syllables(pieces, bare))
    forms = [syllable.form for syllable in syllables]
    begins = tuple(accumulate((len(form) + 1 for form in forms[:-1]), initial=0)) if forms else ()
    return Reading(text, syllables, " ".join(forms), begins, bare, _case_is_silent(typed))


def _case_is_silent(typed: Sequence[str]) -> bool:
    capitals = sum(word.isupper() for word in typed)
    return 2 * capitals > len(typed) or not any(word[0].isupper() for word in typed)


def _syllables(pieces: Sequence[re.Match[str]], bare: bool) -> Iterator[Syllable]:
    for place, piece in enumerate(pieces):
        start, end = piece.span()
        for form in _forms(pieces, place):
            yield Syllable(_stripped(form) if bare else form, start, end, piece[0])


def _forms(pieces: Sequence[re.Match[str]], place: int) -> tuple[str, ...]:
    piece = pieces[place]
    if piece.lastgroup == "comrade":
        return ("đồng", "chí")
    if piece.lastgroup != "word":
        return (piece[0].lower(),)
    form = _plain(piece[0])
    before = pieces[place - 1] if place and pieces[place - 1].end() == piece.start() else None
    following = pieces[place + 1] if place + 1 < len(pieces) else None
    if form == "t" and following is not None and following.start() == piece.end() and _WEEKDAY.fullmatch(following[0]):
        return ("thứ",)
    if before is not None and before.lastgroup == "number":
        return readings().after_number.get(form) or _written_out(form)
    if len(piece[0]) <= 2 and piece[0][0].isupper():
        return _capital(form, following)
    return _written_out(form)


def _capital(form: str, following: re.Match[str] | None) -> tuple[str, ...]:
    """A short word in capitals: "P. Tân Mai" is a ward; "ông Nguyễn Văn A" is nobody's "anh"."""
    level = _how_read().before_a_name.get(form)
    return (level,) if level and following is not None and following[0] == "." else (form,) if len(form) == 1 else _written_out(form)


class _HowRead(NamedTuple):
    forms: Mapping[str, tuple[str, ...]]
    before_a_name: Mapping[str, str]


@cache
def _how_read() -> _HowRead:
    written = json.loads((DATA / "reading.json").read_text(encoding="utf-8"))
    known = {short: long for short, long in readings().shorthand.items() if short not in written["not_read"]}
    added = {plain(short): tuple(map(plain, long.split())) for part in ("also_read", "regional") for short, long in written[part].items()}
    return _HowRead(MappingProxyType(known | added), MappingProxyType(written["before_a_name"]))


@lru_cache(maxsize=20_000)
def _plain(word: str) -> str:
    return plain(word[:LONGEST_WORD])[:LONGEST_WORD] or word


@lru_cache(maxsize=20_000)
def _written_out(form: str) -> tuple[str, ...]:
    return _how_read().forms.get(form) or (form,)


@lru_cache(maxsize=20_000)
def _stripped(form: str) -> str:
    return without_accents(form)
