"""Lets whoever tries the sample check in at any hour: in the evening and at the weekend, too, the official of the middle pane has a session."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import delete, select, update

from office import Session
from office.database import insert_once
from office.moments import local, today
from office.people import held_on
from office.records import Contact, DayOverride, Post, SessionHours
from office.sample import sample_person
from office.working_day import person_day

_SOON, _LONG, _STEP = dt.timedelta(minutes=10), dt.timedelta(hours=3), 5
_LAST = dt.time(23, 55)
_NOTE = "Dữ liệu mẫu: mở thêm giờ để dùng thử"


async def look_here(session: Session, contact: Contact) -> None:
    """News for the sample official goes to the page opened last, not to one of an earlier visit: which was used last is known by the hour only."""
    if contact.person_id is None:
        return
    others = (Contact.person_id == contact.person_id, Contact.id != contact.id)
    await session.execute(update(Contact).where(*others).values(failing=True))


async def open_for_trial(session: Session, person_id: int, now: dt.datetime) -> bool:
    """If this is the official of the middle pane and no session is open, let one of the unit's begin in some ten minutes. True if that was done."""
    if person_id != await sample_person(session, "official"):
        return False
    held = select(Post.unit_id).where(Post.person_id == person_id, *held_on(today(now))).order_by(Post.id).limit(1)
    unit_id = (await session.execute(held)).scalar_one()
    if (await person_day(session, person_id, unit_id, now)).open_session(now) is not None:
        return False
    await _work_today(session, unit_id, now)
    await _begin_soon(session, unit_id, now)
    return True


async def _work_today(session: Session, unit_id: int, now: dt.datetime) -> None:
    await session.execute(delete(DayOverride).where(DayOverride.unit_id == unit_id, DayOverride.day == today(now)))
    day = {"unit_id": unit_id, "day": today(now), "works": True, "note": _NOTE, "source": _NOTE}
    await insert_once(session, DayOverride.__table__, day)  # type: ignore[arg-type]


async def _begin_soon(session: Session, unit_id: int, now: dt.datetime) -> None:
    """The hours of this one day, which go before those of the season. The latest session begins at five to midnight, a minute before its end."""
    begins = local(now + _SOON)
    begins = begins.replace(minute=begins.minute - begins.minute % _STEP, second=0, microsecond=0)
    name, day = "morning" if local(now).hour < 12 else "afternoon", f"{today(now):%m-%d}"
    starts, ends = (each.time() if each.date() == today(now) else None for each in (begins, begins + _LONG))
    mine = (SessionHours.unit_id == unit_id, SessionHours.session == name, SessionHours.season_from == day)
    await session.execute(delete(SessionHours).where(*mine))
    hours = {"starts": starts or _LAST, "ends": ends or dt.time(23, 59), "season_from": day, "season_to": day}
    await insert_once(session, SessionHours.__table__, {"unit_id": unit_id, "session": name, **hours})  # type: ignore[arg-type]
