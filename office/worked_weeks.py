"""In which weeks a unit worked: the Monday after Tết speaks of the week before Tết, and of what came in during the days off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import select

from office import Session
from office.calendar import UnitCalendar
from office.moments import at
from office.records import DayOverride
from office.roll_up import calendars

WEEK = dt.timedelta(days=7)
_LOOK_BACK = 8
"""Weeks. What is older is no news: after a longer time off the digest tells of the week just past, empty as it is."""


async def last_worked_weeks(session: Session, unit_ids: Collection[int], this_monday: dt.date) -> dict[int, dt.date]:
    """Of each unit the Monday of the last week before `this_monday` in which it worked: after Tết that is the week before Tết."""
    told: dict[int, dt.date] = {}
    for n in range(1, _LOOK_BACK + 1):
        week = this_monday - n * WEEK
        idle = [unit for unit in unit_ids if unit not in told]
        if not idle:
            break
        told |= dict.fromkeys(await _at_work(session, idle, week), week)
    return {unit: told.get(unit, this_monday - WEEK) for unit in unit_ids}


async def off_until(session: Session, unit_id: int, week: dt.date, until: dt.datetime) -> dt.date | None:
    """The Sunday on which the whole weeks off end that follow a week worked, as far as they were over at `until`; None without any."""
    after = week + WEEK
    if at(after + WEEK, dt.time()) > until or not await _at_work(session, [unit_id], week):
        return None
    while at(after + WEEK, dt.time()) <= until and after <= week + _LOOK_BACK * WEEK and not await _at_work(session, [unit_id], after):
        after += WEEK
    return after - dt.timedelta(days=1) if after > week + WEEK else None


async def _at_work(session: Session, unit_ids: Collection[int], week: dt.date) -> list[int]:
    """Those of the units that worked in that week. Without a day of it in the tables the law alone decides, for all alike."""
    last = week + dt.timedelta(days=6)
    special = select(DayOverride.id).where(DayOverride.day >= week, DayOverride.day <= last).limit(1)
    if (await session.execute(special)).scalar_one_or_none() is None:
        return list(unit_ids) if working_days(UnitCalendar(), week) else []
    return [unit for unit, calendar in (await calendars(session, unit_ids, week, last)).items() if working_days(calendar, week)]


def working_days(calendar: UnitCalendar, week: dt.date) -> list[dt.date]:
    """The days of the week that are worked, by a calendar that was read for them."""
    return [day for n in range(7) if calendar.works_on(day := week + dt.timedelta(days=n))]
