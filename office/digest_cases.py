"""The cases that count for a unit: those which it or a unit under it handles. One routed past a head never shows in that head's figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, or_, select

from office import Session
from office.cases import LATE, OPEN_STATES, OPENED_AGAIN
from office.moments import local, today
from office.records import Case, CaseEvent
from office.roll_up import below, line_above
from office.routing import Routes, goes_past_heads, is_grave, routes_on

PRAISE = "PRAISE"


class CaseRow(NamedTuple):
    """What counting needs of a case; not what it says."""

    id: int
    unit_id: int
    handled_by_id: int
    state: str
    category: str
    also: list[str]
    flags: list[str]
    created_at: dt.datetime
    accept_due_at: dt.datetime
    answer_due_at: dt.datetime
    answered_at: dt.datetime | None
    closed_at: dt.datetime | None
    was_late: bool = False
    """Whether an answer that did not settle it had come too late."""

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer, as things stand."""
        return self.state in OPEN_STATES

    @property
    def is_in_time(self) -> bool:
        """Whether it was answered by its deadline; answered more than once, each time."""
        return self.answered_at is not None and self.answered_at <= self.answer_due_at and not self.was_late

    @property
    def is_mere_praise(self) -> bool:
        """Whether it has no deadline: praise, and nothing grave told in the same breath."""
        return self.category == PRAISE and not is_grave(self.category, self.also, self.flags)

    def was_open(self, moment: dt.datetime) -> bool:
        """Whether it waited for an answer then. A case answered once but open again counts as never answered."""
        if self.closed_at is not None and self.closed_at <= moment:
            return False
        return self.answered_at is None or self.answered_at > moment or self.is_open


@dataclass(frozen=True)
class UnitCases:
    """The cases of a unit that matter to some weeks, in the order of filing. Half-open times: the end is not included."""

    rows: list[CaseRow]

    def filed(self, since: dt.datetime, until: dt.datetime) -> list[CaseRow]:
        """Filed in that time, praise among them."""
        return [row for row in self.rows if since <= row.created_at < until]

    def answered(self, since: dt.datetime, until: dt.datetime) -> list[CaseRow]:
        """Answered in that time and not open again: the deadline of a case open again is a new one, which its old answer did not have to meet.

        Thanks for praise do not count as answers.
        """
        done = (row for row in self.rows if not row.is_mere_praise and not row.is_open)
        return [row for row in done if row.answered_at is not None and since <= row.answered_at < until]

    def overdue_at(self, moment: dt.datetime) -> list[CaseRow]:
        """Unanswered past the deadline at that moment; praise has none."""
        return [row for row in self.rows if not row.is_mere_praise and row.answer_due_at < moment and row.was_open(moment)]


async def cases_of_unit(session: Session, unit_id: int, since: dt.datetime, until: dt.datetime) -> UnitCases:
    """The cases handled by the unit, or by one under it that lies on the way up from the unit complained of, by the tree at `until`.

    A case whose head is accused is handled by somebody aside or above, and the accused head's figures never hold it, wherever that somebody
    has a post: not even in the accused head's own unit.
    """
    routes = await routes_on(session, local(until - dt.timedelta(microseconds=1)).date())
    parents = routes.parents
    touched = or_(Case.created_at >= since, Case.answered_at >= since, Case.closed_at.is_(None), Case.closed_at >= since)
    theirs = (Case.handled_by_id.in_(below(unit_id, parents)), Case.created_at < until, touched)
    late = await _answered_late_before(session, *theirs)
    wanted = select(*(getattr(Case, name) for name in CaseRow._fields if name != "was_late")).where(*theirs).order_by(Case.id)
    rows = [CaseRow(*row)._replace(was_late=row.id in late) for row in (await session.execute(wanted)).all()]
    shown = (row for row in rows if row.handled_by_id == unit_id or row.handled_by_id in line_above(row.unit_id, parents))
    return UnitCases([row for row in shown if not _passes_over(routes, unit_id, row)])


async def still_shown(session: Session, unit_id: int, numbers: Sequence[int], now: dt.datetime) -> list[int]:
    """Of the cases counted for a unit those that its head may see now: one may have turned out grave, or to be about the head, since."""
    routes = await routes_on(session, today(now))
    wanted = select(Case.id, Case.unit_id, Case.category, Case.also, Case.flags).where(Case.id.in_(numbers))
    hidden = {row.id for row in (await session.execute(wanted)).all() if _passes_over(routes, unit_id, row)}
    return [number for number in numbers if number not in hidden]


def _passes_over(routes: Routes, unit_id: int, row: Any) -> bool:
    return goes_past_heads(row.category, row.also, row.flags) and routes.passes_over(unit_id, row.unit_id)


async def _answered_late_before(session: Session, *theirs: ColumnElement[bool]) -> set[int]:
    """Of these cases those that were answered too late and then open again: their deadline is a new one since."""
    wanted = select(CaseEvent.case_id).join(Case, Case.id == CaseEvent.case_id)
    wanted = wanted.where(CaseEvent.kind == OPENED_AGAIN, CaseEvent.note.startswith(LATE), *theirs)
    return set((await session.execute(wanted)).scalars())
