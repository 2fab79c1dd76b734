"""The cases that a person handles, page by page with how many there are in all: those that wait, those that are late, those answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, String, and_, cast, false, func, not_, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from office import Session
from office.cases import OPEN_STATES
from office.digest_cases import PRAISE
from office.moments import today
from office.outbox import plan_notice
from office.people import Role, Who
from office.records import Case, Contact, Unit
from office.roll_up import below
from office.routing import GRAVE_CATEGORIES, GRAVE_FLAGS, NAMES_THE_HEAD, Routes, routes_on

RECENT = dt.timedelta(days=30)
"""How long an answered case stays in the list."""

_AFTER_THE_GREETING = dt.timedelta(seconds=1)
"""What is planned in a turn would otherwise be said before the turn's own answer."""


@dataclass(frozen=True)
class Page:
    """Some of the cases, the most pressing first, after `skipped` others; `count` is how many there are in all."""

    cases: list[Case]
    skipped: int
    count: int


async def handled_cases(session: Session, who: Who, which: str, now: dt.datetime, *, skip: int = 0, limit: int = 10) -> Page:
    """The cases that this person handles today: `new`, `open`, `overdue` or `answered` (within 30 days).

    Exactly those which `office.routing` gives to the person. Of a list that has become shorter than `skip` it is the last page.
    """
    condition = and_(_kind(which, now), await _theirs(session, who, today(now)))
    count = (await session.execute(select(func.count()).select_from(Case).where(condition))).scalar_one()
    skip = min(skip, (count - 1) // limit * limit) if count else 0
    wanted = _in_order(select(Case).where(condition), which).limit(limit).offset(skip)
    return Page(list((await session.execute(wanted)).scalars()), skip, count)


async def tell_of_waiting(session: Session, contact: Contact, who: Who, now: dt.datetime) -> bool:
    """Plan one word about the open cases of somebody who can be reached only now: nobody was told when they came in. False without any."""
    if not who.oversees or not (await handled_cases(session, who, "open", now, limit=1)).count:
        return False
    key = f"cases_waiting:{contact.id}:{who.person_id}:{now.isoformat()}"
    return await plan_notice(session, key, contact, "cases_waiting", {}, now, due_at=now + _AFTER_THE_GREETING)


def _kind(which: str, now: dt.datetime) -> ColumnElement[bool]:
    match which:
        case "new":
            return Case.state == "new"
        case "overdue":
            return and_(Case.state.in_(OPEN_STATES), Case.answer_due_at < now, ~mere_praise())  # praise has no deadline
        case "answered":
            return and_(Case.state.in_(("answered", "closed")), Case.answered_at >= now - RECENT)
        case _:
            return Case.state.in_(OPEN_STATES)


def mere_praise() -> ColumnElement[bool]:
    """The condition that a case is praise and nothing else: somebody may thank and tell of a bribe in one breath."""
    return and_(Case.category == PRAISE, ~Case.grave)


def _in_order(wanted: Select[Case], which: str) -> Select[Case]:
    match which:
        case "new":
            return wanted.order_by(Case.accept_due_at, Case.id)
        case "answered":
            return wanted.order_by(Case.answered_at.desc(), Case.id)
        case _:
            return wanted.order_by(Case.answer_due_at, Case.id)


async def _theirs(session: Session, who: Who, day: dt.date) -> ColumnElement[bool]:
    """The condition that a case is routed to the person: it depends on the unit and on whether the case goes past the heads."""
    routes = await routes_on(session, day)
    units = await _units_in_reach(session, who, routes)
    usual = {unit for unit in units if who.person_id in routes.usual(unit)[1]}
    past = {unit for unit in units if who.person_id in routes.past_heads(unit)[0][1]}
    ways = [
        Case.unit_id.in_(usual & past) if usual & past else None,
        and_(Case.unit_id.in_(usual - past), not_(_goes_past_heads())) if usual - past else None,
        and_(Case.unit_id.in_(past - usual), _goes_past_heads()) if past - usual else None,
    ]
    return or_(false(), *(way for way in ways if way is not None))


async def _units_in_reach(session: Session, who: Who, routes: Routes) -> set[int]:
    """The units about which the person may get cases: for a head those below, for one who watches all."""
    if any(role in (Role.HOME_AFFAIRS, Role.INSPECTOR, Role.ADMIN) for _, role in who.posts):
        return set((await session.execute(select(Unit.id))).scalars())
    return {unit for headed in who.heads for unit in below(headed, routes.parents)}


def _goes_past_heads() -> ColumnElement[bool]:
    """`office.routing.goes_past_heads` in SQL."""
    also = (_holds(Case.also, code) for code in sorted(GRAVE_CATEGORIES))
    flags = (_holds(Case.flags, flag) for flag in sorted({*GRAVE_FLAGS, NAMES_THE_HEAD}))
    return or_(Case.category.in_(sorted(GRAVE_CATEGORIES)), *also, *flags)


def _holds(column: InstrumentedAttribute[list[str]], code: str) -> ColumnElement[bool]:
    """Whether the list, which both databases keep as JSON, holds the code."""
    return cast(column, String).contains(f'"{code}"', autoescape=True)
