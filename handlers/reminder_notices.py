"""Reminders, written when they are sent: who has done it meanwhile, or is away, is left in peace."""

from __future__ import annotations

import datetime as dt

from handlers import categories
from handlers.day_words import clock
from handlers.notices import notice
from handlers.when import deadline
from office import Session, cases
from office.outbox import Claimed
from office.people import Who, posts_of
from office.records import Case
from office.working_day import PersonDay, person_day
from talk.reply import Choice, Reply
from talk.texts import say


@notice("check_in_reminder")
async def check_in(db: Session, claimed: Claimed, now: dt.datetime) -> Reply | None:
    args = claimed.body["notice"]
    day = await _day(db, claimed, now)
    session = day.session_named(args["session"]) if day else None
    if day is None or session is None or day.leave or args["session"] in day.attended or str(day.day) != args["day"]:
        return None
    button = say("check_in-button", session=say(f"check_in-{session.name}"))
    text = say("reminders-check_in", session=say(f"check_in-{session.name}"), starts=clock(session.starts_at))
    return Reply(text=text, rows=((Choice.anytime(button, f"check_in:{session.name}:{day.day}"),),))


@notice("self_check_reminder")
async def self_check(db: Session, claimed: Claimed, now: dt.datetime) -> Reply | None:
    day = await _day(db, claimed, now)
    if day is None or day.leave or day.self_checked or str(day.day) != claimed.body["notice"]["day"]:
        return None
    return Reply(text=say("reminders-self_check"), rows=((Choice.anytime(say("start-self-check-button"), "self_check"),),))


async def _day(db: Session, claimed: Claimed, now: dt.datetime) -> PersonDay | None:
    if claimed.person_id is None:
        return None
    posts = await posts_of(db, claimed.person_id, now)
    return await person_day(db, claimed.person_id, posts[0][0], now) if posts else None


@notice("case_near")
async def case_near(db: Session, claimed: Claimed, now: dt.datetime) -> Reply | None:
    return await _about_case(db, claimed, now, "reminders-near")


@notice("case_overdue")
async def case_overdue(db: Session, claimed: Claimed, now: dt.datetime) -> Reply | None:
    return await _about_case(db, claimed, now, "reminders-overdue")


async def _about_case(db: Session, claimed: Claimed, now: dt.datetime, key: str) -> Reply | None:
    """For who still handles the case, while it still waits."""
    try:
        who = Who(claimed.contact_id, claimed.person_id)
        case: Case = await cases.case_for(db, claimed.body["notice"]["case"], who, now, reading=False)
    except cases.NotAllowed:
        return None
    if case.state not in cases.OPEN_STATES or (key == "reminders-near" and case.answer_due_at < now):
        return None
    text = say(key, number=case.id, name=categories.name(case.category), due=deadline(case.answer_due_at))
    return Reply(text=text, rows=((Choice.anytime(say("desk-open-button"), f"case:{case.id}"),),))
