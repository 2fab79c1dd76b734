"""The government's swaps of working days, as data with their source: put into the table at every start unless they stand there already."""

from __future__ import annotations

from sqlalchemy import select

from office import Session
from office.calendar import official_swaps
from office.records import DayOverride


async def load_official_swaps(session: Session) -> int:
    """Add the known swaps that hold for all units. What an office has set itself for such a day stays. Returns how many were added."""
    known = set((await session.execute(select(DayOverride.day).where(DayOverride.unit_id.is_(None)))).scalars())
    fresh = [DayOverride(**row) for row in official_swaps() if row["day"] not in known]
    session.add_all(fresh)
    return len(fresh)
