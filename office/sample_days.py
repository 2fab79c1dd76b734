"""Two weeks of working days for the sample's officials: mostly on time, some late with a reason, some on leave, most self-checks done."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert

from office import Session, self_check
from office.calendar import UnitCalendar, WorkSession, calendar_of
from office.moments import at, monday, today
from office.records import Attendance, Leave

_LATE = {"early": 0.02, "steady": 0.06, "often_late": 0.30}
_MISSING, _NO_REASON, _LEFT_NOTED, _CHECKED, _NOT_WHOLE = 0.04, 0.2, 0.8, 0.74, 0.3


@dataclass
class _Official:
    person_id: int
    unit_id: int
    habit: str
    plays: bool
    """Whether a pane of the page speaks for this person: today is then left to the one who tries it."""
    away: set[dt.date]


async def add_working_days(
    session: Session,
    given: dict[str, Any],
    people: list[dict[str, Any]],
    units: dict[str, int],
    ids: dict[str, int],
    rng: random.Random,
    now: dt.datetime,
) -> None:
    """Write attendance, leave and self-checks from the Monday two weeks ago up to now."""
    this_monday = monday(today(now))
    away = await _add_leaves(session, given["leaves"], ids, this_monday)
    working = [p for p in people if p["role"] != "home_affairs"]
    officials = [_Official(ids[p["code"]], units[p["unit"]], p["habit"], "pane" in p, away.get(p["code"], set())) for p in working]
    calendar = await calendar_of(session, units["ha-vi-du"], this_monday - dt.timedelta(days=14))
    rows: list[dict[str, Any]] = []
    for number in range((today(now) - this_monday).days + 15):
        day = this_monday + dt.timedelta(days=number - 14)
        for official in officials:
            if day not in official.away and not (official.plays and day == today(now)):
                rows += _arrivals(official, calendar, day, given["late_reasons"], rng, now)
                await _self_check(session, official, calendar, day, rng, now)
    await session.execute(insert(Attendance), rows)


async def _add_leaves(session: Session, given: list[dict[str, Any]], ids: dict[str, int], this_monday: dt.date) -> dict[str, set[dt.date]]:
    rows, away = [], {}
    for leave in given:
        week = this_monday + dt.timedelta(weeks=leave["week"])
        first, last = week + dt.timedelta(days=leave["from"]), week + dt.timedelta(days=leave["to"])
        rows.append({"person_id": ids[leave["person"]], "first_day": first, "last_day": last, "kind": leave["kind"], "note": leave["note"]})
        away[leave["person"]] = {first + dt.timedelta(days=n) for n in range((last - first).days + 1)}
    await session.execute(insert(Leave), rows)
    return away


def _arrivals(
    official: _Official, calendar: UnitCalendar, day: dt.date, reasons: list[str], rng: random.Random, now: dt.datetime
) -> list[dict[str, Any]]:
    found = []
    for session in calendar.sessions_on(day):
        late = rng.randint(16, 42) if rng.random() < _LATE[official.habit] else 0
        came = session.starts_at + dt.timedelta(minutes=late or -rng.randint(1, 18), seconds=rng.randint(0, 59))
        reason = rng.choice(reasons) if late and rng.random() > _NO_REASON else None
        left, early = _departure(session, rng)
        if rng.random() < _MISSING or came > now:
            continue
        found.append(
            {
                "person_id": official.person_id,
                "unit_id": official.unit_id,
                "day": day,
                "session": session.name,
                "arrived_at": came,
                "late_minutes": late,
                "late_reason": reason,
                "left_at": left if left is not None and left <= now else None,
                "early_minutes": early if left is not None and left <= now else 0,
            }
        )
    return found


def _departure(session: WorkSession, rng: random.Random) -> tuple[dt.datetime | None, int]:
    if rng.random() > _LEFT_NOTED:
        return None, 0
    early = rng.randint(10, 35) if rng.random() < 0.03 else 0
    return session.ends_at + dt.timedelta(minutes=-early or rng.randint(0, 20)), early


async def _self_check(
    session: Session, official: _Official, calendar: UnitCalendar, day: dt.date, rng: random.Random, now: dt.datetime
) -> None:
    done_at = at(day, dt.time(16, 30)).astimezone(dt.UTC) + dt.timedelta(minutes=rng.randint(0, 45))
    if rng.random() > _CHECKED or done_at > now or not calendar.works_on(day):
        return
    missed = tuple(rng.sample(self_check.CRITERIA, rng.randint(1, 2))) if rng.random() < _NOT_WHOLE else ()
    await self_check.save(session, official.person_id, official.unit_id, day, self_check.Answers(missed), done_at)
