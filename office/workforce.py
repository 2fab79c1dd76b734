"""Who is expected at work: where each official works on a day, who is on leave, and for each session whether they came.

A person counts in the unit of the first post held that day (where they check in); leave, mission and study take the day out of the count.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, or_, select

from office import Session
from office.calendar import UnitCalendar, WorkSession
from office.records import Attendance, Leave, Person, Post, SelfCheck
from office.roll_up import calendars, subtrees


class Slot(NamedTuple):
    """That a person was expected to one session, and whether they came."""

    person_id: int
    unit_id: int
    day: dt.date
    session: str
    came: bool
    late: bool
    corrected: bool = False
    """That they came was added afterwards, approved by the head."""


class DaySlot(NamedTuple):
    """That a person was expected on a day, and whether they did the self-check. What they answered is theirs alone."""

    person_id: int
    unit_id: int
    day: dt.date
    checked: bool


@dataclass(frozen=True)
class Staff:
    """The people of some units over some days, read at once."""

    names: dict[int, str] = field(default_factory=dict)
    posts: dict[int, list[tuple[int, dt.date, dt.date | None]]] = field(default_factory=dict)
    leaves: dict[int, list[tuple[dt.date, dt.date, str]]] = field(default_factory=dict)

    def unit_of(self, person_id: int, day: dt.date) -> int | None:
        """Where the person works on that day."""
        held = (unit for unit, since, until in self.posts[person_id] if since <= day and (until is None or until > day))
        return next(held, None)

    def leave_on(self, person_id: int, day: dt.date) -> str | None:
        """The kind of leave that the person has on that day."""
        return next((kind for first, last, kind in self.leaves.get(person_id, ()) if first <= day <= last), None)


def people_of(unit_ids: Collection[int], first: dt.date, last: dt.date) -> Select[int]:
    """The ids of those who hold a post in one of the units on one of the days, to be asked within a statement.

    What people did is looked up by them, not by the unit noted beside it: a move may be entered after the day on which it took place.
    """
    return select(Post.person_id).where(Post.unit_id.in_(unit_ids), *_held_between(first, last))


def _held_between(first: dt.date, last: dt.date) -> tuple[ColumnElement[bool], ...]:
    return (Post.valid_from <= last, or_(Post.valid_to.is_(None), Post.valid_to > first))


async def staff_of(session: Session, unit_ids: Collection[int], first: dt.date, last: dt.date) -> Staff:
    """The people who hold a post in one of the units on one of the days, with all their posts and leave of these days."""
    those = people_of(unit_ids, first, last)
    staff = Staff()
    rows = select(Person.id, Person.full_name, Post.unit_id, Post.valid_from, Post.valid_to).join(Post, Post.person_id == Person.id)
    rows = rows.where(Person.id.in_(those), *_held_between(first, last)).order_by(Post.id)
    for person, name, unit, since, until in (await session.execute(rows)).all():
        staff.names[person] = name
        staff.posts.setdefault(person, []).append((unit, since, until))
    away = select(Leave.person_id, Leave.first_day, Leave.last_day, Leave.kind)
    away = away.where(Leave.person_id.in_(those), Leave.first_day <= last, Leave.last_day >= first).order_by(Leave.id)
    for person, begins, ends, kind in (await session.execute(away)).all():
        staff.leaves.setdefault(person, []).append((begins, ends, kind))
    return staff


@dataclass(frozen=True)
class Work:
    """What was expected of a unit and all under it over some days, and what came of it."""

    slots: list[Slot]
    day_slots: list[DaySlot]
    names: dict[int, str]


async def work_of(session: Session, unit_id: int, first: dt.date, last: dt.date, until: dt.datetime) -> Work:
    """Every expected session and day from `first` to `last` that was decided by `until`, and what had been done by then.

    A session is decided when its grace for lateness has passed (rule `late_after_minutes`), a day for the self-check when its last session
    has ended. Of a self-check made anew only the last time is known.
    """
    trees = await subtrees(session, unit_id, first, last)
    units = frozenset().union(*trees.values())
    staff = await staff_of(session, units, first, last)
    timetable = _Timetable(await calendars(session, units, first, last, rules=("late_after_minutes",)), until)
    those = people_of(units, first, last)
    came = await _arrivals(session, those, first, last, until)
    checks = await _self_checks(session, those, first, last, until)
    slots: list[Slot] = []
    day_slots: list[DaySlot] = []
    for day, tree in trees.items():
        for person in staff.posts:
            unit = staff.unit_of(person, day)
            if unit is None or unit not in tree or staff.leave_on(person, day):
                continue
            for name in timetable.decided(unit, day):
                late, corrected = came.get((person, day, name), (None, False))
                slots.append(Slot(person, unit, day, name, late is not None, bool(late), corrected))
            if timetable.is_over(unit, day):
                day_slots.append(DaySlot(person, unit, day, (person, day) in checks))
    return Work(slots, day_slots, staff.names)


class _Timetable:
    """Which sessions of which unit were decided by a moment; units that share a calendar share the answer."""

    def __init__(self, of_units: dict[int, UnitCalendar], until: dt.datetime) -> None:
        self._calendars = of_units
        self._until = until
        self._sessions: dict[tuple[int, dt.date], list[WorkSession]] = {}

    def _of(self, unit_id: int, day: dt.date) -> list[WorkSession]:
        calendar = self._calendars[unit_id]
        key = (id(calendar), day)
        if key not in self._sessions:
            self._sessions[key] = calendar.sessions_on(day)
        return self._sessions[key]

    def decided(self, unit_id: int, day: dt.date) -> list[str]:
        grace = dt.timedelta(minutes=int(self._calendars[unit_id].number("late_after_minutes")))
        return [each.name for each in self._of(unit_id, day) if each.starts_at + grace <= self._until]

    def is_over(self, unit_id: int, day: dt.date) -> bool:
        sessions = self._of(unit_id, day)
        return bool(sessions) and sessions[-1].ends_at <= self._until


async def _arrivals(
    session: Session, those: Select[int], first: dt.date, last: dt.date, until: dt.datetime
) -> dict[tuple[int, dt.date, str], tuple[int, bool]]:
    """Of each arrival the minutes late, and whether it was added afterwards."""
    wanted = select(Attendance.person_id, Attendance.day, Attendance.session, Attendance.late_minutes, Attendance.corrected)
    wanted = wanted.where(Attendance.person_id.in_(those), Attendance.day.between(first, last), Attendance.arrived_at <= until)
    return {(person, day, name): (late, corrected) for person, day, name, late, corrected in (await session.execute(wanted)).all()}


async def _self_checks(session: Session, those: Select[int], first: dt.date, last: dt.date, until: dt.datetime) -> set[tuple[int, dt.date]]:
    wanted = select(SelfCheck.person_id, SelfCheck.day)
    wanted = wanted.where(SelfCheck.person_id.in_(those), SelfCheck.day.between(first, last), SelfCheck.done_at <= until)
    return {(person, day) for person, day in (await session.execute(wanted)).all()}
