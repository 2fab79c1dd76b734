"""A story longer than one message is understood piece by piece: the gravest words may stand at its very end, or among words of thanks."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from nlp.classify import BY_RULE, MOST_ALSO, Classifier, Judgement
from nlp.clean import readable
from nlp.entities import Entities, PersonName, UnitName, find
from nlp.flags import flags_of
from nlp.labels import FLAGS, Flag, Label
from nlp.pieces import passages_of, pieces_of, sentences_of
from nlp.track import GRAVE_FLAGS, Track, advise
from nlp.words import words_of

NO_CONDUCT = frozenset({Label.PRAISE, Label.INQUIRY, Label.OTHER})
"""Labels that say nothing of how somebody in office behaved."""

SURELY = 0.9
"""Confidence at which one passage makes the whole story a grave one. Of long messages of unseen writers one in seventy is then taken for it
without being so; of bribes told among praise four in five are found where they are a message of their own, half of them in one breath with it."""


def judge_story(classifier: Classifier, text: str) -> Judgement:
    """What the story is about by its beginning; the flags of all of it; and the likeliest other conduct of which it tells.

    What is grave is looked for in passages of a few sentences, for among many others one would not be heard.
    """
    first, *more = (classifier.judge(piece) for piece in pieces_of(text))
    passages = list(passages_of(text))
    grave = _grave(classifier, passages) if len(passages) > 1 else set()
    flags = {flag for each in (first, *more) for flag in each.flags} | {flag for flag in grave if isinstance(flag, Flag)}
    also = _also(first, more, bribery=Label.BRIBERY in grave)
    return replace(first, also=also, flags=tuple(flag for flag in FLAGS if flag in flags))


def _grave(classifier: Classifier, passages: Sequence[str]) -> set[Flag | Label]:
    """What is grave in one of the passages: bribery, of which it must be sure, and the flags that the rules find."""
    found: set[Flag | Label] = set()
    for passage in passages:
        judged = classifier.judge(passage)
        found |= _ruled(classifier, passage, judged)
        if judged.sure and judged.label is Label.BRIBERY and judged.confidence >= SURELY:
            found.update((Label.BRIBERY, *(flag for flag in judged.flags if flag is Flag.MONEY)))
    return found


def _ruled(classifier: Classifier, passage: str, judged: Judgement) -> set[Flag | Label]:
    """The grave flags that the rules find in a passage. Those that cannot stand with what it is about may stand with one of its sentences:
    who thanks somebody for a rescue tells of violence otherwise than who thanks in one sentence and is threatened in the next."""
    words = words_of(readable(passage))
    found = GRAVE_FLAGS.intersection(flags_of(words, judged.label, judged.sure, BY_RULE))
    if found or GRAVE_FLAGS.isdisjoint(flags_of(words, Label.OTHER, False, BY_RULE)):
        return set(found)
    sentences = [(sentence, classifier.judge(sentence)) for sentence in sentences_of(passage)]
    told = (flags_of(words_of(readable(sentence)), each.label, each.sure, BY_RULE) for sentence, each in sentences)
    return set(GRAVE_FLAGS.intersection(flag for flags in told for flag in flags))


def _also(first: Judgement, more: Sequence[Judgement], *, bribery: bool) -> tuple[Label, ...]:
    """The other conduct told of, the likeliest first and not more than of one message; bribery is never left out."""
    sure = sorted((each for each in more if each.sure), key=lambda each: -each.confidence)
    told = dict.fromkeys([*first.also, *(each.label for each in sure), *(label for each in more for label in each.also)])
    conduct = [label for label in told if label not in NO_CONDUCT and label is not first.label]
    if (bribery or Label.BRIBERY in conduct) and first.label is not Label.BRIBERY:
        others = [label for label in conduct if label is not Label.BRIBERY]
        return (Label.BRIBERY, *others[: MOST_ALSO - 1])
    return tuple(conduct[:MOST_ALSO])


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
