"""Finds each word or number of a message that tells a day, a part of the day or an hour."""

import datetime as dt
import re
from collections.abc import Iterator

from nlp.entities.day_moments import DAY_READERS
from nlp.entities.hour_moments import HOUR_READERS
from nlp.entities.reading import Reading
from nlp.entities.telling import Firmness, Moment, Telling
from nlp.entities.time_words import needed, shapes, words
from nlp.entities.week_moments import WEEK_READERS

_READERS = {**DAY_READERS, **WEEK_READERS, **HOUR_READERS}


def moments_in(reading: Reading, today: dt.date) -> list[Moment]:
    """All moments told, in order, none over another; of two the one that begins first, then the longer."""
    telling = Telling(reading, today, words(reading.bare))
    moments: list[Moment] = []
    for name, match, first, after in _shapes_in(reading):
        if moments and first < moments[-1].after:
            continue
        moment = _READERS[name](telling, match, Moment(first, after))
        if moment is not None:
            moments.append(moment)
            if moment.day and moment.day <= today:
                telling.told_last, telling.told_last_at = moment.day, moment.after
            if moment.firmness is Firmness.EXPLICIT and moment.day and moment.day <= today:
                telling.told_before = moment.day
    return moments


def _shapes_in(reading: Reading) -> Iterator[tuple[str, re.Match[str], int, int]]:
    """What has the shape of a time, by its place; at one place the longest first."""
    forms = {syllable.form for syllable in reading.syllables}
    need = needed(reading.bare)
    found = []
    for rank, (name, shape) in enumerate(shapes(reading.bare).items()):
        if name not in need or not need[name].isdisjoint(forms):
            found += [(match.start(), -match.end(), rank, name, match) for match in shape.finditer(reading.line)]
    for _, _, _, name, match in sorted(found, key=lambda each: each[:3]):
        yield name, match, *reading.found(match)
