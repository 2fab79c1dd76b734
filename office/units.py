"""The units: the dated tree, and finding the unit that a citizen means by a name typed badly."""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from sqlalchemy import ColumnElement, or_, select

from office import Session
from office.records import Unit, UnitParent


def _in_force(day: dt.date) -> tuple[ColumnElement[bool], ...]:
    return (UnitParent.valid_from <= day, or_(UnitParent.valid_to.is_(None), UnitParent.valid_to > day))


async def unit_by_code(session: Session, code: str) -> Unit | None:
    """The open unit with this code (as it stands in a desk QR's link), following a merger to the unit that took it over."""
    unit = (await session.execute(select(Unit).where(Unit.code == code.strip().lower()))).scalar_one_or_none()
    while unit is not None and unit.merged_into_id is not None:
        unit = await session.get(Unit, unit.merged_into_id)
    return unit if unit is not None and unit.closed_on is None else None


async def unit_called(session: Session, typed: str) -> Unit | None:
    """The open unit whose code, or whose whole name (today's or one from before), was typed, accents or not. None if that may be several."""
    wanted = fold(typed)
    if not wanted:
        return None
    if (by_code := await unit_by_code(session, wanted.replace(" ", "-"))) is not None:
        return by_code
    rows = await session.execute(select(Unit.id, Unit.name, Unit.aliases))
    called = [row.id for row in rows if any(fold(name) == wanted for name in (row.name, *row.aliases))]
    standing = {found.id: found for number in called if (found := await unit_standing_for(session, number)) is not None}
    return next(iter(standing.values())) if len(standing) == 1 else None


async def unit_standing_for(session: Session, unit_id: int | None) -> Unit | None:
    """The open unit with this id, or the one that took it over; None if it was closed."""
    found = await session.get(Unit, unit_id) if unit_id is not None else None
    while found is not None and found.merged_into_id is not None:
        found = await session.get(Unit, found.merged_into_id)
    return found if found is not None and found.closed_on is None else None


async def unit(session: Session, unit_id: int) -> Unit:
    """The unit with this id."""
    return (await session.execute(select(Unit).where(Unit.id == unit_id))).scalar_one()


async def parent_ids(session: Session, day: dt.date) -> dict[int, int]:
    """The whole tree on that day, child to parent. Provinces have hundreds of units, so it is read at once."""
    rows = await session.execute(select(UnitParent.unit_id, UnitParent.parent_id).where(*_in_force(day)))
    return {row.unit_id: row.parent_id for row in rows}


async def lineage(session: Session, unit_id: int, day: dt.date) -> list[int]:
    """The unit and those above it, nearest first."""
    parents = await parent_ids(session, day)
    line = [unit_id]
    while (above := parents.get(line[-1])) is not None and above not in line:
        line.append(above)
    return line


async def subtree(session: Session, unit_id: int, day: dt.date) -> set[int]:
    """The unit and all under it."""
    parents = await parent_ids(session, day)
    children: dict[int, list[int]] = {}
    for child, parent in parents.items():
        children.setdefault(parent, []).append(child)
    found: set[int] = set()
    waiting = [unit_id]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting.extend(children.get(current, ()))
    return found


def fold(text: str) -> str:
    """The text without accents, in lower case, single-spaced: how people type in a hurry."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


@dataclass(frozen=True)
class Found:
    """A unit that may be meant, with how well the words fit (0-100)."""

    unit_id: int
    name: str
    score: float


@dataclass(frozen=True)
class Called:
    """A unit with all names it goes by, those of units merged into it among them."""

    unit_id: int
    names: tuple[str, ...]
    parent_id: int | None


async def what_units_are_called(session: Session, day: dt.date) -> list[Called]:
    """All open units with their names of today and before: people go on using the old ones for years."""
    rows = list((await session.execute(select(Unit).order_by(Unit.id))).scalars())
    by_id = {row.id: row for row in rows}
    names: dict[int, list[str]] = {}
    for row in rows:
        now = row
        while now.merged_into_id is not None and now.merged_into_id in by_id:
            now = by_id[now.merged_into_id]
        if now.closed_on is None:
            names.setdefault(now.id, [now.name]).extend(name for name in (row.name, *row.aliases) if name not in names[now.id])
    parents = await parent_ids(session, day)
    return [Called(unit_id, tuple(known), parents.get(unit_id)) for unit_id, known in names.items()]


async def open_units(session: Session) -> list[Unit]:
    """All units to which a citizen may turn: communes, departments and desks; not those closed."""
    wanted = select(Unit).where(Unit.closed_on.is_(None), Unit.merged_into_id.is_(None)).order_by(Unit.id)
    return list((await session.execute(wanted)).scalars())


async def find_units(session: Session, typed: str, *, limit: int = 5) -> list[Found]:
    """The units whose name or alias fits the typed words best, accents or not, best first. Nothing that fits badly."""
    names: dict[str, tuple[int, str]] = {}
    for each in await open_units(session):
        for name in (each.name, *each.aliases):
            names.setdefault(fold(name), (each.id, each.name))
    best: dict[int, Found] = {}
    for name, score, _ in process.extract(fold(typed), list(names), scorer=fuzz.token_set_ratio, limit=limit * 3, score_cutoff=60):
        blended = 0.6 * score + 0.4 * fuzz.ratio(fold(typed), name)
        unit_id, shown = names[name]
        if unit_id not in best or best[unit_id].score < blended:
            best[unit_id] = Found(unit_id, shown, blended)
    return sorted(best.values(), key=lambda found: -found.score)[:limit]
