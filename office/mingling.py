"""Takes from what stands beside a contact the mark of the transaction that wrote it: it would lead from a case to its reporter.

PostgreSQL keeps with each row the number of its transaction (`xmin`) and lays rows down as they come; a dump repeats that order. Once a day the
rows of the last days are written anew in one transaction, in an order drawn by lot.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, insert, or_, select, text, update

from office import Session
from office.moments import whole_day
from office.records import BrowserMessage, Contact, HeardUpdate, OutboxMessage
from office.unsaid import HELD

_LOCK = 0x6D696E67  # "ming": one process does it, the others leave it


async def mingle(session: Session, since: dt.datetime) -> bool:
    """Write anew what was written beside contacts since that moment. False where it is not needed or another process is at it.

    Waits for nobody: rows that somebody holds at this moment are passed over, since whoever holds them writes them anew.
    """
    if (await session.connection()).dialect.name != "postgresql":
        return False
    if not (await session.execute(select(func.pg_try_advisory_xact_lock(_LOCK)))).scalar_one():
        return False
    for join in ("enable_hashjoin", "enable_mergejoin"):  # they would bring the rows back into their order
        await session.execute(text(f"SET LOCAL {join} = off"))
    day = whole_day(since)
    # one erased from another channel begins anew unheard; what holds, fails or is gone was written without a word of the person's
    fresh = or_(Contact.heard_at >= day, Contact.created_at >= day)
    await _stamp(session, or_(fresh, Contact.holds, Contact.failing, Contact.gone_at >= day))
    await _lay_down(session, OutboxMessage, OutboxMessage.id.in_(_not_being_sent(day)))
    await _lay_down(session, BrowserMessage, BrowserMessage.at >= day)
    await _lay_down(session, HeardUpdate, HeardUpdate.heard_at >= day)
    return True


async def _stamp(session: Session, which: ColumnElement[bool]) -> None:
    """Contacts stay where they are, since others point at them; but a change lays the row down once more."""
    free = select(Contact.id).where(which).order_by(func.random()).with_for_update(key_share=True, skip_locked=True).cte("free")
    same = update(Contact).where(Contact.id == free.c.id).values(serial=Contact.serial)
    await session.execute(same.execution_options(synchronize_session=False))


def _not_being_sent(day: dt.datetime) -> Select[int]:
    """A row that a sender holds must stay what it is: the sender could not end it, and it would be said twice.

    What waits for somebody's word tells only the month in which it came, and so cannot tell whether it has been written anew.
    """
    resting = (or_(OutboxMessage.created_at >= day, OutboxMessage.state == HELD), OutboxMessage.lease_until.is_(None))
    return select(OutboxMessage.id).where(*resting).with_for_update(skip_locked=True)


async def _lay_down(session: Session, record: Any, which: ColumnElement[bool]) -> None:
    """Take up the rows and lay them down by lot; they point at contacts, and nothing points at them."""
    table = record.__table__
    taken = delete(table).where(which).returning(*table.columns).cte("taken")
    by_lot = select(taken).order_by(func.random())
    await session.execute(insert(table).from_select(table.columns.keys(), by_lot, include_defaults=False))
