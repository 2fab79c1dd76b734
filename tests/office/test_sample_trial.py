"""Who tries the sample can check in at any hour, and the working hours of the others stay as they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.migrate import migrate
from office.attendance import Came, check_in
from office.calendar import calendar_of
from office.contacts import contact_at, reach
from office.database import Database
from office.moments import VIETNAM
from office.records import Person, Post
from office.sample import load_sample, sample_person
from office.sample_trial import look_here, open_for_trial
from office.units import unit_by_code
from office.vault import Vault


def on(day: int, clock: str) -> dt.datetime:
    """That day of November 2026; the 22nd is a Sunday."""
    return dt.datetime.combine(dt.date(2026, 11, day), dt.time.fromisoformat(clock), VIETNAM)


@pytest.fixture
async def commune(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite:///{tmp_path}/sample.db", Vault(b"k" * 32), synchronous="NORMAL")
    await migrate(database)
    async with database.transaction() as session:
        await load_sample(session, on(20, "10:00"))
    yield database
    await database.close()


async def checks_in(database: Database, now: dt.datetime) -> Came:
    async with database.transaction() as session:
        person = await sample_person(session, "official")
        assert person is not None
        await open_for_trial(session, person, now)
    async with database.transaction() as session:
        unit = (await session.execute(select(Post.unit_id).where(Post.person_id == person))).scalar_one()
        return (await check_in(session, person, unit, now)).outcome


@pytest.mark.parametrize("clock", ["00:02", "04:30", "12:20", "17:40", "20:13", "23:31", "23:50", "23:58"])
@pytest.mark.parametrize("day", [22, 23])
async def test_at_any_hour_of_any_day(commune: Database, day: int, clock: str) -> None:
    assert await checks_in(commune, on(day, clock)) is Came.ON_TIME


async def test_within_working_hours_nothing_is_changed(commune: Database) -> None:
    async with commune.transaction() as session:
        person = await sample_person(session, "official")
        assert person is not None
        assert not await open_for_trial(session, person, on(23, "07:20"))


async def test_again_on_the_same_evening_and_on_the_next_day(commune: Database) -> None:
    assert await checks_in(commune, on(22, "20:13")) is Came.ON_TIME
    assert await checks_in(commune, on(22, "20:14")) is Came.ALREADY
    assert await checks_in(commune, on(23, "20:13")) is Came.ON_TIME
    assert await checks_in(commune, on(24, "07:20")) is Came.ON_TIME


async def test_nobody_else_gets_hours(commune: Database) -> None:
    async with commune.transaction() as session:
        for person in (
            (await session.execute(select(Person.id).where(Person.id != await sample_person(session, "official")))).scalars().all()
        ):
            assert not await open_for_trial(session, person, on(22, "20:13"))
    assert await checks_in(commune, on(22, "20:13")) is Came.ON_TIME
    async with commune.reading() as session:
        commune_unit = await unit_by_code(session, "ha-vi-du")
        assert commune_unit is not None
        assert not (await calendar_of(session, commune_unit.id, on(22, "20:13").date())).works_on(on(22, "20:13").date())


async def test_news_goes_to_the_page_opened_last_and_citizens_are_left_alone(commune: Database) -> None:
    async with commune.transaction() as session:
        person = await sample_person(session, "head")
        assert person is not None
        pages = [await contact_at(session, "browser", f"page {number}", on(23, "09:00")) for number in range(6)]
        for page in pages[:5]:
            page.person_id = person
            await session.flush()
            await look_here(session, page)
        await look_here(session, pages[5])
        found = await reach(session, person, on(23, "09:01"))
        assert found is not None
        assert found.id == pages[4].id
        await session.refresh(pages[5])
        assert not pages[5].failing
