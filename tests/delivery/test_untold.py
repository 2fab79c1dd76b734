"""What waits for somebody tells nobody else anything; and whoever comes back while the night mingles the rows loses nothing."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest
from sqlalchemy import text

from bot.delivery.outcome import Failed
from office import Session
from office.contacts import contact_at
from office.database import Database
from office.held import release
from office.mingling import mingle
from office.outbox import GIVE_UP_AFTER, put_replies
from office.people import who_is
from tests.delivery.kit import ANSWER, LONG_SILENT, NOW, WINDOW, Scripted, Stage, news, waiting
from tests.delivery.race import until_somebody_waits
from tests.small_office import SmallOffice


async def test_a_waiting_row_tells_neither_what_it_is_nor_when_it_came(database: Database, small_office: SmallOffice) -> None:
    """Next to the steps of the cases, its hour and its kind would tell who filed which, for half a year."""
    zalo = Scripted("zalo_oa", window=WINDOW)
    stage = Stage(database, zalo)
    citizen = await stage.contact("zalo_oa", "citizen", heard=LONG_SILENT)
    head = await stage.contact("zalo_oa", "head", heard=LONG_SILENT, person_id=small_office.people["CT01"])
    for contact, kind in ((citizen, "reporter"), (head, "case_new"), (head, "digest")):
        await stage.plan(contact, kind, news("accepted", 1))
    zalo.never["receipt"] = Failed("away")
    async with database.transaction() as session:
        await put_replies(session, await contact_at(session, "zalo_oa", "another", NOW), "u", [{"text": "receipt"}], NOW)
    await stage.passes(GIVE_UP_AFTER + 1, hours=2)
    rows = await stage.rows()
    month = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    assert len(rows) == 4
    assert {(row.state, row.kind, row.reason, row.created_at, row.due_at, row.ended_at) for row in rows} == {
        ("held", "held", None, month, month, None)
    }


async def test_what_waits_is_sealed(database: Database) -> None:
    stage, _, _ = await waiting(database)
    (row,) = await stage.rows()
    assert row.body is not None
    assert b"answered" not in row.body
    assert database.vault.open(row.body, "outbox")["kind"] == "reporter"


@pytest.mark.postgresql_only
async def test_somebody_who_comes_back_while_the_night_mingles(database: Database) -> None:
    stage, zalo, _ = await waiting(database)
    async with database.transaction() as session:
        assert await mingle(session, NOW - dt.timedelta(days=2))
        returning = asyncio.create_task(stage.word("zalo_oa", carried=False))
        await until_somebody_waits(database, returning)
    await returning
    await stage.settle()
    assert zalo.said == ["case_answered 1", ANSWER]


@pytest.mark.postgresql_only
async def test_the_night_that_mingles_while_somebody_comes_back(database: Database) -> None:
    """Their turn has begun, and finds the row gone that it was to release: the next word still brings it."""
    stage, zalo, citizen = await waiting(database)

    async def comes_back(session: Session) -> None:
        await release(session, contact, await who_is(session, contact, NOW), NOW)

    async with database.transaction() as turn:
        contact = await contact_at(turn, "zalo_oa", "a", NOW)
        async with database.transaction() as night:
            assert await mingle(night, NOW - dt.timedelta(days=2))
            returning = asyncio.create_task(comes_back(turn))
            await until_somebody_waits(database, returning)
        await returning
    assert (await stage.known(citizen)).holds
    await stage.word("zalo_oa")
    assert zalo.said == ["case_answered 1", ANSWER]


@pytest.mark.postgresql_only
async def test_the_night_takes_from_what_waits_the_mark_of_when_it_was_laid_down(database: Database) -> None:
    """Their transactions' numbers lie beside that of the step, for months; silence alone must not keep them from being mingled."""
    stage, _, _ = await waiting(database)
    stage.now += dt.timedelta(days=1)
    marks = [text("SELECT xmin::text FROM outbox"), text("SELECT xmin::text FROM contact WHERE holds")]
    async with database.reading() as session:
        before = [(await session.execute(mark)).scalar_one() for mark in marks]
    async with database.transaction() as session:
        assert await mingle(session, stage.now)
    async with database.reading() as session:
        outbox, contact = [(await session.execute(mark)).scalar_one() for mark in marks]
    assert outbox == contact
    assert outbox not in before
