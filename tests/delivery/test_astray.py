"""What is planned for somebody in the very moment in which they leave that contact is said where they are now."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from handlers.case_notices import case_answered  # noqa: F401  (it registers the words)
from handlers.notices import write
from office import Session
from office.cases import answer, case_for
from office.contacts import contact_by_id
from office.database import Database
from office.outbox import plan_for_person
from office.people import Who
from tests.delivery.kit import LONG_SILENT, WINDOW, Scripted, Stage
from tests.delivery.test_parted import code_of, joins, parts
from tests.delivery.test_taken_back import NEW_CASE, erased, leaves, official_on_two
from tests.small_office import SmallOffice

pytestmark = pytest.mark.postgresql_only

WORDS = "Chúng tôi xin lỗi bà con."


async def meanwhile(stage: Stage, plans: Callable[[Session], Awaitable[object]], leaves_it: Awaitable[object]) -> None:
    """Plan it in one transaction, and before that is kept let them leave in another."""
    async with stage.database.transaction() as session:
        await plans(session)
        async with asyncio.timeout(20):
            await leaves_it


@pytest.mark.parametrize("silent", [False, True])
@pytest.mark.parametrize("how", ["parts", "erased"])
async def test_news_of_a_case_goes_home(database: Database, small_office: SmallOffice, how: str, silent: bool) -> None:
    """Also from a channel that would only have held it."""
    telegram, zalo = Scripted("telegram"), Scripted("zalo_oa", window=WINDOW)
    stage = Stage(database, telegram, zalo, write=write)
    home = await stage.contact("telegram", heard=LONG_SILENT)
    other = await stage.contact("zalo_oa", heard=LONG_SILENT + WINDOW / 10 if silent else stage.now)
    await joins(stage, other, await code_of(stage, home))
    case_id = await stage.filed(home, small_office.units["an-binh-mot-cua"])
    head = Who(0, small_office.people["CT01"])

    async def answered(session: Session) -> None:
        await answer(session, await case_for(session, case_id, head, stage.now), head, WORDS, stage.now)

    await meanwhile(stage, answered, parts(stage, home, other) if how == "parts" else erased(stage, other))
    await stage.settle()
    assert [WORDS in said for said in telegram.said] == [True]
    assert zalo.tried == []
    assert "reporter" not in {row.kind for row in await stage.rows()}


async def test_news_of_what_was_erased_is_said_nowhere(database: Database, small_office: SmallOffice) -> None:
    telegram, zalo = Scripted("telegram"), Scripted("zalo_oa")
    stage = Stage(database, telegram, zalo, write=write)
    home, other = await stage.contact("telegram", heard=LONG_SILENT), await stage.contact("zalo_oa")
    await joins(stage, other, await code_of(stage, home))
    case_id = await stage.filed(home, small_office.units["an-binh-mot-cua"])
    head = Who(0, small_office.people["CT01"])

    async def answered(session: Session) -> None:
        await answer(session, await case_for(session, case_id, head, stage.now, reading=False), head, WORDS, stage.now)

    async with database.transaction() as session:
        await answered(session)
        task = asyncio.create_task(erased(stage, home))
        await asyncio.sleep(0)
    await task
    await stage.settle()
    assert telegram.tried == zalo.tried == []


@pytest.mark.parametrize("how", ["leaves", "parts", "erased"])
async def test_an_officials_notice_goes_to_a_contact_that_is_still_theirs(database: Database, small_office: SmallOffice, how: str) -> None:
    telegram, page = Scripted("telegram"), Scripted("browser")
    stage = Stage(database, telegram, page)
    head = small_office.people["CT01"]
    invited, lent = await official_on_two(stage, head)
    async with database.transaction() as session:
        (await contact_by_id(session, invited)).failing = True

    async def planned(session: Session) -> None:
        assert await plan_for_person(session, "case_new:1", head, "case_new", NEW_CASE, stage.now)

    leaving = {"leaves": leaves, "erased": erased}
    await meanwhile(stage, planned, parts(stage, lent, lent) if how == "parts" else leaving[how](stage, lent))
    await stage.settle()
    assert (telegram.said, page.tried) == (["phản ánh mới"], [])


async def test_a_notice_for_one_official_is_never_judged_as_anothers(database: Database, small_office: SmallOffice) -> None:
    telegram = Scripted("telegram")
    stage = Stage(database, telegram)
    before, after = small_office.people["CT01"], small_office.people["MC02"]
    await stage.linked("telegram", before)

    async def planned(session: Session) -> None:
        assert await plan_for_person(session, "case_new:1", before, "case_new", NEW_CASE, stage.now)

    await meanwhile(stage, planned, stage.linked("telegram", after))
    await stage.settle()
    assert telegram.tried == []
    assert await stage.states() == ["dropped"]
