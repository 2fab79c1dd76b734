"""Finds names by which writers tell who they are or of whom they write, beyond what `entities.standing` judges: letters signed,
names misprinted, kin and neighbours in the words of the regions; and says which names of officials stay all the same.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from nlp.entities.name_words import known_words, name_words
from nlp.entities.names import Name, is_known, name_at
from nlp.entities.phrases import Phrases, patterns, phrases, written
from nlp.entities.reading import Reading
from nlp.entities.spoken import Spoken
from nlp.entities.standing import Judged
from nlp.redaction_words import told
from nlp.word_lists import forms

_LONGEST_SIGNATURE = 14
"""Syllables of a last sentence that is only a signature."""

_LONGEST_IN_SMALL = 4
_SURELY_PRIVATE = -3.0
_LONGEST_BODY = 5
"""Syllables that may stand between a post and ", tên …": those of the body."""

_STOPS = (".", "!", "…", "\n", ")", ";")
_JOINED_BY = ("và", "va", "với", "voi", "cùng", "cung", ",")
_NAMED = (",", "(", "-", "–", "tên", "ten", "là", "la", ":")
_QUOTES = "\"“”'‘’«"


def told_names(spoken: Spoken) -> list[Name]:
    """Names of the writer and of private persons that `spoken.names` does not hold, or holds for officials'."""
    reading = spoken.reading
    by_post = {each.name.first for each in spoken.names if each.person and each.person.post}
    found = list(_introduced(spoken, by_post))
    signature = _signature(reading, spoken.names)
    private = [*found, *(each.name for each in spoken.names if each.private)]
    return [*found, *([signature] if signature else ()), *_told_with(reading, spoken.names), *_beside(reading, private)]


def stays(spoken: Spoken, judged: Judged) -> bool:
    """Whether a name that nothing around it judges is an official's: a comrade's, or told after a post ("ông giám đốc, tên …")."""
    reading, first = spoken.reading, judged.name.first
    if judged.person and reading.form(judged.person.first) in ("đồng", "dong") and reading.form(judged.person.first + 1) in ("chí", "chi"):
        return not judged.person.post
    before = first
    while before > 0 and reading.form(before - 1) in _NAMED:
        before -= 1
    asked = any(reading.form(at) in ("tên", "ten") for at in range(before, first))
    posts = (person.after for person in spoken.persons if person.post and person.name is None and person.after <= before)
    return asked and any(before - after <= _LONGEST_BODY and not _stops(reading, after, before) for after in posts)


def _stops(reading: Reading, first: int, after: int) -> bool:
    return any(reading.form(place) in (*_STOPS, ",") for place in range(first, after))


# --- by the words before ------------------------------------------------------------------------------------------------------------


def _introduced(spoken: Spoken, by_post: set[int]) -> Iterator[Name]:
    reading = spoken.reading
    for kind in ("writers", "others"):
        for pattern in _introductions(kind)[reading.bare]:
            for match in pattern.finditer(reading.line):
                name = _name_after(reading, reading.found(match)[1])
                if name and (kind == "writers" or (name.first not in by_post and is_known(reading, name))):
                    yield name
    yield from _in_small(reading)
    yield from _called(spoken)
    yield from _quoted(reading)
    yield from _friends(reading)
    yield from _nicks(reading)
    yield from _before_a_role(reading)


def _in_small(reading: Reading) -> Iterator[Name]:
    """ "Em ten la ngoc han, …": words of names up to the next stop."""
    for pattern in _introductions("writers")[reading.bare][:1] if not reading.cased else ():
        for match in pattern.finditer(reading.line):
            first = after = reading.found(match)[1]
            while after - first < _LONGEST_IN_SMALL and reading.form(after) in known_words(reading.bare):
                after += 1
            if after > first and (after == len(reading.syllables) or reading.form(after) in (*_STOPS, ",")):
                yield Name(first, after, False)


def _called(spoken: Spoken) -> Iterator[Name]:
    """ "…, tên là Phèn", where the sentence has spoken of no official before."""
    reading = spoken.reading
    private = {each.person for each in spoken.names if each.private}
    others = sorted(person.first for person in spoken.persons if person not in private)
    named = {each.name.first for each in spoken.names if each.person}
    stops = [place for place, form in enumerate(reading.forms) if form in _STOPS]
    for pattern in _introductions("called")[reading.bare] if reading.cased else ():
        for match in pattern.finditer(reading.line):
            first, place = reading.found(match)
            name = _name_after(reading, place)
            titled = reading.form(first - 1) in forms("people", "titles", reading.bare)  # "gặp chị, tên Thu, ở quầy 1"
            if name and not titled and name.first not in named and _last_before(others, first) <= _last_before(stops, first):
                yield name


def _last_before(places: Sequence[int], place: int) -> int:
    """The last of the places, which are in order, that comes before this one; -1 without any."""
    at = bisect_left(places, place)
    return places[at - 1] if at else -1


def _name_after(reading: Reading, place: int) -> Name | None:
    """The name here, full or in capitals."""
    name = name_at(reading, place, introduced=True)
    if name is None or reading.shouted:
        return name if name and name.full else None
    return name if name.full or reading.syllables[name.first].is_capital else None


def _quoted(reading: Reading) -> Iterator[Name]:
    """Names as they were misprinted: "in thành Mỹ Điệu", "ghi lộn ra "Trần Văn Đội""."""
    for pattern in _introductions("misprints")[reading.bare]:
        for match in pattern.finditer(reading.line):
            name = _name_after(reading, reading.found(match)[1])
            if name and (name.full or name.after - name.first > 1 or match[0][-1] in _QUOTES):
                yield name


def _nicks(reading: Reading) -> Iterator[Name]:
    """Names that people bear in a network, whatever words they are of: "nick fb Thảo Mộc Quê"."""
    for pattern in _introductions("nicks")[reading.bare] if reading.cased else ():
        for match in pattern.finditer(reading.line):
            name = _name_after(reading, reading.found(match)[1])
            public = name and reading.form(name.first) in forms("units", "begins_public", reading.bare)
            if name and not public and name.after - name.first > 1:
                yield name


def _before_a_role(reading: Reading) -> Iterator[Name]:
    """ "Vinh, quản lý cửa hàng": a private role after a name told without a title."""
    for pattern in _introductions("roles")[reading.bare] if reading.cased else ():
        for match in pattern.finditer(reading.line):
            last = reading.found(match)[0]
            for first in range(max(0, last - _LONGEST_IN_SMALL), last):
                name = _name_after(reading, first)
                if name and name.after == last and is_known(reading, name):
                    yield name
                    break


def _friends(reading: Reading) -> Iterator[Name]:
    """ "Bạn Minh Thu", without accents too, where "ban" is also a board."""
    known = name_words(bare=True).given_unaccented | name_words(bare=True).middle
    for place in range(len(reading.syllables) - 1 if reading.bare and reading.cased else 0):
        if reading.form(place) == "ban":
            name = _name_after(reading, place + 1)
            if name and name.after - name.first == 2 and all(reading.form(at) in known for at in range(name.first, name.after)):
                yield name


@cache
def _introductions(kind: str) -> tuple[tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]]:
    known, standing = told(), written("standing")
    lists = {
        "self": known["self"],
        "kin": [*known["kin"], *standing["kin"]],
        "own": [*standing["own"], *known["self"]],
        "titles": standing["titles"],
        "wrote": known["wrote"],
        "private_roles": standing["private_roles"],
    }
    both = [patterns(rf"{line}(?!\S)", lists) for line in known[kind]]
    return tuple(each[0] for each in both), tuple(each[1] for each in both)


# --- at the end, and beside another -------------------------------------------------------------------------------------------------


def _signature(reading: Reading, judged: Sequence[Judged]) -> Name | None:
    """The name that a letter ends with: "Bà Nhạn.", "Mùi, mẹ cháu Tít.", "Mai - [số điện thoại]"."""
    end = len(reading.syllables)
    while end and reading.form(end - 1) in _STOPS:
        end -= 1
    first = next((place + 1 for place in range(end - 1, -1, -1) if reading.form(place) in (*_STOPS, "?")), 0)
    title = _signing_titles().at(reading, first)
    name = _name_after(reading, first + (title[0] if title else 0)) if end - first <= _LONGEST_SIGNATURE else None
    if name is None or reading.form(first - 1) == "?" or not is_known(reading, name) or _is_official(reading, name, judged):
        return None
    contact = _contact().at(reading, name.after)
    if contact and reading.form(name.after + contact[0]) in ("tên", "ten"):  # "Anh [tên người] chủ xưởng"
        contact = None
    if contact and not (reading.form(name.after) == "," and first == 0):
        return name
    shown = title or name.after - name.first > 1
    return name if first and shown and name.after >= end else None


def _is_official(reading: Reading, name: Name, judged: Sequence[Judged]) -> bool:
    given = reading.form(name.after - 1)
    return any(not each.private and each.name.first != name.first and reading.form(each.name.after - 1) == given for each in judged)


def _told_with(reading: Reading, judged: Sequence[Judged]) -> Iterator[Name]:
    """Whom a title names in one breath with a private person: "bà Khuyên và anh Tuấn Còi"."""
    found: list[Name] = []
    for before, after in pairwise(judged):
        if _joined(reading, before, after) and (before.private or before.name in found) and not after.private and _is_plain(after):
            found.append(after.name)
    surely = False
    for after, before in pairwise(reversed(judged)):  # of a list the last words may tell: "chị Đẹt, cô Mười Cá cùng ký tên"
        surely = _joined(reading, before, after) and (surely or after.weight <= _SURELY_PRIVATE) and _is_plain(before)
        if surely and not before.private:
            found.append(before.name)
    yield from found


def _joined(reading: Reading, before: Judged, after: Judged) -> bool:
    first = after.person.first if after.person else after.name.first
    return first - before.name.after == 1 and reading.form(before.name.after) in _JOINED_BY


def _is_plain(judged: Judged) -> bool:
    """Whether only a title tells of the person, no post and no desk."""
    return judged.person is not None and judged.person.post is None and judged.person.place is None


def _beside(reading: Reading, private: Sequence[Name]) -> Iterator[Name]:
    """Who is named without a title after a private person: "Tình với Lụa"."""
    for name in private:
        if reading.form(name.after) in _JOINED_BY and reading.form(name.after) != "," and reading.syllables[name.first].is_capital:
            other = _name_after(reading, name.after + 1)
            if other and is_known(reading, other):
                yield other


@cache
def _signing_titles() -> Phrases[bool]:
    return phrases(told()["signs"])


@cache
def _contact() -> Phrases[bool]:
    return phrases(told()["after_signature"])
