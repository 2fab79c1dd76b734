"""A forgotten check-in or check-out is added when the head agrees: asked for by the official, decided by the head, never by oneself.

What is added is an ordinary arrival or departure with the mark `corrected`; board, month and digest show it. Nothing tapped is ever changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select, update

from office import Session, audit
from office.attendance_gaps import Gap, gap_at
from office.database import insert_once
from office.moments import today
from office.outbox import plan_for_person
from office.records import Attendance, AttendanceCorrection
from office.roll_up import calendars
from office.routing import Routes, routes_on

LONGEST_REASON = 200
"""Characters of a reason, and of the head's answer."""

REMIND_AFTER = 5
"""Worked days without an answer after which the head is reminded, once."""


@dataclass(frozen=True)
class Asked:
    """What became of asking: `done`, `no_gap` (not missing, too old, or asked already), `out_of_hours` or `nobody` (who could decide).

    `decided_in` is the unit whose head decides, `told` whether anybody there can be reached.
    """

    outcome: str
    gap: Gap | None = None
    minutes: int = 0
    decided_in: int | None = None
    correction: AttendanceCorrection | None = None
    told: bool = False


async def weigh(session: Session, person_id: int, kind: str, day: dt.date, name: str, moment: dt.datetime, now: dt.datetime) -> Asked:
    """What asking for this would come to; `done` means that nothing stands against it. Changes nothing."""
    gap = await gap_at(session, person_id, kind, day, name, now)
    if gap is None:
        return Asked("no_gap")
    if not gap.allows(moment, now):
        return Asked("out_of_hours", gap)
    place = (await routes_on(session, today(now))).deciders_above(gap.unit_id, person_id)
    return Asked("done" if place else "nobody", gap, gap.minutes(moment), place[0] if place else None)


async def ask(
    session: Session, person_id: int, kind: str, day: dt.date, name: str, moment: dt.datetime, reason: str, now: dt.datetime
) -> Asked:
    """Keep the request and tell who decides, unless `weigh` finds something against it."""
    weighed = await weigh(session, person_id, kind, day, name, moment, now)
    if weighed.outcome != "done" or weighed.gap is None:
        return weighed
    asked = {"person_id": person_id, "kind": kind, "day": day, "session": name, "state": "waiting"}
    told = {"unit_id": weighed.gap.unit_id, "moment": moment, "minutes": weighed.minutes, "reason": reason[:LONGEST_REASON], "made_at": now}
    if not await insert_once(session, AttendanceCorrection.__table__, asked | told):  # type: ignore[arg-type]
        return Asked("no_gap")  # the person's other account was faster
    kept = (await session.execute(select(AttendanceCorrection).filter_by(**asked))).scalar_one()
    audit.note(session, person_id, "ask_correction", _subject(kept), now)
    reached = [await _plan(session, kept, decider, "correction_new", now) for decider in await deciders(session, kept, now)]
    return Asked("done", weighed.gap, weighed.minutes, weighed.decided_in, kept, any(reached))


async def deciders(session: Session, kept: AttendanceCorrection, now: dt.datetime, routes: Routes | None = None) -> tuple[int, ...]:
    """Who decides the request by the posts of today: the heads above the person, else an administrator; never the person."""
    place = (routes or await routes_on(session, today(now))).deciders_above(kept.unit_id, kept.person_id)
    return place[1] if place else ()


async def _plan(session: Session, kept: AttendanceCorrection, person_id: int, kind: str, now: dt.datetime) -> bool:
    return await plan_for_person(session, f"{kind}:{kept.id}", person_id, kind, {"correction": kept.id}, now)


def _subject(kept: AttendanceCorrection) -> str:
    return f"attendance_correction:{kept.id}"


# --- what waits ---------------------------------------------------------------------------------------------------------------------


async def correction_by_id(session: Session, correction_id: int) -> AttendanceCorrection | None:
    """The request with this id; locked on PostgreSQL, where two heads may decide at once."""
    wanted = select(AttendanceCorrection).where(AttendanceCorrection.id == correction_id).with_for_update()
    return (await session.execute(wanted)).scalar_one_or_none()


async def asked_by(session: Session, person_id: int) -> list[AttendanceCorrection]:
    """The person's own requests that wait, the oldest first."""
    own = (AttendanceCorrection.person_id == person_id, AttendanceCorrection.state == "waiting")
    return list((await session.execute(select(AttendanceCorrection).where(*own).order_by(AttendanceCorrection.id))).scalars())


async def waiting_for(session: Session, person_id: int, now: dt.datetime) -> list[AttendanceCorrection]:
    """The requests that wait for this person's decision, the oldest first."""
    found = await _all_waiting(session, now)
    routes = await routes_on(session, today(now)) if found else None
    return [each for each in found if person_id in await deciders(session, each, now, routes)]


async def _all_waiting(session: Session, made_by: dt.datetime) -> list[AttendanceCorrection]:
    waiting = (AttendanceCorrection.state == "waiting", AttendanceCorrection.made_at <= made_by)
    return list((await session.execute(select(AttendanceCorrection).where(*waiting).order_by(AttendanceCorrection.id))).scalars())


async def for_decider(session: Session, correction_id: int, person_id: int, now: dt.datetime) -> AttendanceCorrection | None:
    """The request, whatever became of it, if this person is one of those who decide it."""
    kept = await correction_by_id(session, correction_id)
    return kept if kept is not None and person_id in await deciders(session, kept, now) else None


# --- decided ------------------------------------------------------------------------------------------------------------------------


async def withdraw(session: Session, correction_id: int, person_id: int, now: dt.datetime) -> AttendanceCorrection | None:
    """Take back one's own request while it waits. None if there is nothing to take back."""
    kept = await correction_by_id(session, correction_id)
    if kept is None or kept.person_id != person_id or kept.state != "waiting":
        return None
    kept.state, kept.decided_at = "withdrawn", now
    audit.note(session, person_id, "withdraw_correction", _subject(kept), now)
    return kept


async def approve(session: Session, kept: AttendanceCorrection, person_id: int, now: dt.datetime) -> bool:
    """Add what was asked for, marked as corrected. False if it no longer waits.

    Who checked in or out meanwhile has a record of their own, which stands: the request is then `overtaken`.
    `kept` comes from `for_decider`.
    """
    if kept.state != "waiting":
        return False
    added = await (_add_arrival if kept.kind == "arrival" else _add_departure)(session, kept)
    await _decide(session, kept, "approved" if added else "overtaken", person_id, now)
    return True


async def refuse(session: Session, kept: AttendanceCorrection, person_id: int, answer: str, now: dt.datetime) -> bool:
    """Decline with a reason that the official reads. False if it no longer waits. `kept` comes from `for_decider`."""
    if kept.state != "waiting":
        return False
    kept.answer = answer[:LONGEST_REASON]
    await _decide(session, kept, "refused", person_id, now)
    return True


async def _decide(session: Session, kept: AttendanceCorrection, state: str, person_id: int, now: dt.datetime) -> None:
    kept.state, kept.decided_by_id, kept.decided_at = state, person_id, now
    audit.note(session, person_id, f"{_ACTS[state]}_correction", _subject(kept), now, kept.answer or "")
    await _plan(session, kept, kept.person_id, "correction_decided", now)


_ACTS = {"approved": "approve", "refused": "refuse", "overtaken": "drop"}


async def _add_arrival(session: Session, kept: AttendanceCorrection) -> bool:
    values = {
        "person_id": kept.person_id,
        "unit_id": kept.unit_id,
        "day": kept.day,
        "session": kept.session,
        "arrived_at": kept.moment,
        "late_minutes": kept.minutes,
        "late_reason": kept.reason if kept.minutes else None,
        "corrected": True,
    }
    return await insert_once(session, Attendance.__table__, values)  # type: ignore[arg-type]


async def _add_departure(session: Session, kept: AttendanceCorrection) -> bool:
    missing = (Attendance.person_id == kept.person_id, Attendance.day == kept.day, Attendance.session == kept.session)
    values = {"left_at": kept.moment, "early_minutes": kept.minutes, "left_corrected": True}
    added = await session.execute(update(Attendance).where(*missing, Attendance.left_at.is_(None)).values(values))
    return bool(added.rowcount)  # type: ignore[attr-defined]


# --- reminded -----------------------------------------------------------------------------------------------------------------------


async def unanswered(session: Session, now: dt.datetime, but: Collection[int] = ()) -> list[AttendanceCorrection]:
    """The requests, but for those of these ids, whose fifth worked day after the day of asking has ended without an answer."""
    old = [each for each in await _all_waiting(session, now - dt.timedelta(days=REMIND_AFTER)) if each.id not in but]
    if not old:
        return []
    of_units = await calendars(session, {each.unit_id for each in old}, min(today(each.made_at) for each in old), today(now))
    return [each for each in old if of_units[each.unit_id].add_days(each.made_at, REMIND_AFTER) <= now]


async def remind_deciders(session: Session, kept: AttendanceCorrection, now: dt.datetime) -> None:
    """Plan the one reminder to those who decide it today."""
    for person in await deciders(session, kept, now):
        await _plan(session, kept, person, "correction_waiting", now)
