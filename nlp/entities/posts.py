"""Reads the post that a person holds, as far as it is told: "phó chủ tịch xã", "cán bộ tư pháp - hộ tịch", "trưởng trạm y tế"."""

from enum import StrEnum
from functools import cache
from typing import NamedTuple

from nlp.entities.phrases import Phrases, lexicon, phrases
from nlp.entities.reading import Reading
from nlp.word_lists import written

MOST_FIELDS = 3


class Rank(StrEnum):
    """Whether a post is that of the body's head."""

    HEAD = "head"
    DEPUTY = "deputy"
    OTHER = "other"


class Post(NamedTuple):
    """A post as a range of syllables; `core` ends before its field and its level."""

    first: int
    after: int
    rank: Rank
    core: int
    alone: bool
    """Whether the words tell of a person without a title or a name before or after them."""
    in_field: bool
    """Whether its field is told: "cán bộ tư pháp"."""
    generic: bool
    """Whether many hold it and only the field or the desk tells who is meant: "nhân viên"."""
    stands_named: bool
    """Whether it stands before a name without a title: "công an Hùng"."""
    elsewhere: bool = False
    """Whether it is held in another body than those of the records: "chủ tịch công đoàn"."""


class _Lexicon(NamedTuple):
    posts: Phrases[Rank]
    fields: Phrases[bool]
    levels: Phrases[bool]
    elsewhere: Phrases[bool]
    posts_need_title: Phrases[bool]
    joins_field: Phrases[bool]
    former: Phrases[bool]
    not_the_body: Phrases[bool]
    generic: Phrases[bool]
    stands_with_a_name: Phrases[bool]


@cache
def _lexicon() -> _Lexicon:
    known = written("people")
    ranks = {Rank.OTHER: "posts", Rank.DEPUTY: "deputies", Rank.HEAD: "heads"}
    posts = Phrases(((words, rank) for rank, part in ranks.items() for words in known[part]), known["posts_lost"])
    fields = phrases({*known["fields"], *known["posts_need_title"]}, known["posts_lost"])
    return lexicon(_Lexicon, _Lexicon._fields, "people", {}, posts=posts, fields=fields)


@cache
def post_begins(bare: bool) -> frozenset[str]:
    """The syllables with which a post may begin."""
    return _lexicon().posts.begins(bare) | _lexicon().former.begins(bare)


def post_at(reading: Reading, place: int) -> Post | None:
    """The post that begins here."""
    former = _lexicon().former.at(reading, place)
    first = place + former[0] if former else place
    found = _lexicon().posts.at(reading, first)
    if not found:
        return None
    core = first + found[0]
    after = _fields_after(reading, first, core)
    level = _lexicon().levels.at(reading, after)
    elsewhere = _lexicon().elsewhere.at(reading, after if found[1] is not Rank.OTHER else len(reading.syllables))
    if elsewhere and level and level[0] > elsewhere[0]:
        elsewhere = None
    end = after + (elsewhere or level or (0,))[0]
    rank = Rank.OTHER if (former or elsewhere) and found[1] is Rank.HEAD else found[1]
    needs = _lexicon().posts_need_title.at(reading, first)
    alone = not (needs and needs[0] >= found[0])
    generic, named = (bool(known.at(reading, first)) for known in (_lexicon().generic, _lexicon().stands_with_a_name))
    return Post(place, end, rank, core, alone, after > core, generic, named, elsewhere is not None)


def leads_the_body(reading: Reading, post: Post) -> bool:
    """Whether who holds the post heads a public body, not a hamlet or an association."""
    small = _lexicon().not_the_body.at(reading, post.first)
    return post.rank is Rank.HEAD and not (small and small[0] >= post.core - post.first)


def _fields_after(reading: Reading, first: int, core: int) -> int:
    joins = _lexicon().joins_field.at(reading, first)
    if not joins or joins[0] < core - first:
        return core
    after = core
    for _ in range(MOST_FIELDS):
        joint = 1 if after > core and reading.form(after) in ("-", "–", ",") else 0
        field = _lexicon().fields.at(reading, after + joint)
        if not field:
            break
        after += joint + field[0]
    return after
