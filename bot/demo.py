"""Begins the sample commune afresh: everything said and done in it goes, and the first five minutes can be had again."""

from __future__ import annotations

import datetime as dt

from office.database import Database
from office.records import Record
from office.sample import is_sample, load_sample


async def reset(database: Database, now: dt.datetime) -> bool:
    """Empty the database and load the sample, in one transaction. False, and nothing is done, when there is anything real in it."""
    async with database.transaction() as session:
        if not await is_sample(session):
            return False
        for table in reversed(Record.metadata.sorted_tables):
            await session.execute(table.delete())
        await load_sample(session, now)
    return True
