"""Reads a unit's working hours, its days off and worked, and its rules in one statement: a tap on "điểm danh" must not wait for five."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import JSON, CompoundSelect, Date, Select, String, Time, bindparam, case, cast, func, literal, null, or_, select, union_all
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.selectable import CTE

from office import Session
from office.calendar_cache import Cache, note_stamp, stamp_of
from office.database import rows_of
from office.records import CalendarStamp, DayOverride, Rule, SessionHours, UnitParent

_FOR_ALL = 1_000
"""Depth of what has no unit: further than any unit above."""

_TYPES: dict[str, Any] = {
    "name": String(),
    "day": Date(),
    "starts": Time(),
    "ends": Time(),
    "season_from": String(),
    "season_to": String(),
    "value": JSON(),
}


@dataclass(frozen=True)
class Hours:
    """The hours of one session in a season (`MM-DD`, both days included; may wrap over the new year)."""

    session: str
    starts: dt.time
    ends: dt.time
    season_from: str = "01-01"
    season_to: str = "12-31"

    def covers(self, day: dt.date) -> bool:
        """Whether the day lies in the season."""
        point = f"{day:%m-%d}"
        if self.season_from <= self.season_to:
            return self.season_from <= point <= self.season_to
        return point >= self.season_from or point <= self.season_to

    @property
    def length(self) -> int:
        """Roughly how many days the season has: of two seasons of one unit the shorter is the exception, and goes first."""
        return (_point(self.season_to) - _point(self.season_from)) % 372


def _point(month_day: str) -> int:
    return int(month_day[:2]) * 31 + int(month_day[3:])


@dataclass(frozen=True)
class Tables:
    """What is in force for the unit: of each day, session and rule the nearest unit's word. Many turns share one, so it cannot be changed."""

    overrides: Mapping[dt.date, bool]
    hours: tuple[Hours, ...]
    numbers: Mapping[str, Any]


_KEPT: Cache[Tables] = Cache(2_000)
"""A day of a province with a thousand units asks for little more than one a unit; each takes one or two kilobytes."""


async def read_tables(session: Session, unit_id: int | None, first_day: dt.date, last_day: dt.date | None, rules: Sequence[str]) -> Tables:
    """The tables for a unit (None: what holds for all): overrides of these days (no last day: all that follow), rules on the first day.

    In a turn they are those of the moment when the turn began, or newer, and are not asked for if they are known; see `calendar_cache`.
    """
    stamp, wanted = stamp_of(session), (unit_id, first_day, last_day, *rules)
    known = _KEPT.get((stamp, wanted)) if stamp is not None else None
    if known is not None:
        return known
    given = {"unit": unit_id, "first": first_day, "last": last_day or dt.date.max, "codes": list(rules)}
    rows = await rows_of(session, _TABLES, **given)
    tables = _in_force([row for row in rows if row.what != "stamp"])
    seen = next((row.name for row in rows if row.what == "stamp"), None)
    if stamp is not None:
        note_stamp(session, seen)  # the calendar may have changed since the turn began: it must not go back to the older one
        if seen is not None:
            _KEPT.put((seen, wanted), tables)
    return tables


def _in_force(rows: Sequence[Any]) -> Tables:
    hours: list[tuple[int, Hours]] = []
    overrides: dict[dt.date, bool] = {}
    numbers: dict[str, Any] = {}
    for row in sorted(rows, key=lambda row: (-row.depth, row.day or dt.date.min, row.id)):  # the nearest and newest is read last and stays
        if row.what == "hours":
            hours.append((row.depth, Hours(row.name, row.starts, row.ends, row.season_from, row.season_to)))
        elif row.what == "rule":
            numbers[row.name] = row.value
        else:
            overrides[row.day] = row.name == "works"
    nearest = tuple(each for _, each in sorted(hours, key=lambda pair: (pair[0], pair[1].length)))
    return Tables(MappingProxyType(overrides), nearest, MappingProxyType(numbers))


def _lineage() -> CTE:
    """The unit and those above it on that day, with their distance."""
    day = bindparam("first", type_=Date())
    start = select(bindparam("unit", type_=UnitParent.unit_id.type).label("unit_id"), literal(0).label("depth"))
    line = start.cte("line", recursive=True)
    above = (
        select(UnitParent.parent_id, line.c.depth + 1)
        .join(line, UnitParent.unit_id == line.c.unit_id)
        .where(UnitParent.valid_from <= day, or_(UnitParent.valid_to.is_(None), UnitParent.valid_to > day), line.c.depth < 20)
    )
    return line.union_all(above)


def _row(what: str, identity: Any, depth: Any, **given: Any) -> list[ColumnElement[Any]]:
    """One row shape for all tables; PostgreSQL wants every empty place typed."""
    empty: dict[str, Any] = {name: cast(null(), kind) for name, kind in _TYPES.items()}
    columns = {"what": literal(what), "id": identity, "depth": depth, **empty, **given}
    return [column.label(name) for name, column in columns.items()]


def _hours(line: CTE) -> Select[Any]:
    row = _row(
        "hours", SessionHours.id, line.c.depth, name=SessionHours.session, starts=SessionHours.starts, ends=SessionHours.ends,
        season_from=SessionHours.season_from, season_to=SessionHours.season_to,
    )  # fmt: skip
    return select(*row).join(line, SessionHours.unit_id == line.c.unit_id)


def _overrides(line: CTE) -> Select[Any]:
    row = _row("override", DayOverride.id, _depth(line), name=case((DayOverride.works, "works"), else_="off"), day=DayOverride.day)
    return (
        select(*row)
        .outerjoin_from(DayOverride, line, DayOverride.unit_id == line.c.unit_id)
        .where(
            DayOverride.day.between(bindparam("first"), bindparam("last")), or_(DayOverride.unit_id.is_(None), line.c.depth.is_not(None))
        )
    )


def _rules(line: CTE) -> Select[Any]:
    row = _row("rule", Rule.id, _depth(line), name=Rule.code, day=Rule.in_force_from, value=Rule.value)
    return (
        select(*row)
        .outerjoin_from(Rule, line, Rule.unit_id == line.c.unit_id)
        .where(
            Rule.code.in_(bindparam("codes", expanding=True)),
            Rule.in_force_from <= bindparam("first"),
            or_(Rule.unit_id.is_(None), line.c.depth.is_not(None)),
        )
    )


def _stamp() -> Select[Any]:
    """The mark of what this very statement sees."""
    return select(*_row("stamp", CalendarStamp.id, literal(0), name=CalendarStamp.stamp)).where(CalendarStamp.id == 1)


def _depth(line: CTE) -> ColumnElement[int]:
    return func.coalesce(line.c.depth, _FOR_ALL)


def _tables() -> CompoundSelect[Any]:
    line = _lineage()
    return union_all(_hours(line), _overrides(line), _rules(line), _stamp())


_TABLES = _tables()
"""Built once: building it took longer than asking it."""
