"""Says which unit or desk a message means: "1 cửa xã", "ub phường TM", "quầy số 3"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.entities.posts import Post, Rank
from nlp.entities.reading import Reading
from nlp.entities.spoken import Spoken
from nlp.entities.unit_tree import Match, UnitName, UnitTree, is_common_alias, own_names, tree_of
from nlp.entities.unit_words import Named, is_reached
from nlp.folding import folded
from nlp.word_lists import forms


@dataclass(frozen=True, slots=True)
class UnitMention:
    """Words that name a public body or a part of it. Without `unit_id` it is none of the tree, or several could be meant."""

    start: int
    end: int
    words: str
    unit_id: int | None
    score: float
    """How sure the unit is, 0 to 1; 0 without a unit."""
    kind: str
    """A key of `strong` or `fields` in units.json: one_stop, committee, police, school, health, tax, land, justice, welfare, office, …"""
    desk: bool = False
    """A numbered desk or room: "quầy số 3", "phòng 203"."""


def units_in(spoken: Spoken, units: Sequence[UnitName]) -> tuple[UnitMention, ...]:
    """All units that a message names, in order; the posts of persons ("trưởng công an xã") name none."""
    tree = tree_of(units)
    reading = spoken.reading
    bodies = [body for body in spoken.bodies if not _only_in_post(spoken, body)]
    told = own_names(reading, bodies)
    mentions = [_mention(reading, body, tree.match(reading, body, told) if tree else None) for body in bodies]
    if tree:
        mentions += _by_alias(spoken, tree)
    if tree and not mentions:
        mentions += _misspelt(reading, tree)
    return tuple(sorted(mentions, key=lambda mention: mention.start))


def _only_in_post(spoken: Spoken, body: Named) -> bool:
    """Whether the words belong to a person's post and name no body of its own."""
    for person in spoken.persons:
        if person.post and person.post.first <= body.first < person.post.after and person.place != (body.first, body.after):
            works_there = (
                body.first >= person.post.core
                and not body.weak
                and (person.post.rank is Rank.OTHER or _is_told_apart(spoken, body, person.post))
            )
            return not works_there and (body.name is None or body.after <= person.post.after)
    return False


def _is_told_apart(spoken: Spoken, body: Named, post: Post) -> bool:
    """Whether the post is whole without its body: "giám đốc bệnh viện Hoà Bình", not "trưởng công an"."""
    return body.name is not None and spoken.reading.form(post.core - 1) not in forms("people", "needs_its_body", spoken.reading.bare)


def _mention(reading: Reading, body: Named, match: Match | None) -> UnitMention:
    start, end = reading.span(body.first, body.after)
    unit_id, score = match or (None, 0.0)
    return UnitMention(start, end, reading.text[start:end], unit_id, score, body.kind, body.desk)


def _by_alias(spoken: Spoken, tree: UnitTree) -> Iterator[UnitMention]:
    """Names of the tree that no word of ours announces ("Nơi nộp hồ sơ")."""
    reading = spoken.reading
    taken = {place for body in spoken.bodies for place in range(body.first, body.after)}
    taken |= {place for person in spoken.persons if person.post for place in range(person.post.first, person.post.after)}
    place = 0
    while place < len(reading.syllables):
        length = tree.aliases_at(reading, place)
        after = place + length
        if (
            length
            and taken.isdisjoint(range(place, after))
            and not (is_common_alias(reading, place, after) and not is_reached(reading, place))
        ):
            body = Named(place, after, "office", (place, after))
            match = tree.match(reading, body, frozenset())
            yield _mention(reading, body._replace(kind=tree.kind_of(match.unit_id if match else None)), match)
        place = max(after, place + 1)


def _misspelt(reading: Reading, tree: UnitTree) -> Iterator[UnitMention]:
    found = tree.misspelt(folded(reading.text).lower())
    if found:
        start, end, match = found
        yield UnitMention(start, end, reading.text[start:end], match.unit_id, round(match.score, 3), tree.kind_of(match.unit_id))
