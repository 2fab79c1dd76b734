"""The sample commune of the first five minutes: units, officials, two weeks of working days and complaints, all invented and marked so."""

from __future__ import annotations

import datetime as dt
import json
import random
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select

from office import Session
from office.calendar import official_swaps
from office.moments import today
from office.people import Role
from office.records import DayOverride, Person, Post, SessionHours, Unit, UnitParent
from office.sample_cases import add_cases
from office.sample_days import add_working_days

_LOCK = 0x73616D706C65  # "sample"
_DATA = Path(__file__).parent / "sample_data"
_BEGAN = dt.date(2025, 7, 1)
"""Since when the units stand: the day on which Vietnam went over to two levels."""


async def load_sample(session: Session, now: dt.datetime, rng_seed: int = 1847) -> bool:
    """Write the sample into an empty office. False, and nothing is done, if there are units already."""
    if session.get_bind().dialect.name == "postgresql":  # several processes may start together; on SQLite one writes at a time anyway
        await session.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    if (await session.execute(select(func.count()).select_from(Unit))).scalar_one():
        return False
    rng = random.Random(rng_seed)
    began = min(_BEGAN, today(now) - dt.timedelta(days=60))
    units = await _add_units(session, began)
    people = await _add_people(session, units, began)
    await add_working_days(session, _read("working_days"), _read("people"), units, people, rng, now)
    await add_cases(session, _read("cases"), units, now)
    return True


async def is_sample(session: Session) -> bool:
    """Whether everything in the office is sample data (an empty office too), so that nothing real is lost by beginning afresh."""
    for record in (Unit, Person):
        real = select(func.count()).select_from(record).where(record.sample.is_(False))
        if (await session.execute(real)).scalar_one():
            return False
    return True


async def sample_person(session: Session, pane: str) -> int | None:
    """The sample official behind the pane `official` or `head`; None for any other pane, or without the sample."""
    code = next((each["code"] for each in _read("people") if each.get("pane") == pane), None)
    wanted = select(Person.id).where(Person.staff_code == code, Person.sample.is_(True))
    return (await session.execute(wanted)).scalar_one_or_none() if code else None


def _read(name: str) -> Any:
    return json.loads((_DATA / f"{name}.json").read_text(encoding="utf-8"))


async def _add_units(session: Session, began: dt.date) -> dict[str, int]:
    given = _read("units")
    rows = [{"code": u["code"], "name": u["name"], "kind": u["kind"], "aliases": u["aliases"], "sample": True} for u in given]
    await session.execute(insert(Unit), rows)
    ids = {row.code: row.id for row in (await session.execute(select(Unit.code, Unit.id))).all()}
    links = [{"unit_id": ids[u["code"]], "parent_id": ids[u["parent"]], "valid_from": began} for u in given if u["parent"]]
    await session.execute(insert(UnitParent), links)
    hours = [
        {
            "unit_id": ids[h["unit"]],
            "session": h["session"],
            "starts": dt.time.fromisoformat(h["starts"]),
            "ends": dt.time.fromisoformat(h["ends"]),
            "season_from": h["from"],
            "season_to": h["to"],
        }
        for h in _read("working_days")["hours"]
    ]
    await session.execute(insert(SessionHours), hours)
    known = set((await session.execute(select(DayOverride.day).where(DayOverride.unit_id.is_(None)))).scalars())
    if swaps := [swap for swap in official_swaps() if swap["day"] not in known]:
        await session.execute(insert(DayOverride), swaps)
    return ids


async def _add_people(session: Session, units: dict[str, int], began: dt.date) -> dict[str, int]:
    given = _read("people")
    await session.execute(insert(Person), [{"staff_code": p["code"], "full_name": p["name"], "sample": True} for p in given])
    ids = {row.staff_code: row.id for row in (await session.execute(select(Person.staff_code, Person.id))).all()}
    posts = [
        {"person_id": ids[p["code"]], "unit_id": units[p["unit"]], "role": Role(p["role"]), "title": p["title"], "valid_from": began}
        for p in given
    ]
    await session.execute(insert(Post), posts)
    return ids
