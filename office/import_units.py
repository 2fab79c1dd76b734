"""Takes in the units of an office from a spreadsheet: new ones, new names and hours, moves in the tree with their day, mergers.

A unit that is not in the file stays as it is, and so does what a blank cell would say. Names that were replaced stay as other names, so
that a citizen who knows the old one still finds the unit.
"""

from __future__ import annotations

import datetime as dt

from office import Session, audit
from office.import_unit_checks import Check, Office
from office.import_unit_rows import COLUMNS, REQUIRED, TOP, UnitRow, read_unit
from office.importing import Cells, Change, Detail, Outcome, Table
from office.moments import today
from office.records import SessionHours, Unit, UnitParent
from office.spreadsheets import Tick

__all__ = ["COLUMNS", "REQUIRED", "import_units"]


async def import_units(session: Session, table: Table, now: dt.datetime, tick: Tick = lambda _: None) -> Outcome:
    """Do what the table says, in the caller's transaction, and tell what it did.

    The caller commits only when the outcome has no problems, and rolls back to look without changing anything. `tick` hears how many rows are
    done.
    """
    outcome = Outcome(rows=len(table.rows), problems=list(table.problems), ignored_columns=table.ignored_columns)
    day = today(now)
    rows = [read_unit(Cells(number, values, outcome.problems, day)) for number, values in table.rows]
    office = await Office.load(session, day)
    Check(rows, office, outcome, day).all()
    if outcome.problems:
        outcome.problems.sort(key=lambda problem: problem.row)
        return outcome
    await _Work(session, rows, office, outcome, day).all(tick)
    for change in outcome.changes:
        audit.note(session, None, f"import_unit_{change.action}", f"unit:{change.code}"[:60], now)
    outcome.untouched = len(office.units) - len({row.code for row in rows})
    return outcome


class _Work:
    """Writes what the rows say, and tells what that changed."""

    def __init__(self, session: Session, rows: list[UnitRow], office: Office, outcome: Outcome, day: dt.date) -> None:
        self.session, self.rows, self.office, self.outcome, self.day = session, rows, office, outcome, day
        self.details: dict[str, list[Detail]] = {row.code: [] for row in rows}
        self.fresh: set[str] = set()
        self.ended: set[str] = set()

    async def all(self, tick: Tick) -> None:
        for row in self.rows:
            self._unit(row)
        await self.session.flush()  # new units have their ids from here on
        self.codes_by_id = {unit.id: unit.code for unit in self.office.units.values()}
        for done, row in enumerate(self.rows, start=1):
            self._place(row)
            self._hours(row)
            self._close(row)
            self._tell(row)
            tick(done)
        await self.session.flush()

    def _unit(self, row: UnitRow) -> None:
        unit = self.office.units.get(row.code)
        if unit is None:
            aliases = [name for name in row.aliases if name != row.name]
            unit = Unit(code=row.code, name=row.name, kind=row.kind or row.kind_by_name or "", aliases=aliases, sample=False)
            self.session.add(unit)
            self.office.units[row.code] = unit
            self.fresh.add(row.code)
            return
        names = list(unit.aliases)
        if unit.name != row.name:
            self.details[row.code].append(Detail("name", unit.name, row.name))
            names.append(unit.name)
            unit.name = row.name
        if row.kind and unit.kind != row.kind:
            self.details[row.code].append(Detail("kind", unit.kind, row.kind))
            unit.kind = row.kind
        names = [name for name in dict.fromkeys([*names, *row.aliases]) if name != unit.name]
        if added := [name for name in names if name not in unit.aliases]:
            self.details[row.code].append(Detail("aliases", "", "; ".join(added)))
        if names != unit.aliases:
            unit.aliases = names

    def _place(self, row: UnitRow) -> None:
        if not row.parent or row.closed_on or row.merged_into:
            return
        unit, since = self.office.units[row.code], row.since or self.day
        there, later = self.office.link_on(unit, since), self.office.later_links(unit, since)
        above = None if row.parent == TOP else self.office.units[row.parent].id
        if (there.parent_id if there else None) == above:
            return
        if later:  # begun earlier than was known: `Check._date` let only this pass
            self.details[row.code].append(Detail("since", f"{later[0].valid_from:%d/%m/%Y}", f"{since:%d/%m/%Y}"))
            later[0].valid_from = since
            return
        old = self.codes_by_id[there.parent_id] if there else TOP
        self.details[row.code].append(Detail("parent", old, row.parent))
        if there is not None:
            there.valid_to = since
        if above is not None:
            self.session.add(UnitParent(unit_id=unit.id, parent_id=above, valid_from=since, valid_to=None))

    def _hours(self, row: UnitRow) -> None:
        unit = self.office.units[row.code]
        for part, (starts, ends) in row.hours.items():
            known = self.office.hours.get((unit.id, part))
            if known is not None and (known.starts, known.ends) == (starts, ends):
                continue
            old = f"{known.starts:%H:%M}-{known.ends:%H:%M}" if known else ""
            self.details[row.code].append(Detail(part, old, f"{starts:%H:%M}-{ends:%H:%M}"))
            if known is not None:
                known.starts, known.ends = starts, ends
            else:
                self.session.add(SessionHours(unit_id=unit.id, session=part, starts=starts, ends=ends))

    def _close(self, row: UnitRow) -> None:
        unit = self.office.units[row.code]
        if not (row.closed_on or row.merged_into) or unit.closed_on:
            return
        unit.closed_on = row.closed_on or row.since or self.day
        self.details[row.code].append(Detail("closed_on", "", f"{unit.closed_on:%d/%m/%Y}"))
        if row.merged_into:
            unit.merged_into_id = self.office.units[row.merged_into].id
            self.details[row.code].append(Detail("merged_into", "", row.merged_into))
        for link in self.office.links.get(unit.id, []):
            if link.valid_to is None:
                link.valid_to = max(link.valid_from, unit.closed_on)
        self.ended.add(row.code)

    def _tell(self, row: UnitRow) -> None:
        details = tuple(self.details[row.code])
        if row.code in self.fresh or details:
            action = "added" if row.code in self.fresh else "ended" if row.code in self.ended else "changed"
            self.outcome.changes.append(Change(action, row.row, row.code, row.name, details))
