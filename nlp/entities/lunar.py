"""The day on which a lunar date fell ("rằm tháng 9", "mùng 2 tết"), by Vietnam's calendar, that of the meridian of Hà Nội (UTC+7).

The libraries we carry know a few feasts only, so the moon and the sun are reckoned here; the tests hold the result against their tables.
"""

import datetime as dt
import itertools
from functools import lru_cache
from math import floor, radians, sin
from typing import NamedTuple

_LUNATION = 29.530588861
_LOCAL_NOON = 0.5 + 7 / 24 - 70 / 86_400
"""From terrestrial time to the number of the local day; clocks on earth lag by some 70 seconds in this century."""

_SOLSTICE_TERM = 9
"""Of the twelve major solar terms, counted from the spring equinox, the one that month 11 must hold."""

_ORDINAL_OF_JULIAN_DAY = 1_721_425

# Terms of the new moon (Meeus, Astronomical Algorithms, ch. 49): days, power of E, multiples of M, M', F.
_NEW_MOON = (
    (-0.40720, 0, 0, 1, 0), (0.17241, 1, 1, 0, 0), (0.01608, 0, 0, 2, 0), (0.01039, 0, 0, 0, 2), (0.00739, 1, -1, 1, 0),
    (-0.00514, 1, 1, 1, 0), (0.00208, 2, 2, 0, 0), (-0.00111, 0, 0, 1, -2), (-0.00057, 0, 0, 1, 2), (0.00056, 1, 1, 2, 0),
    (-0.00042, 0, 0, 3, 0), (0.00042, 1, 1, 0, 2), (0.00038, 1, 1, 0, -2), (-0.00024, 1, -1, 2, 0), (-0.00007, 0, 2, 1, 0),
)  # fmt: skip


class LunarDay(NamedTuple):
    """A day of the lunar calendar; `year` is the one in which that lunar year began."""

    year: int
    month: int
    day: int
    leap: bool = False


class _Month(NamedTuple):
    first: dt.date
    year: int
    month: int
    leap: bool


def lunar_day(day: dt.date) -> LunarDay:
    """The lunar date of a day."""
    month = next(each for each in reversed(_months_around(day.year)) if each.first <= day)
    return LunarDay(month.year, month.month, (day - month.first).days + 1, month.leap)


def solar_day(year: int, month: int, day: int) -> dt.date | None:
    """The day of a lunar date of the lunar year that begins in `year`; None if that month has no such day."""
    months = _months_around(year + 1)
    for this, following in itertools.pairwise(months):
        if (this.year, this.month, this.leap) == (year, month, False):
            found = this.first + dt.timedelta(days=day - 1)
            return found if day >= 1 and found < following.first else None
    return None


def last_of_month(year: int, month: int) -> dt.date | None:
    """The last day of a lunar month, which has 29 or 30."""
    return solar_day(year, month, 30) or solar_day(year, month, 29)


@lru_cache(maxsize=64)
def _months_around(year: int) -> tuple[_Month, ...]:
    """The lunar months from month 11 two years before to the one before month 11 of `year`, in order."""
    return (*_months_to(year - 1), *_months_to(year), *_months_to(year + 1))


@lru_cache(maxsize=64)
def _months_to(year: int) -> tuple[_Month, ...]:
    """The months from month 11 of the year before up to month 11 of `year`, without the latter."""
    first, last = _month_eleven(year - 1), _month_eleven(year)
    starts = [_first_day(lunation) for lunation in range(first, last + 1)]
    terms = [_term(start) for start in starts]
    without_term = next((place for place in range(1, last - first) if terms[place] == terms[place + 1]), 0) if last - first == 13 else 0
    months = []
    for place in range(last - first):
        passed = place - (1 if without_term and place >= without_term else 0)
        months.append(_Month(_date(starts[place]), year - 1 if passed < 2 else year, (10 + passed) % 12 + 1, place == without_term > 0))
    return tuple(months)


def _month_eleven(year: int) -> int:
    """The lunation whose month holds the winter solstice of the year."""
    lunation = floor((year - 2000 + 0.97) * 12.3685) + 1
    while _term(_first_day(lunation)) >= _SOLSTICE_TERM or _date(_first_day(lunation)) > dt.date(year, 12, 22):
        lunation -= 1
    return lunation if _term(_first_day(lunation + 1)) >= _SOLSTICE_TERM else lunation + 1


def _first_day(lunation: int) -> int:
    """The Julian day number, in Vietnam, of a new moon; lunation 0 is that of 6 January 2000."""
    century = lunation / 1236.85
    eccentricity = 1 - 0.002516 * century
    sun = 2.5534 + 29.10535670 * lunation
    moon = 201.5643 + 385.81693528 * lunation + 0.0107582 * century**2
    node = 160.7108 + 390.67050284 * lunation - 0.0016118 * century**2
    moment = 2451550.09766 + _LUNATION * lunation + 0.00015437 * century**2
    moment -= 0.00017 * sin(radians(124.7746 - 1.56375588 * lunation))
    for days, power, of_sun, of_moon, of_node in _NEW_MOON:
        moment += days * eccentricity**power * sin(radians(of_sun * sun + of_moon * moon + of_node * node))
    return floor(moment + _LOCAL_NOON)


def _term(julian_day: int) -> int:
    """Which twelfth of its way the sun is on when this local day begins, 0 from the spring equinox (Meeus, ch. 25)."""
    century = (julian_day - _LOCAL_NOON - 2451545) / 36525
    anomaly = radians(357.52911 + 35999.05029 * century)
    longitude = 280.46646 + 36000.76983 * century + 1.914602 * sin(anomaly) + 0.019993 * sin(2 * anomaly) + 0.000289 * sin(3 * anomaly)
    apparent = longitude - 0.00569 - 0.00478 * sin(radians(125.04 - 1934.136 * century))
    return floor(apparent % 360 / 30)


def _date(julian_day: int) -> dt.date:
    return dt.date.fromordinal(julian_day - _ORDINAL_OF_JULIAN_DAY)
