"""An official comes and goes: one tap a session, judged by the unit's hours at the moment of the tap.

The arrival is kept before anything is asked: a reason for being late that is never given costs nobody the arrival.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import delete, update

from office import Session
from office.calendar import WorkSession
from office.database import insert_once
from office.moments import at
from office.records import Attendance
from office.working_day import PersonDay, person_day

SLIP = dt.timedelta(minutes=5)
"""How long a tap by mistake can be taken back."""

LONGEST_REASON = 500


class Came(StrEnum):
    """What became of a tap on check-in."""

    ON_TIME = "on_time"
    LATE = "late"
    ALREADY = "already"
    OTHER_SESSION = "other_session"  # the button was for another session or day; nothing is kept
    TOO_EARLY = "too_early"
    BETWEEN = "between"  # between two sessions, the next not open yet
    AFTER_HOURS = "after_hours"
    ON_LEAVE = "on_leave"
    DAY_OFF = "day_off"


@dataclass(frozen=True)
class Arrival:
    """What became of a tap, the day it belongs to, and the session concerned: the one checked in to, else the next that opens."""

    outcome: Came
    day: PersonDay
    session: WorkSession | None = None
    kept: Attendance | None = None
    """The arrival as it was kept before, when `outcome` is `already`."""
    late_minutes: int = 0

    @property
    def next_session(self) -> WorkSession:
        """The first session after this day. Raises NoWorkingTime."""
        return next(self.day.calendar.sessions_from(at(self.day.day + dt.timedelta(days=1), dt.time())))


async def check_in(
    session: Session,
    person_id: int,
    unit_id: int,
    now: dt.datetime,
    reason: str | None = None,
    *,
    meant: tuple[str, dt.date] | None = None,
) -> Arrival:
    """Keep that the person is here now. `meant` is the session and day that the button names; if another is open now, nothing is kept."""
    day = await person_day(session, person_id, unit_id, now)
    open_now = day.open_session(now)
    if not day.sessions or day.leave is not None or open_now is None:
        return _not_now(day, now)
    if meant is not None and meant != (open_now.name, day.day):
        return Arrival(Came.OTHER_SESSION, day, open_now)
    if open_now.name in day.attended:
        return Arrival(Came.ALREADY, day, open_now, day.attended[open_now.name])
    late = day.late_minutes(open_now, now)
    values = {
        "person_id": person_id,
        "unit_id": unit_id,
        "day": day.day,
        "session": open_now.name,
        "arrived_at": now,
        "late_minutes": late,
        "late_reason": reason[:LONGEST_REASON] if reason and late else None,
    }
    if not await insert_once(session, Attendance.__table__, values):  # type: ignore[arg-type]
        return await check_in(session, person_id, unit_id, now, meant=meant)  # the person's other account was faster: now it is "already"
    return Arrival(Came.LATE if late else Came.ON_TIME, day, open_now, late_minutes=late)


def _not_now(day: PersonDay, now: dt.datetime) -> Arrival:
    if not day.sessions:
        return Arrival(Came.DAY_OFF, day)
    if day.leave is not None:
        return Arrival(Came.ON_LEAVE, day)
    upcoming = day.upcoming(now)
    if upcoming is None:
        return Arrival(Came.AFTER_HOURS, day)
    return Arrival(Came.TOO_EARLY if upcoming == day.sessions[0] else Came.BETWEEN, day, upcoming)


async def give_reason(session: Session, person_id: int, day: dt.date, name: str, reason: str | None) -> bool:
    """Keep (or with None take away) why the person was late to that session. False if there is no late arrival."""
    late = (Attendance.person_id == person_id, Attendance.day == day, Attendance.session == name, Attendance.late_minutes > 0)
    kept = await session.execute(update(Attendance).where(*late).values(late_reason=reason and reason[:LONGEST_REASON]))
    return bool(kept.rowcount)  # type: ignore[attr-defined]


async def undo_check_in(session: Session, person_id: int, day: dt.date, name: str, now: dt.datetime) -> bool:
    """Take back a check-in tapped by mistake. False if it was longer than five minutes ago, or is not there."""
    slip = (Attendance.person_id == person_id, Attendance.day == day, Attendance.session == name, Attendance.arrived_at >= now - SLIP)
    gone = await session.execute(delete(Attendance).where(*slip))
    return bool(gone.rowcount)  # type: ignore[attr-defined]


class Went(StrEnum):
    """What became of a tap on check-out."""

    DONE = "done"
    EARLY = "early"
    ALREADY = "already"
    MOVED = "moved"
    NOT_IN = "not_in"  # no check-in to leave from, or none for the session under way


@dataclass(frozen=True)
class Departure:
    """What became of a tap on check-out, and the session concerned."""

    outcome: Went
    day: PersonDay
    name: str = ""
    left_at: dt.datetime | None = None
    early_minutes: int = 0


async def check_out(session: Session, person_id: int, unit_id: int, now: dt.datetime, *, move: bool = False) -> Departure:
    """Keep that the person leaves the session attended last. With `move` a departure kept before becomes the later one of now."""
    day = await person_day(session, person_id, unit_id, now)
    if not day.attended:
        return Departure(Went.NOT_IN, day)
    kept = max(day.attended.values(), key=lambda each: each.arrived_at)
    if any(kept.session != each.name and kept.arrived_at < each.starts_at <= now for each in day.sessions):
        return Departure(Went.NOT_IN, day)
    if kept.left_at is not None and not move:
        return Departure(Went.ALREADY, day, kept.session, kept.left_at, kept.early_minutes)
    before = kept.left_at
    kept.left_at, kept.left_corrected = max(now, before) if before else now, False
    left = day.session_named(kept.session)
    kept.early_minutes = max(0, int((left.ends_at - kept.left_at).total_seconds() // 60)) if left else 0
    if before is not None:
        return Departure(Went.MOVED, day, kept.session, kept.left_at, kept.early_minutes)
    return Departure(Went.EARLY if kept.early_minutes else Went.DONE, day, kept.session, kept.left_at, kept.early_minutes)


async def undo_check_out(session: Session, person_id: int, day: dt.date, name: str, now: dt.datetime) -> bool:
    """Take back a check-out tapped by mistake. False if it was longer than five minutes ago, or is not there."""
    slip = (Attendance.person_id == person_id, Attendance.day == day, Attendance.session == name, Attendance.left_at >= now - SLIP)
    back = await session.execute(update(Attendance).where(*slip).values(left_at=None, early_minutes=0, left_corrected=False))
    return bool(back.rowcount)  # type: ignore[attr-defined]
