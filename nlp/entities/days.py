"""Works out which day is meant ("thứ ba", "ngày 12", "rằm tháng chín"), told on a given day of what has already happened, as a rule."""

import calendar
import datetime as dt
from functools import lru_cache

from nlp.entities.lunar import last_of_month, lunar_day, solar_day

SOON = 60
"""Days ahead in which a date may lie that is spoken of as still to come; further off, last year's is meant."""

_EARLY = 2
"""Months of a year in which the year before is still spoken of."""

EARLIEST_YEAR, LATEST_YEAR = 1990, 2099


def a_date(year: int, month: int, day: int) -> dt.date | None:
    """The date, if there is such a day and it may stand in a complaint."""
    in_range = EARLIEST_YEAR <= year <= LATEST_YEAR and 1 <= month <= 12 and day >= 1
    return dt.date(year, month, day) if in_range and day <= calendar.monthrange(year, month)[1] else None


def is_reckoned(day: dt.date) -> bool:
    """Whether messages may be told on this day; of years far off neither weeks nor moons are reckoned."""
    return EARLIEST_YEAR < day.year < LATEST_YEAR


def full_year(written: str, today: dt.date) -> int:
    """The year of "2026", "26" or "99"; no complaint tells of more than a year ahead."""
    year = int(written) if len(written) == 4 else today.year // 100 * 100 + int(written)
    return year - 100 if len(written) == 2 and year > today.year + 1 else year


def of_month(today: dt.date, month: int, day: int, ahead: bool) -> dt.date | None:
    """The day and month without a year: the last one that has come, or the next if it is spoken of as ahead and comes soon."""
    this, last = a_date(today.year, month, day), a_date(today.year - 1, month, day)
    coming = this if this and this > today else a_date(today.year + 1, month, day)
    if ahead and coming and (coming - today).days <= SOON:
        return coming
    return this if this and this <= today else last


def of_day(today: dt.date, day: int, told_before: dt.date | None, ahead: bool) -> dt.date | None:
    """A day without a month: the first after the date told before, if there is one; else the last that has come, or the nearest if ahead."""
    if told_before is not None:
        following = _months_from(told_before, day, 1)
        if following and following <= today:
            return following
    last, coming = _months_from(today, day, -1), _months_from(today, day, 1)
    if ahead and last and coming:
        return min(last, coming, key=lambda each: abs((each - today).days))
    return last


def _months_from(start: dt.date, day: int, step: int) -> dt.date | None:
    """The nearest such day of a month from `start` on (step 1) or back (step -1), in the months next to it."""
    for months in range(4):
        first = months_away(start.replace(day=1), step * months)
        found = a_date(first.year, first.month, day)
        if found and (found >= start if step > 0 else found <= start):
            return found
    return None


def months_away(day: dt.date, months: int) -> dt.date:
    """The same day some months later or earlier, or the last of that month."""
    place = day.year * 12 + day.month - 1 + months
    year, month = place // 12, place % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def weekday_before(today: dt.date, weekday: int) -> dt.date:
    """The last such weekday before today; told on the day itself, people say "hôm nay"."""
    return today - dt.timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)


def weekday_after(today: dt.date, weekday: int) -> dt.date:
    """The next such weekday after today."""
    return today + dt.timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def weekday_of(today: dt.date, weekday: int, weeks_ago: int) -> dt.date:
    """That weekday of the week so many weeks ago; weeks begin on Monday."""
    return today + dt.timedelta(days=weekday - today.weekday() - 7 * weeks_ago)


@lru_cache(maxsize=1_000)
def of_lunar(today: dt.date, month: int | None, day: int, ahead: bool = False) -> dt.date | None:
    """A day of the lunar calendar, with or without its month: the last that has come, or the next if it is spoken of as ahead and comes soon."""
    now = lunar_day(today)
    months = [month] if month else range(1, 13)
    found = [solar for year in (now.year - 1, now.year, now.year + 1) for each in months if (solar := solar_day(year, each, day))]
    coming = min((each for each in found if each > today), default=None)
    if ahead and coming and (coming - today).days <= SOON:
        return coming
    return max((each for each in found if each <= today), default=None)


@lru_cache(maxsize=200)
def before_tet(today: dt.date, day: int, ahead: bool = False) -> dt.date | None:
    """A day counted towards Tết: "30 tết" is the last of the year even where that month has 29."""
    now = lunar_day(today)
    found = [last_of_month(year, 12) if day >= 30 else solar_day(year, 12, day) for year in (now.year - 1, now.year)]
    known = [each for each in found if each]
    coming = min((each for each in known if each > today), default=None)
    if ahead and coming and (coming - today).days <= SOON:
        return coming
    return max((each for each in known if each <= today), default=None)


def edge_of_month(today: dt.date, edge: str, month: int | None, months_ago: int, ahead: bool) -> dt.date | None:
    """The first, the fifteenth or the last day of a month."""
    first = months_away(today.replace(day=1), -months_ago)
    if month:
        first = first.replace(month=month, year=today.year if month <= today.month or ahead else today.year - 1)
    days = {"first": 1, "middle": 15, "last": calendar.monthrange(first.year, first.month)[1]}
    found = first.replace(day=days[edge])
    named = month or months_ago
    return found if named or ahead or found <= today else edge_of_month(today, edge, None, 1, ahead)


def edge_of_week(today: dt.date, edge: str, weeks_ago: int, ahead: bool) -> dt.date:
    """Monday, Wednesday or Saturday of a week."""
    found = weekday_of(today, {"first": 0, "middle": 2, "last": 5}[edge], weeks_ago)
    return found if weeks_ago or ahead or found <= today else found - dt.timedelta(days=7)


def edge_of_year(today: dt.date, edge: str, years_ago: int) -> dt.date | None:
    """New Year's Day or New Year's Eve of a year; the middle of a year is no day."""
    year = today.year - years_ago
    if edge == "last" and year >= today.year:
        if today.month > _EARLY:  # the end of a year that has only just begun is meant to come
            return None
        year -= 1
    return {"first": dt.date(year, 1, 1), "last": dt.date(year, 12, 31)}.get(edge)
