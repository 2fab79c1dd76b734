"""Finds among the people of the records the one of whom a message speaks, by name or by post, however many they are."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz import fuzz

from nlp.clean import plain, readable, without_accents
from nlp.entities.reading import Reading, read
from nlp.entities.same import Same

LEAST_LIKENESS = 85.0
"""Likeness, of 100, at which a post told is the post that somebody holds."""

_FULL = 3
"""Syllables from which a name without accents or capitals is nothing else."""


@dataclass(frozen=True, slots=True)
class PersonName:
    """Somebody who works in a unit, as the records have them."""

    id: int
    full_name: str
    titles: tuple[str, ...] = ()
    unit_id: int | None = None
    is_head: bool = False


class FullName(NamedTuple):
    """A range of syllables that is the full name of somebody in the records."""

    first: int
    after: int


class KnownPeople:
    """The people of an office, ready for being searched; thousands take some milliseconds to prepare."""

    def __init__(self, people: Sequence[PersonName]) -> None:
        self._by_given: dict[str, list[tuple[str, PersonName]]] = {}
        self._by_title: dict[str, list[PersonName]] = {}
        self._full: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
        self._accented: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
        for each in people:
            self._add(each)
        self._titles_like = lru_cache(maxsize=2_000)(self._find_titles)

    def _add(self, person: PersonName) -> None:
        accented = tuple(map(plain, person.full_name.split()))
        bare = tuple(map(without_accents, accented))
        if len(bare) > 1:
            self._full.setdefault(bare[:2], set()).add(bare)
            self._accented.setdefault(bare, set()).add(accented)
        if bare:
            self._by_given.setdefault(bare[-1], []).append((" ".join(bare), person))
        for title in dict.fromkeys(map(_title_form, person.titles)):
            self._by_title.setdefault(title, []).append(person)

    def named(self, name: str) -> list[PersonName]:
        """All who bear a name, told in full or without the family's."""
        told = bare_name(name)
        given = told.rpartition(" ")[2]
        return [person for full, person in self._by_given.get(given, ()) if full == told or full.endswith(f" {told}")]

    def holding(self, post: str) -> list[PersonName]:
        """All who hold a post, however it is told; a deputy is never the head."""
        found = {person.id: person for title in self._titles_like(post) for person in self._by_title[title]}
        return list(found.values())

    def _find_titles(self, post: str) -> tuple[str, ...]:
        return tuple(title for title in self._by_title if _is_same_post(post, title))

    def full_names_in(self, reading: Reading) -> Iterator[FullName]:
        """Where a message tells the full name of somebody in the records, in capitals or not, with accents or without."""
        told = [_bare(syllable.form) for syllable in reading.syllables]
        for place, two in enumerate(pairwise(told)):
            for bare in self._full.get(two, ()):
                if tuple(told[place : place + len(bare)]) == bare and self._stands_at(reading, place, bare):
                    yield FullName(place, place + len(bare))

    def is_given(self, form: str) -> bool:
        """Whether somebody in the records bears this given name, written without accents."""
        return form in self._by_given

    def _stands_at(self, reading: Reading, place: int, bare: tuple[str, ...]) -> bool:
        forms = tuple(reading.form(at) for at in range(place, place + len(bare)))
        if forms != bare and forms not in self._accented[bare]:
            return False
        return len(bare) >= _FULL or (reading.syllables[place].is_capital and reading.syllables[place + 1].is_capital)


def known_people(people: Sequence[PersonName]) -> KnownPeople:
    """These people, prepared once and kept."""
    return _known(Same(tuple(people)))


@lru_cache(maxsize=8)
def _known(same: Same[PersonName]) -> KnownPeople:
    return KnownPeople(same.rows)


def bare_name(words: str) -> str:
    """A name in small letters without accents."""
    return without_accents(" ".join(map(plain, words.split())))


def _is_same_post(told: str, title: str) -> bool:
    """Whether "chủ tịch xã" is "Chủ tịch UBND xã"."""
    if _is_deputy(told) != _is_deputy(title):
        return False
    return title.startswith(told) or fuzz.token_set_ratio(told, title) >= LEAST_LIKENESS


def _is_deputy(post: str) -> bool:
    return "pho" in post.split()


@lru_cache(maxsize=20_000)
def _bare(form: str) -> str:
    return without_accents(form)


@lru_cache(maxsize=4_000)
def _title_form(title: str) -> str:
    return without_accents(read(readable(title)).line.strip())


def one_of(people: Iterable[PersonName]) -> PersonName | None:
    """The only one; None if there is nobody, or several could be meant."""
    found = list(people)
    return found[0] if len(found) == 1 else None
