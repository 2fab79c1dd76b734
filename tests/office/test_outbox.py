"""What waits to be said: one person's rows in their order, nothing left of what is over, and no time that tells when a row was put here."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from sqlalchemy import select

from office import outbox, sending
from office.channel_pause import pause_channel
from office.contacts import contact_at
from office.database import Database
from office.outbox import Claimed, claim_due, plan_notice, put_replies
from office.outbox_upkeep import too_late
from office.records import OutboxMessage

NOW = dt.datetime(2026, 11, 23, 2, 17, 23, 456000, tzinfo=dt.UTC)


async def put(database: Database, address: str, *texts: str) -> None:
    for words in texts:
        async with database.transaction() as session:
            contact = await contact_at(session, "browser", address, NOW)
            await put_replies(session, contact, f"{address}{words}", [{"text": words}], NOW)


async def claim(database: Database, now: dt.datetime = NOW, limit: int = 20) -> list[Claimed]:
    async with database.transaction() as session:
        return await claim_due(session, now, limit=limit)


async def test_one_persons_rows_keep_their_order_whatever_was_sent_between(database: Database) -> None:
    lots = random.Random(7)
    expected = {address: [str(number) for number in range(8)] for address in "abc"}
    said: dict[str, list[str]] = {address: [] for address in expected}
    waiting = {address: list(texts) for address, texts in expected.items()}
    while any(waiting.values()) or any(len(each) < 8 for each in said.values()):
        for address, texts in waiting.items():
            for _ in range(min(len(texts), lots.randrange(4))):
                await put(database, address, texts.pop(0))
        for row in await claim(database, limit=lots.randrange(1, 4)):
            said[row.address].append(row.body["messages"][0]["text"])
            async with database.transaction() as session:
                await sending.end(session, row, "sent", NOW)
    assert said == expected
    async with database.reading() as session:
        assert (await session.execute(select(OutboxMessage))).first() is None


async def test_a_row_that_failed_comes_back_at_a_whole_number_of_its_pauses(database: Database) -> None:
    await put(database, "a", "1", "2")
    now = NOW
    for attempt in range(1, 9):
        (row,) = await claim(database, now)
        if attempt <= outbox.BLOCKS_FOR:
            assert row.body["messages"][0]["text"] == "1"
        async with database.transaction() as session:
            await sending.later(session, row, now, "away")
            due = await session.get(OutboxMessage, row.id, populate_existing=True)
            assert due is not None
            pause = sending.pause_after(row.attempts)
            assert pause <= due.due_at - now < 2 * pause
            assert due.due_at.timestamp() % pause.total_seconds() == 0
            now = due.due_at


async def test_while_a_channel_wants_silence_its_rows_stay_due_as_they_were(database: Database) -> None:
    await put(database, "a", "1")
    (row,) = await claim(database)
    until = NOW + dt.timedelta(seconds=7)
    async with database.transaction() as session:
        await pause_channel(session, "browser", until)
        await sending.not_now(session, row, "wait")
    assert await claim(database, until - dt.timedelta(seconds=1)) == []
    (again,) = await claim(database, until)
    assert (again.id, again.attempts) == (row.id, row.attempts)
    async with database.reading() as session:
        due_at = (await session.execute(select(OutboxMessage.due_at))).scalar_one()
    assert due_at == NOW.replace(minute=0, second=0, microsecond=0)


@pytest.mark.parametrize(("kind", "left"), [("reporter", []), ("digest", ["dropped"])])
async def test_what_is_too_late_leaves_nothing_of_a_reporter(database: Database, kind: str, left: list[str]) -> None:
    async with database.transaction() as session:
        contact = await contact_at(session, "browser", "a", NOW)
        assert await plan_notice(session, "k", contact, kind, {}, NOW, expires_at=NOW + dt.timedelta(minutes=1))
        assert not await plan_notice(session, "k", contact, kind, {}, NOW)
    async with database.transaction() as session:
        assert await too_late(session, NOW + dt.timedelta(minutes=2)) == 1
    async with database.reading() as session:
        assert (await session.execute(select(OutboxMessage.state))).scalars().all() == left
