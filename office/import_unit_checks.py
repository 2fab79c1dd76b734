"""What can be wrong between the rows of a file of units, and between them and what the office holds: circles, moves, mergers, doubles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from office import Session
from office.import_unit_rows import TOP, UnitRow
from office.importing import Cells, Outcome
from office.records import SessionHours, Unit, UnitParent


@dataclass
class Office:
    """What the office holds: all units by code, where they stand in the tree and their hours."""

    units: dict[str, Unit]
    links: dict[int, list[UnitParent]]
    hours: dict[tuple[int, str], SessionHours]
    day: dt.date

    @classmethod
    async def load(cls, session: Session, day: dt.date) -> Office:
        units = {unit.code: unit for unit in (await session.execute(select(Unit))).scalars()}
        links: dict[int, list[UnitParent]] = {}
        for link in (await session.execute(select(UnitParent).order_by(UnitParent.valid_from, UnitParent.id))).scalars():
            links.setdefault(link.unit_id, []).append(link)
        wanted = select(SessionHours).where(SessionHours.season_from == "01-01", SessionHours.season_to == "12-31")
        hours = {(each.unit_id, each.session): each for each in (await session.execute(wanted)).scalars()}
        return cls(units, links, hours, day)

    def link_on(self, unit: Unit, day: dt.date) -> UnitParent | None:
        """Where the unit stands on that day."""
        links = self.links.get(unit.id, [])
        return next((link for link in links if link.valid_from <= day and (link.valid_to is None or link.valid_to > day)), None)

    def later_links(self, unit: Unit, day: dt.date) -> list[UnitParent]:
        return [link for link in self.links.get(unit.id, []) if link.valid_from > day and link.valid_from != link.valid_to]

    def last_parent(self, unit: Unit) -> int | None:
        """The unit above in the end, after all moves that are known."""
        return next((link.parent_id for link in reversed(self.links.get(unit.id, [])) if link.valid_to is None), None)


class Check:
    """Everything that can be wrong between rows, and between the file and the office."""

    def __init__(self, rows: list[UnitRow], office: Office, outcome: Outcome, day: dt.date) -> None:
        self.rows, self.office, self.outcome, self.day = rows, office, outcome, day
        self.by_code = {row.code: row for row in reversed(rows) if row.code}
        self.codes_by_id = {unit.id: unit.code for unit in office.units.values()}

    def all(self) -> None:
        for row in self.rows:
            self._twice(row)
            self._kind(row)
            self._parent(row)
            self._date(row)
            self._closing(row)
        self._circles()
        self._children_left()

    def _cells(self, row: UnitRow) -> Cells:
        return Cells(row.row, {}, self.outcome.problems, self.day)

    def _twice(self, row: UnitRow) -> None:
        first = self.by_code.get(row.code)
        if first is not None and first is not row:
            self._cells(row).wrong("code_twice", "code", row.code, str(first.row))

    def _kind(self, row: UnitRow) -> None:
        unknown = row.kind_by_name is None and not row.kind_said and row.name and row.code not in self.office.units
        if unknown:
            self._cells(row).wrong("kind_needed", "kind", row.name)

    def _parent(self, row: UnitRow) -> None:
        if row.parent in ("", TOP) or self._closes(row):
            return
        above = self.office.units.get(row.parent)
        if above is None and row.parent not in self.by_code:
            self._cells(row).wrong("parent_unknown", "parent", row.parent)
        elif (above is not None and above.closed_on) or (row.parent in self.by_code and self._closes(self.by_code[row.parent])):
            self._cells(row).wrong("parent_closed", "parent", row.parent)

    def _closes(self, row: UnitRow) -> bool:
        return bool(row.closed_on or row.merged_into)

    def _date(self, row: UnitRow) -> None:
        """A move on a day after which the unit has moved again cannot be told from a mistake."""
        unit = self.office.units.get(row.code)
        if unit is None or not row.parent or self._closes(row):
            return
        since = row.since or self.day
        there = self.office.link_on(unit, since)
        later = self.office.later_links(unit, since)
        above = self.codes_by_id.get(there.parent_id, "") if there else TOP
        if later and above != row.parent and not (there is None and len(later) == 1 and self.codes_by_id[later[0].parent_id] == row.parent):
            self._cells(row).wrong("moved_later", "since", f"{since:%d/%m/%Y}", f"{later[0].valid_from:%d/%m/%Y}")

    def _closing(self, row: UnitRow) -> None:
        unit, cells = self.office.units.get(row.code), self._cells(row)
        if unit is not None and unit.closed_on and not self._closes(row):
            cells.wrong("was_closed", "code", row.code, f"{unit.closed_on:%d/%m/%Y}")
        if not self._closes(row) or (unit is not None and unit.closed_on):
            return
        if unit is None:
            cells.wrong("new_but_closed", "closed_on")
        if row.closed_on and row.closed_on > self.day:
            cells.wrong("closed_in_future", "closed_on", f"{row.closed_on:%d/%m/%Y}")
        into = self.office.units.get(row.merged_into)
        if row.merged_into and (row.merged_into == row.code or (into is None and row.merged_into not in self.by_code)):
            cells.wrong("merged_unknown", "merged_into", row.merged_into)
        elif row.merged_into and ((into and into.closed_on) or self._closes(self.by_code.get(row.merged_into, NOTHING))):
            cells.wrong("merged_closed", "merged_into", row.merged_into)

    def _circles(self) -> None:
        above = {unit.code: self.codes_by_id.get(self.office.last_parent(unit) or 0, "") for unit in self.office.units.values()}
        above |= {row.code: "" if row.parent == TOP else row.parent for row in self.by_code.values() if row.parent}
        done: set[str] = set()
        for code in self.by_code:
            line: dict[str, None] = {}
            here = code
            while here and here not in done and here not in line:
                line[here] = None
                here = above.get(here, "")
            done |= line.keys()
            if here in line:
                codes = list(line)
                self._circle(codes[codes.index(here) :])

    def _circle(self, codes: list[str]) -> None:
        for number, code in enumerate(codes):
            if (row := self.by_code.get(code)) is not None:
                self._cells(row).wrong("circle", "parent", row.parent, " → ".join([*codes[number:], *codes[:number], code]))

    def _children_left(self) -> None:
        for row in self.rows:
            unit = self.office.units.get(row.code)
            if unit is None or unit.closed_on or not self._closes(row):
                continue
            left = [code for code in self._under(unit) if not self._goes_elsewhere(code, row.code)]
            if left:
                self._cells(row).wrong("children_left", "closed_on", row.code, ", ".join(sorted(left)[:5]))

    def _under(self, unit: Unit) -> Iterable[str]:
        return (each.code for each in self.office.units.values() if not each.closed_on and self.office.last_parent(each) == unit.id)

    def _goes_elsewhere(self, code: str, above: str) -> bool:
        row = self.by_code.get(code)
        return row is not None and (self._closes(row) or row.parent not in ("", above))


NOTHING = UnitRow(0, "", "", None, None, False, "", (), {}, None, None, "")
