"""The sample's complaints, praises and questions with what was done about each, told in working hours: the states follow by themselves."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import insert, select

from office import Session
from office.calendar import UnitCalendar, calendar_of
from office.cases import handlers_of
from office.moments import at, today
from office.receipts import new_code
from office.records import Case, CaseEvent
from office.routing import Route, route
from office.rules import rule

_DEADLINES = ("accept_hours", "accept_hours_urgent", "answer_days")
_STEPS = (("accept", "accepted", "accepted_at"), ("answer", "answered", "answered_at"), ("close", "closed", "closed_at"))


async def add_cases(session: Session, given: list[dict[str, Any]], units: dict[str, int], now: dt.datetime) -> None:
    """Write the cases, filed up to yesterday. A step that would lie after now has not happened yet."""
    calendar = await calendar_of(session, units["ha-vi-du"], today(now) - dt.timedelta(days=30))
    day = today(now)
    hours, urgent, days = [await rule(session, code, units["ha-vi-du"], day) for code in _DEADLINES]
    rows = []
    for told in given:
        way = await route(session, units[told["unit"]], told["category"], told.get("also", []), told.get("flags", []), day)
        filed = _filed_at(told, calendar, now)
        due = calendar.add_hours(filed, urgent if way.grave else hours), calendar.add_days(filed, days)
        rows.append(_case(told, units, way, filed, due) | _progress(told, calendar, filed, now))
    rows.sort(key=lambda row: row["created_at"])
    await session.execute(insert(Case), rows)
    await _add_events(session, now)


def _filed_at(told: dict[str, Any], calendar: UnitCalendar, now: dt.datetime) -> dt.datetime:
    """The moment of filing; what happened in the office happened on a working day."""
    day = today(now) - dt.timedelta(days=told["days_ago"])
    while not (told.get("any_day") or calendar.works_on(day)):
        day -= dt.timedelta(days=1)
    return at(day, dt.time.fromisoformat(told["at"])).astimezone(dt.UTC)


def _case(
    told: dict[str, Any], units: dict[str, int], way: Route, filed: dt.datetime, due: tuple[dt.datetime, dt.datetime]
) -> dict[str, Any]:
    return {
        "code": new_code(),
        "unit_id": units[told["unit"]],
        "handled_by_id": way.unit_id,
        "text": told["text"],
        "happened": told["happened"],
        "identity": told["identity"],
        "category": told["category"],
        "also": told.get("also", []),
        "flags": told.get("flags", []),
        "judged": {},
        "grave": way.grave,
        "created_at": filed,
        "accept_due_at": due[0],
        "answer_due_at": due[1],
    }


def _progress(told: dict[str, Any], calendar: UnitCalendar, filed: dt.datetime, now: dt.datetime) -> dict[str, Any]:
    """How far the case has come by now: each step so many working hours after the filing."""
    done: dict[str, Any] = {"state": "new", "accepted_at": None, "answered_at": None, "closed_at": None, "answer": None}
    for step, state, column in _STEPS:
        moment = calendar.add_hours(filed, told[step]) if told[step] is not None else None
        if moment is None or moment > now:
            break
        done |= {"state": state, column: moment}
    if done["answered_at"] is not None:
        done["answer"] = told["reply"]
    return done


async def _add_events(session: Session, now: dt.datetime) -> None:
    rows: list[dict[str, Any]] = []
    for case in (await session.execute(select(Case).order_by(Case.id))).scalars().all():
        by = next(iter(await handlers_of(session, case, now)), None)
        rows.append({"case_id": case.id, "at": case.created_at, "kind": "filed", "by_person_id": None, "note": ""})
        for _step, state, column in _STEPS:
            if (moment := getattr(case, column)) is not None:
                note = case.answer or "" if state == "answered" else ""
                rows.append({"case_id": case.id, "at": moment, "kind": state, "by_person_id": by, "note": note})
    await session.execute(insert(CaseEvent), rows)
