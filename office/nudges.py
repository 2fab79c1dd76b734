"""Officials whose channel is about to fall silent are asked for one word in time, so that digests and warnings still reach them (feature T7).

A check-in is such a word, so this is for heads and others who do not check in there every day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import and_, or_, select

from office import Session
from office.calendar import UnitCalendar
from office.contacts import other_ways
from office.moments import local
from office.outbox import plan_notice
from office.people import held_on
from office.records import Contact, Post
from office.roll_up import calendars
from office.workforce import staff_of

_TIME_TO_ANSWER = dt.timedelta(minutes=30)
_AT_ONCE = 50


@dataclass(frozen=True)
class Asked:
    """An official's contact, the unit whose hours count, and when its channel falls silent."""

    contact: Contact
    unit_id: int
    closes_at: dt.datetime


async def plan_nudges(session: Session, windows: Mapping[str, dt.timedelta], now: dt.datetime) -> int:
    """Ask those whose channel closes before their next session of work. `windows` tells for each channel how long it stays open.

    Returns how many were planned now. Each is asked once for each silence.
    """
    waiting = await _about_to_close(session, windows, now) if windows else []
    if not waiting:
        return 0
    day = local(now).date()
    units = {each.unit_id for each in waiting}
    of_units = await calendars(session, units, day, day + dt.timedelta(days=14))
    staff = await staff_of(session, units, day, day)
    planned = 0
    for each in waiting:
        person = each.contact.person_id or 0
        if planned >= _AT_ONCE:
            break
        if not _is_time(of_units[each.unit_id], each.closes_at, windows[each.contact.channel], now):
            continue
        if person not in staff.posts or staff.leave_on(person, day) or await _reached_otherwise(session, each.contact, windows, now):
            continue
        key = f"still_there:{each.contact.id}:{each.contact.heard_at.isoformat()}"
        planned += await plan_notice(session, key, each.contact, "still_there", {}, now, expires_at=each.closes_at, repeat_ok=False)
    return planned


async def _about_to_close(session: Session, windows: Mapping[str, dt.timedelta], now: dt.datetime) -> list[Asked]:
    """The contacts that are still open, in the second half of their time."""
    second_half = (
        and_(Contact.channel == channel, Contact.heard_at > now - window, Contact.heard_at <= now - window / 2)
        for channel, window in windows.items()
    )
    wanted = (
        select(Contact, Post.unit_id)
        .join(Post, Post.person_id == Contact.person_id)
        .where(or_(*second_half), Contact.gone_at.is_(None), *held_on(local(now).date()))
        .order_by(Contact.heard_at, Contact.id, Post.id)
    )
    found: dict[int, Asked] = {}
    for contact, unit_id in (await session.execute(wanted)).all():
        found.setdefault(contact.id, Asked(contact, unit_id, contact.heard_at + windows[contact.channel]))
    return list(found.values())


def _is_time(calendar: UnitCalendar, closes_at: dt.datetime, window: dt.timedelta, now: dt.datetime) -> bool:
    """Whether work is under way, nothing later would do, and a word now keeps the channel open until work begins again."""
    if not any(each.starts_at <= now < each.ends_at for each in calendar.sessions_on(local(now).date())):
        return False
    next_begins = next(each.starts_at for each in calendar.sessions_from(now) if each.starts_at > now)
    return closes_at < next_begins + _TIME_TO_ANSWER and now + window > next_begins


async def _reached_otherwise(session: Session, contact: Contact, windows: Mapping[str, dt.timedelta], now: dt.datetime) -> bool:
    """Whether another contact of the person stays open by itself."""
    others = await other_ways(session, contact, now, as_official=True)
    return any(each.channel not in windows and each.channel != "browser" and not each.failing for each in others)
