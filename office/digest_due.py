"""When the weekly digest goes out: on the first working day of the week at the unit's time, for the last week in which the unit worked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select

from office import Session
from office.moments import at, local, monday
from office.outbox import plan_for_person
from office.people import Role, held_on, holders
from office.records import Contact, Digest, Post
from office.reminders import after_quiet
from office.roll_up import calendars
from office.worked_weeks import last_worked_weeks, working_days

_WEEK = dt.timedelta(days=7)

DIGEST = "digest"
"""The kind of its notices."""


@dataclass(frozen=True)
class DueDigest:
    """A digest to be sent: of which unit, for the week that began on which Monday, and from when it may be said."""

    unit_id: int
    week_start: dt.date
    say_at: dt.datetime


async def due_digests(session: Session, now: dt.datetime) -> list[DueDigest]:
    """The digests whose time has come this week, sent already or not. One that was missed (the program was down) is still due.

    Only of units whose head could be reached by then: who links an account on Wednesday is not greeted with last week's figures.
    """
    this_monday = monday(local(now).date())
    posts = (
        select(Post.unit_id, func.min(Contact.created_at).label("since"))
        .join(Contact, Contact.person_id == Post.person_id)
        .where(Post.role == Role.HEAD, *held_on(local(now).date()), Contact.gone_at.is_(None))
        .group_by(Post.unit_id)
    )
    units = {row.unit_id: row.since for row in (await session.execute(posts)).all()}
    of_units = await calendars(session, units, this_monday, rules=("digest_time", "quiet_from", "quiet_to"))
    say_at: dict[int, dt.datetime] = {}
    for unit, calendar in of_units.items():
        working = working_days(calendar, this_monday)
        if working and now >= at(working[0], dt.time.fromisoformat(calendar.number("digest_time"))) >= units[unit]:
            say_at[unit] = after_quiet(now, str(calendar.number("quiet_from")), str(calendar.number("quiet_to")))
    told = await last_worked_weeks(session, say_at, this_monday)
    return [DueDigest(unit, told[unit], moment) for unit, moment in say_at.items()]


async def plan_digest(session: Session, digest: Digest, say_at: dt.datetime, now: dt.datetime) -> int:
    """Plan the digest for each head of the unit, once for each; it is of use until the next one. Returns how many were planned now."""
    planned = 0
    ends = at(monday(local(say_at).date()) + _WEEK, dt.time(7))  # not of its own week: after Tết that lies further back
    for head in await holders(session, digest.unit_id, local(now).date(), Role.HEAD):
        key = f"digest:{digest.unit_id}:{digest.week_start}"
        args = {"digest": digest.id}
        planned += await plan_for_person(session, key, head, DIGEST, args, now, due_at=say_at, expires_at=ends, repeat_ok=False)
    return planned
