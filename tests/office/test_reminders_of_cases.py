"""Reminders of cases: to whoever handles one that is about to be late, and when it is. Each once; not at night nor on days off."""

from __future__ import annotations

import datetime as dt

import pytest

from office.cases import Filing, add_words, answer, file_case, recategorise
from office.contacts import contact_at
from office.database import Database
from office.people import Who
from office.records import Case, Rule
from office.reminders import AT_ONCE, Reminders
from tests.office.fortnight import D, on
from tests.office.reminding import FRIDAY, link_all, planned, swaps
from tests.small_office import SmallOffice


@pytest.fixture(autouse=True)
async def linked(database: Database, small_office: SmallOffice) -> None:
    await link_all(database, small_office)


async def filed(
    database: Database, office: SmallOffice, when: dt.datetime, category: str = "DELAY", *flags: str, unit: str = "an-binh-mot-cua"
) -> int:
    """File a case; its number."""
    async with database.transaction() as session:
        citizen = await contact_at(session, "browser", "citizen", when)
        return (await file_case(session, Filing(office.units[unit], "…", "", "anonymous", category, flags=list(flags)), citizen, when)).id


async def test_the_head_is_warned_four_working_hours_before_and_when_it_is_late(database: Database, small_office: SmallOffice) -> None:
    """Filed on Friday 2/1 at nine (no swap here): due on Friday 9/1 at 17:00. Four working hours before that is 11:00."""
    await filed(database, small_office, on(D(2026, 1, 2), "09:00"))
    schedule, other = Reminders(), Reminders()
    assert await planned(database, on(FRIDAY, "10:59"), schedule) == {}
    assert await planned(database, on(FRIDAY, "11:00"), schedule) == {"case_near": ["CT01"]}
    assert await planned(database, on(FRIDAY, "11:01"), schedule) == {}
    assert await planned(database, on(FRIDAY, "11:01"), other) == {}
    assert await planned(database, on(FRIDAY, "17:00"), schedule) == {}  # an answer is still in time
    assert await planned(database, on(FRIDAY, "17:01"), schedule) == {"case_overdue": ["CT01"]}
    assert await planned(database, on(FRIDAY, "17:02"), other) == {}


async def test_many_late_cases_are_told_in_portions_each_once(database: Database, small_office: SmallOffice) -> None:
    for _ in range(AT_ONCE + 7):
        await filed(database, small_office, on(D(2026, 1, 2), "09:00"))
    schedule = Reminders()
    told = [await planned(database, on(FRIDAY, clock), schedule) for clock in ("17:10", "17:11", "17:12")]
    assert [len(each.get("case_overdue", [])) for each in told] == [AT_ONCE, 7, 0]


async def test_a_rule_written_badly_in_one_unit_silences_nobody(database: Database, small_office: SmallOffice) -> None:
    await filed(database, small_office, on(D(2026, 1, 2), "09:00"))
    async with database.transaction() as session:
        for code, value in [("quiet_from", "chín giờ tối"), ("quiet_to", "6h30"), ("deadline_warning_hours", "bốn"), ("digest_time", 7)]:
            unit = small_office.units["an-binh-tram-y-te"]
            session.add(Rule(code=code, value=value, unit_id=unit, in_force_from=D(2025, 7, 1), source="…"))
    assert await planned(database, on(FRIDAY, "11:00")) == {"case_near": ["CT01"]}


async def test_of_a_late_case_nothing_is_said_at_night_nor_on_days_off(database: Database, small_office: SmallOffice) -> None:
    """Due on Wednesday 31/12 at 17:00, found late at nine in the evening: then come New Year, the swapped Friday and the weekend."""
    async with database.transaction() as session:
        await swaps(session, small_office)
    await filed(database, small_office, on(D(2025, 12, 24), "09:00"))
    schedule, evening = Reminders(), on(D(2025, 12, 31), "21:00")
    silent = [evening + dt.timedelta(hours=3 * n) for n in range(36)]  # until Monday 5/1 at six
    assert silent[-1] == on(D(2026, 1, 5), "06:00")
    assert [moment for moment in silent if "case_overdue" in await planned(database, moment, schedule)] == []
    assert await planned(database, on(D(2026, 1, 5), "06:29"), schedule) == {}
    assert await planned(database, on(D(2026, 1, 5), "06:30"), schedule) == {"case_overdue": ["CT01"]}


async def test_on_the_swapped_saturday_it_is_said(database: Database, small_office: SmallOffice) -> None:
    """Due on Saturday 10/1, since the commune works on it."""
    async with database.transaction() as session:
        await swaps(session, small_office)
    await filed(database, small_office, on(D(2026, 1, 5), "08:00"))
    assert await planned(database, on(D(2026, 1, 10), "11:00")) == {"case_near": ["CT01"]}


async def test_what_is_answered_or_praise_or_goes_past_the_head(database: Database, small_office: SmallOffice) -> None:
    monday = on(D(2026, 1, 5), "09:00")
    number = await filed(database, small_office, monday)
    await filed(database, small_office, monday, "PRAISE")
    await filed(database, small_office, monday, "BRIBERY")
    await filed(database, small_office, monday, "ETHICS", "names_the_head", unit="an-binh-tram-y-te")
    async with database.transaction() as session:
        case = await session.get(Case, number)
        assert case is not None
        await answer(session, case, Who(0, small_office.people["CT01"]), "Đã xong.", monday)
    assert await planned(database, on(D(2026, 1, 12), "17:01")) == {"case_overdue": ["NV01", "NV01"]}


async def test_who_takes_a_case_over_is_warned_too(database: Database, small_office: SmallOffice) -> None:
    """The warning is for whoever handles it now."""
    number = await filed(database, small_office, on(D(2026, 1, 2), "09:00"))
    async with database.transaction() as session:
        case = await session.get(Case, number)
        assert case is not None
        await recategorise(session, case, Who(0, small_office.people["CT01"]), "BRIBERY", on(D(2026, 1, 5), "09:00"))
    assert await planned(database, on(FRIDAY, "11:00")) == {"case_near": ["NV01"]}


async def test_a_case_open_again_is_warned_of_again(database: Database, small_office: SmallOffice) -> None:
    """By the same scheduler: it was near on Friday 9/1, was answered, and is open again with a new deadline, Friday 16/1."""
    number = await filed(database, small_office, on(D(2026, 1, 2), "09:00"))
    schedule = Reminders()
    assert await planned(database, on(FRIDAY, "11:00"), schedule) == {"case_near": ["CT01"]}
    async with database.transaction() as session:
        case = await session.get(Case, number)
        assert case is not None
        await answer(session, case, Who(0, small_office.people["CT01"]), "Đã xong.", on(FRIDAY, "14:00"))
        await add_words(session, case, "Vẫn chưa.", [], [], on(FRIDAY, "14:00"))
    assert await planned(database, on(D(2026, 1, 16), "11:00"), schedule) == {"case_near": ["CT01"]}


async def test_what_was_said_is_remembered_only_while_it_matters(database: Database, small_office: SmallOffice) -> None:
    """A scheduler lives for months: once a case is closed or a day is over, nothing of it is kept in memory."""
    schedule = Reminders()
    for month in (1, 2, 3):
        day = D(2026, month, 5)
        number = await filed(database, small_office, on(day, "09:00"))
        await planned(database, on(day + dt.timedelta(days=21), "10:00"), schedule)
        assert len(schedule._warned) == 1
        async with database.transaction() as session:
            case = await session.get(Case, number)
            assert case is not None
            await answer(session, case, Who(0, small_office.people["CT01"]), "Đã xong.", on(day + dt.timedelta(days=21), "11:00"))
    await planned(database, on(D(2026, 4, 1), "10:00"), schedule)
    assert schedule._warned == set()
