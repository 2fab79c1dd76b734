"""Says of whom a message speaks: title, name, desk; whether they head the body; and who of the unit's people that is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from nlp.clean import without_accents
from nlp.entities.known_people import FullName, KnownPeople, PersonName, known_people, one_of
from nlp.entities.names import Name
from nlp.entities.persons import Person
from nlp.entities.phrases import Phrases, phrases
from nlp.entities.posts import Rank, leads_the_body
from nlp.entities.reading import Reading
from nlp.entities.spoken import Spoken
from nlp.entities.standing import introduced_names
from nlp.entities.unit_tree import UnitTree
from nlp.entities.unit_words import Named
from nlp.entities.units import UnitMention
from nlp.word_lists import forms, written

LEAST_WEIGHT = 1.0
"""How much must speak for an official before a given name alone is taken for somebody of the records."""


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
    beside: bool = False
    """Told only to say who somebody near to them is ("con trai ông chủ tịch")."""


class _Asked(NamedTuple):
    """What is known beside the message: the records, and the units it names."""

    known: KnownPeople | None
    units: Sequence[UnitMention]
    tree: UnitTree | None
    bodies: Sequence[Named]


def people_in(
    spoken: Spoken, people: Sequence[PersonName], units: Sequence[UnitMention], tree: UnitTree | None = None
) -> tuple[PersonMention, ...]:
    """All officials of whom a message speaks, in order; private persons are not among them.

    Whoever is in the records under the full name told is an official, whatever else is said, unless the writer gives it as their own.
    """
    asked = _Asked(known_people(people) if people else None, units, tree, spoken.bodies)
    private = {each.person for each in spoken.names if each.private}
    weights = {each.person: each.weight for each in spoken.names}
    full = _full_names(spoken, asked.known) if asked.known else []
    persons = [each for each in spoken.persons if (each not in private and not _signs(spoken.reading, each)) or _bears(each, full)]
    taken = {place for person in persons for place in range(person.first, person.after)}
    persons += [Person(*each, 0, None, Name(*each, True)) for each in full if taken.isdisjoint(range(*each))]
    if asked.known:
        taken |= {place for each in full for place in range(*each)}
        persons += [each for each in _by_given_names(spoken.reading, asked.known) if taken.isdisjoint(range(each.first, each.after))]
    return tuple(
        _mention(spoken.reading, each, asked, weights.get(each, LEAST_WEIGHT)) for each in sorted(persons, key=lambda each: each.first)
    )


def _by_given_names(reading: Reading, known: KnownPeople) -> Iterator[Person]:
    """Where accents are missing, a title that is nothing else and the given name of somebody in the records: "anh hau quat toi".

    Such a name may be a common word, so that without the records it is none.
    """
    listed = written("people")
    for place in range(1, len(reading.syllables) if reading.bare else 0):
        title, name = reading.form(place - 1), reading.form(place)
        sure = title in listed["sure_titles_without_accents"] and name not in listed["after_sure_titles"]
        if sure and known.is_given(name) and not _is_writers(reading, place - 1):
            yield Person(place - 1, place + 1, 1, None, Name(place, place + 1, False))


def _is_writers(reading: Reading, place: int) -> bool:
    """Whether before this place the writer begins to say who they are: "toi la …", "em ten la …"."""
    while place and reading.form(place - 1) in ("la", "ten"):
        place -= 1
    return reading.form(place) in ("la", "ten") and reading.form(place - 1) in forms("people", "self", bare=True)


def _full_names(spoken: Spoken, known: KnownPeople) -> list[FullName]:
    own = introduced_names(spoken.reading)
    found: list[FullName] = []
    for each in known.full_names_in(spoken.reading):
        if each.first not in own and (not found or each.first >= found[-1].after):
            found.append(each)
    return found


def _signs(reading: Reading, person: Person) -> bool:
    """Whether the name only signs the message, as its last words do ("Bà Nhạn.")."""
    alone = person.name and person.post is None and person.place is None and reading.form(person.first - 1) in (".", "\n")
    return bool(alone) and all(form in (".", "\n") for form in reading.forms[person.after :])


def _bears(person: Person, full: Sequence[FullName]) -> bool:
    return person.name is not None and any(each.first <= person.name.first < each.after for each in full)


def _mention(reading: Reading, person: Person, asked: _Asked, weight: float) -> PersonMention:
    start, end = reading.span(person.first, person.after)
    name = _words(reading, (person.name.first, person.name.after)) if person.name else None
    another = _is_anothers(reading, person)
    found = None if another or person.plural or asked.known is None else _known(reading, person, asked, asked.known, weight)
    return PersonMention(
        start,
        end,
        reading.text[start:end],
        _title(reading, person),
        name,
        _words(reading, person.place) if person.place else None,
        found.id if found else None,
        False if another else _heads(reading, person, found),
        bool(_addressed().ending_at(reading, person.first)),
        another,
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


def _known(reading: Reading, person: Person, asked: _Asked, known: KnownPeople, weight: float) -> PersonName | None:
    """The one of the unit's people who is meant; None if nobody is, or several could be."""
    found = list(_alike(reading, person, known, weight))
    if asked.tree and not (person.name and person.name.full):
        placed, unit_id = _unit_beside(reading, person, asked, asked.tree)
        if placed:
            return one_of(each for each in found if unit_id is not None and asked.tree.is_within(each.unit_id, unit_id))
    told = {unit.unit_id for unit in asked.units if unit.unit_id is not None}
    if len(found) > 1 and told:
        found = [each for each in found if each.unit_id in told] or found
    return one_of(found)


def _alike(reading: Reading, person: Person, known: KnownPeople, weight: float) -> Iterator[PersonName]:
    post = _post(reading, person)
    if person.name is None:
        if post and person.post and not person.post.elsewhere:
            yield from known.holding(post)
        return
    name = _words(reading, (person.name.first, person.name.after))
    named = known.named(name)
    if " " not in name and post:
        holders = {each.id for each in known.holding(post)}
        named = [each for each in named if each.id in holders]
    elif " " not in name and person.place is None and weight < LEAST_WEIGHT:
        return
    yield from named


def _post(reading: Reading, person: Person) -> str:
    post = person.post
    return without_accents(" ".join(reading.form(place) for place in range(post.first, post.after))) if post else ""


def _unit_beside(reading: Reading, person: Person, asked: _Asked, tree: UnitTree) -> tuple[bool, int | None]:
    """Whether the words place the person at a body ("hiệu trưởng trường THCS", "chị Hoa ở trạm y tế"), and at which of the tree."""
    for body in asked.bodies:
        if person.first < body.first < person.after < body.after:
            match = tree.match(reading, body, frozenset())
            return True, match.unit_id if match else None
    start, end = reading.span(person.first, person.after)
    unit = next((unit for unit in asked.units if start <= unit.start <= end + 1 and unit.end > start), None)
    return unit is not None, unit.unit_id if unit else None


def _is_anothers(reading: Reading, person: Person) -> bool:
    """Whether not they but somebody near to them is spoken of: "con trai ông chủ tịch", "thư ký của chủ tịch"."""
    at = person.first - 1 if reading.form(person.first - 1) in ("của", "cua") else person.first
    return bool(_near().ending_at(reading, at)) and (at < person.first or person.title > 0 or person.post is not None)


@cache
def _near() -> Phrases[bool]:
    known = written("people")
    return phrases(known["near"], known["near_lost"])
