"""What else is on its way to a person: a message that does not come alone is said otherwise than one that does."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from office import Session
from office.outbox import Claimed
from office.records import OutboxMessage


async def more_follows(session: Session, claimed: Claimed, now: dt.datetime) -> bool:
    """Whether something else will be said on the same contact right after this row."""
    due = (OutboxMessage.state == "due", OutboxMessage.due_at <= now, OutboxMessage.id != claimed.id)
    wanted = select(OutboxMessage.id).where(OutboxMessage.contact_id == claimed.contact_id, *due).limit(1)
    return (await session.execute(wanted)).scalar_one_or_none() is not None
