"""What is said about a case without being asked: to those who handle it, and to the citizen at each step."""

from __future__ import annotations

import datetime as dt

from handlers import categories
from handlers.notices import notice
from handlers.when import deadline
from office import Session, cases
from office.case_list import handled_cases
from office.outbox import Claimed
from office.people import Who, posts_of
from office.receipts import shown
from office.records import Case, CaseEvent, Contact
from office.reporters import is_reporter
from office.units import unit
from talk.reply import Choice, Reply
from talk.texts import say


async def _for_handler(db: Session, claimed: Claimed, now: dt.datetime) -> Case | None:
    """The case, if the person still handles it at this moment."""
    try:
        who = Who(claimed.contact_id, claimed.person_id)
        return await cases.case_for(db, claimed.body["notice"]["case"], who, now, reading=False)
    except cases.NotAllowed:
        return None


def _open_button(case: Case) -> tuple[tuple[Choice, ...], ...]:
    return ((Choice.anytime(say("desk-open-button"), f"case:{case.id}"),),)


@notice("case_new")
async def case_new(db: Session, claimed: Claimed, now: dt.datetime) -> Reply | None:
    case = await _for_handler(db, claimed, now)
    if case is None or case.state != "new":
        return None
    about = await unit(db, case.unit_id)
    kind = "grave" if case.grave else "praise" if case.category == "PRAISE" else "new"
    beside = () if case.category in categories.CONDUCT else case.also  # what is grave may stand beside thanks
    name = ", ".join(map(categories.name, (case.category, *beside)))
    text = say(f"desk-notice-{kind}", number=case.id, name=name, unit=about.name, due=deadline(case.accept_due_at))
    return Reply(text=text, rows=_open_button(case))


@notice("case_added")
async def case_added(db: Session, claimed: Claimed, now: dt.datetime) -> Reply | None:
    case = await _for_handler(db, claimed, now)
    return Reply(text=say("desk-notice-added", number=case.id), rows=_open_button(case)) if case else None


@notice("case_withdrawn")
async def case_withdrawn(db: Session, claimed: Claimed, now: dt.datetime) -> Reply | None:
    case = await _for_handler(db, claimed, now)
    return Reply(text=say("desk-notice-withdrawn", number=case.id)) if case else None


@notice("cases_waiting")
async def cases_waiting(db: Session, claimed: Claimed, now: dt.datetime) -> Reply | None:
    """For somebody linked just now: what waits for them, if it is still theirs."""
    if claimed.person_id is None:
        return None
    who = Who(claimed.contact_id, claimed.person_id, posts=tuple(await posts_of(db, claimed.person_id, now)))
    waiting = (await handled_cases(db, who, "open", now, limit=1)).count
    if not waiting:
        return None
    late = (await handled_cases(db, who, "overdue", now, limit=1)).count
    text = say("desk-notice-waiting-late" if late else "desk-notice-waiting", count=waiting, late=late)
    return Reply(text=text, rows=((Choice.anytime(say("desk-open-button-list"), "cases:open"),),))


# --- to the citizen -----------------------------------------------------------------------------------------------------------------


async def _step(db: Session, claimed: Claimed) -> tuple[Case, CaseEvent] | None:
    """The case and its step, while this contact is still its reporter's. A case withdrawn meanwhile is not spoken of again."""
    args = claimed.body["notice"]
    found = await cases.case_and_event(db, args["case"], args["event"])
    contact = await db.get(Contact, claimed.contact_id)
    if found is None or found[0].state == "withdrawn" or contact is None or not await is_reporter(db, found[0], contact):
        return None
    return found


@notice("case_accepted")
async def case_accepted(db: Session, claimed: Claimed, now: dt.datetime) -> Reply | None:
    found = await _step(db, claimed)
    if found is None or found[0].state != "accepted":
        return None  # answered at once: the answer says enough
    return Reply(text=say("case-accepted", code=shown(found[0].code), due=deadline(found[0].answer_due_at)))


@notice("case_asked")
async def case_asked(db: Session, claimed: Claimed, now: dt.datetime) -> Reply | None:
    found = await _step(db, claimed)
    if found is None:
        return None
    case, event = found
    rows = ((Choice.anytime(say("case-reply-button"), f"add:{case.code}"),),)
    return Reply(text=say("case-asked", code=shown(case.code), question=event.note), rows=rows)


@notice("case_answered")
async def case_answered(db: Session, claimed: Claimed, now: dt.datetime) -> Reply | None:
    found = await _step(db, claimed)
    if found is None:
        return None
    case, event = found
    rows = ((Choice.anytime(say("case-not-satisfied-button"), f"add:{case.code}"),),)
    return Reply(text=say("case-answered", code=shown(case.code), answer=event.note), rows=rows)


@notice("case_closed")
async def case_closed(db: Session, claimed: Claimed, now: dt.datetime) -> Reply | None:
    found = await _step(db, claimed)
    return Reply(text=say("case-closed", code=shown(found[0].code))) if found else None
