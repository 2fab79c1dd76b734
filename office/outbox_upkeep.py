"""Tidies the outbox: leases of the dead at the start, what came too late, once a day rows that ended long ago and rows that nobody will ever hear."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import cast

from sqlalchemy import ColumnElement, Select, Table, Update, bindparam, delete, func, literal_column, or_, select, update

from office import Session
from office.outbox import DUE, NOW, UNTRACED, over
from office.records import OutboxMessage


@dataclass(frozen=True)
class Waiting:
    """How many rows are to be said now, are planned for later, or wait for somebody's word; and since when the oldest is due."""

    due: int
    planned: int
    held: int
    oldest: dt.datetime | None
    """To the full hour, unless it was tried before: rows that are due at once keep no exact time (docs/decisions/0007)."""


async def waiting(session: Session, now: dt.datetime) -> Waiting:
    """What stands in the outbox, in one statement."""
    due, held = (OutboxMessage.state == literal_column(f"'{state}'") for state in ("due", "held"))  # in the words of the partial indexes
    of_due = (
        select(func.count(), func.count().filter(OutboxMessage.due_at <= now), func.min(OutboxMessage.due_at)).where(due).subquery("due")
    )
    of_held = select(func.count()).select_from(OutboxMessage).where(held).scalar_subquery()
    all_due, due_now, oldest, all_held = (await session.execute(select(of_due, of_held))).one()
    return Waiting(due_now, all_due - due_now, all_held, oldest if due_now else None)


async def release_leases(session: Session, now: dt.datetime) -> None:
    """Free all rows that a sender held when it died. Only for the one process of an embedded database, when it starts."""
    await session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.state == "due", OutboxMessage.lease_until.is_not(None))
        .values(lease_until=now - dt.timedelta(seconds=1))
    )


async def too_late(session: Session, now: dt.datetime) -> int:
    """Drop what nobody needs any more: rows whose time has passed. Returns how many."""
    ended = await (await session.connection()).execute(_end_late(), {"now": now} | over("dropped", "too late", now))
    return await _ended(session, int(ended.rowcount))


@cache
def _end_late() -> Update:
    """The statement, built once and past the ORM: it is asked in every round of the courier, before any row is loaded."""
    table = cast(Table, OutboxMessage.__table__)
    values = {name: bindparam(name, type_=table.c[name].type) for name in over("", None, dt.datetime.now(dt.UTC))}
    unclaimed = or_(table.c.lease_until.is_(None), table.c.lease_until < NOW)
    return update(table).where(table.c.id.in_(_free(table.c.expires_at <= NOW, unclaimed))).values(values)


async def end_all(session: Session, reason: str, now: dt.datetime, *which: ColumnElement[bool]) -> int:
    """Drop all such rows that are due, but for those that somebody holds at this moment: they are looked at again. Returns how many."""
    dropped = update(OutboxMessage).where(OutboxMessage.id.in_(_free(*which))).values(over("dropped", reason, now))
    ended = await session.execute(dropped.execution_options(synchronize_session=False))
    return await _ended(session, int(ended.rowcount))  # type: ignore[attr-defined]


def _free(*which: ColumnElement[bool]) -> Select[int]:
    """The numbers of such rows that are due; not of those that somebody holds, for whom nobody shall wait."""
    return select(OutboxMessage.id).where(OutboxMessage.state == DUE, *which).with_for_update(skip_locked=True).correlate(None)


async def _ended(session: Session, count: int) -> int:
    """After so many rows were ended: those that leave nothing go."""
    if count:
        await session.execute(delete(OutboxMessage).where(OutboxMessage.state.not_in(("due", "held")), OutboxMessage.kind.in_(UNTRACED)))
    return count


async def forget_ended(session: Session, before: dt.datetime) -> None:
    """Drop the rows that ended before that moment. Their keys go too, so keep them longer than anything is planned back."""
    await session.execute(delete(OutboxMessage).where(OutboxMessage.state.not_in(("due", "held")), OutboxMessage.ended_at < before))


async def give_up_waiting(session: Session, before: dt.datetime, now: dt.datetime) -> None:
    """End the rows that were due before that moment and still are: their channel was switched off, and its people heard it elsewhere or never."""
    await end_all(session, "never sent", now, OutboxMessage.due_at < before)


async def forget_held(session: Session, before: dt.datetime, now: dt.datetime) -> None:
    """Drop what waited for somebody's next word since the month before that moment, or has lost its use meanwhile."""
    useless = or_(OutboxMessage.created_at < before, OutboxMessage.expires_at <= now)
    await session.execute(delete(OutboxMessage).where(OutboxMessage.state == "held", useless))
