"""What nobody needs any more goes: files that are no evidence, words for a channel that was switched off. What counts stays."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from office.contacts import contact_at
from office.database import Database
from office.files import forget_unused, store
from office.outbox import give_up_waiting, put_replies
from office.records import Case, CaseFile, OutboxMessage, StoredFile
from office.records import Unit as UnitRecord

NOW = dt.datetime(2026, 11, 23, 0, 0, tzinfo=dt.UTC)
LONG_AGO = NOW - dt.timedelta(days=100)


async def _a_case(database: Database) -> int:
    async with database.transaction() as session:
        unit = UnitRecord(code="xa-khac", name="Xã Mẫu", kind="commune", aliases=[], sample=False)
        session.add(unit)
        await session.flush()
        who = {"code": "123", "unit_id": unit.id, "handled_by_id": unit.id, "identity": "anonymous"}
        case = Case(**who, text="x", category="DELAY", created_at=LONG_AGO, accept_due_at=LONG_AGO, answer_due_at=LONG_AGO)
        session.add(case)
        await session.flush()
        return case.id


async def test_unused_files_go_after_their_time_and_evidence_stays(database: Database) -> None:
    case = await _a_case(database)
    async with database.transaction() as session:
        evidence = await store(session, "picture", "a.jpg", "image/jpeg", b"a", LONG_AGO)
        unused = await store(session, "picture", "b.jpg", "image/jpeg", b"b", LONG_AGO)
        young = await store(session, "picture", "c.jpg", "image/jpeg", b"c", NOW)
        session.add(CaseFile(case_id=case, file_id=evidence.id))
    async with database.transaction() as session:
        assert await forget_unused(session, NOW - dt.timedelta(days=90)) == 1
    async with database.reading() as session:
        left = set((await session.execute(select(StoredFile.id))).scalars())
    assert left == {evidence.id, young.id}
    assert unused.id not in left


async def test_what_waits_for_a_channel_that_is_gone_ends(database: Database) -> None:
    async with database.transaction() as session:
        contact = await contact_at(session, "telegram", "1", LONG_AGO)
        await put_replies(session, contact, "old", [{"text": "a"}], LONG_AGO)
        await put_replies(session, contact, "new", [{"text": "b"}], NOW)
    async with database.transaction() as session:
        await give_up_waiting(session, NOW - dt.timedelta(days=60), NOW)
    async with database.reading() as session:
        rows = (await session.execute(select(OutboxMessage.state, OutboxMessage.body).order_by(OutboxMessage.id))).all()
    assert [state for state, _ in rows] == ["dropped", "due"]
    assert rows[0][1] is None
