"""The weekly digest as a record: made once for a unit and a week, kept as it was, marked as seen; and what needs the head now."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select, update

from office import Session
from office.database import insert_once
from office.digest_cases import CaseRow, UnitCases, cases_of_unit
from office.digest_figures import Figures, figures_of
from office.files import store
from office.moments import at, local, monday
from office.records import Digest, DigestReading
from office.roll_up import calendars

PATTERN = 3
"""New cases of one category in a week that make it worth the head's look."""

NEEDS = 3
"""How many things a digest asks of its head at most."""


async def kept_digest(session: Session, unit_id: int, week_start: dt.date) -> Digest | None:
    """The digest of that week, if it was made."""
    wanted = select(Digest).where(Digest.unit_id == unit_id, Digest.week_start == week_start)
    return (await session.execute(wanted)).scalar_one_or_none()


async def digest_by_id(session: Session, digest_id: int) -> Digest | None:
    """The digest with this id."""
    return (await session.execute(select(Digest).where(Digest.id == digest_id))).scalar_one_or_none()


async def make_digest(session: Session, unit_id: int, week_start: dt.date, now: dt.datetime) -> Digest:
    """The digest of the week, counted now and kept unless it was before. The week must be over: raises ValueError."""
    kept = await kept_digest(session, unit_id, week_start)
    return kept or await keep_digest(session, await figures_of(session, unit_id, week_start, now), None, now)


async def keep_digest(session: Session, figures: Figures, chart: bytes | None, now: dt.datetime) -> Digest:
    """Keep figures counted before, with their chart (PNG). Those that another scheduler kept first stay. Raises ValueError in mid-week."""
    if not figures.is_whole:
        raise ValueError("the week is not over")
    values = {"unit_id": figures.unit_id, "week_start": figures.week_start, "figures": figures.model_dump(mode="json"), "made_at": now}
    is_new = await insert_once(session, Digest.__table__, values)  # type: ignore[arg-type]
    if is_new and chart is not None:
        figures = figures.model_copy(update={"chart_file": await keep_chart(session, figures, chart, now)})
        mine = (Digest.unit_id == figures.unit_id, Digest.week_start == figures.week_start)
        await session.execute(update(Digest).where(*mine).values(figures=figures.model_dump(mode="json")))
    digest = await kept_digest(session, figures.unit_id, figures.week_start)
    assert digest is not None
    return digest


async def keep_chart(session: Session, figures: Figures, chart: bytes, now: dt.datetime) -> int:
    """Keep a chart (PNG) to send it; its id."""
    return (await store(session, "picture", f"{figures.week_start}.png", "image/png", chart, now)).id


def figures_in(digest: Digest) -> Figures:
    """The figures as they were fixed."""
    return Figures.model_validate(digest.figures)


async def week_figures(session: Session, unit_id: int, week_start: dt.date, now: dt.datetime) -> Figures:
    """The week's fixed figures; where there are none yet, as they stand now. Reads only."""
    kept = await kept_digest(session, unit_id, week_start)
    return figures_in(kept) if kept else await figures_of(session, unit_id, week_start, now)


async def mark_seen(session: Session, digest_id: int, person_id: int, now: dt.datetime) -> bool:
    """The person has read the digest. False if they said so before."""
    values = {"digest_id": digest_id, "person_id": person_id, "seen_at": now}
    return await insert_once(session, DigestReading.__table__, values)  # type: ignore[arg-type]


async def was_seen(session: Session, digest_id: int, person_id: int) -> bool:
    """Whether the person said that they read the digest."""
    wanted = select(DigestReading.seen_at).where(DigestReading.digest_id == digest_id, DigestReading.person_id == person_id)
    return (await session.execute(wanted)).scalar_one_or_none() is not None


# --- what needs the head ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Need:
    """One thing that needs the head. `kind` is `overdue`, `near`, `unaccepted`, `empty` or `pattern`; `cases` are those concerned, the most
    pressing first; `due` is the first one's deadline; `handled_by` the unit whose head can act on it."""

    kind: str
    cases: tuple[int, ...] = ()
    due: dt.datetime | None = None
    category: str = ""
    handled_by: int | None = None


async def needs_of(session: Session, figures: Figures, now: dt.datetime) -> list[Need]:
    """The things that need the head now, at most three, the most pressing first; each kind once, so that a flood does not hide the rest."""
    found = await cases_of_unit(session, figures.unit_id, at(figures.week_start, dt.time()), now + dt.timedelta(microseconds=1))
    near = await _near(session, found, now)
    overdue = sorted((case for case in found.rows if _waits(case) and case.answer_due_at < now), key=lambda case: case.answer_due_at)
    unaccepted = sorted((case for case in found.rows if _unaccepted(case, now)), key=lambda case: case.accept_due_at)
    candidates = [
        _about("overdue", overdue, [case.answer_due_at for case in overdue]),
        _about("near", near, [case.answer_due_at for case in near]),
        _about("unaccepted", unaccepted, [case.accept_due_at for case in unaccepted]),
        Need("empty") if figures.empty_sessions else None,
        _pattern(figures),
    ]
    return [need for need in candidates if need is not None][:NEEDS]


def _waits(case: CaseRow) -> bool:
    return case.is_open and not case.is_mere_praise


def _unaccepted(case: CaseRow, now: dt.datetime) -> bool:
    return case.state == "new" and not case.is_mere_praise and case.accept_due_at < now <= case.answer_due_at


async def _near(session: Session, found: UnitCases, now: dt.datetime) -> list[CaseRow]:
    """Cases to be answered by the end of the next working day: what a head can still do something about this morning."""
    waiting = [case for case in found.rows if _waits(case) and case.answer_due_at >= now]
    of_units = await calendars(session, {case.handled_by_id for case in waiting}, local(now).date())
    soon = {unit: calendar.add_days(now, 1) for unit, calendar in of_units.items()}
    return sorted((case for case in waiting if case.answer_due_at <= soon[case.handled_by_id]), key=lambda case: case.answer_due_at)


def _about(kind: str, cases: list[CaseRow], dues: list[dt.datetime]) -> Need | None:
    if not cases:
        return None
    first = cases[0]
    return Need(kind, tuple(case.id for case in cases), dues[0], first.category, first.handled_by_id)


def _pattern(figures: Figures) -> Need | None:
    """The category with the most new cases, when they are many and more than the week before."""
    many = [count for count in figures.categories if len(count.cases) >= PATTERN and len(count.cases) > count.before]
    return Need("pattern", tuple(many[0].cases), category=many[0].code) if many else None


def week_of(now: dt.datetime) -> dt.date:
    """The Monday of the week it is in Vietnam."""
    return monday(local(now).date())
