"""Reminders: before a session to whoever has not come, before the day ends for the self-check.

Each once. Silent at night, on holidays and swapped days, and for whoever is away.
"""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from office import Session
from office.attendance import check_in
from office.database import Database
from office.leave import announce, cancel
from office.official_days import load_official_swaps
from office.outbox_upkeep import too_late
from office.records import DayOverride, Post, Rule, SessionHours
from office.reminders import Reminders, after_quiet, is_quiet
from office.self_check import Answers, save
from tests.office.fortnight import UNIT_OF, D, on
from tests.office.reminding import COMMUNE, FRIDAY, THURSDAY, link_all, planned, swaps
from tests.small_office import LONG_AGO, SmallOffice


@pytest.fixture(autouse=True)
async def linked(database: Database, small_office: SmallOffice) -> None:
    await link_all(database, small_office)


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


async def early_hours(
    database: Database, office: SmallOffice, morning: tuple[int, int], night: tuple[str, str] = ("21:00", "06:30")
) -> None:
    """The station begins at that time and has its own night."""
    unit = office.units["an-binh-tram-y-te"]
    async with database.transaction() as session:
        session.add(SessionHours(unit_id=unit, session="morning", starts=dt.time(*morning), ends=dt.time(11)))
        for code, value in zip(("quiet_from", "quiet_to"), night, strict=True):
            session.add(Rule(code=code, unit_id=unit, value=value, source="test", in_force_from=LONG_AGO))


@pytest.mark.parametrize(
    ("morning", "night", "first"),
    [
        ((6, 0), ("21:00", "06:30"), None),  # from 05:45 to 06:15 all sleep
        ((6, 30), ("21:00", "06:30"), "06:30"),  # would be said at a quarter past six
        ((6, 50), ("21:00", "06:30"), "06:35"),
        ((6, 0), ("21:00", "05:30"), "05:45"),
        ((6, 0), ("00:00", "05:50"), "05:50"),
        ((6, 0), ("00:00", "00:00"), "05:45"),  # no night at all
    ],
)
async def test_no_session_is_so_early_that_somebody_is_woken(
    database: Database, small_office: SmallOffice, morning: tuple[int, int], night: tuple[str, str], first: str | None
) -> None:
    await early_hours(database, small_office, morning, night)
    schedule = Reminders()
    said = []
    for minute in range(5 * 60 + 30, 7 * 60 + 10, 5):
        clock = f"{minute // 60:02d}:{minute % 60:02d}"
        said += [clock] * len((await planned(database, on(THURSDAY, clock), schedule)).get("check_in_reminder", []))
    assert said == ([first] * 2 if first else [])


async def test_who_was_moved_during_the_morning_is_not_asked_again(database: Database, small_office: SmallOffice) -> None:
    """MC02 tapped at the desk, then the move to the station, from today on, is entered; the station reminds by its own times."""
    station = small_office.units["an-binh-tram-y-te"]
    async with database.transaction() as session:
        await comes(session, small_office, "MC02", "07:05")
        post = (await session.execute(select(Post).where(Post.person_id == small_office.people["MC02"]))).scalar_one()
        post.unit_id = station
        for code, value in (("remind_before_minutes", 20), ("self_check_reminder_minutes", 45)):
            session.add(Rule(code=code, unit_id=station, value=value, source="test", in_force_from=LONG_AGO))
    assert await planned(database, on(THURSDAY, "07:10")) == {"check_in_reminder": ["YT01", "YT02"]}
    assert await planned(database, on(THURSDAY, "16:15")) == {"self_check_reminder": ["MC02"]}


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


async def test_of_the_self_check_nothing_is_said_at_night(database: Database, small_office: SmallOffice) -> None:
    """Where the afternoon lasts until half past eight the reminder is good until half past nine, but not after nine."""
    async with database.transaction() as session:
        desk = small_office.units["an-binh-mot-cua"]
        session.add(SessionHours(unit_id=desk, session="afternoon", starts=dt.time(13), ends=dt.time(20, 30)))
        for code in ("MC01", "MC02"):
            await comes(session, small_office, code, "13:00")
    assert await planned(database, on(THURSDAY, "21:10")) == {}
    assert await planned(database, on(THURSDAY, "20:59")) == {"self_check_reminder": ["MC01", "MC02"]}
    async with database.transaction() as session:
        assert await too_late(session, on(THURSDAY, "21:00")) == 2


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
