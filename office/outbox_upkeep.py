"""Tidies the outbox: leases of the dead at the start, once a day rows that ended long ago and rows that nobody will ever hear."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import delete, or_, update

from office import Session
from office.outbox import end_all
from office.records import OutboxMessage


async def release_leases(session: Session, now: dt.datetime) -> None:
    """Free all rows that a sender held when it died. Only for the one process of an embedded database, when it starts."""
    await session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.state == "due", OutboxMessage.lease_until.is_not(None))
        .values(lease_until=now - dt.timedelta(seconds=1))
    )


async def forget_ended(session: Session, before: dt.datetime) -> None:
    """Drop the rows that ended before that moment. Their keys go too, so keep them longer than anything is planned back."""
    await session.execute(delete(OutboxMessage).where(OutboxMessage.state.not_in(("due", "held")), OutboxMessage.ended_at < before))


async def give_up_waiting(session: Session, before: dt.datetime, now: dt.datetime) -> None:
    """End the rows that were due before that moment and still are: their channel was switched off, and its people heard it elsewhere or never."""
    await end_all(session, "never sent", now, OutboxMessage.due_at < before)


async def forget_held(session: Session, before: dt.datetime, now: dt.datetime) -> None:
    """Drop what waited for somebody's next word since the month before that moment, or has lost its use meanwhile."""
    over = or_(OutboxMessage.created_at < before, OutboxMessage.expires_at <= now)
    await session.execute(delete(OutboxMessage).where(OutboxMessage.state == "held", over))
