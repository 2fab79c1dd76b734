"""Judges whether a person named is an official, of whom the complaint may speak, or a private person, whose name is hidden."""

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from typing import NamedTuple

from nlp.entities.name_words import name_words
from nlp.entities.names import Name, is_known, name_at
from nlp.entities.persons import Person
from nlp.entities.phrases import patterns
from nlp.entities.posts import post_at
from nlp.entities.reading import Reading
from nlp.word_lists import forms, table, written

_LONGEST = 3
"""Syllables of the longest phrase that tells."""

_LOOKED_AHEAD = 4
"""Places after a name at which such a phrase may begin."""

_NEAR = 2
_TELLING = 3
_CERTAIN = 4
_WITH_A_NUMBER = 2
_LEAST_DIGITS = 8
_SURE_LENGTH = 3
_INTRODUCE_ANY = ("introduces", "introduces_capitals", "introduces_full")
_INTRODUCE_CAPITALS = ("introduces_named", "introduces_known", "introduces_self")
"""Kinds of words before names, the latter before those in capitals only."""

_BIAS = 0.5
_FAIRLY = -1.0
"""From here on a private person told again without a word that tells is the same."""


class Judged(NamedTuple):
    """A name, and whether its bearer is a private person."""

    name: Name
    person: Person | None
    private: bool
    weight: float = 0.0
    """How much speaks for an official, negative for a private person."""


def is_certain(judged: Judged) -> bool:
    """Whether the words around the name leave no doubt."""
    return abs(judged.weight) >= _CERTAIN - 1


def introduced_names(reading: Reading) -> dict[int, Name]:
    """Names told as those of the writer, of their family or of another citizen, by their place."""
    return _introduced(reading)


class _Table(NamedTuple):
    private_before: Mapping[str, int]
    private_after: Mapping[str, int]
    official_before: Mapping[str, int]
    official_after: Mapping[str, int]


@cache
def _table(bare: bool) -> _Table:
    return _Table(*(table("standing", part, bare) for part in _Table._fields))


def _is_writers(reading: Reading, name: Name) -> bool:
    """Whether the writer tells who they are, and perhaps what they work as: "tôi tên là Vi Thị Oanh, giáo viên"."""
    place = name.first - 1
    place -= reading.form(place) == ":"
    if f"{reading.form(place - 1)} {reading.form(place)}" in forms("standing", "writers", reading.bare):
        return True
    if reading.form(place) in ("tôi", "tui", "toi"):
        return True
    if reading.form(place) not in ("là", "la", "tên", "ten"):
        return False
    place -= 2 if reading.form(place - 1) in ("tên", "ten") else 1
    begins = not reading.form(place - 1)[:1].isalpha() or reading.form(place - 1) in forms("standing", "before_self", reading.bare)
    return begins and reading.form(place) in forms("people", "self", reading.bare)


@cache
def _introductions(bare: bool, kind: str) -> tuple[re.Pattern[str], ...]:
    known = written("standing")
    lost = frozenset(known["lost_without_accents"]) if bare else frozenset()
    lists = {
        name: [word for word in known[name] if word not in lost or name == "titles"]
        for name in ("self", "own", "kin", "near_kin", "titles", "of_others", "whose", "private_roles")
    }
    return tuple(patterns(rf" (?:{line})(?!\S)", lists)[bare] for line in known[kind])


@cache
def _private_titles() -> frozenset[str]:
    return forms("people", "private_titles", bare=False) | forms("people", "private_titles", bare=True) - {"me", "con"}


def names_judged(reading: Reading, persons: Sequence[Person]) -> list[Judged]:
    """All names of a message, each judged; one bearer is judged alike throughout."""
    introduced = _introduced(reading)
    named = {person.name.first: person for person in persons if person.name}
    posts = {person.after for person in persons if person.post and person.name is None}
    places = sorted({*named, *introduced})
    found = []
    for place in places:
        person = named.get(place)
        name = person.name if person and person.name else introduced[place]
        weight = float(_CERTAIN) if _is_a_post(reading, name, person, posts) else _weight(reading, name, person, place in introduced)
        found.append((name, person, weight))
    return list(_alike(reading, found))


def _is_a_post(reading: Reading, name: Name, person: Person | None, posts: AbstractSet[int]) -> bool:
    """Whether the holder of a post is named: "hiệu trưởng là ông Cao Minh Tam"."""
    before = (person.first if person else name.first) - 1
    return reading.form(before) in ("là", "la") and before in posts


def _introduced(reading: Reading) -> dict[int, Name]:
    """Names told as those of the writer, of their family or of another citizen."""
    found: dict[int, Name] = {}
    for kind in (*_INTRODUCE_ANY, *(_INTRODUCE_CAPITALS if reading.cased else ())):
        for pattern in _introductions(reading.bare, kind):
            for match in pattern.finditer(reading.line):
                place = reading.found(match)[1]
                name = name_at(reading, place, introduced=True) if place < len(reading.syllables) else None
                if name and _is_clear(reading, name, kind):
                    found[place] = name
    return found


def _is_clear(reading: Reading, name: Name, kind: str) -> bool:
    """Whether these words can only be a name: the less the words before say so, the more the name must."""
    if kind == "introduces_full":
        return name.full and name.after - name.first >= _SURE_LENGTH
    first = reading.syllables[name.first]
    if kind == "introduces_named":
        return first.is_capital and not reading.shouted and post_at(reading, name.first) is None
    if kind in ("introduces_known", "introduces_self"):
        known = first.is_capital and not reading.shouted and is_known(reading, name)
        return known and (kind == "introduces_known" or _stands_alone(reading, name))
    if (first.is_capital and not reading.shouted) or (kind == "introduces" and reading.form(name.first - 1) in ("tên", "ten")):
        return True
    sure = name.full and (not reading.bare or kind == "introduces" or name.after - name.first >= _SURE_LENGTH)
    return sure or (kind == "introduces" and first.form not in name_words(reading.bare).common_words)


def _stands_alone(reading: Reading, name: Name) -> bool:
    """Whether after "em" and a name at the head of a clause nothing says that "em" is an official: "em Diệu)", "Em Trúc nha.", "em Phúc, chồng …"."""
    following = reading.form(name.after)
    if following == ",":
        return reading.form(name.after + 1) in forms("standing", "after_own_name", reading.bare) or reading.form(name.after + 1)[:1] in "0["
    return following[:1] in ("", ".", ")", "(", "!", "[", "\n") or following in forms("standing", "ends_own_name", reading.bare)


def _weight(reading: Reading, name: Name, person: Person | None, introduced: bool) -> float:
    """How much speaks for an official, negative for a private person."""
    if introduced and (person is None or person.post is None or _is_writers(reading, name)):
        return -_CERTAIN
    if person is None or (person.title == 0 and person.post is None):
        return -_CERTAIN
    if person.post is not None or person.place is not None:
        return _CERTAIN
    title = reading.form(person.first)
    if title in _private_titles():
        return -_CERTAIN + 1
    return _bias(reading, name) + _around(reading, person)


def _bias(reading: Reading, name: Name) -> float:
    by_birth = reading.form(name.first) in forms("standing", "nicknames", reading.bare)
    if name.full or (by_birth and name.after - name.first > 1 and reading.form(name.first + 1) not in name_words(reading.bare).given):
        return -1.0
    return -0.5 if by_birth and name.after - name.first == 1 else _BIAS


def _around(reading: Reading, person: Person) -> float:
    known = _table(reading.bare)
    before = _strongest(_endings(reading, person.first), known.official_before, known.private_before)
    after = _strongest(_beginnings(reading, person.after), known.official_after, known.private_after)
    return before + after - (_WITH_A_NUMBER if _has_number_to_call(reading, person.after) else 0)


def _has_number_to_call(reading: Reading, place: int) -> bool:
    near = (reading.form(at) for at in range(place, place + _LOOKED_AHEAD))
    return sum(letter.isdigit() for form in near for letter in form) >= _LEAST_DIGITS


Phrase = tuple[str, bool]
"""Words beside a name, and whether they stand next to it; what stands further off tells only if it is telling."""


def _strongest(phrases: Sequence[Phrase], official: Mapping[str, int], private: Mapping[str, int]) -> float:
    def most(weights: Mapping[str, int]) -> int:
        return max((weight for words, near in phrases if (weight := weights.get(words, 0)) and (near or weight >= _TELLING)), default=0)

    return float(most(official) - most(private))


def _endings(reading: Reading, place: int) -> list[Phrase]:
    forms = [reading.form(back) for back in range(max(0, place - _LONGEST), place)]
    return [(" ".join(forms[start:]), True) for start in range(len(forms))]


def _beginnings(reading: Reading, place: int) -> list[Phrase]:
    found: list[Phrase] = []
    place += 1 if reading.form(place) == "." and len(reading.form(place - 1)) == 1 else 0
    for start in range(place, place + _LOOKED_AHEAD):
        if reading.form(start) in (".", ";", "\n", "!", "?") or (start > place and _begins_anew(reading, start)):
            break
        words = (" ".join(reading.form(at) for at in range(start, start + length)) for length in range(1, _LONGEST + 1))
        found += [(each, start < place + _NEAR) for each in words]
    return found


def _begins_anew(reading: Reading, place: int) -> bool:
    """Whether after a comma the writer speaks of themselves: "nhà ông Tuệ, tôi không ký"."""
    return reading.form(place - 1) == "," and reading.form(place) in ("tôi", "tui", "toi", "mình", "minh")


def _alike(reading: Reading, found: Sequence[tuple[Name, Person | None, float]]) -> Iterator[Judged]:
    strongest: dict[str, float] = {}
    for name, _, weight in found:
        given = reading.form(name.after - 1)
        strongest[given] = max(strongest.get(given, 0.0), weight, key=abs)
    for name, person, weight in found:
        shared = strongest[reading.form(name.after - 1)]
        judged = shared if abs(shared) >= _CERTAIN - 1 and abs(weight) < _CERTAIN - 1 else weight
        if shared <= _FAIRLY and 0 < weight <= _BIAS:
            judged = shared
        yield Judged(name, person, judged < 0, judged)
