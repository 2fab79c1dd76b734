"""What a unit counts as its own: itself and all that stood under it on each day, and the working calendars of many units at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import or_, select

from office import Session
from office.calendar import UnitCalendar, calendar_of
from office.records import DayOverride, Rule, SessionHours, UnitParent


async def subtrees(session: Session, unit_id: int, first: dt.date, last: dt.date) -> dict[dt.date, frozenset[int]]:
    """For each day from `first` to `last` (included) the unit and all under it on that day. One statement."""
    links = (
        await session.execute(
            select(UnitParent.unit_id, UnitParent.parent_id, UnitParent.valid_from, UnitParent.valid_to).where(
                UnitParent.valid_from <= last, or_(UnitParent.valid_to.is_(None), UnitParent.valid_to > first)
            )
        )
    ).all()
    found: dict[dt.date, frozenset[int]] = {}
    before: tuple[dict[int, int], frozenset[int]] | None = None
    for day in days_between(first, last):
        parents = {child: parent for child, parent, since, until in links if since <= day and (until is None or until > day)}
        if before is None or before[0] != parents:
            before = (parents, below(unit_id, parents))
        found[day] = before[1]
    return found


def below(unit_id: int, parents: Mapping[int, int]) -> frozenset[int]:
    """The unit and all under it in a tree given child to parent."""
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
    return frozenset(found)


def line_above(unit_id: int, parents: Mapping[int, int]) -> list[int]:
    """The unit and those above it, nearest first, in a tree given child to parent."""
    line = [unit_id]
    while (above := parents.get(line[-1])) is not None and above not in line:
        line.append(above)
    return line


def days_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """All days from `first` to `last`, both included."""
    return [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]


async def calendars(
    session: Session, unit_ids: Iterable[int], first: dt.date, last: dt.date | None = None, *, rules: Sequence[str] = ()
) -> dict[int, UnitCalendar]:
    """The calendar of each unit, as `calendar_of` gives it.

    Units with nothing of their own share the calendar of the nearest unit above that has: a province asks once per commune at most. The tree
    is that of the first day; a unit born later stands where it stood first.
    """
    parents = await _parents_between(session, first, last or first)
    special = await _with_own_tables(session)
    made: dict[int | None, UnitCalendar] = {}
    found: dict[int, UnitCalendar] = {}
    for unit_id in unit_ids:
        owner = next((each for each in line_above(unit_id, parents) if each in special), None)
        if owner not in made:
            made[owner] = await calendar_of(session, owner, first, last, rules=rules)
        found[unit_id] = made[owner]
    return found


async def _parents_between(session: Session, first: dt.date, last: dt.date) -> dict[int, int]:
    """Child to parent by the first link of each unit that was in force on one of the days."""
    in_force = (UnitParent.valid_from <= last, or_(UnitParent.valid_to.is_(None), UnitParent.valid_to > first))
    links = select(UnitParent.unit_id, UnitParent.parent_id).where(*in_force).order_by(UnitParent.valid_from.desc())
    return {row.unit_id: row.parent_id for row in (await session.execute(links)).all()}


async def _with_own_tables(session: Session) -> frozenset[int]:
    own = select(SessionHours.unit_id).union(
        select(DayOverride.unit_id).where(DayOverride.unit_id.is_not(None)), select(Rule.unit_id).where(Rule.unit_id.is_not(None))
    )
    return frozenset((await session.execute(own)).scalars())
