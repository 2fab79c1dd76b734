"""What is said about a request for a forgotten check-in without being asked: to the head at once and once more later, to the official at the end."""

from __future__ import annotations

import datetime as dt

from handlers.correction_desk import decide_rows, request
from handlers.correction_words import said
from handlers.notices import notice
from handlers.when import deadline
from office import Session
from office.corrections_of_attendance import correction_by_id, for_decider
from office.outbox import Claimed
from office.people import name_of
from office.records import AttendanceCorrection
from talk.reply import Choice, Reply
from talk.texts import say


async def _to_decide(db: Session, claimed: Claimed, now: dt.datetime) -> AttendanceCorrection | None:
    """The request, if it waits and the person decides it at this moment."""
    if claimed.person_id is None:
        return None
    kept = await for_decider(db, claimed.body["notice"]["correction"], claimed.person_id, now)
    return kept if kept is not None and kept.state == "waiting" else None


@notice("correction_new")
async def correction_new(db: Session, claimed: Claimed, now: dt.datetime) -> Reply | None:
    kept = await _to_decide(db, claimed, now)
    return request(kept, await name_of(db, kept.person_id)) if kept else None


@notice("correction_waiting")
async def correction_waiting(db: Session, claimed: Claimed, now: dt.datetime) -> Reply | None:
    kept = await _to_decide(db, claimed, now)
    if kept is None:
        return None
    since = deadline(kept.made_at, with_time=False)
    return Reply(
        text=say("correction-notice-waiting", since=since, **said(kept, await name_of(db, kept.person_id))), rows=decide_rows(kept)
    )


@notice("correction_decided")
async def correction_decided(db: Session, claimed: Claimed, now: dt.datetime) -> Reply | None:
    """The outcome, to the account that still is this person's."""
    kept = await correction_by_id(db, claimed.body["notice"]["correction"])
    if kept is None or claimed.person_id != kept.person_id:
        return None
    rows = ((Choice.anytime(say("start-my-record-button"), "my_record"),),)
    return Reply(text=say(f"correction-told-{kept.state}", **said(kept)), rows=rows)
