"""Says of whom a message speaks: title, name, desk; whether they head the body; and who of the unit's people that is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz

from nlp.clean import plain, readable, without_accents
from nlp.entities.persons import Person
from nlp.entities.phrases import Phrases, phrases, written
from nlp.entities.posts import Rank, leads_the_body
from nlp.entities.reading import Reading, read
from nlp.entities.spoken import Spoken
from nlp.entities.units import UnitMention

LEAST_LIKENESS = 85.0
"""Likeness, of 100, at which a post told is the post that somebody holds."""


@dataclass(frozen=True, slots=True)
class PersonName:
    """Somebody who works in a unit, as the records have them."""

    id: int
    full_name: str
    titles: tuple[str, ...] = ()
    unit_id: int | None = None
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class PersonMention:
    """Words that speak of an official."""

    start: int
    end: int
    words: str
    title: str
    """As typed, with the post: "anh công an"; empty where only a name is told."""
    name: str | None
    place: str | None
    person_id: int | None
    is_head: bool | None
    """Whether they head a public body; None where the words do not say."""
    asked: bool
    """Only addressed or asked to act ("kính gửi ông chủ tịch"), not complained of."""


def people_in(spoken: Spoken, people: Sequence[PersonName], units: Sequence[UnitMention]) -> tuple[PersonMention, ...]:
    """All officials of whom a message speaks, in order; private persons are not among them."""
    private = {each.person for each in spoken.names if each.private}
    told = {unit.unit_id for unit in units if unit.unit_id is not None}
    return tuple(_mention(spoken.reading, person, people, told) for person in spoken.persons if person not in private)


def _mention(reading: Reading, person: Person, people: Sequence[PersonName], told: set[int]) -> PersonMention:
    start, end = reading.span(person.first, person.after)
    name = _words(reading, (person.name.first, person.name.after)) if person.name else None
    found = _known(reading, person, people, told) if people and not person.plural else None
    return PersonMention(
        start,
        end,
        reading.text[start:end],
        _title(reading, person),
        name,
        _words(reading, person.place) if person.place else None,
        found.id if found else None,
        _heads(reading, person, found),
        bool(_addressed().ending_at(reading, person.first)),
    )


@cache
def _addressed() -> Phrases[bool]:
    return phrases(written("people")["addressed"])


def _words(reading: Reading, place: tuple[int, int]) -> str:
    start, end = reading.span(*place)
    return reading.text[start:end]


def _title(reading: Reading, person: Person) -> str:
    """The title and the post before the name, as typed."""
    after = person.first + person.title
    if person.post and (person.name is None or person.post.first < person.name.first):
        after = person.post.after
    elif person.described and person.name is None:
        after = person.place[0] if person.place else person.after
    return _words(reading, (person.first, after)).strip() if after > person.first else ""


def _heads(reading: Reading, person: Person, found: PersonName | None) -> bool | None:
    if found and found.is_head:
        return True
    if person.post is None:
        return False if found else None
    return leads_the_body(reading, person.post) if person.post.rank is not Rank.OTHER else False


# --- who it is ----------------------------------------------------------------------------------------------------------------------


def _known(reading: Reading, person: Person, people: Sequence[PersonName], told: set[int]) -> PersonName | None:
    """The one of the unit's people who is meant; None if nobody is, or several could be."""
    found = list(_alike(reading, person, people))
    if len(found) > 1 and told:
        found = [each for each in found if each.unit_id in told] or found
    return found[0] if len(found) == 1 else None


def _alike(reading: Reading, person: Person, people: Sequence[PersonName]) -> Iterator[PersonName]:
    name = _form(_words(reading, (person.name.first, person.name.after))) if person.name else ""
    post = " ".join(reading.form(place) for place in range(person.post.first, person.post.after)) if person.post else ""
    for each in people:
        if name and not _is_named(each, name):
            continue
        if (name and not post) or (post and any(_same_post(post, title) for title in each.titles)) or (name and " " in name):
            yield each


def _is_named(known: PersonName, name: str) -> bool:
    full = _form(known.full_name)
    return full == name or full.endswith(f" {name}")


def _same_post(told: str, title: str) -> bool:
    """Whether "chủ tịch xã" is "Chủ tịch UBND xã"; a deputy is never the head."""
    told, title = without_accents(told), _title_form(title)
    if ("pho" in told.split()) != ("pho" in title.split()):
        return False
    return title.startswith(told) or fuzz.token_set_ratio(told, title) >= LEAST_LIKENESS


@lru_cache(maxsize=4_000)
def _title_form(title: str) -> str:
    return without_accents(read(readable(title)).line.strip())


def _form(words: str) -> str:
    return without_accents(" ".join(map(plain, words.split())))
