"""What the tests of reminders share: everybody can be reached, and what one tick plans."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from office import Session
from office.database import Database
from office.records import Contact, DayOverride, OutboxMessage
from office.reminders import Reminders
from tests.office.fortnight import D, link
from tests.small_office import SmallOffice

THURSDAY, FRIDAY = D(2026, 1, 8), D(2026, 1, 9)
COMMUNE = ["CT01", "MC01", "MC02", "YT01", "YT02"]


async def link_all(database: Database, office: SmallOffice) -> None:
    """All people of the two communes can be reached; so can Home Affairs."""
    async with database.transaction() as session:
        for code in (*COMMUNE, "CT02", "NV01"):
            await link(session, office, code)


async def planned(database: Database, now: dt.datetime, by: Reminders | None = None) -> dict[str, list[str]]:
    """What a tick at `now` plans anew, by kind: the staff codes, sorted. A scheduler that is not given has just started."""
    async with database.transaction() as session:
        before = set((await session.execute(select(OutboxMessage.id))).scalars())
        remember = await (by or Reminders()).plan(session, now)
    remember()
    found: dict[str, list[str]] = {}
    async with database.reading() as session:
        rows = select(OutboxMessage.id, OutboxMessage.kind, Contact.address).join(Contact, Contact.id == OutboxMessage.contact_id)
        for row, kind, address in (await session.execute(rows.order_by(Contact.address))).all():
            if row not in before:
                found.setdefault(kind, []).append(address)
    return found


async def swaps(session: Session, office: SmallOffice, unit: str = "an-binh") -> None:
    """The swap of Friday 2/1 for Saturday 10/1 in the unit's own table."""
    for day, works in [(D(2026, 1, 2), False), (D(2026, 1, 10), True)]:
        session.add(DayOverride(unit_id=office.units[unit], day=day, works=works, note="hoán đổi", source="test"))
