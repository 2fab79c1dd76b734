"""Reminders: before a session to whoever has not come, before the day ends for the self-check, to heads for a case about to be late.

Each once. Silent at night, on holidays and swapped days, and for whoever is away.
"""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from office import Session
from office.attendance import check_in
from office.cases import Filing, answer, file_case, recategorise
from office.contacts import contact_at
from office.database import Database
from office.leave import announce, cancel
from office.official_days import load_official_swaps
from office.outbox import too_late
from office.people import Who
from office.records import Case, Contact, DayOverride, OutboxMessage, Rule
from office.reminders import Reminders, after_quiet, is_quiet
from office.self_check import Answers, save
from tests.office.fortnight import UNIT_OF, D, link, on
from tests.small_office import LONG_AGO, SmallOffice

THURSDAY, FRIDAY = D(2026, 1, 8), D(2026, 1, 9)
COMMUNE = ["CT01", "MC01", "MC02", "YT01", "YT02"]


@pytest.fixture(autouse=True)
async def linked(database: Database, small_office: SmallOffice) -> None:
    """All people of the two communes can be reached; so can Home Affairs."""
    async with database.transaction() as session:
        for code in (*COMMUNE, "CT02", "NV01"):
            await link(session, small_office, code)


async def planned(database: Database, now: dt.datetime, by: Reminders | None = None) -> dict[str, list[str]]:
    """What a tick at `now` plans anew, by kind: the staff codes, sorted. A scheduler that is not given has just started."""
    async with database.transaction() as session:
        before = set((await session.execute(select(OutboxMessage.id))).scalars())
        remember = await (by or Reminders()).plan(session, now)
    remember()
    found: dict[str, list[str]] = {}
    async with database.reading() as session:
        rows = select(OutboxMessage.id, OutboxMessage.kind, Contact.address).join(Contact, Contact.id == OutboxMessage.contact_id)
        for row, kind, address in (await session.execute(rows.order_by(Contact.address))).all():
            if row not in before:
                found.setdefault(kind, []).append(address)
    return found


async def swaps(session: Session, office: SmallOffice, unit: str = "an-binh") -> None:
    """The swap of Friday 2/1 for Saturday 10/1 in the unit's own table."""
    for day, works in [(D(2026, 1, 2), False), (D(2026, 1, 10), True)]:
        session.add(DayOverride(unit_id=office.units[unit], day=day, works=works, note="hoán đổi", source="test"))


async def comes(session: Session, office: SmallOffice, code: str, clock: str, day: D = THURSDAY) -> None:
    await check_in(session, office.people[code], office.units[UNIT_OF[code[:2]]], on(day, clock))


# --- check-in -----------------------------------------------------------------------------------------------------------------------


async def test_before_a_session_whoever_has_not_come(database: Database, small_office: SmallOffice) -> None:
    async with database.transaction() as session:
        unit = small_office.units["an-binh-tram-y-te"]
        await announce(session, small_office.people["YT02"], unit, THURSDAY, THURSDAY, "mission", on(D(2026, 1, 5), "08:00"))
        await comes(session, small_office, "MC02", "07:05")
    schedule, other = Reminders(), Reminders()
    assert await planned(database, on(THURSDAY, "07:14"), schedule) == {}
    assert await planned(database, on(THURSDAY, "07:15"), schedule) == {"check_in_reminder": ["CT01", "CT02", "MC01", "NV01", "YT01"]}
    assert await planned(database, on(THURSDAY, "07:16"), schedule) == {}
    assert await planned(database, on(THURSDAY, "07:16"), other) == {}
    assert await planned(database, on(THURSDAY, "13:14"), schedule) == {}
    assert await planned(database, on(THURSDAY, "13:15"), schedule) == {
        "check_in_reminder": ["CT01", "CT02", "MC01", "MC02", "NV01", "YT01"]
    }
    assert "YT02" in (await planned(database, on(FRIDAY, "07:15"), schedule))["check_in_reminder"]


@pytest.mark.parametrize(("clock", "said"), [("07:44", True), ("07:45", False), ("11:00", False), ("13:44", True), ("13:45", False)])
async def test_one_whose_time_has_passed_is_not_made_up_for(database: Database, clock: str, said: bool) -> None:
    """The program was down: once the grace for lateness is over, nobody needs it."""
    assert bool(await planned(database, on(THURSDAY, clock))) is said


async def test_one_not_sent_in_time_is_dropped(database: Database) -> None:
    await planned(database, on(THURSDAY, "07:15"))
    async with database.transaction() as session:
        assert await too_late(session, on(THURSDAY, "07:44")) == 0
        assert await too_late(session, on(THURSDAY, "07:45")) == 7


async def test_the_units_own_table_of_swaps(database: Database, small_office: SmallOffice) -> None:
    """An Bình is off on Friday 2/1 and works on Saturday 10/1; Hoà Lạc and Home Affairs have no table."""
    async with database.transaction() as session:
        await swaps(session, small_office)
    at = "07:20"
    assert await planned(database, on(D(2026, 1, 1), at)) == {}
    assert await planned(database, on(D(2026, 1, 2), at)) == {"check_in_reminder": ["CT02", "NV01"]}
    assert await planned(database, on(D(2026, 1, 3), at)) == {}
    assert await planned(database, on(D(2026, 1, 10), at)) == {"check_in_reminder": COMMUNE}
    assert await planned(database, on(D(2026, 1, 11), at)) == {}


async def test_the_governments_swap_holds_for_all_but_whose_table_says_otherwise(database: Database, small_office: SmallOffice) -> None:
    async with database.transaction() as session:
        await load_official_swaps(session)
        for day, works in [(D(2026, 1, 2), True), (D(2026, 1, 10), False)]:
            unit = small_office.units["an-binh-tram-y-te"]
            session.add(DayOverride(unit_id=unit, day=day, works=works, note="trực", source="test"))
    assert await planned(database, on(D(2026, 1, 2), "07:20")) == {"check_in_reminder": ["YT01", "YT02"]}
    assert await planned(database, on(D(2026, 1, 10), "07:20")) == {"check_in_reminder": ["CT01", "CT02", "MC01", "MC02", "NV01"]}


async def test_away_from_the_first_day_to_the_last(database: Database, small_office: SmallOffice) -> None:
    person, unit = small_office.people["MC01"], small_office.units["an-binh-mot-cua"]
    async with database.transaction() as session:
        made = await announce(session, person, unit, D(2026, 1, 6), THURSDAY, "leave", on(D(2026, 1, 5), "08:00"))
        assert made.leave is not None
        leave = made.leave.id
    silent = [day for day in range(5, 10) if "MC01" not in (await planned(database, on(D(2026, 1, day), "07:20")))["check_in_reminder"]]
    assert silent == [6, 7, 8]
    async with database.transaction() as session:
        await cancel(session, person, leave, on(THURSDAY, "09:00"))
    assert "MC01" in (await planned(database, on(THURSDAY, "13:20")))["check_in_reminder"]


async def test_the_units_rule_says_how_long_before(database: Database, small_office: SmallOffice) -> None:
    async with database.transaction() as session:
        unit = small_office.units["an-binh-tram-y-te"]
        session.add(Rule(code="remind_before_minutes", unit_id=unit, value=40, source="test", in_force_from=LONG_AGO))
    schedule = Reminders()
    assert await planned(database, on(THURSDAY, "06:50"), schedule) == {"check_in_reminder": ["YT01", "YT02"]}
    assert await planned(database, on(THURSDAY, "07:15"), schedule) == {"check_in_reminder": ["CT01", "CT02", "MC01", "MC02", "NV01"]}


# --- self-check ---------------------------------------------------------------------------------------------------------------------


async def test_before_the_day_ends_those_who_came_and_did_none(database: Database, small_office: SmallOffice) -> None:
    async with database.transaction() as session:
        for code in ("MC01", "MC02", "YT01"):
            await comes(session, small_office, code, "07:20")
        await save(session, small_office.people["MC02"], small_office.units["an-binh-mot-cua"], THURSDAY, Answers(), on(THURSDAY, "16:00"))
        quiet = Rule(
            code="self_check_reminder_minutes", unit_id=small_office.units["an-binh-tram-y-te"], value=0, source="t", in_force_from=LONG_AGO
        )
        session.add(quiet)
    schedule = Reminders()
    assert await planned(database, on(THURSDAY, "16:29"), schedule) == {}
    assert await planned(database, on(THURSDAY, "16:30"), schedule) == {"self_check_reminder": ["MC01"]}
    assert await planned(database, on(THURSDAY, "17:30"), schedule) == {}
    assert await planned(database, on(THURSDAY, "18:00")) == {}


# --- cases --------------------------------------------------------------------------------------------------------------------------


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
    assert await planned(database, on(FRIDAY, "17:01"), schedule) == {"case_overdue": ["CT01"]}
    assert await planned(database, on(FRIDAY, "17:02"), other) == {}


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


# --- the night ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("clock", "night", "then"),
    [
        ("20:59", False, "08 20:59"),
        ("21:00", True, "09 06:30"),
        ("00:00", True, "08 06:30"),
        ("06:29", True, "08 06:30"),
        ("06:30", False, "08 06:30"),
    ],
)
def test_the_night(clock: str, night: bool, then: str) -> None:
    now = on(THURSDAY, clock)
    assert is_quiet(now, "21:00", "06:30") is night
    assert f"{after_quiet(now, '21:00', '06:30'):%d %H:%M}" == then
