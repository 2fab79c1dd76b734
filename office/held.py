"""Notices that could not go where they should: handed over to another contact of the same person, or kept until the person's next word.

What is kept is then the first thing the person hears, on whichever of their contacts they speak. It is written anew, with the words and the
permission of that moment; a notice of which the first part had arrived is then said whole. While it waits, nothing readable tells what it is or
when it came (docs/decisions/0007).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy import or_, select, update

from office import Session
from office.case_list import tell_of_waiting
from office.contacts import remember
from office.moments import whole_hour, whole_month
from office.outbox import REPLY, REPORTER, Claimed, next_place
from office.packing import WAITED
from office.people import Who
from office.records import Contact, OutboxMessage
from office.sending import reopened
from office.unsaid import AGAIN, HELD, KIND, OF_THE_CITIZEN, opened

MANY = 3
"""More notices of cases than this are not said one by one: one word tells how many cases wait."""

_OF_CASES = ("case_new", "case_added", "case_withdrawn", "case_near", "case_overdue")


async def hold(session: Session, claimed: Claimed, contact: Contact, reason: str, now: dt.datetime) -> None:
    """Keep the row until the person is heard. Call with the contact and their others locked (`office.contacts.with_their_others`).

    Somebody who spoke while it was being sent has an answer waiting behind it: then it is tried again at once; once, or the answer would never go.
    """
    if claimed.kind != REPLY and AGAIN not in claimed.body and await _answer_waits(session, claimed):
        await reopened(session, claimed, reason, claimed.body | {AGAIN: True}, attempts=claimed.attempts - 1)
        return
    await session.execute(update(Contact).where(_same_person(contact)).values(holds=True))
    month = whole_month(now)
    await _put(
        session, claimed, {"state": HELD, "kind": HELD, "reason": None, "created_at": month, "due_at": month}, sealed_kind=claimed.kind
    )


async def move(session: Session, claimed: Claimed, contact_id: int, now: dt.datetime) -> None:
    """Say it on another contact of the person; nothing of it has arrived."""
    place = await next_place(session, contact_id)
    await _put(session, claimed, {"contact_id": contact_id, "place": place, "due_at": whole_hour(now), "attempts": 0, "reason": None})


async def _put(session: Session, claimed: Claimed, values: dict[str, Any], *, sealed_kind: str | None = None) -> None:
    """Let go of the row. Words that were written for one contact and moment are dropped, so that it is written anew; an answer stays as it is."""
    body = {name: kept for name, kept in claimed.body.items() if name != AGAIN}
    if "notice" in body:
        body.pop("messages", None)
        body.pop("offered", None)
        values |= {"parts_sent": 0, "in_doubt": False}
    if sealed_kind is not None:
        body |= {KIND: sealed_kind, WAITED: True}
    reason = values.pop("reason")
    await reopened(session, claimed, reason, body, **values)


async def _answer_waits(session: Session, claimed: Claimed) -> bool:
    behind = (OutboxMessage.contact_id == claimed.contact_id, OutboxMessage.kind == REPLY, OutboxMessage.id != claimed.id)
    return (
        await session.execute(select(OutboxMessage.id).where(*behind, OutboxMessage.state == "due").limit(1))
    ).scalar_one_or_none() is not None


def _same_person(contact: Contact) -> Any:
    """The contacts on which a word of the same person may come."""
    mates = [Contact.id == contact.id]
    if contact.party is not None:
        mates.append(Contact.party == contact.party)
    if contact.person_id is not None:
        mates.append(Contact.person_id == contact.person_id)
    return or_(*mates)


async def release(session: Session, contact: Contact, who: Who, now: dt.datetime) -> None:
    """The person has spoken: what waited for that goes out here, before the answer. Call with the contact locked."""
    waiting = await _waiting_for(session, contact, now)
    crowd = [row for row, kind in waiting if kind in _OF_CASES]
    if len(crowd) > MANY and await tell_of_waiting(session, contact, who, now):
        ended = {"state": "dropped", "reason": "told together", "ended_at": whole_hour(now), "body": None}
        await session.execute(update(OutboxMessage).where(OutboxMessage.id.in_([row.id for row in crowd])).values(ended))
        waiting = [(row, kind) for row, kind in waiting if row not in crowd]
    for row, kind in waiting:
        place = row.place if row.contact_id == contact.id else await next_place(session, contact.id)
        values = {"state": "due", "kind": kind, "due_at": whole_hour(now), "attempts": 0, "contact_id": contact.id, "place": place}
        await session.execute(update(OutboxMessage).where(OutboxMessage.id == row.id, OutboxMessage.state == HELD).values(values))
    if not await _waiting_for(session, contact, now):  # PostgreSQL's nightly mingling may have had a row in hand: the next word looks again
        await remember(session, contact, holds=False)


async def _waiting_for(session: Session, contact: Contact, now: dt.datetime) -> list[tuple[OutboxMessage, str]]:
    """The held rows that may be said on this contact, in order, each with its true kind."""
    wanted = (
        select(OutboxMessage, Contact.party, Contact.person_id)
        .join(Contact, Contact.id == OutboxMessage.contact_id)
        .where(_same_person(contact), OutboxMessage.state == HELD)
        .order_by(OutboxMessage.place, OutboxMessage.id)
    )
    found = []
    for row, party, person in (await session.execute(wanted)).all():
        if (body := await opened(session, row, now)) is None:
            continue
        kind = str(body.get(KIND, row.kind))
        here = row.contact_id == contact.id
        as_citizen = kind == REPORTER and party is not None and party == contact.party
        as_official = kind not in OF_THE_CITIZEN and person is not None and person == contact.person_id
        if here or as_citizen or as_official:
            found.append((row, kind))
    return found


async def held_on(session: Session, contact_ids: Iterable[int]) -> None:
    """Let all these contacts look, at their next word, for what waits: who belongs together has changed."""
    await session.execute(update(Contact).where(Contact.id.in_(list(contact_ids))).values(holds=True))
