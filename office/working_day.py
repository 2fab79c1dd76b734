"""One official's day, read at once: the unit's sessions, what was attended, announced leave, and whether the self-check is done."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Date, Select, and_, bindparam, select

from office import Session
from office.calendar import UnitCalendar, WorkSession, calendar_of
from office.moments import today
from office.people import Who
from office.records import Attendance, Leave, Person, SelfCheck

_RULES = ("late_after_minutes", "check_in_opens_minutes")


@dataclass(frozen=True)
class PersonDay:
    """What is known of one person's day. `attended` is by the name of the session."""

    day: dt.date
    calendar: UnitCalendar
    attended: dict[str, Attendance]
    leave: Leave | None
    self_checked: bool

    @property
    def sessions(self) -> list[WorkSession]:
        """The sessions of the day in order; none on a day off."""
        return self.calendar.sessions_on(self.day)

    def opens_at(self, session: WorkSession) -> dt.datetime:
        """From when one may check in to the session."""
        return session.starts_at - dt.timedelta(minutes=self.calendar.number("check_in_opens_minutes"))

    def open_session(self, now: dt.datetime) -> WorkSession | None:
        """The session to which one can check in now: the one under way, else one about to begin."""
        return next((each for each in self.sessions if self.opens_at(each) <= now <= each.ends_at), None)

    def upcoming(self, now: dt.datetime) -> WorkSession | None:
        """The next session of the day that is not yet open."""
        return next((each for each in self.sessions if now < self.opens_at(each)), None)

    def session_named(self, name: str) -> WorkSession | None:
        """The session of the day with this name."""
        return next((each for each in self.sessions if each.name == name), None)

    def late_minutes(self, session: WorkSession, now: dt.datetime) -> int:
        """Whole minutes after the session's start; 0 while the unit's rule does not yet call it late."""
        minutes = int((now - session.starts_at).total_seconds() // 60)
        return minutes if minutes > self.calendar.number("late_after_minutes") else 0


async def person_day(session: Session, person_id: int, unit_id: int, now: dt.datetime) -> PersonDay:
    """The person's day as of now, in two statements."""
    day = today(now)
    calendar = await calendar_of(session, unit_id, day, rules=_RULES)
    rows = (await session.execute(_DAY, {"person": person_id, "day": day})).all()
    attended = {row.session: row for row, _, _ in rows if row is not None}
    leave = next((each for _, each, _ in rows if each is not None), None)
    return PersonDay(day, calendar, attended, leave, any(check is not None for _, _, check in rows))


def _day() -> Select[Attendance, Leave, int]:
    day = bindparam("day", type_=Date())
    return (
        select(Attendance, Leave, SelfCheck.id)
        .select_from(Person)
        .outerjoin(Attendance, and_(Attendance.person_id == Person.id, Attendance.day == day))
        .outerjoin(Leave, and_(Leave.person_id == Person.id, Leave.first_day <= day, Leave.last_day >= day))
        .outerjoin(SelfCheck, and_(SelfCheck.person_id == Person.id, SelfCheck.day == day))
        .where(Person.id == bindparam("person"))
    )


_DAY = _day()


def works_in(who: Who) -> tuple[int, int]:
    """The person and the unit where attendance counts. Only for one who is an official today (filter `IsOfficial`)."""
    assert who.person_id is not None
    assert who.unit_id is not None
    return who.person_id, who.unit_id
