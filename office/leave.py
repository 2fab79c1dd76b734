"""Days on which an official is not expected: leave, mission, study, illness; announced by the person, and silent for all reminders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import select

from office import Session, audit
from office.calendar import calendar_of
from office.moments import today
from office.records import Leave
from office.roll_up import days_between

KINDS = ("leave", "mission", "study", "sick")
LONGEST = 180
"""Days in one announcement; a longer absence is a matter of posts, not of a message."""
FURTHEST = 366
"""Days ahead; what is further is a slip of the pen."""


@dataclass(frozen=True)
class Announced:
    """What became of an announcement: `done`, `past`, `backwards`, `too_far`, `too_long`, `no_working_day`, or `overlaps` with `others`."""

    outcome: str
    working_days: int = 0
    leave: Leave | None = None
    others: list[Leave] = field(default_factory=list)


async def on_leave(session: Session, person_id: int, day: dt.date) -> Leave | None:
    """The leave that covers the day, if there is one."""
    covers = select(Leave).where(Leave.person_id == person_id, Leave.first_day <= day, Leave.last_day >= day)
    return (await session.execute(covers.order_by(Leave.id).limit(1))).scalar_one_or_none()


async def away_between(session: Session, person_ids: Collection[int], first_day: dt.date, last_day: dt.date) -> dict[int, set[dt.date]]:
    """Of each person who is away on any of these days (both included): which days."""
    away: dict[int, set[dt.date]] = {}
    touching = select(Leave).where(Leave.person_id.in_(person_ids), Leave.first_day <= last_day, Leave.last_day >= first_day)
    for each in (await session.execute(touching)).scalars():
        away.setdefault(each.person_id, set()).update(days_between(max(each.first_day, first_day), min(each.last_day, last_day)))
    return away


async def leaves_from(session: Session, person_id: int, day: dt.date) -> list[Leave]:
    """The person's leaves that have not ended before the day, the nearest first."""
    wanted = select(Leave).where(Leave.person_id == person_id, Leave.last_day >= day).order_by(Leave.first_day, Leave.id)
    return list((await session.execute(wanted)).scalars())


async def weigh(session: Session, person_id: int, unit_id: int, first_day: dt.date, last_day: dt.date, now: dt.datetime) -> Announced:
    """What announcing these days would come to; `done` means that nothing stands against it. Changes nothing."""
    if last_day < first_day:
        return Announced("backwards")
    if first_day < today(now):
        return Announced("past")
    if (first_day - today(now)).days > FURTHEST:
        return Announced("too_far")
    if (last_day - first_day).days >= LONGEST:
        return Announced("too_long")
    calendar = await calendar_of(session, unit_id, first_day, last_day)
    working_days = sum(calendar.works_on(day) for day in days_between(first_day, last_day))
    if not working_days:
        return Announced("no_working_day")
    others = [each for each in await leaves_from(session, person_id, first_day) if each.first_day <= last_day]
    return Announced("overlaps" if others else "done", working_days, others=others)


async def announce(
    session: Session,
    person_id: int,
    unit_id: int,
    first_day: dt.date,
    last_day: dt.date,
    kind: str,
    now: dt.datetime,
    note: str | None = None,
) -> Announced:
    """Keep that the person is away on these days, both included, unless `weigh` finds something against it."""
    weighed = await weigh(session, person_id, unit_id, first_day, last_day, now)
    if weighed.outcome != "done":
        return weighed
    kept = Leave(person_id=person_id, first_day=first_day, last_day=last_day, kind=kind, note=note and note[:300])
    session.add(kept)
    await session.flush()
    audit.note(session, person_id, "announce_leave", f"leave:{kept.id}", now)
    return Announced("done", weighed.working_days, kept)


async def cancel(session: Session, person_id: int, leave_id: int, now: dt.datetime) -> Leave | None:
    """Take back one's own leave: all of it, or what is left of it from today. None if there is nothing to take back."""
    day = today(now)
    wanted = select(Leave).where(Leave.id == leave_id, Leave.person_id == person_id, Leave.last_day >= day)
    kept = (await session.execute(wanted)).scalar_one_or_none()
    if kept is None:
        return None
    audit.note(session, person_id, "cancel_leave", f"leave:{kept.id}", now)
    if kept.first_day >= day:
        await session.delete(kept)
    else:
        kept.last_day = day - dt.timedelta(days=1)
    return kept
