"""Understands days as people write them: "mai", "thứ 6 tuần sau", "25/11", "từ 25 đến 27/11", "3 ngày từ mai"; accents or not."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from office.moments import monday
from office.units import fold

_ONE_DAY = dt.timedelta(days=1)
_LAST_YEAR_AFTER = dt.timedelta(days=60)
"""A day without a year that lies further back than this means the year to come."""

_WEEKDAYS = {"hai": 0, "2": 0, "ba": 1, "3": 1, "tu": 2, "4": 2, "nam": 3, "5": 3, "sau": 4, "6": 4, "bay": 5, "7": 5}

_SHARED_MONTH = re.compile(
    r"(?<![\d/.-])(\d{1,2})\s*(?:-|–|den|toi)\s*(?:het\s+)?(?:ngay\s+)?"
    r"(?=\d{1,2}\s*[/.]\s*(\d{1,2})|\d{1,2}\s+thang\s+(\d{1,2}))"
)
_DAY = re.compile(
    r"(?:\bngay\s+)?(?P<d>\d{1,2})\s*(?:[/.-]\s*|\s+thang\s+)(?P<m>\d{1,2})(?!\d)(?:(?:\s*[/.-]\s*|\s+nam\s+)(?P<y>\d{4}))?"
    r"|\bngay\s+(?P<only>\d{1,2})(?!\d)"
    r"|\b(?P<today>(?:hom|sang|chieu|trua|bua)\s+nay)\b|\b(?P<after>kia|mot(?!\s*(?:ngay|tuan|buoi|hom|so)\b))\b|\b(?P<tomorrow>mai)\b"
    r"|\b(?:thu\s*(?P<weekday>[2-7]|hai|ba|tu|nam|sau|bay)|t(?P<short>[2-7])|(?P<sunday>chu nhat|cn))\b(?:\s+tuan\s+(?P<week>nay|sau|toi))?"
    r"|\btuan\s+(?P<whole>nay|sau|toi)\b"
)
_NUMBERS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "muoi": 10}
_COUNT = re.compile(rf"(?<!thu )\b(\d{{1,2}}|{'|'.join(_NUMBERS)})\s*(ngay|tuan)\b")
_BESIDE = re.compile(r"[\s,(]*(?:ngay\s+)?")
_UNTIL = re.compile(r"\b(?:den|toi|het)\b|[-–→]")


def days_in(text: str, today: dt.date) -> tuple[dt.date, dt.date] | None:
    """The first and the last day that the words name, or None if they name none, or several that do not follow one another.

    A day without its month or year is the next such day; only one of the last sixty days is taken as past.
    """
    plain = fold(text)
    plain = _SHARED_MONTH.sub(lambda found: f"{found[1]}/{found[2] or found[3]} den ", plain)
    try:
        found = _named(plain, today)
    except ValueError:  # such as 31/11
        return None
    match _without_repeats(plain, found):
        case [one]:
            return _counted(plain, one)
        case [one, other]:
            gap = plain[one.match.end() : other.match.start()]
            follows = other.first == one.last + _ONE_DAY
            return (one.first, other.last) if follows or _UNTIL.search(gap) else None
    return None


_DAYS_AGO = (("hom kia", 2), ("hom qua", 1))


def past_day_in(text: str, today: dt.date) -> dt.date | None:
    """The day that the words name when one speaks of what has been: "hôm qua", "thứ Sáu" is the last one. None if they name none."""
    plain = fold(text)
    for words, ago in _DAYS_AGO:
        if words in plain:
            return today - _ONE_DAY * ago
    span = days_in(text, today)
    if span is None or span[0] != span[1]:
        return None
    by_weekday = span[0] > today and not any(named.has_date for named in _named(plain, today))
    return span[0] - _ONE_DAY * 7 if by_weekday and span[0] - today < _ONE_DAY * 7 else span[0]


def _named(plain: str, today: dt.date) -> list[Named]:
    return [Named(match, *_span(match, today)) for match in _DAY.finditer(plain)]


class Named(NamedTuple):
    """Words that name a day or a week."""

    match: re.Match[str]
    first: dt.date
    last: dt.date

    @property
    def has_date(self) -> bool:
        return self.match["m"] is not None


def _without_repeats(plain: str, found: list[Named]) -> list[Named]:
    """Without the words said again more exactly right behind: "thứ Hai 30/11" is one day."""
    kept = []
    for one, other in zip_longest(found, found[1:]):
        beside = other is not None and _BESIDE.fullmatch(plain[one.match.end() : other.match.start()])
        if not (other and beside and ((other.has_date and not one.has_date) or one.first == other.first)):
            kept.append(one)
    return kept


def _counted(plain: str, named: Named) -> tuple[dt.date, dt.date]:
    """A number of days or weeks beside one day: "3 ngày từ mai"."""
    count = _COUNT.search(plain[: named.match.start()]) or _COUNT.search(plain[named.match.end() :])
    if count is None or named.first != named.last:
        return named.first, named.last
    number = _NUMBERS.get(count[1]) or int(count[1])
    return named.first, named.first + _ONE_DAY * max(0, number * (7 if count[2] == "tuan" else 1) - 1)


def _span(match: re.Match[str], today: dt.date) -> tuple[dt.date, dt.date]:
    named = match.groupdict()
    if week := named["whole"]:
        start = monday(today) + (_ONE_DAY * 7 if week != "nay" else _ONE_DAY * 0)
        return max(start, today), start + _ONE_DAY * 4
    day = _named_day(named, today)
    return day, day


def _named_day(named: dict[str, str | None], today: dt.date) -> dt.date:
    if named["d"] and named["m"]:
        return _dated(int(named["d"]), int(named["m"]), int(named["y"]) if named["y"] else None, today)
    if named["only"]:
        return next(_days_numbered(int(named["only"]), today))
    if weekday := named["weekday"] or named["short"] or named["sunday"]:
        return _on_weekday(_WEEKDAYS.get(weekday, 6), named["week"], today)
    return today + _ONE_DAY * (2 if named["after"] else 1 if named["tomorrow"] else 0)


def _dated(day: int, month: int, year: int | None, today: dt.date) -> dt.date:
    if year is not None:
        if abs(year - today.year) > 5:
            raise ValueError("no year of ours")
        return dt.date(year, month, day)
    this_year = dt.date(today.year, month, day)
    return this_year if this_year >= today - _LAST_YEAR_AFTER else dt.date(today.year + 1, month, day)


def _days_numbered(number: int, today: dt.date) -> Iterator[dt.date]:
    if not 1 <= number <= 31:
        raise ValueError("no such day")
    return (day for n in range(366) if (day := today + _ONE_DAY * n).day == number)


def _on_weekday(weekday: int, week: str | None, today: dt.date) -> dt.date:
    this_week = monday(today) + _ONE_DAY * weekday
    if week in ("sau", "toi"):
        return this_week + _ONE_DAY * 7
    return this_week if week == "nay" or this_week >= today else this_week + _ONE_DAY * 7


_KINDS = (
    ("mission", re.compile(r"\bcong tac\b")),
    ("study", re.compile(r"\b(tap huan|di hoc|hoc|boi duong)\b")),
    ("sick", re.compile(r"\b(om|benh|kham|vien)\b")),
    ("leave", re.compile(r"\b(phep|viec rieng|viec nha|viec gia dinh)\b")),
)


def absence_in(text: str) -> str | None:
    """Which kind of absence the words name: `mission`, `study`, `sick` or `leave`; None if they do not say."""
    plain = fold(text)
    return next((kind for kind, words in _KINDS if words.search(plain)), None)
