"""What nobody needs any more goes: files that are no evidence, words for a channel that was switched off. What counts stays."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from office.contacts import contact_at, forget_silent
from office.database import Database
from office.files import forget_unused, store
from office.outbox import plan_notice, put_replies
from office.outbox_upkeep import give_up_waiting
from office.people import note_guess
from office.records import Case, CaseFile, Contact, OutboxMessage, Person, StoredFile
from office.records import Unit as UnitRecord
from office.transcript import add_bubble

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
        await plan_notice(session, "k", contact, "digest", {}, LONG_AGO)
    async with database.transaction() as session:
        await give_up_waiting(session, NOW - dt.timedelta(days=60), NOW)
    async with database.reading() as session:
        rows = (
            await session.execute(select(OutboxMessage.kind, OutboxMessage.state, OutboxMessage.body).order_by(OutboxMessage.kind))
        ).all()
    assert [(kind, state) for kind, state, _ in rows] == [("digest", "dropped"), ("reply", "due")]  # of the old answer nothing stays
    assert rows[0][2] is None


async def test_conversations_in_which_nothing_was_said_go_after_their_time(database: Database) -> None:
    async with database.transaction() as session:
        for address in ("silent", "young", "spoke", "told", "guessed", "linked"):
            contact = await contact_at(session, "browser", address, NOW if address == "young" else LONG_AGO)
            if address == "spoke":
                await add_bubble(session, contact.id, "m1", {"text": "a"}, LONG_AGO, mine=True)
            elif address == "told":
                await put_replies(session, contact, "m1", [{"text": "a"}], LONG_AGO)
            elif address == "guessed":
                note_guess(session, contact.id, LONG_AGO)
            elif address == "linked":
                contact.person_id = (await session.execute(select(Person.id).limit(1))).scalar_one()
        await contact_at(session, "telegram", "silent", LONG_AGO)
    async with database.transaction() as session:
        assert await forget_silent(session, NOW - dt.timedelta(days=30)) == 1
    async with database.reading() as session:
        left = set((await session.execute(select(Contact.channel, Contact.address))).all())
    assert {address for channel, address in left if channel == "browser"} == {"young", "spoke", "told", "guessed", "linked"}
    assert ("telegram", "silent") in left
