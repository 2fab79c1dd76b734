"""What people's corrections say about the classifier: the cases whose category somebody changed, and week by week how often that happens."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Select, select

from office import Session, audit
from office.moments import at, local, monday, today
from office.records import Case

_WEEK = dt.timedelta(days=7)
_WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class CorrectedCase:
    """A case in which a citizen or a head chose another category than the classifier had."""

    id: int
    code: str


async def corrected_cases(session: Session, since: dt.datetime) -> list[CorrectedCase]:
    """The corrected cases filed from `since` on, without those that citizens took back; their words stay where they are."""
    wanted = _corrected(Case.state != _WITHDRAWN, Case.created_at >= since)
    return [CorrectedCase(row.id, row.code) for row in await session.execute(wanted)]


async def withdrawn_corrections(session: Session) -> list[str]:
    """The codes of corrected cases that citizens took back."""
    return [row.code for row in await session.execute(_corrected(Case.state == _WITHDRAWN))]


async def open_corrected(session: Session, case_id: int, now: dt.datetime) -> Case | None:
    """The case to be read for learning, which is written into the audit; None if it was taken back meanwhile."""
    case = await session.get(Case, case_id)
    if case is None or case.state == _WITHDRAWN or case.judged.get("label") in (None, case.category):
        return None
    audit.note(session, None, "read_for_learning", f"case:{case.id}", now)
    return case


def _corrected(*more: ColumnElement[bool]) -> Select[int, str]:
    judged = Case.judged["label"].as_string()
    return select(Case.id, Case.code).where(judged != Case.category, *more).order_by(Case.id)


@dataclass
class JudgedWeek:
    """How one week's cases were judged; counts, nobody's words."""

    monday: dt.date
    judged: int = 0
    unsure: int = 0
    corrected: int = 0
    versions: Counter[str] = field(default_factory=Counter)


async def judged_weeks(session: Session, weeks: int, now: dt.datetime) -> list[JudgedWeek]:
    """The last `weeks` weeks up to this one, the oldest first. Cases that nobody judged (filed by hand, samples) are not counted."""
    last = monday(today(now))
    found = {day: JudgedWeek(day) for n in reversed(range(weeks)) if (day := last - n * _WEEK)}
    begins = at(last - (weeks - 1) * _WEEK, dt.time())
    rows = await session.execute(select(Case.created_at, Case.category, Case.judged).where(Case.created_at >= begins))
    for row in rows:
        week = found.get(monday(local(row.created_at).date()))
        if week is not None and row.judged.get("label"):
            week.judged += 1
            week.unsure += not row.judged.get("sure", False)
            week.corrected += row.judged["label"] != row.category
            week.versions[str(row.judged.get("version", ""))] += 1
    return list(found.values())
