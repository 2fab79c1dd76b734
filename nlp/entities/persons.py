"""Finds where a message speaks of a person: a title, a post, a name, a desk, a look; whether official or private is judged in `standing`."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from nlp.entities.name_words import name_words
from nlp.entities.names import Name, loose_name_at, name_at
from nlp.entities.phrases import Phrases, lexicon
from nlp.entities.posts import Post, post_at, post_begins
from nlp.entities.reading import Reading
from nlp.entities.unit_words import Named
from nlp.word_lists import forms, written

_NEXT_TO = 2
"""Syllables that may stand between a person and the desk."""


class Person(NamedTuple):
    """Words that speak of one person, as a range of syllables, and the ranges of their parts."""

    first: int
    after: int
    title: int
    """Syllables of the title, 0 without one."""
    post: Post | None = None
    name: Name | None = None
    place: tuple[int, int] | None = None
    described: bool = False
    """Known by a look or by what they do at the desk."""
    plural: bool = False


class _Lexicon(NamedTuple):
    titles: Phrases[bool]
    title_needs_post: Phrases[bool]
    places: Phrases[bool]
    place_words: Phrases[bool]
    duties: Phrases[bool]
    looks: Phrases[bool]
    traits: Phrases[bool]
    badges: Phrases[bool]
    plural: Phrases[bool]
    nobody: Phrases[bool]


@cache
def _lexicon() -> _Lexicon:
    lost = written("people")["lost_without_accents"]
    return lexicon(_Lexicon, _Lexicon._fields, "people", dict.fromkeys(_Lexicon._fields, lost))


def persons_in(reading: Reading, bodies: Sequence[Named]) -> Iterator[Person]:
    """All persons spoken of, in order, none over another."""
    starts = {body.first: body for body in bodies}
    inside = {place for body in bodies if not body.weak for place in range(body.first + 1, body.after)}
    place, begins, families = 0, _begins(reading.bare), _families(reading.bare)
    while place < len(reading.syllables):
        syllable = reading.syllables[place]
        if syllable.form not in begins and not (syllable.is_capital and syllable.form in families):
            place += 1
            continue
        nobody = _lexicon().nobody.at(reading, place)
        if nobody and reading.bare and post_at(reading, place + 1):  # "co chu tich"
            nobody = None
        found = None if nobody or place in inside else _person_at(reading, place, starts)
        if found:
            yield found
        place = found.after if found else place + (nobody[0] if nobody else 1)


Bodies = Mapping[int, Named]


@cache
def _begins(bare: bool) -> frozenset[str]:
    """The syllables with which a title, a post or a name in small letters may begin, or words that speak of nobody."""
    return _lexicon().titles.begins(bare) | _lexicon().nobody.begins(bare) | post_begins(bare) | name_words(bare).family_in_small


@cache
def _families(bare: bool) -> frozenset[str]:
    """The syllables with which a full name in capitals may begin, in block letters without accents too."""
    return name_words(bare).family | name_words(bare=True).family


def _person_at(reading: Reading, place: int, bodies: Bodies) -> Person | None:
    title = _lexicon().titles.at(reading, place)
    post = post_at(reading, place)
    if title and post and post.core - place > title[0]:
        title = None
    titled = _titled(reading, place, title[0], bodies) if title else None
    return titled or _by_post(reading, place, bodies) or _by_name(reading, place, bodies)


def _titled(reading: Reading, place: int, title: int, bodies: Bodies) -> Person | None:
    """A title, and then a post, a name, a look or a desk."""
    at = place + title
    pointed = reading.form(at) in forms("people", "pointing", reading.bare) and _lexicon().places.at(reading, at + 1) is not None
    if (reading.form(at) in forms("people", "not_as_person", reading.bare) and not pointed) or _is_asked_for(reading, place):
        return None
    if reading.form(place - 1) in forms("people", "writers_plural", reading.bare) and title == 1:  # "tụi em kiểm tra"
        return None
    needing = _lexicon().title_needs_post.at(reading, place)
    person = _with_post_and_name(reading, Person(place, at, title), at, bodies)
    person = _with_place(reading, _with_look(reading, person, duties=True), bodies)
    told = person.post or person.name or person.described or (person.place and not _dwells(reading, person, bodies))
    plural = bool(_lexicon().plural.ending_at(reading, place, 2)) and not _only_joins(reading, place)
    if not told or (plural and not person.post) or (needing and needing[0] == title and not _enough(reading, person)):
        return None
    return person._replace(plural=plural)


def _only_joins(reading: Reading, place: int) -> bool:
    """Whether without accents "nhung" is "nhưng", after a comma, and not "những"."""
    return reading.bare and reading.form(place - 1) == "nhung" and reading.form(place - 2) in (",", ".")


def _dwells(reading: Reading, person: Person, bodies: Bodies) -> bool:
    """Whether "em ở phường Thông Xanh" only tells where the writer lives."""
    own = person.title == 1 and reading.form(person.first) in forms("people", "self", reading.bare)
    body = bodies.get(person.place[0]) if person.place else None
    return own and body is not None and not body.desk and reading.form(person.first + 1) in ("ở", "o", "tại", "tai")


def _is_asked_for(reading: Reading, place: int) -> bool:
    """ "Ai là người phụ trách" speaks of nobody."""
    return reading.form(place - 2) == "ai" and reading.form(place - 1) in ("là", "la")


def _enough(reading: Reading, person: Person) -> bool:
    by_duty = person.described and reading.form(person.first) in ("người", "nguoi")
    named = person.name is not None and reading.syllables[person.name.first].is_capital
    return bool(person.post or named or person.place or by_duty)


def _with_post_and_name(reading: Reading, person: Person, at: int, bodies: Bodies) -> Person:
    post = post_at(reading, at)
    after = post.after if post else at
    if reading.form(person.first) in forms("people", "never_named", reading.bare) and not post:
        return person
    name, after = _name_after(reading, after, introduced=True)
    if name and post and _is_common(reading, name) and name.after not in bodies:
        name, after = None, post.after
    if name is None and post is not None:
        shorter = name_at(reading, at, introduced=True)
        if shorter and shorter.after > post.core:
            post, name, after = None, shorter, shorter.after
    if name is None and post is None:
        loose = loose_name_at(reading, at)
        acts = reading.bare and _lexicon().duties.at(reading, at + 1)  # "co bang huong dan"
        if loose and not acts and (loose.after in bodies or post_at(reading, loose.after)):
            name, after = loose, loose.after
    if name and post is None:
        post, after = _post_after_name(reading, after)
    return person._replace(after=after, post=post, name=name)


def _name_after(reading: Reading, place: int, introduced: bool) -> tuple[Name | None, int]:
    """The name here, also after "tên" or "tên là"; and where it ends."""
    at = place
    if reading.form(at) in ("tên", "ten"):
        at += 2 if reading.form(at + 1) in ("là", "la") else 1
    name = name_at(reading, at, introduced)
    return (name, name.after) if name else (None, place)


def _is_common(reading: Reading, name: Name) -> bool:
    """Whether the name is a common word in small letters; after a post it is rather a verb."""
    word = reading.syllables[name.first]
    return not word.is_capital and not name.full and word.form in name_words(reading.bare).common_words


def _post_after_name(reading: Reading, after: int) -> tuple[Post | None, int]:
    """ "Chị Dung, kế toán trường"; "anh Tùng địa chính"."""
    at = after + 1 if reading.form(after) in (",", "(", "-", "–", "là", "la") else after
    post = post_at(reading, at)
    if post and post.core - post.first == 1 and at > after:
        return None, after
    return (post, post.after) if post else (None, after)


def _with_look(reading: Reading, person: Person, duties: bool) -> Person:
    after = person.after
    if person.post and person.name is None and _lexicon().badges.at(reading, after) and reading.form(after + 2)[:1].isdigit():
        return person._replace(after=after + 3, described=True)
    trait = None if _lexicon().looks.at(reading, after) else _lexicon().traits.at(reading, after)  # "cao gầy" is more than "cao"
    after += trait[0] if trait else 0
    unclear = reading.bare and reading.form(person.first) in ("co", "thay")  # "có", "thấy"
    by_duty = duties and person.name is None and not unclear
    look = _lexicon().looks.at(reading, after) or (_lexicon().duties.at(reading, after) if by_duty else None)
    if unclear and reading.form(after) not in ("mac", "deo"):
        look = None
    if look and not (person.post and reading.form(after) in ("khác", "khac")):  # "công an khác" is of another body
        return person._replace(after=after + look[0], described=True)
    return person._replace(after=after) if trait and person.post else person


def _with_place(reading: Reading, person: Person, bodies: Bodies) -> Person:
    """With the desk or office where the person is found, if it stands next to them."""
    trait = _lexicon().traits.at(reading, person.after) if not person.described else None
    at = person.after + (trait[0] if trait else 0)
    if reading.form(at) in ("(", ","):
        at += 1
    verb = _lexicon().places.at(reading, at)
    start = at + (verb[0] if verb else 0)
    for place in range(start, start + _NEXT_TO):
        body = bodies.get(place)
        if (
            body
            and (verb or (place == start and (person.name or person.post or not reading.bare)))
            and _is_near(reading, person, body, bool(verb), at)
        ):
            return person._replace(after=body.after, place=(body.first, body.after))
        if reading.form(place) in (".", ","):
            break
    word = _lexicon().place_words.at(reading, start) if verb else None
    return person._replace(after=start + word[0], place=(start, start + word[0])) if word else person


def _is_near(reading: Reading, person: Person, body: Named, led: bool, at: int) -> bool:
    """ "Chị Lan một cửa" stands at the desk; "chị, phường" does not."""
    if reading.form(at - 1) == "," and not body.desk:
        return False
    return led or body.desk or person.name is not None or person.post is not None or not body.weak


def _by_post(reading: Reading, place: int, bodies: Bodies) -> Person | None:
    """A post without a title: "hiệu trưởng", "cán bộ Hùng", "nhân viên tiếp nhận ở quầy số 2"."""
    post = post_at(reading, place)
    if post is None or reading.form(post.after) in forms("people", "not_as_person", reading.bare) - {"này", "nay"}:
        return None
    name, after = _name_after(reading, post.after, introduced=True)
    if name and _is_common(reading, name) and name.after not in bodies:
        name, after = None, post.after
    if name is None:
        at = post.after + 1 if reading.form(post.after) == "," else post.after
        name = name_at(reading, at, introduced=False)
        after = name.after if name else post.after
    person = _with_place(reading, _with_look(reading, Person(place, after, 0, post, name), duties=False), bodies)
    plural = bool(_lexicon().plural.ending_at(reading, place, 2))
    if name and not (post.alone or post.generic or post.stands_named):
        return None
    if reading.bare and name is None and person.place is None and reading.line[reading.begins[place] :].startswith("bao ve"):
        return None  # "bảo về", "được bảo vệ"
    placed = person.place is not None and (post.alone or post.generic)
    acts = reading.form(post.first) in ("bác", "bac") and reading.form(post.after) in forms("people", "acts", reading.bare)
    leads = reading.form(post.first) == "lãnh" and post.after > post.core
    specific = post.alone or name or placed or post.in_field or person.described or acts or leads
    return person._replace(plural=plural) if specific and not (plural and not name) and not _is_own(reading, place) else None


def _is_own(reading: Reading, place: int) -> bool:
    """Whether the writer tells of their own post ("em là giáo viên") or of a trade ("làm y tá")."""
    if reading.form(place - 2) in ("nhân", "giáo", "nhan", "giao") and reading.form(place - 1) in (
        "viên",
        "vien",
    ):  # "tôi là nhân viên cấp dưỡng"
        place -= 2
    before = reading.form(place - 1)
    own = before in ("là", "la") and reading.form(place - 2) in forms("people", "self", reading.bare)
    return own or before in forms("people", "trade", reading.bare)


def _by_name(reading: Reading, place: int, bodies: Bodies) -> Person | None:
    """A full name without a title, with the post after it if it is told."""
    name = name_at(reading, place, introduced=False)
    if name is None:
        return None
    post, after = _post_after_name(reading, name.after)
    if post and reading.form(name.after) == "," and reading.form(post.first) in ("cô", "thầy", "co", "thay"):  # another begins to act
        post = None
    return _with_place(reading, Person(place, after, 0, post, name), bodies) if post else Person(place, name.after, 0, None, name)
