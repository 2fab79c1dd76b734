"""Notices that could not go where they should: handed over to another contact of the same person, or kept until the person's next word.

What is kept is then the first thing the person hears. A notice that was not yet said is written anew, with the words and the permission of
that moment.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update

from office import Session
from office.case_list import tell_of_waiting
from office.contacts import remember
from office.moments import whole_hour
from office.outbox import REPLY, Claimed, next_place, reopened
from office.people import Who
from office.records import Contact, OutboxMessage
from office.vault import vault_of

HELD = "held"
MANY = 3
"""More notices of cases than this are not said one by one: one word tells how many cases wait."""

_OF_CASES = ("case_new", "case_added", "case_withdrawn", "case_near", "case_overdue")
_IN_A_ROW = 200


async def hold(session: Session, claimed: Claimed, reason: str, now: dt.datetime) -> None:
    """Keep the row until the person is heard on its contact."""
    await session.execute(update(Contact).where(Contact.id == claimed.contact_id).values(holds=True))
    await _put(session, claimed, HELD, reason, body=_unsaid(claimed))


async def move(session: Session, claimed: Claimed, contact_id: int, reason: str, now: dt.datetime) -> None:
    """Say it on another contact of the person. Parts that arrived on the first are not said again."""
    body = _unsaid(claimed)
    if claimed.parts_sent:
        body = {"rest": claimed.body["messages"][claimed.parts_sent :]}
    place = await next_place(session, contact_id)
    await _put(session, claimed, "due", reason, body=body, contact_id=contact_id, place=place, due_at=whole_hour(now), parts_sent=0)


def _unsaid(claimed: Claimed) -> dict[str, Any]:
    """The body without words that nobody has heard yet."""
    written = claimed.parts_sent or "notice" not in claimed.body
    return claimed.body if written else {"notice": claimed.body["notice"]}


async def _put(session: Session, claimed: Claimed, state: str, reason: str, *, body: dict[str, Any], **values: Any) -> None:
    values |= {"state": state, "body": vault_of(session).seal(body, "outbox")}
    await reopened(session, claimed, reason, **values)


async def release(session: Session, contact: Contact, who: Who, now: dt.datetime) -> None:
    """The person has spoken: what waited for that goes out, before the answer. Call with the contact locked."""
    waiting = (await session.execute(select(OutboxMessage.id, OutboxMessage.kind).where(*_held_of([contact.id])))).all()
    crowd = [row.id for row in waiting if row.kind in _OF_CASES]
    if len(crowd) > MANY:
        ended = {"state": "dropped", "reason": "told together", "ended_at": whole_hour(now), "body": None}
        await session.execute(update(OutboxMessage).where(OutboxMessage.id.in_(crowd)).values(ended))
        await tell_of_waiting(session, contact, who, now)
    await session.execute(update(OutboxMessage).where(*_held_of([contact.id])).values(_due(now)))
    await remember(session, contact, holds=False)


async def hand_over(session: Session, contact_ids: Sequence[int], to: Contact, now: dt.datetime) -> None:
    """What waits on these contacts of a person is said on the one where the person is now; answers stay where they were asked for."""
    whole = (OutboxMessage.kind != REPLY, OutboxMessage.parts_sent == 0)
    waiting = select(OutboxMessage.id).where(*_held_of(contact_ids), *whole).order_by(OutboxMessage.place)
    for row in (await session.execute(waiting.limit(_IN_A_ROW))).scalars().all():
        place = await next_place(session, to.id)
        await session.execute(
            update(OutboxMessage).where(OutboxMessage.id == row).values(_due(now) | {"contact_id": to.id, "place": place})
        )


def _held_of(contact_ids: Sequence[int]) -> tuple[Any, ...]:
    return (OutboxMessage.contact_id.in_(contact_ids), OutboxMessage.state == HELD)


def _due(now: dt.datetime) -> dict[str, Any]:
    return {"state": "due", "due_at": whole_hour(now), "attempts": 0}
