"""The self-check: sealed, the person's own, countable by others; the week so far; who was expected to do it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from sqlalchemy import select

from office import Session
from office.database import Database
from office.moments import VIETNAM
from office.records import Leave, SelfCheck
from office.self_check import CRITERIA, GROUPS, Answers, own_check, save, trend
from office.vault import Vault
from tests.small_office import SmallOffice

D = dt.date
MONDAY = D(2026, 11, 23)


def evening(day: D) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(16, 40), VIETNAM)


async def check(session: Session, office: SmallOffice, code: str, day: D, *missed: str, note: str = "") -> None:
    unit = {"MC": "an-binh-mot-cua", "CT": "an-binh", "YT": "an-binh-tram-y-te"}[code[:2]]
    await save(session, office.people[code], office.units[unit], day, Answers(missed, note), evening(day))


def test_the_criteria_are_the_four_xin_the_four_luon_and_the_rest() -> None:
    assert [len(items) for items in GROUPS.values()] == [4, 4, 2, 1, 1]
    assert len(set(CRITERIA)) == 12


async def test_the_last_answer_of_a_day_counts(database: Database, small_office: SmallOffice) -> None:
    async with database.transaction() as session:
        await check(session, small_office, "MC02", MONDAY, "card")
        await check(session, small_office, "MC02", MONDAY, note="mệt nhưng vui")
        found = await own_check(session, small_office.people["MC02"], MONDAY)
        assert found == (Answers((), "mệt nhưng vui"), evening(MONDAY))
        assert len((await session.execute(select(SelfCheck))).scalars().all()) == 1
        assert await own_check(session, small_office.people["MC01"], MONDAY) is None


async def test_what_was_answered_cannot_be_read_in_the_database(database: Database, small_office: SmallOffice) -> None:
    async with database.transaction() as session:
        await check(session, small_office, "MC02", MONDAY, "luon_mim_cuoi", note="cáu với dân")
    async with database.reading() as session:
        stored = str((await session.execute(select(SelfCheck.answers))).scalar_one())
    assert "luon_mim_cuoi" not in stored
    assert "dân" not in stored


async def test_with_a_lost_key_it_still_counts_as_done(database: Database, small_office: SmallOffice, tmp_path: Path) -> None:
    async with database.transaction() as session:
        await check(session, small_office, "MC02", MONDAY, "card")
    async with database.transaction() as session:
        session.info["vault"] = Vault(b"another key of thirty-two bytes!")
        assert await own_check(session, small_office.people["MC02"], MONDAY) == (None, evening(MONDAY))
        week = await trend(session, small_office.people["MC02"], small_office.units["an-binh-mot-cua"], evening(MONDAY))
        assert (week.done, week.whole) == (1, 0)


async def test_the_week_so_far(database: Database, small_office: SmallOffice) -> None:
    """Monday, Wednesday, Thursday are worked by Thursday: Tuesday is a holiday."""
    person, unit = small_office.people["MC02"], small_office.units["an-binh-mot-cua"]
    thursday = D(2026, 11, 26)
    async with database.transaction() as session:
        await check(session, small_office, "MC02", D(2026, 11, 20), "card")
        await check(session, small_office, "MC02", MONDAY)
        await check(session, small_office, "MC02", D(2026, 11, 25), "luon_mim_cuoi")
        await check(session, small_office, "MC02", thursday)
        week = await trend(session, person, unit, evening(thursday))
        assert (week.days, week.done, week.whole) == (3, 3, 2)
        assert (week.before, week.before_day) == (Answers(("luon_mim_cuoi",)), D(2026, 11, 25))
        session.add(Leave(person_id=person, first_day=D(2026, 11, 27), last_day=D(2026, 11, 27), kind="leave"))
        await session.flush()
        week = await trend(session, person, unit, evening(D(2026, 11, 27)))
        assert (week.days, week.done) == (3, 3)


async def test_what_lies_two_weeks_back_is_let_be(database: Database, small_office: SmallOffice) -> None:
    person, unit = small_office.people["MC02"], small_office.units["an-binh-mot-cua"]
    async with database.transaction() as session:
        await check(session, small_office, "MC02", D(2026, 11, 6), "card")
        assert (await trend(session, person, unit, evening(MONDAY))).before is None
