"""A story longer than one message is understood piece by piece: the gravest words may stand at its very end."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from nlp.classify import Classifier, Judgement
from nlp.entities import Entities, PersonName, UnitName, find
from nlp.redact import pieces_of
from nlp.track import Track, advise


def judge_story(classifier: Classifier, text: str) -> Judgement:
    """What the story is about by its beginning; the flags of all of it; and each other conduct of which a later piece is sure."""
    first, *more = (classifier.judge(piece) for piece in pieces_of(text))
    also = [*first.also, *(label for each in more for label in (*([each.label] if each.sure else []), *each.also))]
    flags = dict.fromkeys(flag for each in (first, *more) for flag in each.flags)
    return replace(first, also=tuple(label for label in dict.fromkeys(also) if label != first.label), flags=tuple(flags))


def find_in_story(text: str, today: dt.date, units: Sequence[UnitName] = (), people: Sequence[PersonName] = ()) -> Entities:
    """What all pieces name. Places are offsets in their piece."""
    found = [find(piece, today, units, people) for piece in pieces_of(text)]
    return Entities(
        tuple(unit for each in found for unit in each.units),
        tuple(person for each in found for person in each.people),
        tuple(time for each in found for time in each.times),
    )


def advise_on_story(text: str, judgement: Judgement) -> Track:
    """The track by the beginning of the story; somebody may be in danger anywhere in it."""
    first, *more = (advise(piece, judgement.label, judgement.flags) for piece in pieces_of(text))
    return replace(first, emergency=next((each.emergency for each in (first, *more) if each.emergency), None))
