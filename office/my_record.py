"""An official's own month: each day's presence, leave and self-check, as the person may see it and nobody else."""

from __future__ import annotations

import calendar as months
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select

from office import Session
from office.calendar import UnitCalendar, WorkSession, calendar_of, holiday_name
from office.moments import today
from office.records import Attendance, Leave, Post, SelfCheck
from office.roll_up import days_between


class Mark(StrEnum):
    """How one session went."""

    ON_TIME = "on_time"
    LATE = "late"
    MISSED = "missed"
    OPEN = "open"  # still to come, or under way


@dataclass(frozen=True)
class SessionRecord:
    """One session of a day: how it went, and what was kept of it."""

    name: str
    mark: Mark
    kept: Attendance | None = None

    @property
    def corrected(self) -> bool:
        """Whether the arrival or the departure was added afterwards, approved by the head."""
        return self.kept is not None and (self.kept.corrected or self.kept.left_corrected)


@dataclass(frozen=True)
class DayRecord:
    """One day of the month. `sessions` is empty on a day off, on leave, and before the person's first post."""

    day: dt.date
    works: bool
    sessions: tuple[SessionRecord, ...] = ()
    leave: str | None = None
    holiday: str | None = None
    self_checked: bool = False


@dataclass(frozen=True)
class MonthRecord:
    """The days of one month, from the first to the last, as of `today`."""

    today: dt.date
    days: tuple[DayRecord, ...]

    @property
    def first_day(self) -> dt.date:
        return self.days[0].day

    def sessions(self, mark: Mark) -> int:
        """How many sessions went like that."""
        return sum(each.mark is mark for _, each in self.each_session())

    def each_session(self) -> Iterator[tuple[DayRecord, SessionRecord]]:
        """All sessions with their days, in order."""
        return ((day, each) for day in self.days for each in day.sessions)

    @property
    def corrected(self) -> int:
        """Sessions in which something was added afterwards; they count as on time or late besides."""
        return sum(each.corrected for _, each in self.each_session())

    @property
    def leave_days(self) -> int:
        """Working days on leave, mission or study."""
        return sum(day.leave is not None and day.works for day in self.days)

    @property
    def self_checks(self) -> int:
        return sum(day.self_checked for day in self.days)

    @property
    def begun_days(self) -> int:
        """Days up to today on which the person was expected."""
        return sum(bool(day.sessions) and day.day <= self.today for day in self.days)


async def month_record(session: Session, person_id: int, unit_id: int, first_day: dt.date, now: dt.datetime) -> MonthRecord:
    """The month that begins on `first_day`, by the unit's calendar. An arrival on a day off is shown too: it happened."""
    last_day = first_day.replace(day=months.monthrange(first_day.year, first_day.month)[1])
    calendar = await calendar_of(session, unit_id, first_day, last_day)
    attended = await _attended(session, person_id, first_day, last_day)
    leaves = await _leaves(session, person_id, first_day, last_day)
    checked = await _checked(session, person_id, first_day, last_day)
    since = await _works_since(session, person_id)
    days = []
    for day in days_between(first_day, last_day):
        kept = attended.get(day, {})
        awaited = calendar.sessions_on(day) if day not in leaves and day >= since else []
        sessions = _sessions(calendar, day, awaited, kept, now)
        days.append(DayRecord(day, calendar.works_on(day), sessions, leaves.get(day), holiday_name(day), day in checked))
    return MonthRecord(today(now), tuple(days))


def _sessions(
    calendar: UnitCalendar, day: dt.date, awaited: list[WorkSession], kept: dict[str, Attendance], now: dt.datetime
) -> tuple[SessionRecord, ...]:
    ends = {each.name: each.ends_at for each in awaited}
    names = list(dict.fromkeys([*ends, *kept]))
    return tuple(SessionRecord(name, _mark(kept.get(name), ends.get(name, now), now), kept.get(name)) for name in names)


def _mark(kept: Attendance | None, ends_at: dt.datetime, now: dt.datetime) -> Mark:
    if kept is not None:
        return Mark.LATE if kept.late_minutes else Mark.ON_TIME
    return Mark.MISSED if ends_at < now else Mark.OPEN


async def _attended(session: Session, person_id: int, first_day: dt.date, last_day: dt.date) -> dict[dt.date, dict[str, Attendance]]:
    rows = select(Attendance).where(Attendance.person_id == person_id, Attendance.day.between(first_day, last_day))
    found: dict[dt.date, dict[str, Attendance]] = {}
    for row in (await session.execute(rows.order_by(Attendance.arrived_at))).scalars():
        found.setdefault(row.day, {})[row.session] = row
    return found


async def _leaves(session: Session, person_id: int, first_day: dt.date, last_day: dt.date) -> dict[dt.date, str]:
    rows = select(Leave).where(Leave.person_id == person_id, Leave.first_day <= last_day, Leave.last_day >= first_day)
    return {day: row.kind for row in (await session.execute(rows)).scalars() for day in days_between(row.first_day, row.last_day)}


async def _checked(session: Session, person_id: int, first_day: dt.date, last_day: dt.date) -> set[dt.date]:
    rows = select(SelfCheck.day).where(SelfCheck.person_id == person_id, SelfCheck.day.between(first_day, last_day))
    return set((await session.execute(rows)).scalars())


async def _works_since(session: Session, person_id: int) -> dt.date:
    first = (await session.execute(select(func.min(Post.valid_from)).where(Post.person_id == person_id))).scalar_one()
    return first or dt.date.max
