"""What people's corrections say about the classifier: the cases whose category somebody changed, and week by week how often that happens."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, delete, select

from office import Session, audit
from office.database import insert_once
from office.moments import at, local, monday, today
from office.records import Case, LearningNotice, Person, Post, Unit
from office.units import lineage, subtree

MAY_LEARN = "may_learn"
"""In a case's `judged`: whether its citizen had been told, before sending it, that it may teach."""

_WEEK = dt.timedelta(days=7)
_WITHDRAWN = "withdrawn"
_THE_ROW = 1


# --- since when it is told ----------------------------------------------------------------------------------------------------------


async def note_told(session: Session, told: bool, now: dt.datetime) -> dt.datetime | None:
    """Remember since when the notice says it without a break, and return that; forget it when the notice no longer says it."""
    if not told:
        await session.execute(delete(LearningNotice))
        return None
    await insert_once(session, LearningNotice.__table__, {"id": _THE_ROW, "told_since": now})  # type: ignore[arg-type]
    return await told_since(session)


async def told_since(session: Session) -> dt.datetime | None:
    """Since when citizens are told that corrected messages may teach; None if they are not."""
    return (await session.execute(select(LearningNotice.told_since))).scalar_one_or_none()


# --- what may be learned ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CorrectedCase:
    """A case in which a citizen or a head chose another category than the classifier had."""

    id: int
    code: str


async def corrected_cases(session: Session, since: dt.datetime) -> list[CorrectedCase]:
    """The corrected cases filed from `since` on by citizens who had been told; not those taken back. Their words stay where they are."""
    corrected = Case.judged["label"].as_string() != Case.category
    wanted = select(Case.id, Case.code).where(corrected, *_may_teach(), Case.created_at >= since).order_by(Case.id)
    return [CorrectedCase(row.id, row.code) for row in await session.execute(wanted)]


async def codes_that_may_teach(session: Session) -> set[str]:
    """The codes of all cases whose citizens had been told and have not taken them back, whatever their category is by now."""
    return set((await session.execute(select(Case.code).where(*_may_teach()))).scalars())


def _may_teach() -> tuple[ColumnElement[bool], ...]:
    return (Case.state != _WITHDRAWN, Case.judged[MAY_LEARN].as_boolean().is_(True))


async def open_corrected(session: Session, case_id: int, now: dt.datetime) -> Case | None:
    """The case to be read for learning, which is written into the audit; None if it was taken back or set right meanwhile."""
    case = await session.get(Case, case_id)
    if case is None or case.state == _WITHDRAWN or not case.judged.get(MAY_LEARN) or case.judged.get("label") in (None, case.category):
        return None
    audit.note(session, None, "read_for_learning", f"case:{case.id}", now)
    return case


@dataclass(frozen=True)
class KnownPeople:
    """Names that must not be learned: the full names in the records, and the given names of those around the unit complained of."""

    full_names: frozenset[str]
    given_names: frozenset[str]


async def people_known(session: Session, unit_id: int, now: dt.datetime) -> KnownPeople:
    """Everybody in the records; by given name whoever holds or held a post in the unit, under it or above it.

    What is a syllable of these units' own names ("Bình" of the commune An Bình) is no given name here: it would be found in every story.
    """
    day = today(now)
    around = {*await lineage(session, unit_id, day), *await subtree(session, unit_id, day)}
    full = set((await session.execute(select(Person.full_name))).scalars())
    near = (
        await session.execute(select(Person.full_name).join(Post, Post.person_id == Person.id).where(Post.unit_id.in_(around)))
    ).scalars()
    units = (await session.execute(select(Unit.name).where(Unit.id.in_(around)))).scalars()
    of_units = {word.casefold() for name in units for word in name.split()}
    given = {name.split()[-1] for name in near if name.split()}
    return KnownPeople(frozenset(full), frozenset(word for word in given if word.casefold() not in of_units))


# --- how often ----------------------------------------------------------------------------------------------------------------------


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
