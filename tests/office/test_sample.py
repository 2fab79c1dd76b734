"""The sample commune: whole, plainly marked, plausible on any day of the week, and never on top of anything real."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.migrate import migrate
from office import Session
from office.calendar import works_on
from office.database import Database
from office.digest_figures import figures_of
from office.moments import VIETNAM, local, monday, today
from office.people import Role, holders, who_is
from office.records import Attendance, Case, CaseEvent, Contact, DayOverride, Leave, Person, Post, Unit
from office.sample import is_sample, load_sample, sample_person
from office.units import find_units, lineage, unit_by_code
from office.vault import Vault

SUNDAY, MONDAY, THURSDAY = (dt.datetime(2026, 11, day, 10, 0, tzinfo=VIETNAM) for day in (22, 23, 19))

TET = dt.date(2027, 2, 12)
"""Hardly any working day before it in which a deadline could have passed."""


@pytest.fixture
async def empty(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite:///{tmp_path}/sample.db", Vault(b"k" * 32), synchronous="NORMAL")
    await migrate(database)
    yield database
    await database.close()


async def count(session: Session, record: type, *where: object) -> int:
    return int((await session.execute(select(func.count()).select_from(record).where(*where))).scalar_one())


@pytest.mark.parametrize("now", [SUNDAY, MONDAY, THURSDAY, dt.datetime.combine(TET, dt.time(7), VIETNAM)])
async def test_it_is_whole_and_ends_before_today(empty: Database, now: dt.datetime) -> None:
    async with empty.transaction() as session:
        assert await load_sample(session, now) is True
        assert await count(session, Unit, Unit.sample.is_(False)) == await count(session, Person, Person.sample.is_(False)) == 0
        commune = await unit_by_code(session, "ha-vi-du")
        assert commune is not None
        assert "dữ liệu mẫu" in commune.name
        assert len(await lineage(session, (await unit_by_code(session, "mot-cua")).id, today(now))) == 3
        cases = (await session.execute(select(Case))).scalars().all()
        assert 15 <= len(cases) <= 22
        assert max(local(case.created_at).date() for case in cases) < today(now)
        assert {case.state for case in cases} == {"new", "accepted", "answered", "closed"}
        assert len({case.category for case in cases}) >= 10
        assert any(case.answer_due_at < now and case.state in ("new", "accepted") for case in cases) or now.date() == TET
        for case in cases:
            assert case.created_at < case.accept_due_at < case.answer_due_at
            assert (case.answer is not None) == (case.state in ("answered", "closed"))
            steps = [each for each in (case.created_at, case.accepted_at, case.answered_at, case.closed_at) if each]
            assert steps == sorted(steps)
            assert steps[-1] <= now
            assert await count(session, CaseEvent, CaseEvent.case_id == case.id) == len(steps)


async def test_attendance_is_on_working_days_and_not_in_the_future(empty: Database) -> None:
    async with empty.transaction() as session:
        await load_sample(session, THURSDAY)
        rows = (await session.execute(select(Attendance))).scalars().all()
        away = {(leave.person_id, leave.first_day + dt.timedelta(days=n)) for leave in (await session.execute(select(Leave))).scalars()
                for n in range((leave.last_day - leave.first_day).days + 1)}  # fmt: skip
        assert min(row.day for row in rows) == monday(THURSDAY.date()) - dt.timedelta(days=14)
        for day in {row.day for row in rows}:
            assert await works_on(session, None, day)
        for row in rows:
            assert row.arrived_at <= THURSDAY
            assert row.left_at is None or row.arrived_at < row.left_at <= THURSDAY
            assert (row.person_id, row.day) not in away
        assert 0.02 < sum(row.late_minutes > 0 for row in rows) / len(rows) < 0.2
        assert any(row.late_reason for row in rows)


async def test_the_first_digest_has_something_to_show(empty: Database) -> None:
    async with empty.transaction() as session:
        await load_sample(session, MONDAY)
        commune = await unit_by_code(session, "ha-vi-du")
        assert commune is not None
        week = monday(today(MONDAY)) - dt.timedelta(days=7)
        figures = await figures_of(session, commune.id, week, MONDAY)
        assert not figures.is_quiet
        before = await figures_of(session, commune.id, week - dt.timedelta(days=7), MONDAY)
        assert not before.is_quiet


async def test_the_panes_speak_for_an_official_and_the_head(empty: Database) -> None:
    async with empty.transaction() as session:
        await load_sample(session, MONDAY)
        official, head = await sample_person(session, "official"), await sample_person(session, "head")
        assert await sample_person(session, "citizen") is None
        contact = Contact(channel="browser", address="a", person_id=head, created_at=MONDAY, heard_at=MONDAY)
        session.add(contact)
        await session.flush()
        who = await who_is(session, contact, MONDAY)
        commune = await unit_by_code(session, "ha-vi-du")
        assert commune is not None
        assert who.heads == (commune.id,)
        contact.person_id = official
        assert (await who_is(session, contact, MONDAY)).posts[0][1] is Role.RECEPTION
        assert await count(session, Attendance, Attendance.person_id.in_([official, head]), Attendance.day == today(MONDAY)) == 0
        assert await count(session, Attendance, Attendance.day == today(MONDAY)) > 5
        overseer = await unit_by_code(session, "so-noi-vu-vi-du")
        assert overseer is not None
        assert len(await holders(session, overseer.id, today(MONDAY), Role.HOME_AFFAIRS)) == 1


async def test_bribery_lies_above_the_commune(empty: Database) -> None:
    async with empty.transaction() as session:
        await load_sample(session, MONDAY)
        above = await unit_by_code(session, "so-noi-vu-vi-du")
        grave = (await session.execute(select(Case).where(Case.category == "BRIBERY"))).scalar_one()
        assert above is not None
        assert grave.grave
        assert grave.handled_by_id == above.id


async def test_a_second_start_changes_nothing(empty: Database) -> None:
    async with empty.transaction() as session:
        await load_sample(session, MONDAY)
    async with empty.transaction() as session:
        assert await load_sample(session, MONDAY) is False
        assert await count(session, DayOverride, DayOverride.day == dt.date(2026, 1, 10)) == 1
        assert await is_sample(session)


async def test_it_never_mixes_with_real_units(empty: Database) -> None:
    async with empty.transaction() as session:
        session.add(Unit(code="that", name="Xã Thật", kind="commune", aliases=[]))
        await session.flush()
        assert await load_sample(session, MONDAY) is False
        assert await is_sample(session) is False
        assert await sample_person(session, "head") is None


async def test_the_same_seed_gives_the_same_days(tmp_path: Path) -> None:
    seen = []
    for name in ("one", "two"):
        database = Database(f"sqlite:///{tmp_path}/{name}.db", Vault(b"k" * 32), synchronous="NORMAL")
        await migrate(database)
        async with database.transaction() as session:
            await load_sample(session, THURSDAY, rng_seed=7)
            rows = await session.execute(select(Attendance.person_id, Attendance.day, Attendance.session, Attendance.arrived_at))
            seen.append(rows.all())
        await database.close()
    assert seen[0] == seen[1]


async def test_people_find_the_units_by_everyday_names(empty: Database) -> None:
    async with empty.transaction() as session:
        await load_sample(session, MONDAY)
        for typed, code in (("mot cua", "mot-cua"), ("tram xa", "tram-y-te"), ("dia chinh", "phong-kinh-te"), ("uy ban xa", "ha-vi-du")):
            unit = await unit_by_code(session, code)
            assert unit is not None
            assert (await find_units(session, typed))[0].unit_id == unit.id, typed


async def test_every_official_has_one_post(empty: Database) -> None:
    async with empty.transaction() as session:
        await load_sample(session, MONDAY)
        people = await count(session, Person)
        assert 14 <= people <= 16
        assert await count(session, Post) == people


async def test_the_sample_loads_on_postgres_too(postgres_url: str) -> None:
    database = Database(postgres_url, Vault(b"k" * 32))
    await migrate(database)
    async with database.transaction() as session:
        assert await load_sample(session, MONDAY) is True
    async with database.transaction() as session:
        assert await load_sample(session, MONDAY) is False
    await database.close()
