"""Two transactions at once, on PostgreSQL: the second is let go on when it is seen to wait for the first."""

from __future__ import annotations

import asyncio
from typing import Any

from sqlalchemy import text

from office.database import Database

SOMEBODY_WAITS = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")


async def until_somebody_waits(database: Database, somebody: asyncio.Task[Any]) -> None:
    """Until they wait for a row that this transaction holds."""
    async with asyncio.timeout(20):
        while not await _waits(database):
            assert not somebody.done(), "nobody was in their way"


async def _waits(database: Database) -> bool:
    async with database.reading() as session:  # a new one each time: a transaction sees the activity of its beginning
        return bool((await session.execute(SOMEBODY_WAITS)).scalar_one())
