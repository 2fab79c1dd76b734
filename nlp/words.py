"""Cuts a message into words that remember where they stood, so that what decided can be shown as the person typed it."""

import json
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from nlp.clean import plain

SHORTHAND_FILE = Path(__file__).parent / "data" / "shorthand.json"
LONGEST_WORD = 24
"""Letters of a word that are looked at; the longest Vietnamese syllable has seven."""

MOST_WORDS = 1_000
"""More than a text of 4,000 characters holds, unless it is noise."""

MOST_ALIKE = 4

_PIECE = re.compile(
    r"(?P<word>[^\W\d_]+)|(?P<number>\d+(?:[.,:/-]\d+)*)|(?P<mark>[?!]+|\.{2,}|…|(?P<face>[\U0001f300-\U0001faff\u2600-\u27bf])(?P=face)*)|(?P<stop>[.;,\n])"
)


class Word(NamedTuple):
    """One word of a message: its place, its plain form, and how it reads with shorthand written out."""

    start: int
    end: int
    form: str
    read: tuple[str, ...]
    ends_clause: bool = False


def words_of(text: str) -> list[Word]:
    """The words, numbers and telling marks of a `readable` text, in order; numbers are known by their length only ("#3").

    At most `MOST_WORDS`, and of one word repeated in a row at most `MOST_ALIKE`: more of it says nothing more.
    """
    found: list[Word] = []
    last: Word | None = None
    for piece in _PIECE.finditer(text):
        if piece.lastgroup == "stop":
            if last is not None:
                last = found[-1] = last._replace(ends_clause=True)
            continue
        word = _word(piece, after=last)
        if last is None or last.form != word.form or not _is_one_too_many(word, found):
            found.append(word)
            last = word
            if len(found) == MOST_WORDS:
                break
    return found


def _is_one_too_many(word: Word, found: list[Word]) -> bool:
    return len(found) >= MOST_ALIKE and all(before.form == word.form for before in found[-MOST_ALIKE:])


class Readings(NamedTuple):
    """How short and regional forms are written out, by where they stand."""

    shorthand: Mapping[str, tuple[str, ...]]
    after_number: Mapping[str, tuple[str, ...]]
    dialect: Mapping[str, tuple[str, ...]]

    def anywhere(self, form: str) -> tuple[str, ...]:
        return self.shorthand.get(form) or self.dialect.get(form) or (form,)


@cache
def readings() -> Readings:
    """The field's shorthand ("cbo" is "cán bộ"), the young's, and words of the regions ("mô" is "đâu")."""
    written = json.loads(SHORTHAND_FILE.read_text(encoding="utf-8"))
    return Readings(*(_syllables(written[part]) for part in ("anywhere", "after_number", "dialect")))


def _syllables(written: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({plain(short): tuple(map(plain, long.split())) for short, long in written.items()})


def _word(piece: re.Match[str], after: Word | None) -> Word:
    start, end = piece.span()
    kind, typed = piece.lastgroup, piece[0]
    if kind == "word":
        counted = after is not None and after.end == start and after.form[:1] == "#"
        said, read = _after_number(typed) if counted else _anywhere(typed)
        return Word(start, end, said, read)
    if kind == "number":
        form = "#" + str(min(sum(map(str.isdigit, typed)), 9))
        return Word(start, end, form, (form,))
    form = "…" if typed.startswith("..") else "?" if "?" in typed else typed[0]
    return Word(start, end, form, (form,), ends_clause=True)


def _after_number(typed: str) -> tuple[str, tuple[str, ...]]:
    form = _form(typed)
    return form, readings().after_number.get(form) or readings().anywhere(form)


@lru_cache(maxsize=20_000)
def _anywhere(typed: str) -> tuple[str, tuple[str, ...]]:
    form = _form(typed)
    return form, readings().anywhere(form)


def _form(typed: str) -> str:
    return plain(typed[:LONGEST_WORD])[:LONGEST_WORD]
