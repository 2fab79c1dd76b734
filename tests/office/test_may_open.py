"""What is hidden in a case is never opened by who may be among those complained of, or heads them, then or now."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import delete, update

from office import Session
from office.cases import Filing, file_case, handles
from office.contacts import contact_at
from office.database import Database
from office.files import store
from office.people import Role, Who, posts_of
from office.records import Case, Post, Unit, UnitParent
from office.stories import may_open, open_whole
from tests.dialogue import TestClock
from tests.small_office import LONG_AGO, SmallOffice


async def filed(session: Session, office: SmallOffice, unit: str, category: str, now: dt.datetime) -> Case:
    """A case of which something is hidden."""
    contact = await contact_at(session, "browser", "abc", now)
    words = {"text": "[tên người] bị quát", "whole": "Lò Thị Sen bị quát"}
    return await file_case(
        session, Filing(office.units[unit], happened="", identity="confidential", category=category, **words), contact, now
    )


async def post(session: Session, office: SmallOffice, person: str, unit: str, role: Role, since: dt.date = LONG_AGO) -> None:
    session.add(Post(person_id=office.people[person], unit_id=office.units[unit], role=role, title="", valid_from=since))
    await session.flush()


async def ends(session: Session, office: SmallOffice, person: str, unit: str, day: dt.date) -> None:
    which = (Post.person_id == office.people[person], Post.unit_id == office.units[unit])
    await session.execute(update(Post).where(*which).values(valid_to=day))


async def nobody_watches(session: Session, office: SmallOffice) -> None:
    await session.execute(delete(Post).where(Post.person_id == office.people["NV01"]))


async def may(session: Session, office: SmallOffice, case: Case, person: str, now: dt.datetime) -> tuple[bool, bool]:
    """Whether the person handles the case, and may open what is hidden."""
    who = Who(1, office.people[person], "", tuple(await posts_of(session, office.people[person], now)))
    return await handles(session, case.id, who, now), await may_open(session, case, who, now)


async def again(session: Session, case: Case) -> Case:
    """The case read anew, and nothing remembered of its unit."""
    number = case.id
    session.expire_all()
    return await session.get_one(Case, number)


async def test_who_watches_from_outside_may(database: Database, small_office: SmallOffice, clock: TestClock) -> None:
    async with database.transaction() as session:
        case = await filed(session, small_office, "an-binh-mot-cua", "BRIBERY", clock())
        assert await may(session, small_office, case, "NV01", clock()) == (True, True)


async def test_the_head_may_not_after_a_merger_either(database: Database, small_office: SmallOffice, clock: TestClock) -> None:
    async with database.transaction() as session:
        await nobody_watches(session, small_office)
        await post(session, small_office, "CT01", "tinh", Role.ADMIN)
        case = await filed(session, small_office, "an-binh-mot-cua", "COMMUNICATION", clock())
        assert await may(session, small_office, case, "CT01", clock()) == (True, False)
        day = clock().date()
        merged = {"closed_on": day, "merged_into_id": small_office.units["an-binh"]}  # as an import of units does
        await session.execute(update(Unit).where(Unit.id == case.unit_id).values(merged))
        await session.execute(update(UnitParent).where(UnitParent.unit_id == case.unit_id).values(valid_to=day))
        assert await may(session, small_office, await again(session, case), "CT01", clock()) == (True, False)


async def test_nor_the_head_of_the_unit_that_took_it_over(database: Database, small_office: SmallOffice, clock: TestClock) -> None:
    async with database.transaction() as session:
        await nobody_watches(session, small_office)
        await post(session, small_office, "CT02", "tinh", Role.ADMIN)
        case = await filed(session, small_office, "an-binh-mot-cua", "BRIBERY", clock())
        assert await may(session, small_office, case, "CT02", clock()) == (True, True)
        merged = {"closed_on": clock().date(), "merged_into_id": small_office.units["hoa-lac"]}
        await session.execute(update(Unit).where(Unit.id == case.unit_id).values(merged))
        assert (await may(session, small_office, await again(session, case), "CT02", clock()))[1] is False


async def test_the_head_of_that_day_may_not_from_another_chair(database: Database, small_office: SmallOffice, clock: TestClock) -> None:
    async with database.transaction() as session:
        case = await filed(session, small_office, "an-binh-tram-y-te", "BRIBERY", clock())
        clock.forward(days=1)
        await ends(session, small_office, "YT01", "an-binh-tram-y-te", clock().date())
        await post(session, small_office, "YT01", "an-binh", Role.INSPECTOR, clock().date())
        assert await may(session, small_office, case, "YT01", clock()) == (True, False)


async def test_who_had_left_before_it_was_filed_may(database: Database, small_office: SmallOffice, clock: TestClock) -> None:
    async with database.transaction() as session:
        await ends(session, small_office, "YT01", "an-binh-tram-y-te", clock().date())
        await post(session, small_office, "YT01", "an-binh", Role.INSPECTOR, clock().date())
        clock.forward(days=1)
        case = await filed(session, small_office, "an-binh-tram-y-te", "BRIBERY", clock())
        assert await may(session, small_office, case, "YT01", clock()) == (True, True)


@pytest.mark.parametrize("left", [False, True])
async def test_who_works_there_may_not_whatever_else_they_are(
    database: Database, small_office: SmallOffice, clock: TestClock, left: bool
) -> None:
    async with database.transaction() as session:
        await nobody_watches(session, small_office)
        await post(session, small_office, "MC02", "an-binh", Role.ADMIN)
        case = await filed(session, small_office, "an-binh-mot-cua", "BRIBERY", clock())
        clock.forward(days=1)
        if left:
            await ends(session, small_office, "MC02", "an-binh-mot-cua", clock().date())
        assert await may(session, small_office, case, "MC02", clock()) == (True, False)
        who = Who(1, small_office.people["MC02"], "", tuple(await posts_of(session, small_office.people["MC02"], clock())))
        with pytest.raises(PermissionError):
            await open_whole(session, case, who, "muốn biết ai là người gửi", clock())


async def test_who_came_after_it_was_filed_may_not_either(database: Database, small_office: SmallOffice, clock: TestClock) -> None:
    async with database.transaction() as session:
        case = await filed(session, small_office, "an-binh-mot-cua", "BRIBERY", clock())
        clock.forward(days=1)
        await post(session, small_office, "NV01", "an-binh-mot-cua", Role.OFFICIAL, clock().date())
        assert await may(session, small_office, case, "NV01", clock()) == (True, False)


async def test_a_sealed_file_alone_is_something_hidden(database: Database, small_office: SmallOffice, clock: TestClock) -> None:
    async with database.transaction() as session:
        contact = await contact_at(session, "browser", "abc", clock())
        file = await store(session, "document", "kể.txt", "text/plain", "Lò Thị Sen".encode(), clock())
        about = Filing(small_office.units["an-binh-mot-cua"], "bị quát", "", "confidential", "BRIBERY", sealed_ids=[file.id])
        case = await file_case(session, about, contact, clock())
        assert await may(session, small_office, case, "NV01", clock()) == (True, True)
        who = Who(1, small_office.people["NV01"], "", tuple(await posts_of(session, small_office.people["NV01"], clock())))
        whole = await open_whole(session, case, who, "xác minh nội dung", clock())
        assert (whole.words, [each.id for each in whole.files]) == ([], [file.id])
