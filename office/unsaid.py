"""What is still to be said on some contacts, due or held, opened and kept from senders; and how it goes to another contact of its person.

Who has spoken with us on a contact may change: parted from the others, erased, no official any more. What waits there must then neither be said to
whoever is left there, nor be lost (docs/decisions/0012).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, case, null, select, update

from office import Session
from office.moments import whole_hour
from office.outbox import DOUBT, REPLY, REPORTER, end_unreadable, next_place
from office.records import Contact, OutboxMessage
from office.vault import SealBroken, vault_of

HELD = "held"
"""The state of what waits for the person's next word, and its readable kind."""

KIND = "kind"
"""The true kind of a held row, under its seal."""

OWN = ("channel_joined", "channel_parted")
"""Notices that concern this very contact: they are said there or not at all."""

OF_THE_CITIZEN = (REPLY, REPORTER, *OWN)
"""Kinds of what an official is sent as a citizen; the others are the office's."""

AGAIN = "again"
"""Under the seal of a row that was refused while its person spoke, and is tried once more."""

_OF_ONE_CONTACT = ("messages", "offered", "alone", DOUBT, AGAIN)
"""What was written for one contact, or found out there."""


@dataclass(frozen=True)
class Unsaid:
    """A row that is still to be said; `kind` is the true one, `body` what stands under its seal."""

    id: int
    contact_id: int
    kind: str
    body: dict[str, Any]
    held: bool


async def opened(session: Session, row: Any, now: dt.datetime) -> dict[str, Any] | None:
    """What stands under the seal of a row of the outbox (its `id`, `kind`, `body`). None if that cannot be read any more; the row is then over."""
    try:
        return dict(vault_of(session).open(row.body or b"", "outbox"))
    except SealBroken:
        await end_unreadable(session, row.id, row.kind, now)
        return None


async def unsaid_on(session: Session, contact_ids: Collection[int], now: dt.datetime) -> list[Unsaid]:
    """All that is still to be said there, in order, locked. Call with the contacts locked."""
    columns = (OutboxMessage.id, OutboxMessage.contact_id, OutboxMessage.kind, OutboxMessage.body, OutboxMessage.state)
    wanted = select(*columns).where(OutboxMessage.contact_id.in_(contact_ids), OutboxMessage.state.in_(("due", HELD)))
    locked = wanted.order_by(OutboxMessage.place, OutboxMessage.id).with_for_update()
    await session.execute(locked)  # PostgreSQL waits here for the nightly mingling, which lays rows down anew: only a second look sees them
    found = []
    for row in (await session.execute(locked)).all():
        if (body := await opened(session, row, now)) is not None:
            found.append(Unsaid(row.id, row.contact_id, str(body.get(KIND, row.kind)), body, row.state == HELD))
    return found


async def take_to(session: Session, rows: Sequence[Unsaid], contact_id: int, now: dt.datetime) -> None:
    """Say these rows, locked, on that contact: judged and written anew, as if nothing of them had been said.

    A sender that has one in hand has lost it: what it says now is said twice rather than never. What must not be said twice stays its own while
    its lease lasts: said, it is over (`sending.end`); else it goes out on the new contact.
    """
    place = await next_place(session, contact_id)
    once_and_in_hand = and_(OutboxMessage.repeat_ok.is_(False), OutboxMessage.lease_until > now)
    for number, row in enumerate(rows):
        body = {name: kept for name, kept in row.body.items() if name not in _OF_ONE_CONTACT}
        values = {
            "contact_id": contact_id,
            "place": place + number,
            "body": vault_of(session).seal(body, "outbox"),
            "parts_sent": 0,
            "sending_part": None,
            "in_doubt": False,
            "attempts": 0,
            "lease_until": case((once_and_in_hand, OutboxMessage.lease_until), else_=null()),
            # by it the night finds the row and takes from it the mark of this transaction (0007); what is held it finds by itself
            "created_at": OutboxMessage.created_at if row.held else whole_hour(now),
        }
        moved = update(OutboxMessage).where(OutboxMessage.id == row.id).values(values)
        await session.execute(moved.execution_options(synchronize_session=False))
    if any(row.held for row in rows):
        await session.execute(update(Contact).where(Contact.id == contact_id).values(holds=True))
