"""The figures of a unit's week, each with the cases that it counts, so that a number can always be opened.

*Present*: of the sessions to which people were expected (working days without leave) those to which they came; *corrected*: those of them
that were told afterwards and approved by the head. *On time*: of the sessions to which they came those without lateness. *Self-check*: of the
days on which people were expected those with a self-check done. *Answered on time*: of the cases answered in the week, and not open again,
those whose every answer came by its deadline. *Overdue*: past the deadline for an answer when it ended. Praise is counted apart. The week
before is measured at the same point, so half a week is never held against a whole one. Whole weeks off that follow (Tết) belong to the week
as far as cases are concerned: nobody would hear of them otherwise.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from pydantic import AwareDatetime, BaseModel
from sqlalchemy import select

from office import Session
from office.digest_cases import PRAISE, CaseRow, cases_of_unit
from office.moments import at, local
from office.records import Unit
from office.worked_weeks import WEEK, off_until
from office.workforce import Work, work_of


class WorkCount(BaseModel):
    """Attendance and self-check, in person-sessions and person-days."""

    expected: int = 0
    present: int = 0
    late: int = 0
    days: int = 0
    checked: int = 0
    corrected: int = 0

    @property
    def present_percent(self) -> int | None:
        return percent(self.present, self.expected)

    @property
    def on_time_percent(self) -> int | None:
        return percent(self.present - self.late, self.present)

    @property
    def checked_percent(self) -> int | None:
        return percent(self.checked, self.days)


class DayCount(BaseModel):
    """Attendance of one day, in person-sessions."""

    day: dt.date
    expected: int
    present: int
    late: int
    corrected: int = 0


class EmptySession(BaseModel):
    """A session to which nobody of a unit came though several were expected."""

    unit_id: int
    unit_name: str
    day: dt.date
    session: str


class CategoryCount(BaseModel):
    """The new cases of one category (its code), and how many there were the week before."""

    code: str
    cases: list[int]
    before: int


class CaseTotals(BaseModel):
    """How many cases the week before had."""

    new: int = 0
    answered: int = 0
    on_time: int = 0
    praise: int = 0


class Figures(BaseModel):
    """One unit's week. Lists hold the numbers of cases. `until` is where counting stopped: the end of the week, or now.

    `off_until` is the last day of the whole weeks off that followed: their cases count here.
    """

    unit_id: int
    unit_name: str
    week_start: dt.date
    until: AwareDatetime
    work: WorkCount
    work_before: WorkCount
    by_day: list[DayCount]
    empty_sessions: list[EmptySession]
    new: list[int]
    answered: list[int]
    on_time: int
    overdue: list[int]
    praise: list[int]
    before: CaseTotals
    categories: list[CategoryCount]
    chart_file: int | None = None
    off_until: dt.date | None = None

    @property
    def last_day(self) -> dt.date:
        """The Sunday."""
        return self.week_start + dt.timedelta(days=6)

    @property
    def is_whole(self) -> bool:
        """Whether the week was over when it was counted."""
        return self.until >= at(self.week_start + WEEK, dt.time())

    @property
    def on_time_percent(self) -> int | None:
        return percent(self.on_time, len(self.answered))

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to tell: nobody came to work or did the self-check, nothing was said, nothing waits."""
        return not (self.work.present or self.work.checked or self.new or self.answered or self.overdue or self.praise)


def percent(part: int, whole: int) -> int | None:
    """Rounded, halves up, but 100 only for all and 0 only for none; None of nothing."""
    if not whole:
        return None
    if part in (0, whole):
        return 100 * part // whole
    return min(99, max(1, (200 * part + whole) // (2 * whole)))


async def figures_of(session: Session, unit_id: int, week_start: dt.date, until: dt.datetime) -> Figures:
    """Count the week that begins on the Monday `week_start`, as far as it had gone at `until`. Reads only."""
    begins, ends = at(week_start, dt.time()), at(week_start + WEEK, dt.time())
    off = await off_until(session, unit_id, week_start, until)
    point = min(until, ends)
    until = min(until, at(off + dt.timedelta(days=1), dt.time())) if off else point
    work = await _work(session, unit_id, week_start, point)
    before = await _work(session, unit_id, week_start - WEEK, point - WEEK)
    cases = await cases_of_unit(session, unit_id, begins - WEEK, until)
    new, earlier = cases.filed(begins, until), cases.filed(begins - WEEK, point - WEEK)
    answered, answered_earlier = cases.answered(begins, until), cases.answered(begins - WEEK, point - WEEK)
    names = await _unit_names(session, {slot.unit_id for slot in work.slots} | {unit_id})
    return Figures(
        unit_id=unit_id,
        unit_name=names[unit_id],
        week_start=week_start,
        until=until,
        work=count_work(work),
        work_before=count_work(before),
        by_day=_by_day(work),
        empty_sessions=_empty_sessions(work, names),
        new=_ids(case for case in new if not case.is_mere_praise),
        answered=_ids(answered),
        on_time=_on_time(answered),
        overdue=_ids(cases.overdue_at(until)),
        praise=_ids(case for case in new if case.is_mere_praise),
        before=CaseTotals(
            new=sum(not case.is_mere_praise for case in earlier),
            answered=len(answered_earlier),
            on_time=_on_time(answered_earlier),
            praise=sum(case.is_mere_praise for case in earlier),
        ),
        categories=_categories(new, earlier),
        off_until=off,
    )


async def _work(session: Session, unit_id: int, week_start: dt.date, until: dt.datetime) -> Work:
    last = min(week_start + dt.timedelta(days=6), max(week_start, local(until).date()))
    return await work_of(session, unit_id, week_start, last, until)


def count_work(work: Work) -> WorkCount:
    """The totals of expected and attended sessions and of self-checks."""
    return WorkCount(
        expected=len(work.slots),
        present=sum(slot.came for slot in work.slots),
        late=sum(slot.late for slot in work.slots),
        days=len(work.day_slots),
        checked=sum(slot.checked for slot in work.day_slots),
        corrected=sum(slot.corrected for slot in work.slots),
    )


def _by_day(work: Work) -> list[DayCount]:
    expected = Counter(slot.day for slot in work.slots)
    present = Counter(slot.day for slot in work.slots if slot.came)
    late = Counter(slot.day for slot in work.slots if slot.late)
    corrected = Counter(slot.day for slot in work.slots if slot.corrected)
    return [
        DayCount(day=day, expected=expected[day], present=present[day], late=late[day], corrected=corrected[day])
        for day in sorted(expected)
    ]


def _empty_sessions(work: Work, names: dict[int, str]) -> list[EmptySession]:
    """Sessions of units where at least two people were expected: of one alone it would point at a person."""
    expected = Counter((slot.day, slot.unit_id, slot.session) for slot in work.slots)
    present = {(slot.day, slot.unit_id, slot.session) for slot in work.slots if slot.came}
    order = {"morning": 0, "afternoon": 1}
    empty = [key for key, people in expected.items() if people > 1 and key not in present]
    return [
        EmptySession(unit_id=unit, unit_name=names[unit], day=day, session=name)
        for day, unit, name in sorted(empty, key=lambda key: (key[0], order.get(key[2], 2), names[key[1]]))
    ]


async def _unit_names(session: Session, unit_ids: set[int]) -> dict[int, str]:
    rows = await session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(unit_ids)))
    return {row.id: row.name for row in rows.all()}


def _ids(cases: Iterable[CaseRow]) -> list[int]:
    return [case.id for case in cases]


def _on_time(answered: list[CaseRow]) -> int:
    return sum(case.is_in_time for case in answered)


def _categories(new: list[CaseRow], earlier: list[CaseRow]) -> list[CategoryCount]:
    """The most frequent first; with the week before, also those that have gone."""
    now = [case for case in new if case.category != PRAISE]
    before = Counter(case.category for case in earlier if case.category != PRAISE)
    codes = {case.category for case in now} | set(before)
    counts = [CategoryCount(code=code, cases=_ids(case for case in now if case.category == code), before=before[code]) for code in codes]
    return sorted(counts, key=lambda count: (-len(count.cases), -count.before, count.code))
