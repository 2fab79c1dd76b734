"""What the imports of units and people share: finds columns by their headings, reads cells, and says of every row what is wrong with it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from office.spreadsheets import RawRow, Refused, Tick, read_sheets
from office.units import fold

_HEADINGS_WITHIN = 30
"""Rows from the top among which the headings are sought: letters of an office begin with its name and a title."""
EARLIEST = dt.date(1945, 9, 2)
YEARS_AHEAD = 3

Columns = Mapping[str, frozenset[str]]
"""Of each field the headings that mean it, folded (no accents, lower case)."""


@dataclass(frozen=True)
class Problem:
    """What is wrong in a row. `why` names the reason, `column` the field; `value` is what stands there, `other` what it clashes with."""

    row: int
    why: str
    column: str = ""
    value: str = ""
    other: str = ""


@dataclass(frozen=True)
class Detail:
    """One thing that changes: `what` it is, from `old` to `new`; of a post begun its unit, its day and its `role`."""

    what: str
    old: str = ""
    new: str = ""
    role: str = ""


@dataclass(frozen=True)
class Change:
    """What a row does: `action` is `added`, `changed` or `ended`."""

    action: str
    row: int
    code: str
    name: str
    details: tuple[Detail, ...] = ()


@dataclass
class Outcome:
    """What an import does, or, when there are problems, why it does nothing."""

    rows: int = 0
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    ignored_columns: list[str] = field(default_factory=list)
    untouched: int = 0
    """Records that stand in the office and not in the file: they stay as they are."""

    def count(self, action: str) -> int:
        return sum(change.action == action for change in self.changes)

    @property
    def unchanged(self) -> int:
        """Rows that say what is so already."""
        return self.rows - len({change.row for change in self.changes})


@dataclass(frozen=True)
class Table:
    """The rows under the headings, each as field -> text, with the cells that could not be read as problems."""

    rows: list[tuple[int, dict[str, str]]]
    problems: list[Problem]
    ignored_columns: list[str]


def read_table(content: bytes, columns: Columns, required: Iterable[str], tick: Tick = lambda _: None) -> Table:
    """The first sheet that has the required headings. Raises Refused."""
    missing, best = sorted(required), -1
    for _name, rows in read_sheets(content, tick):
        for at, row in enumerate(rows[:_HEADINGS_WITHIN]):
            found = {field_: place for place, cell in enumerate(row.cells) if (field_ := _meaning(cell, columns))}
            lacking = [each for each in required if each not in found]
            if not lacking:
                return _table(rows[at:], columns)
            if len(found) > best:
                best, missing = len(found), lacking
    raise Refused("no_headings", missing=" ".join(missing), found=max(best, 0))


def _table(rows: list[RawRow], columns: Columns) -> Table:
    headings, *below = rows
    fields: dict[int, str] = {}
    ignored: list[str] = []
    for place, heading in enumerate(headings.cells):
        meaning = _meaning(heading, columns)
        if meaning in fields.values():
            raise Refused("column_twice", heading=heading)
        if meaning:
            fields[place] = meaning
        elif heading:
            ignored.append(heading)
    if not below:
        raise Refused("no_rows")
    table = Table([], [], ignored)
    for row in below:
        readable = {name: _cell(row, place) for place, name in fields.items() if place < len(row.cells)}
        table.rows.append((row.number, readable))
        table.problems.extend(
            Problem(row.number, fault, fields[place], row.cells[place]) for place, fault in row.faults.items() if place in fields
        )
    return table


class Unreadable(str):
    """Stands for a cell that is a problem already: nothing more is said of it."""


def _cell(row: RawRow, place: int) -> str:
    return Unreadable() if place in row.faults else row.cells[place]


def _meaning(heading: str, columns: Columns) -> str | None:
    words = " ".join(re.sub(r"[^a-z0-9]+", " ", fold(heading)).split())
    return next((name for name, headings in columns.items() if words in headings), None) if words else None


def as_day(text: str, today: dt.date) -> dt.date | None:
    """A day as Vietnam writes it (21/11/2026, 21-11-2026, 21.11.2026) or as machines do. None if it is no sensible day."""
    if match := re.fullmatch(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})", text):
        day, month, year = map(int, match.groups())
    elif match := re.fullmatch(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})", text):
        year, month, day = map(int, match.groups())
    else:
        return None
    try:
        found = dt.date(year, month, day)
    except ValueError:
        return None
    return found if found >= EARLIEST and year <= today.year + YEARS_AHEAD else None


def as_hours(text: str) -> tuple[dt.time, dt.time] | None:
    """A session such as `07:30-11:30` or `7h30 – 11h`. None if it is not one."""
    match = re.fullmatch(r"(\d{1,2})(?:[:hg.](\d{2})?)?(?:-|–|—|đến|den)(\d{1,2})(?:[:hg.](\d{2})?)?", text.lower().replace(" ", ""))
    if match is None:
        return None
    try:
        starts, ends = (dt.time(int(hour), int(minute or 0)) for hour, minute in (match.group(1, 2), match.group(3, 4)))
    except ValueError:
        return None
    return (starts, ends) if starts < ends else None


class Cells:
    """One row being read: takes the fields out and notes what is wrong with them."""

    def __init__(self, row: int, values: dict[str, str], problems: list[Problem], today: dt.date) -> None:
        self.row = row
        self._values = values
        self._problems = problems
        self._today = today

    def wrong(self, why: str, column: str = "", value: str = "", other: str = "") -> None:
        self._problems.append(Problem(self.row, why, column, value[:60], other[:200]))

    def text(self, column: str, *, required: bool = False, longest: int = 200) -> str:
        """The words in the cell."""
        value = self._values.get(column, "")
        if required and not value and not isinstance(value, Unreadable):
            self.wrong("missing", column)
        elif len(value) > longest:
            self.wrong("too_long", column, value, str(longest))
        return value

    def code(self, column: str, pattern: re.Pattern[str], *, required: bool = False) -> str:
        """A code, which must look as the pattern says."""
        value = self.text(column, required=required, longest=40)
        if value and not pattern.fullmatch(value) and len(value) <= 40:
            self.wrong(f"bad_{column}" if column in ("code", "staff_code") else "bad_code", column, value)
        return value

    def day(self, column: str) -> dt.date | None:
        """The day in the cell, if there is one."""
        value = self._values.get(column, "")
        found = as_day(value, self._today) if value else None
        if value and found is None:
            self.wrong("bad_day", column, value)
        return found

    def hours(self, column: str) -> tuple[dt.time, dt.time] | None:
        """The session in the cell, if there is one."""
        value = self._values.get(column, "")
        found = as_hours(value) if value else None
        if value and found is None:
            self.wrong("bad_hours", column, value)
        return found

    def one_of(self, column: str, words: Mapping[str, str]) -> str | None:
        """What the words in the cell mean."""
        value = self._values.get(column, "")
        found = words.get(" ".join(re.sub(r"[^a-z0-9]+", " ", fold(value)).split()))
        if value and found is None:
            self.wrong(f"bad_{column}", column, value)
        return found
