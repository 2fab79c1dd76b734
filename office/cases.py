"""Cases from the filing to the answer. Each step is written with its event, and whoever must know is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from office import Session, audit, calendar
from office.database import insert_once
from office.moments import today
from office.names_hidden import keep_names_hidden
from office.outbox import plan_for_person
from office.people import Who
from office.receipts import new_code
from office.records import Case, CaseEvent, CaseFile, Contact, StoredFile
from office.reporters import seal_reporter, tell_reporter
from office.routing import Routes, route, routes_on
from office.rules import rule
from office.stories import keep_whole

OPEN_STATES = ("new", "accepted")
LONGEST_ANSWER = 6_000

OPENED_AGAIN = "opened_again"
"""The step by which an answered case is open once more. Its note begins with how the answer had come, then stands when it had been due."""
IN_TIME, LATE = "in_time", "late"


@dataclass(frozen=True)
class Filing:
    """What a citizen confirmed. `said_of_self` is kept only when `identity` is `open`."""

    unit_id: int
    text: str
    happened: str
    identity: str
    category: str
    also: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    judged: dict[str, Any] = field(default_factory=dict)
    person: str = ""
    place: str = ""
    file_ids: list[int] = field(default_factory=list)
    said_of_self: str = ""
    whole: str = ""
    """The words as they were told, where `text` has something hidden."""
    names: frozenset[str] = frozenset()
    """The given names of private persons that are hidden in it."""
    sealed_ids: list[int] = field(default_factory=list)
    """Files of which `file_ids` has only a copy with something hidden."""


class NotAllowed(PermissionError):
    """This person may not do that with this case."""


class WrongState(ValueError):
    """The case has moved on: the step does not fit its state any more."""


async def file_case(session: Session, filing: Filing, contact: Contact, now: dt.datetime) -> Case:
    """Take in a case: route it, set its deadlines, keep the evidence, seal the reporter, tell those who handle it."""
    day = today(now)
    way = await route(session, filing.unit_id, filing.category, filing.also, filing.flags, day)
    hours = await rule(session, "accept_hours_urgent" if way.grave else "accept_hours", way.unit_id, day)
    case = Case(
        code=await _free_code(session),
        unit_id=filing.unit_id,
        handled_by_id=way.unit_id,
        state="new",
        text=filing.text,
        happened=filing.happened,
        person=filing.person,
        place=filing.place,
        identity=filing.identity,
        category=filing.category,
        also=filing.also,
        flags=filing.flags,
        judged=filing.judged,
        grave=way.grave,
        created_at=now,
        accept_due_at=await calendar.add_working_hours(session, way.unit_id, now, hours),
        answer_due_at=await calendar.add_working_days(session, way.unit_id, now, await rule(session, "answer_days", way.unit_id, day)),
    )
    session.add(case)
    await session.flush()
    await _event(session, case, "filed", now)
    await keep_whole(session, case, None, filing.text, filing.whole)
    await keep_names_hidden(session, case, filing.names)
    await _attach(session, case, filing.file_ids)
    await _attach(session, case, filing.sealed_ids, sealed=True)
    await seal_reporter(session, case, contact, filing.said_of_self)
    await tell_handlers(session, case, "case_new", str(case.id), now)
    return case


async def is_above(session: Session, case: Case, now: dt.datetime) -> bool:
    """Whether the case is handled by people who do not head the unit complained of."""
    return (await route(session, case.unit_id, case.category, case.also, case.flags, today(now))).above


async def _free_code(session: Session) -> str:
    while True:
        code = new_code()
        if (await session.execute(select(Case.id).where(Case.code == code))).scalar_one_or_none() is None:
            return code


async def _event(
    session: Session, case: Case, kind: str, now: dt.datetime, *, by: int | None = None, note: str = "", open: bool = True
) -> CaseEvent:
    event = CaseEvent(case_id=case.id, at=now, kind=kind, by_person_id=by, note=note, open_to_reporter=open)
    session.add(event)
    await session.flush()
    return event


async def _attach(session: Session, case: Case, file_ids: Sequence[int], *, sealed: bool = False) -> None:
    for file_id in file_ids:
        await insert_once(session, CaseFile.__table__, {"case_id": case.id, "file_id": file_id, "sealed": sealed})  # type: ignore[arg-type]


async def tell_handlers(session: Session, case: Case, kind: str, key: str, now: dt.datetime, routes: Routes | None = None) -> None:
    """Plan a notice to everyone who handles cases of the unit. `routes` are today's, if they are at hand: for many cases they are read once."""
    routes = routes or await routes_on(session, today(now))
    for person in routes.way_of(case.unit_id, case.category, case.also, case.flags).handlers:
        await plan_for_person(session, f"{kind}:{key}", person, kind, {"case": case.id}, now)


async def handlers_of(session: Session, case: Case, now: dt.datetime) -> list[int]:
    """Who handles the case today, by the rule of `office.routing`; whoever is accused is never among them while there is anybody else."""
    way = await route(session, case.unit_id, case.category, case.also, case.flags, today(now))
    return list(way.handlers)


async def case_for(session: Session, case_id: int, who: Who, now: dt.datetime, *, reading: bool = True) -> Case:
    """The case, locked, for someone who handles it. A reading is written into the audit. Raises NotAllowed."""
    case = (await session.execute(select(Case).where(Case.id == case_id).with_for_update())).scalar_one_or_none()
    if case is None or who.person_id is None or who.person_id not in await handlers_of(session, case, now):
        raise NotAllowed(f"case {case_id}")
    if reading:
        audit.note(session, who.person_id, "read_case", f"case:{case.id}", now)
    return case


async def handles(session: Session, case_id: int, who: Who, now: dt.datetime) -> bool:
    """Whether this person handles the case."""
    case = await session.get(Case, case_id)
    return case is not None and who.person_id is not None and who.person_id in await handlers_of(session, case, now)


async def case_by_code(session: Session, code: str) -> Case | None:
    """The case with this receipt code; whoever has the code may follow it."""
    return (await session.execute(select(Case).where(Case.code == code).with_for_update())).scalar_one_or_none()


async def accept(session: Session, case: Case, who: Who, now: dt.datetime) -> None:
    """The head takes the case on. Raises WrongState if it was already."""
    _must_be(case, "new")
    case.state, case.accepted_at = "accepted", now
    event = await _event(session, case, "accepted", now, by=who.person_id)
    await tell_reporter(session, case, "case_accepted", event.id, now)


async def ask(session: Session, case: Case, who: Who, question: str, now: dt.datetime) -> None:
    """Ask the citizen something, without knowing who it is."""
    _must_be(case, *OPEN_STATES)
    event = await _event(session, case, "asked", now, by=who.person_id, note=question[:LONGEST_ANSWER])
    await tell_reporter(session, case, "case_asked", event.id, now)


async def answer(session: Session, case: Case, who: Who, text: str, now: dt.datetime) -> None:
    """Answer the citizen. A case not yet accepted is accepted by that."""
    _must_be(case, *OPEN_STATES)
    case.accepted_at = case.accepted_at or now
    case.state, case.answered_at, case.answer = "answered", now, text[:LONGEST_ANSWER]
    event = await _event(session, case, "answered", now, by=who.person_id, note=case.answer)
    await tell_reporter(session, case, "case_answered", event.id, now)


async def close(session: Session, case: Case, who: Who, now: dt.datetime) -> None:
    """Close an answered case."""
    _must_be(case, "answered")
    case.state, case.closed_at = "closed", now
    event = await _event(session, case, "closed", now, by=who.person_id)
    await tell_reporter(session, case, "case_closed", event.id, now)


async def recategorise(session: Session, case: Case, who: Who, category: str, now: dt.datetime) -> None:
    """A person corrects the category of an open case; what it was stays in the event, to learn from, and in the audit. Raises WrongState.

    A complaint cannot be turned into praise: praise has no deadline.
    """
    _must_be(case, *OPEN_STATES)
    if category == "PRAISE":
        raise WrongState(category)
    audit.note(session, who.person_id, "recategorise", f"case:{case.id}", now, f"{case.category} -> {category}")
    note = f"{case.category} -> {category}"
    case.category = category
    way = await route(session, case.unit_id, case.category, case.also, case.flags, today(now))
    case.grave = way.grave
    if way.unit_id != case.handled_by_id:
        case.handled_by_id = way.unit_id
        await tell_handlers(session, case, "case_new", f"{case.id}:{category}", now)
    await _event(session, case, "recategorised", now, by=who.person_id, note=note, open=False)


async def add_words(
    session: Session,
    case: Case,
    text: str,
    file_ids: list[int],
    flags: Sequence[str],
    now: dt.datetime,
    *,
    also: Sequence[str] = (),
    whole: str = "",
    sealed_ids: Sequence[int] = (),
) -> None:
    """The citizen adds words or files. An answered case is open again; a closed or withdrawn one is not. Raises WrongState.

    `whole` are the words as they were told, where `text` has something hidden; `sealed_ids` as in `Filing`.

    What the words reveal (`flags`, and `also` what they are about) counts as if it had been said at once: a case that turns out grave goes to
    those above before anybody is told.
    """
    _must_be(case, "new", "accepted", "answered")
    fresh = [flag for flag in flags if flag not in case.flags]
    besides = [label for label in also if label not in (case.category, *case.also)]
    if fresh or besides:
        case.flags, case.also = [*case.flags, *fresh], [*case.also, *besides]
        way = await route(session, case.unit_id, case.category, case.also, case.flags, today(now))
        case.handled_by_id, case.grave = way.unit_id, way.grave
    if case.state == "answered":
        await _open_again(session, case, now)
    event = await _event(session, case, "added", now, note=text)
    await keep_whole(session, case, event.id, text, whole)
    await _attach(session, case, file_ids)
    await _attach(session, case, sealed_ids, sealed=True)
    await tell_handlers(session, case, "case_added", f"{case.id}:{event.id}", now)


async def _open_again(session: Session, case: Case, now: dt.datetime) -> None:
    """With a new time to answer, since the old one may be over. Whether the answer given before came in time stays in the log."""
    assert case.answered_at is not None
    outcome = LATE if case.answered_at > case.answer_due_at else IN_TIME
    await _event(session, case, OPENED_AGAIN, now, note=f"{outcome} {case.answer_due_at.isoformat()}", open=False)
    days = await rule(session, "answer_days", case.handled_by_id, today(now))
    case.state, case.answer_due_at = "accepted", await calendar.add_working_days(session, case.handled_by_id, now, days)


async def withdraw(session: Session, case: Case, now: dt.datetime) -> None:
    """The citizen takes the case back. Raises WrongState when it is already closed."""
    _must_be(case, "new", "accepted", "answered")
    case.state, case.closed_at = "withdrawn", now
    event = await _event(session, case, "withdrawn", now)
    await tell_handlers(session, case, "case_withdrawn", f"{case.id}:{event.id}", now)


async def events_of(session: Session, case: Case, *, open_only: bool) -> list[CaseEvent]:
    """The steps of a case in order; for the citizen only those open to them."""
    wanted = select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.id)
    if open_only:
        wanted = wanted.where(CaseEvent.open_to_reporter)
    return list((await session.execute(wanted)).scalars())


async def files_of(session: Session, case: Case) -> list[StoredFile]:
    """The evidence of a case as handlers may see it, without the bytes."""
    wanted = select(StoredFile).join(CaseFile, CaseFile.file_id == StoredFile.id).where(CaseFile.case_id == case.id, ~CaseFile.sealed)
    return list((await session.execute(wanted.order_by(CaseFile.id))).scalars())


def _must_be(case: Case, *states: str) -> None:
    if case.state not in states:
        raise WrongState(case.state)


async def case_and_event(session: Session, case_id: int, event_id: int) -> tuple[Case, CaseEvent] | None:
    """A case with one of its steps; for notices to the citizen."""
    wanted = select(Case, CaseEvent).join(CaseEvent, CaseEvent.case_id == Case.id).where(Case.id == case_id, CaseEvent.id == event_id)
    row = (await session.execute(wanted)).one_or_none()
    return None if row is None else (row[0], row[1])
