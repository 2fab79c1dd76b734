"""Reads a message syllable by syllable, shorthand written out, so that a name, a desk or a day is found however it was typed."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from types import MappingProxyType
from typing import NamedTuple

from nlp.clean import plain, readable, without_accents
from nlp.redaction_words import marks
from nlp.word_lists import syllables_of, written
from nlp.words import LONGEST_WORD, readings

BARE_SHARE = 0.2
"""Messages with a smaller share of accented words were typed without accents; hurried ones with accents have more."""

_NO_HOUR = r"(?!\d| ?(?:[hHgG]|giờ|gio)(?![^\W\d]))"
"""In "7h30-11h30" and "7-11 giờ" the hours are two numbers."""

_PIECE = re.compile(
    rf"(?P<number>(?<=\d[hHgG])\d{{1,2}}(?!\d)|\d+(?:/\d+)+(?=-\d+/\d)|\d+(?:[.,:/-]\d+{_NO_HOUR})*)|(?P<comrade>[đdĐD]/[cC](?!\w))"
    r"|(?P<name>(?:[HKYhky]['’`][^\W\d_]+))|(?P<word>[^\W\d_]+)|(?P<mark>[^\w\s])|(?P<line>\n)"
)
_WORD = re.compile(r"[^\W\d_]+")
_HIDDEN = re.compile("|".join(re.escape(mark) for mark in marks().values()))
"""The marks that stand for what is hidden already, which the writer did not type."""

_LEADERS = (".", "…")
"""Of these the lines are made on which forms are filled in."""

_SHORT = 3
"""Letters of a word that may need its neighbours to be read."""

_INITIALS = 2
_LEAST_SHOUTED = 4
"""Words from which capitals throughout are shouting; "UBND phường TM" is not."""

_WEEKDAY = re.compile(r"[2-7](?![\d.,:/-])")


class Syllable(NamedTuple):
    """One syllable as read, with the place and the letters of the typed word that it comes from."""

    form: str
    start: int
    end: int
    raw: str
    short: bool = False
    """Whether it was written out from a short form."""

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
    """A message as read: its syllables, and the same as one line of forms, a blank before each.

    Patterns begin with that blank, which lets them skip quickly from word to word.
    """

    text: str
    syllables: tuple[Syllable, ...]
    line: str
    begins: tuple[int, ...]
    bare: bool
    """Typed without accents: no form has any."""
    shouted: bool
    """Typed in capitals throughout: case says nothing."""
    cased: bool
    """Capitals stand inside its sentences, so that a name would have one."""
    forms: tuple[str, ...]
    """Of the syllables."""

    def place(self, offset: int) -> int:
        """The syllable at an offset of the line."""
        return bisect_right(self.begins, offset) - 1

    def span(self, first: int, after: int) -> tuple[int, int]:
        """Where in the text the syllables from `first` up to but not with `after` stand."""
        return self.syllables[first].start, max(self.syllables[place].end for place in range(first, after))

    def found(self, match: re.Match[str], group: int | str = 0) -> tuple[int, int]:
        """The syllables that a match on the line covers, half-open."""
        start, end = match.span(group)
        start += match[group][:1] == " "
        first, last = self.place(start), self.place(max(start, end - 1))
        return first, last + 1

    def form(self, place: int) -> str:
        """The form at a place; empty outside the message."""
        return self.forms[place] if 0 <= place < len(self.forms) else ""


@lru_cache(maxsize=4)
def shown(text: str) -> str:
    """The text as `nlp.clean.readable` gives it; the last few are kept, since several readers ask for the same message."""
    return readable(text)


@lru_cache(maxsize=4)
def read(text: str) -> Reading:
    """Read all of a `readable` text, which bounds how much that is. The last few are kept, since several readers ask for the same message."""
    pieces = list(_pieces(text))
    typed = [word for word in _WORD.findall(_HIDDEN.sub(" ", text) if "[" in text else text) if len(word) > 1]
    bare = len(typed) - sum(map(str.isascii, typed)) < BARE_SHARE * len(typed)
    syllables = tuple(_syllables(pieces, bare))
    forms = tuple([syllable.form for syllable in syllables])
    begins = tuple(accumulate((len(form) + 1 for form in forms[:-1]), initial=1)) if forms else ()
    shouted = len(typed) >= _LEAST_SHOUTED and 2 * sum(map(str.isupper, typed)) > len(typed)
    cased = not shouted and _has_inner_capitals(syllables)
    line = " ".join(["", *forms])
    return Reading(text, syllables, line, begins, bare, shouted, cased, forms)


def _pieces(text: str) -> Iterator[re.Match[str]]:
    """Words, numbers and marks; of the same mark again and again the first one. Dots after a colon are left out: "Tên: ……. Sen"."""
    last = None
    for piece in _PIECE.finditer(text):
        if piece.lastgroup not in ("mark", "line"):
            last = None
        elif piece[0] == last or (last == ":" and piece[0] in _LEADERS):
            continue
        else:
            last = piece[0]
        yield piece


def _has_inner_capitals(syllables: Sequence[Syllable]) -> bool:
    return any(before.is_word for before, this in pairwise(syllables) if this.raw.istitle())


def _syllables(pieces: Sequence[re.Match[str]], bare: bool) -> list[Syllable]:
    found: list[Syllable] = []
    anywhere = _anywhere_bare if bare else _anywhere
    number_end = None
    for place, piece in enumerate(pieces):
        raw, (start, end), kind = piece[0], piece.span(), piece.lastgroup
        read = anywhere(raw) if kind == "word" and start != number_end else None
        if read is None:
            read = _special(pieces, place)
            if bare:
                read = _unaccented(raw, *read)
            number_end = end if kind == "number" else None
        forms, short = read
        for form in forms:
            found.append(Syllable(form, start, end, raw, short))
    return found


Forms = tuple[tuple[str, ...], bool]
"""How a typed word reads, and whether it was a short form."""


@lru_cache(maxsize=20_000)
def _anywhere(raw: str) -> Forms | None:
    """A word that reads alike whatever stands beside it, but for a number right before; None if its neighbours decide."""
    known, form = _how_read(), _plain(raw)
    decided = form in known.before_a_name or form in ("p", "t") or raw == "b" or raw in known.titles
    initials = raw[0].isupper() and len(raw) <= _INITIALS
    return None if len(raw) <= _SHORT and (decided or initials) else _word(raw)


@lru_cache(maxsize=20_000)
def _anywhere_bare(raw: str) -> Forms | None:
    read = _anywhere(raw)
    return _unaccented(raw, *read) if read else None


def _special(pieces: Sequence[re.Match[str]], place: int) -> Forms:
    """Numbers, marks and words so short that what stands beside them decides."""
    piece = pieces[place]
    raw = piece[0]
    if piece.lastgroup == "word" and len(raw) > _SHORT:
        return _word(raw)
    if piece.lastgroup == "comrade":
        return ("đồng", "chí"), True
    if piece.lastgroup != "word":
        return (raw.lower(),), False
    before = pieces[place - 1] if place and pieces[place - 1].end() == piece.start() else None
    following = pieces[place + 1] if place + 1 < len(pieces) else None
    if raw in ("t", "T") and following is not None and following.start() == piece.end() and _WEEKDAY.fullmatch(following[0]):
        return ("thứ",), True
    if before is not None and before.lastgroup == "number":
        counted = readings().after_number.get(_plain(raw))
        return (counted, True) if counted else ((_plain(raw),), False) if len(raw) == 1 else _word(raw)
    level = _how_read().before_a_name.get(_plain(raw)) if following is not None and following[0] == "." else None
    if level and place and (_is_body_word(pieces[place - 1][0]) or _is_told_as_place(pieces, place)):
        return (level,), True
    if _plain(raw) == "p" and _names_a_room(pieces, place + 1):
        return ("phòng",), True
    title = _title(pieces, place)
    if title:
        return (title,), True
    return _capital(raw, following) if raw[0].isupper() and len(raw) <= _INITIALS else _word(raw)


def _title(pieces: Sequence[re.Match[str]], place: int) -> str | None:
    """A title of one letter: "A trực bảo" where a sentence begins, "b Linh" before a name; an initial ("Nguyễn Văn A") is none."""
    raw, following = pieces[place][0], pieces[place + 1] if place + 1 < len(pieces) else None
    if following is None or following.lastgroup != "word" or following.start() != pieces[place].end() + 1:
        return None
    if raw == "b" and (following[0].istitle() or following[0] in ("nv", "cb", "bv")):
        return "bạn"
    begins = place == 0 or pieces[place - 1][0] in ".!?\n"
    return _how_read().titles.get(raw) if begins and following[0].islower() and len(following[0]) > 1 else None


def _is_body_word(raw: str) -> bool:
    """Whether "p." after it is the ward: "ubnd p. tan mai"."""
    return raw.lower() in _how_read().bodies or raw.lower() in ("ca", "tyt")


def _is_told_as_place(pieces: Sequence[re.Match[str]], place: int) -> bool:
    """Whether "p." with what stands around it is the ward: "ở p. Cầu Ván"."""
    after = place + 2
    led = pieces[place - 1][0].lower() in _how_read().after_towards
    return led and after < len(pieces) and pieces[after].lastgroup == "word" and pieces[after][0].istitle()


def _names_a_room(pieces: Sequence[re.Match[str]], place: int) -> bool:
    """Whether what follows "p." is the field of a room: "p. VHXH"."""
    place += place < len(pieces) and pieces[place][0] == "."
    field = " ".join(without_accents(piece[0].lower()) for piece in pieces[place : place + 2])
    if field in written("units")["rooms_in_short"]:
        return pieces[place][0].islower()
    return place < len(pieces) and without_accents(pieces[place][0].lower()) in written("units")["rooms_short"]


def _capital(raw: str, following: re.Match[str] | None) -> Forms:
    """A short word in capitals: "P. Tân Mai" is a ward; "ông Nguyễn Văn A" is nobody's "anh"."""
    form = _plain(raw)
    if form == "ct" and not (following and following[0].lower() in _how_read().bodies):
        return (form,), False
    level = _how_read().before_a_name.get(form)
    if level and following is not None and following[0] == ".":
        return (level,), True
    school = _how_read().before_capitals.get(form) if raw.isupper() and following is not None and following[0].istitle() else None
    if school:
        return syllables_of(school), True
    return ((form,), False) if len(form) == 1 else _word(raw)


@lru_cache(maxsize=20_000)
def _word(raw: str) -> Forms:
    form = _plain(raw)
    forms = _how_read().forms.get(form) or (form,)
    return forms, forms != (form,)


@lru_cache(maxsize=20_000)
def _unaccented(raw: str, forms: tuple[str, ...], short: bool) -> Forms:
    if raw.lower() in _how_read().whole_when_bare:
        return (raw.lower(),), False
    return tuple(map(without_accents, forms)), short


class _HowRead(NamedTuple):
    forms: Mapping[str, tuple[str, ...]]
    before_a_name: Mapping[str, str]
    whole_when_bare: frozenset[str]
    bodies: frozenset[str]
    titles: Mapping[str, str]
    before_capitals: Mapping[str, str]
    after_towards: frozenset[str]


@cache
def _how_read() -> _HowRead:
    listed = written("reading")
    known = {short: long for short, long in readings().shorthand.items() if short not in listed["not_read"]}
    added = {plain(short): syllables_of(long) for part in ("also_read", "regional") for short, long in listed[part].items()}
    return _HowRead(
        MappingProxyType(known | added),
        MappingProxyType(listed["before_a_name"]),
        frozenset(listed["not_read_without_accents"]),
        frozenset(listed["bodies"]),
        MappingProxyType(listed["titles_in_capitals"]),
        MappingProxyType(listed["before_capitals"]),
        frozenset(listed["after_towards"]),
    )


@lru_cache(maxsize=20_000)
def _plain(word: str) -> str:
    return plain(word[:LONGEST_WORD])[:LONGEST_WORD] or word
