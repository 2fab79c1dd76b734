"""The working calendar of a unit: which days are worked, when the sessions run, and when a deadline in working time falls due.

What decides whether a day is worked, the first that speaks: the unit's own table, that of the nearest unit above, the table for all units
(official swaps), the public holidays and weekends of the package `holidays`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from office import Session
from office.calendar_tables import Hours, read_tables
from office.moments import at, local
from office.public_holidays import public_holidays
from office.rules import DEFAULTS, usable

SESSION_NAMES = ("morning", "afternoon")

DEFAULT_HOURS = {"morning": (dt.time(7, 30), dt.time(11, 30)), "afternoon": (dt.time(13, 30), dt.time(17, 0))}
DEFAULT_HOURS_SOURCE = "Mặc định của chương trình; giờ làm việc do từng địa phương quy định theo mùa (như Hà Tĩnh, Phú Yên)"

LOOK_AHEAD = 400
"""Days in a row without any session after which the unit's tables are taken to be wrong."""


class NoWorkingTime(ValueError):
    """The unit's tables leave no session to work in for more than a year."""


@dataclass(frozen=True)
class WorkSession:
    """One session of one working day. Both ends are moments in UTC."""

    name: str
    starts_at: dt.datetime
    ends_at: dt.datetime

    @property
    def day(self) -> dt.date:
        """The day it is in Vietnam."""
        return local(self.starts_at).date()


@dataclass(frozen=True)
class UnitCalendar:
    """What one unit's calendar says, read at once. `overrides` and `hours` hold what is in force for the unit, the nearest first."""

    overrides: Mapping[dt.date, bool] = field(default_factory=dict)
    hours: Sequence[Hours] = ()
    numbers: Mapping[str, Any] = field(default_factory=dict)

    def works_on(self, day: dt.date) -> bool:
        """Whether the unit works on that day."""
        return self.overrides[day] if day in self.overrides else _works_by_law(day)

    def sessions_on(self, day: dt.date) -> list[WorkSession]:
        """The sessions of that day in order; none on a day off."""
        if not self.works_on(day):
            return []
        found = []
        for name in SESSION_NAMES:
            starts, ends = self._hours_on(day, name)
            if starts < ends:
                found.append(WorkSession(name, at(day, starts).astimezone(dt.UTC), at(day, ends).astimezone(dt.UTC)))
        return sorted(found, key=lambda each: each.starts_at)

    def _hours_on(self, day: dt.date, name: str) -> tuple[dt.time, dt.time]:
        for row in self.hours:
            if row.session == name and row.covers(day):
                return row.starts, row.ends
        return DEFAULT_HOURS[name]

    def sessions_from(self, moment: dt.datetime) -> Iterator[WorkSession]:
        """The session under way at the moment, then all that follow. Raises NoWorkingTime where there is none for a year."""
        day, idle = local(moment).date(), 0
        while idle < LOOK_AHEAD:
            sessions = [each for each in self.sessions_on(day) if each.ends_at >= moment]
            yield from sessions
            idle = 0 if sessions else idle + 1
            day += dt.timedelta(days=1)
        raise NoWorkingTime(f"no session in the {LOOK_AHEAD} days before {day}")

    def add_hours(self, moment: dt.datetime, hours: float) -> dt.datetime:
        """The moment when so many working hours have passed; see `add_working_hours`."""
        rest = dt.timedelta(hours=hours)
        for session in self.sessions_from(moment):
            begin = max(moment, session.starts_at)
            if begin + rest <= session.ends_at:
                return begin + rest
            rest -= session.ends_at - begin
        raise AssertionError("sessions never end")

    def add_days(self, moment: dt.datetime, days: int) -> dt.datetime:
        """The end of the working day that lies so many working days on; see `add_working_days`."""
        counted: list[dt.date] = []
        last: WorkSession | None = None
        for session in self.sessions_from(moment):
            if last is not None and session.day != last.day:
                counted.append(last.day)
                if len(counted) > days:
                    return last.ends_at
            last = session
        raise AssertionError("sessions never end")

    def number(self, code: str) -> Any:
        """A rule's value for the unit, if it was asked for in `calendar_of`; see `office.rules`."""
        return usable(code, self.numbers.get(code, DEFAULTS[code].value))


async def calendar_of(
    session: Session, unit_id: int | None, first_day: dt.date, last_day: dt.date | None = None, *, rules: Sequence[str] = ()
) -> UnitCalendar:
    """The calendar of a unit (None: what holds for all) from a day on, with the numbers of the rules named. One statement."""
    tables = await read_tables(session, unit_id, first_day, last_day, rules)
    return UnitCalendar(tables.overrides, tables.hours, tables.numbers)


async def works_on(session: Session, unit_id: int | None, day: dt.date) -> bool:
    """Whether the unit works on that day."""
    return (await calendar_of(session, unit_id, day, day)).works_on(day)


async def sessions_on(session: Session, unit_id: int | None, day: dt.date) -> list[WorkSession]:
    """The sessions of the unit on that day, in order; none on a day off."""
    return (await calendar_of(session, unit_id, day, day)).sessions_on(day)


async def add_working_hours(session: Session, unit_id: int | None, moment: dt.datetime, hours: float) -> dt.datetime:
    """When so many (>= 0) working hours of the unit have passed. A moment outside hours counts from the next session.

    The result lies in a session, its end included. Raises NoWorkingTime.
    """
    return (await calendar_of(session, unit_id, local(moment).date())).add_hours(moment, hours)


async def add_working_days(session: Session, unit_id: int | None, moment: dt.datetime, days: int) -> dt.datetime:
    """The end of the last session of the working day that lies so many (>= 0) working days after that of the moment.

    The day of the moment itself is not counted; a moment outside hours counts from the next session. Raises NoWorkingTime.
    """
    return (await calendar_of(session, unit_id, local(moment).date())).add_days(moment, days)


def holiday_name(day: dt.date) -> str | None:
    """The Vietnamese name of the public holiday on that day, if it is one."""
    return public_holidays(day.year).get(day)


def _works_by_law(day: dt.date) -> bool:
    return public_holidays(day.year).is_working_day(day)


_NEW_YEAR_2026 = "Văn phòng Chính phủ, văn bản 12729/VPCP-KGVX ngày 25/12/2025"

OFFICIAL_SWAPS: tuple[tuple[dt.date, bool, str, str], ...] = (
    (dt.date(2026, 1, 2), False, "Nghỉ Tết Dương lịch, hoán đổi với thứ Bảy 10/1/2026", _NEW_YEAR_2026),
    (dt.date(2026, 1, 10), True, "Làm bù cho thứ Sáu 2/1/2026", _NEW_YEAR_2026),
)
"""Day, whether it is worked, why, and the source: swaps ordered for the whole country that the package `holidays` 0.109 does not know."""


def official_swaps() -> list[dict[str, Any]]:
    """`OFFICIAL_SWAPS` as rows of `day_override` that hold for all units."""
    return [{"unit_id": None, "day": day, "works": works, "note": note, "source": source} for day, works, note, source in OFFICIAL_SWAPS]
