"""Who must be reminded now: of checking in, of the day's self-check, of a case about to be late, of a correction of attendance not decided.

Each once; silent at night and on days off.

Planning twice makes one row, so that several schedulers do no harm; what was planned is also remembered, so that a tick with nothing new is cheap.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import load_only

from office import Session
from office.calendar import UnitCalendar, WorkSession
from office.case_list import mere_praise
from office.cases import OPEN_STATES, tell_handlers
from office.corrections_of_attendance import remind_deciders, unanswered
from office.moments import at, local
from office.outbox import plan_for_person
from office.people import held_on
from office.records import Attendance, Case, Post, SelfCheck
from office.roll_up import calendars
from office.routing import routes_on
from office.workforce import people_of, staff_of
from office.working_time import is_near

_RULES = ("remind_before_minutes", "late_after_minutes", "self_check_reminder_minutes", "quiet_from", "quiet_to")
_REREAD = dt.timedelta(minutes=5)
"""How long the day's timetable is trusted before it is read again: hours and swaps may be changed during the day."""

AT_ONCE = 50
"""Warnings planned in one tick: after a start there may be hundreds, and nobody shall wait for the database meanwhile."""

_TOLD_BY = (Case.unit_id, Case.handled_by_id, Case.state, Case.category, Case.also, Case.flags, Case.created_at, Case.answer_due_at)
"""What a warning needs of a case: not its story."""


@dataclass(frozen=True)
class Call:
    """A time at which the officials of some units are to be reminded, and until when that makes sense."""

    kind: str  # check_in_reminder | self_check_reminder
    session: str
    since: dt.datetime
    until: dt.datetime
    units: frozenset[int]


_Deadline = tuple[int, int, dt.datetime]
"""A case, the unit that handles it, and when its answer is due: a case that is handed on or open again is warned of anew."""

_Warning = tuple[str, _Deadline]
"""`near` or `overdue`, and of what."""


@dataclass
class Reminders:
    """Plans reminders; remembers between ticks what it did."""

    _calls: list[Call] = field(default_factory=list)
    _read_at: dt.datetime | None = None
    _done: set[tuple[str, str, dt.date, int]] = field(default_factory=set)
    _warned: set[_Warning] = field(default_factory=set)
    _fresh_done: set[tuple[str, str, dt.date, int]] = field(default_factory=set)
    _fresh_warned: set[_Warning] = field(default_factory=set)
    _waiting: set[_Deadline] = field(default_factory=set)
    _corrections: set[int] = field(default_factory=set)
    _fresh_corrections: set[int] = field(default_factory=set)

    async def plan(self, session: Session, now: dt.datetime) -> Callable[[], None]:
        """Plan what is due at `now`. Call what it returns once the transaction is committed: only then is it remembered as done."""
        self._fresh_done.clear()
        self._fresh_warned.clear()
        self._fresh_corrections.clear()
        if self._read_at is None or now - self._read_at > _REREAD or local(now).date() != local(self._read_at).date():
            self._calls = await calls_of_day(session, local(now).date())
            self._read_at = now
        for call in self._calls:
            if call.since <= now < call.until:
                await self._call(session, call, now)
        await self._warn_of_deadlines(session, now)
        await self._remind_of_corrections(session, now)
        return self._remember

    def _remember(self) -> None:
        today = max((day for _, _, day, _ in self._fresh_done | self._done), default=None)
        self._done = {each for each in self._done | self._fresh_done if each[2] == today}  # yesterday's are of no use
        self._warned = {each for each in self._warned | self._fresh_warned if each[1] in self._waiting}  # the others have been answered
        self._corrections |= self._fresh_corrections

    async def _call(self, session: Session, call: Call, now: dt.datetime) -> None:
        day = local(now).date()
        units = {unit for unit in call.units if (call.kind, call.session, day, unit) not in self._done}
        if not units:
            return
        for person in await _to_remind(session, call, units, day):
            key = f"{call.kind}:{day}:{call.session}"
            args = {"day": day.isoformat(), "session": call.session}
            await plan_for_person(session, key, person, call.kind, args, now, expires_at=call.until, repeat_ok=False)
        self._fresh_done |= {(call.kind, call.session, day, unit) for unit in units}

    async def _warn_of_deadlines(self, session: Session, now: dt.datetime) -> None:
        """A warning before a case is late and word when it is; not at night and not on a day off, but when work begins again."""
        due_soon = (Case.state.in_(OPEN_STATES), ~mere_praise(), Case.answer_due_at < now + dt.timedelta(days=10))
        wanted = select(Case).where(*due_soon).order_by(Case.answer_due_at, Case.id).options(load_only(*_TOLD_BY))
        found = {_deadline(case): case for case in (await session.execute(wanted)).scalars()}
        self._waiting = set(found)
        cases = [case for key, case in found.items() if ("overdue", key) not in self._warned]
        if not cases:
            return
        day = local(now).date()
        of_units = await calendars(session, {case.handled_by_id for case in cases}, day, rules=(*_RULES, "deadline_warning_hours"))
        routes = await routes_on(session, day)
        for case in cases:
            if len(self._fresh_warned) >= AT_ONCE:
                break
            calendar = of_units[case.handled_by_id]
            kind = _warning(calendar, case, now) if calendar.works_on(day) and not is_quiet(now, *_night(calendar)) else None
            if kind and (kind, _deadline(case)) not in self._warned:
                await tell_handlers(session, case, f"case_{kind}", f"{case.id}:{case.answer_due_at.isoformat()}", now, routes)
                self._fresh_warned.add((kind, _deadline(case)))

    async def _remind_of_corrections(self, session: Session, now: dt.datetime) -> None:
        """To who decides a request of attendance that has waited for days; not at night and not on a day off."""
        waiting = await unanswered(session, now, self._corrections)
        day = local(now).date()
        of_units = await calendars(session, {each.unit_id for each in waiting}, day, rules=_RULES) if waiting else {}
        for each in waiting[:AT_ONCE]:
            calendar = of_units[each.unit_id]
            if calendar.works_on(day) and not is_quiet(now, *_night(calendar)):
                await remind_deciders(session, each, now)
                self._fresh_corrections.add(each.id)


def _deadline(case: Case) -> _Deadline:
    return case.id, case.handled_by_id, case.answer_due_at


def _warning(calendar: UnitCalendar, case: Case, now: dt.datetime) -> str | None:
    if case.answer_due_at < now:
        return "overdue"
    return "near" if is_near(calendar, case.created_at, case.answer_due_at, now) else None


async def calls_of_day(session: Session, day: dt.date) -> list[Call]:
    """All times of the day at which somebody is to be reminded, units with the same times together; none in a unit's night."""
    posts = await session.execute(select(Post.unit_id).where(*held_on(day)).distinct())
    of_units = await calendars(session, set(posts.scalars()), day, day, rules=_RULES)
    groups: dict[tuple[str, str, dt.datetime, dt.datetime], set[int]] = {}
    for unit, calendar in of_units.items():
        for kind, name, since, until in _times(calendar, day):
            since, until = after_quiet(since, *_night(calendar)), _before_quiet(since, until, *_night(calendar))
            if since < until:
                groups.setdefault((kind, name, since, until), set()).add(unit)
    return [Call(*key, frozenset(members)) for key, members in groups.items()]


def _times(calendar: UnitCalendar, day: dt.date) -> Iterator[tuple[str, str, dt.datetime, dt.datetime]]:
    """Kind, session, from when and until when a reminder makes sense by the hours of the unit."""
    sessions = calendar.sessions_on(day)
    before = dt.timedelta(minutes=int(calendar.number("remind_before_minutes")))
    grace = dt.timedelta(minutes=int(calendar.number("late_after_minutes")))
    for each in sessions:
        yield "check_in_reminder", each.name, each.starts_at - before, each.starts_at + grace
    minutes = int(calendar.number("self_check_reminder_minutes"))
    if sessions and minutes > 0:
        last: WorkSession = sessions[-1]
        yield "self_check_reminder", last.name, last.ends_at - dt.timedelta(minutes=minutes), last.ends_at + dt.timedelta(hours=1)


async def _to_remind(session: Session, call: Call, units: set[int], day: dt.date) -> list[int]:
    """The people of the units who have not done it and are not away."""
    staff = await staff_of(session, units, day, day)
    those = people_of(units, day, day)
    came = select(Attendance.person_id).where(Attendance.person_id.in_(those), Attendance.day == day)
    if call.kind == "check_in_reminder":
        done = set((await session.execute(came.where(Attendance.session == call.session))).scalars())
        expected = set(staff.posts)
    else:
        checked = select(SelfCheck.person_id).where(SelfCheck.person_id.in_(those), SelfCheck.day == day)
        done = set((await session.execute(checked)).scalars())
        expected = set((await session.execute(came)).scalars())
    return sorted(
        person for person in expected - done
        if person in staff.posts and staff.unit_of(person, day) in units and not staff.leave_on(person, day)
    )  # fmt: skip


def _night(calendar: UnitCalendar) -> tuple[str, str]:
    return str(calendar.number("quiet_from")), str(calendar.number("quiet_to"))


def is_quiet(now: dt.datetime, quiet_from: str, quiet_to: str) -> bool:
    """Whether it is night by the unit's rule (`HH:MM` to `HH:MM`, as a rule over midnight; there is none if both are the same)."""
    clock = f"{local(now):%H:%M}"
    if quiet_from <= quiet_to:
        return quiet_from <= clock < quiet_to
    return clock >= quiet_from or clock < quiet_to


def after_quiet(now: dt.datetime, quiet_from: str, quiet_to: str) -> dt.datetime:
    """Now, or the end of the night."""
    if not is_quiet(now, quiet_from, quiet_to):
        return now
    here = local(now)
    day = here.date() + dt.timedelta(days=1) if f"{here:%H:%M}" >= quiet_to else here.date()
    return at(day, dt.time.fromisoformat(quiet_to))


def _before_quiet(since: dt.datetime, until: dt.datetime, quiet_from: str, quiet_to: str) -> dt.datetime:
    """`until`, or the beginning of the night if that comes first after `since`."""
    night = at(local(since).date(), dt.time.fromisoformat(quiet_from))
    return night if quiet_from != quiet_to and since < night < until else until
