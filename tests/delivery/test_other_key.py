"""After a restore with another key some seals can never be opened again: nobody's turn, and no case, stops at them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import update

from office import Session
from office.cases import answer, case_for
from office.database import Database
from office.names_hidden import names_hidden
from office.outbox import plan_notice
from office.outbox_upkeep import too_late
from office.people import Who
from office.records import OutboxMessage, SealedNames, SealedReporter
from office.vault import Vault
from tests.delivery.kit import ANSWER, Scripted, Stage, waiting
from tests.small_office import SmallOffice

ANOTHER = Vault(b"z" * 32)


async def test_a_head_answers_a_case_whose_reporter_nobody_knows_any_more(database: Database, small_office: SmallOffice) -> None:
    stage = Stage(database, telegram := Scripted("telegram"))
    case_id = await stage.filed(await stage.contact("telegram"), small_office.units["an-binh-mot-cua"])
    head = Who(0, small_office.people["CT01"])
    async with database.transaction() as session:
        await session.execute(update(SealedReporter).values(sealed=ANOTHER.seal({"contact": 1, "self": ""}, "reporter")))
        session.add(SealedNames(case_id=case_id, sealed=ANOTHER.seal(["Sen"], "names")))
    async with database.transaction() as session:
        case = await case_for(session, case_id, head, stage.now)
        await answer(session, case, head, "Chúng tôi xin lỗi bà con.", stage.now)
        assert await names_hidden(session, case) == set()
    assert case.state == "answered"
    await stage.settle()
    assert telegram.tried == []


async def expired(session: Session, stage: Stage, contact_id: int) -> None:
    from office.contacts import contact_by_id

    contact = await contact_by_id(session, contact_id)
    assert await plan_notice(session, "late", contact, "digest", {}, stage.now, expires_at=stage.now + dt.timedelta(minutes=1))


async def test_what_an_earlier_version_holds_outlives_what_came_too_late(database: Database) -> None:
    """Its kind stands readable on the row."""
    stage, zalo, citizen = await waiting(database)
    async with database.transaction() as session:
        await session.execute(update(OutboxMessage).values(kind="reporter"))
        await expired(session, stage, citizen)
    async with database.transaction() as session:
        assert await too_late(session, stage.now + dt.timedelta(minutes=2)) == 1
    await stage.word("zalo_oa")
    assert zalo.said == ["case_answered 1", ANSWER]
