"""What else is on its way to a person: a message that does not come alone is said otherwise than one that does."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from office import Session
from office.outbox import OFFERS, REPLY, Claimed
from office.records import OutboxMessage
from office.unsaid import opened


async def more_follows(session: Session, claimed: Claimed, now: dt.datetime) -> bool:
    """Whether something else will be said on the same contact right after this row."""
    due = (OutboxMessage.state == "due", OutboxMessage.due_at <= now, OutboxMessage.id != claimed.id)
    wanted = select(OutboxMessage.id).where(OutboxMessage.contact_id == claimed.contact_id, *due).limit(1)
    return (await session.execute(wanted)).scalar_one_or_none() is not None


async def menu_follows(session: Session, claimed: Claimed, now: dt.datetime) -> bool:
    """Whether an answer with a menu will be said on the same contact behind this row: the person spoke while it was on its way."""
    answers = (OutboxMessage.kind == REPLY, OutboxMessage.state == "due", OutboxMessage.id != claimed.id)
    wanted = select(OutboxMessage.id, OutboxMessage.kind, OutboxMessage.body).where(
        OutboxMessage.contact_id == claimed.contact_id, *answers
    )
    bodies = [await opened(session, row, now) for row in (await session.execute(wanted)).all()]
    return any(body is not None and OFFERS in body for body in bodies)
