"""What an official forgot to tap: sessions of the last working days without an arrival, or without a departure, that can still be told."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from office import Session
from office.calendar import WorkSession
from office.leave import away_between
from office.moments import at, today
from office.records import Attendance, AttendanceCorrection, Post
from office.roll_up import calendars
from office.working_day import PersonDay

KINDS = ("arrival", "departure")

REACH = 5
"""Worked days back from today, the policy of the product: what is older nobody remembers well enough to vouch for."""

_LOOK_BACK = 31
"""Days in which `REACH` worked days are looked for; Tết takes nine in a row at most."""

_RULES = ("late_after_minutes", "check_in_opens_minutes")


@dataclass(frozen=True)
class Gap:
    """One session without an arrival or a departure, in the unit where the person worked on that day."""

    kind: str
    day: PersonDay
    session: WorkSession
    unit_id: int

    @property
    def usual(self) -> dt.datetime:
        """The moment by the unit's hours: when the session begins, or ends."""
        return self.session.starts_at if self.kind == "arrival" else self.session.ends_at

    def allows(self, moment: dt.datetime, now: dt.datetime) -> bool:
        """Whether one can have come, or left, at that moment: an arrival while the session was open for it, a departure after the arrival."""
        if moment > now:
            return False
        if self.kind == "arrival":
            return self.day.opens_at(self.session) <= moment < self.session.ends_at
        return self.day.attended[self.session.name].arrived_at < moment < at(self.day.day + dt.timedelta(days=1), dt.time())

    def minutes(self, moment: dt.datetime) -> int:
        """How many minutes late the arrival, or early the departure, is by the unit's hours."""
        if self.kind == "arrival":
            return self.day.late_minutes(self.session, moment)
        return max(0, int((self.session.ends_at - moment).total_seconds() // 60))


async def gaps_of(session: Session, person_id: int, kind: str, now: dt.datetime) -> list[Gap]:
    """Of today and the five worked days before the sessions that lack it and for which nothing is asked yet, the newest day first.

    A session to which one can still check in on time is none, nor one under way from which nobody need have left yet. Days on leave are not.
    """
    asked = await _asked(session, person_id, kind)
    return [
        Gap(kind, day, each, unit)
        for day, unit in await _worked_days(session, person_id, now)
        for each in day.sessions
        if (day.day, each.name) not in asked and _is_missing(kind, day, each, now)
    ]


async def gap_at(session: Session, person_id: int, kind: str, day: dt.date, name: str, now: dt.datetime) -> Gap | None:
    """The gap of that session, if it is one of `gaps_of`."""
    found = await gaps_of(session, person_id, kind, now)
    return next((gap for gap in found if gap.day.day == day and gap.session.name == name), None)


def _is_missing(kind: str, day: PersonDay, each: WorkSession, now: dt.datetime) -> bool:
    kept = day.attended.get(each.name)
    if kind == "arrival":
        return kept is None and day.late_minutes(each, now) > 0
    return kept is not None and kept.left_at is None and each.ends_at <= now


async def _asked(session: Session, person_id: int, kind: str) -> set[tuple[dt.date, str]]:
    waiting = (AttendanceCorrection.person_id == person_id, AttendanceCorrection.kind == kind, AttendanceCorrection.state == "waiting")
    rows = await session.execute(select(AttendanceCorrection.day, AttendanceCorrection.session).where(*waiting))
    return {(row.day, row.session) for row in rows}


async def _worked_days(session: Session, person_id: int, now: dt.datetime) -> list[tuple[PersonDay, int]]:
    """Today and the worked days within reach without those on leave, each with the unit of that day, the newest first."""
    last = today(now)
    first = last - dt.timedelta(days=_LOOK_BACK)
    posts = await _posts(session, person_id)
    of_units = await calendars(session, {unit for unit, _, _ in posts}, first, last, rules=_RULES)
    attended = await _attended(session, person_id, first, last)
    away = (await away_between(session, [person_id], first, last)).get(person_id, set())
    found, worked = [], 0
    for day in (last - dt.timedelta(days=n) for n in range(_LOOK_BACK + 1)):
        unit = next((unit for unit, since, until in posts if since <= day and (until is None or until > day)), None)
        if unit is None or not of_units[unit].sessions_on(day):
            continue
        worked += day != last
        if worked > REACH:
            break
        if day not in away:
            found.append((PersonDay(day, of_units[unit], attended.get(day, {}), None, self_checked=False), unit))
    return found


async def _posts(session: Session, person_id: int) -> list[tuple[int, dt.date, dt.date | None]]:
    rows = await session.execute(select(Post.unit_id, Post.valid_from, Post.valid_to).where(Post.person_id == person_id).order_by(Post.id))
    return [(unit, since, until) for unit, since, until in rows.all()]


async def _attended(session: Session, person_id: int, first: dt.date, last: dt.date) -> dict[dt.date, dict[str, Attendance]]:
    found: dict[dt.date, dict[str, Attendance]] = {}
    rows = select(Attendance).where(Attendance.person_id == person_id, Attendance.day.between(first, last))
    for row in (await session.execute(rows)).scalars():
        found.setdefault(row.day, {})[row.session] = row
    return found
