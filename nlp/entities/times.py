"""Says when it happened: "8 giờ sáng thứ hai tuần trước" becomes one time, with its date, part of the day and hour as far as they are told."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.entities.days import is_reckoned
from nlp.entities.hour_moments import hour_of_day
from nlp.entities.moments import moments_in
from nlp.entities.reading import Reading
from nlp.entities.telling import Firmness, Moment
from nlp.entities.time_words import words

MOST_JOINTS = 2
_SOME_DAY = dt.date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time as told. Without `date` the day is open ("hôm trước", "thứ bảy nào cũng"), or only the hour is told."""

    start: int
    end: int
    words: str
    date: dt.date | None
    part: str | None
    """morning, noon, afternoon, evening or night."""
    clock: dt.time | None


def times_in(reading: Reading, today: dt.date) -> tuple[TimeMention, ...]:
    """All times of a message told on `today`, in order; without dates if that is a day of which none can be reckoned."""
    known = is_reckoned(today)
    told = moments_in(reading, today if known else _SOME_DAY)
    moments = told if known else [moment._replace(day=None) for moment in told]
    return tuple(_mention(reading, moment) for moment in _joined(reading, moments) if _says_when(moment))


def _mention(reading: Reading, moment: Moment) -> TimeMention:
    start, end = reading.span(moment.first, moment.after)
    return TimeMention(start, end, reading.text[start:end], moment.day, moment.part, moment.clock)


def _says_when(moment: Moment) -> bool:
    return moment.day is not None or moment.clock is not None or moment.alone


def _joined(reading: Reading, moments: list[Moment]) -> Iterator[Moment]:
    """Neighbours that tell of one time as one; of two days the one told more firmly."""
    current: Moment | None = None
    for moment in moments:
        together = _together(reading, current, moment) if current else None
        if current and not together:
            yield current
        current = together or moment
    if current:
        yield current


def _together(reading: Reading, first: Moment, second: Moment) -> Moment | None:
    between = [reading.form(place) for place in range(first.after, second.first)]
    if len(between) > MOST_JOINTS or not words(reading.bare).lists["joints"].issuperset(between):
        return None
    if (first.clock and second.clock) or not _one_day(first, second):
        return None
    part, clock = first.part or second.part, first.clock or second.clock
    said_with_hour = (first.part if first.clock else second.part) is not None
    firmer = max(first, second, key=lambda each: (each.firmness, each.day is not None))
    return Moment(
        first.first,
        second.after,
        firmer.day,
        firmer.firmness,
        part,
        clock if clock is None or said_with_hour else dt.time(hour_of_day(clock.hour, part), clock.minute),
        first.alone or second.alone,
    )


def _one_day(first: Moment, second: Moment) -> bool:
    """Whether two moments can be of one day: a date and the name of its weekday can, two dates cannot."""
    if first.part and second.part and first.part != second.part:
        return False
    if not first.day or not second.day or Firmness.IMPLIED in (first.firmness, second.firmness):
        return True
    return first.day == second.day or (first.firmness != second.firmness and first.day.weekday() == second.day.weekday())
