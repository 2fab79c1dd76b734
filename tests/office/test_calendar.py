"""The working calendar: swaps, holidays, seasons, the nearest unit's word, and working time that adds up."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, insert

from office.calendar import (
    NoWorkingTime,
    UnitCalendar,
    add_working_days,
    add_working_hours,
    calendar_of,
    holiday_name,
    official_swaps,
    sessions_on,
    works_on,
)
from office.calendar_tables import Hours
from office.database import Database
from office.moments import VIETNAM, at, local
from office.records import DayOverride, Rule, SessionHours, UnitParent
from tests.small_office import SmallOffice

D = dt.date


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def hours(calendar: UnitCalendar, day: D) -> list[tuple[str, str, str]]:
    return [(each.name, f"{local(each.starts_at):%H:%M}", f"{local(each.ends_at):%H:%M}") for each in calendar.sessions_on(day)]


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (D(2026, 11, 23), True),  # a Monday
        (D(2026, 11, 24), False),  # Ngày Văn hóa Việt Nam, from 2026
        (D(2025, 11, 24), True),
        (D(2026, 11, 28), False),  # a Saturday
        (D(2026, 2, 16), False),  # Tết
        (D(2026, 2, 20), False),
        (D(2026, 2, 23), True),
        (D(2026, 4, 27), False),  # Giỗ Tổ on a Sunday, made up on Monday
        (D(2026, 8, 31), False),  # swapped
        (D(2026, 8, 22), True),  # with this Saturday
        (D(2019, 1, 5), True),  # a swap that reaches over the new year
    ],
)
def test_days_by_law(day: D, works: bool) -> None:
    assert UnitCalendar().works_on(day) is works


async def test_the_swap_of_new_year_2026_comes_with_the_shipped_table(database: Database, small_office: SmallOffice) -> None:
    desk = small_office.units["an-binh-mot-cua"]
    async with database.transaction() as session:
        assert await works_on(session, desk, D(2026, 1, 2))  # what the package alone says
        await session.execute(insert(DayOverride), official_swaps())
        for unit in (desk, None):
            assert not await works_on(session, unit, D(2026, 1, 2))
            assert await sessions_on(session, unit, D(2026, 1, 2)) == []
            assert await works_on(session, unit, D(2026, 1, 10))
            assert [each.name for each in await sessions_on(session, unit, D(2026, 1, 10))] == ["morning", "afternoon"]
    assert all(row["source"] for row in official_swaps())


def override(unit_id: int | None, day: D, *, works: bool) -> DayOverride:
    return DayOverride(unit_id=unit_id, day=day, works=works, note="", source="test")


async def test_the_nearest_unit_has_the_last_word_on_a_day(database: Database, small_office: SmallOffice) -> None:
    desk, commune, province = (small_office.units[code] for code in ("an-binh-mot-cua", "an-binh", "tinh"))
    other = small_office.units["hoa-lac"]
    day = D(2026, 11, 25)
    async with database.transaction() as session:
        session.add(override(None, day, works=False))
        await session.flush()
        assert not await works_on(session, desk, day)
        session.add(override(province, day, works=True))
        await session.flush()
        assert await works_on(session, desk, day)
        session.add(override(commune, day, works=False))
        await session.flush()
        assert not await works_on(session, desk, day)
        assert await works_on(session, other, day)
        session.add(override(desk, day, works=True))
        await session.flush()
        assert await works_on(session, desk, day)
        assert not await works_on(session, commune, day)
        assert not await works_on(session, None, day)


async def test_a_unit_that_moved_follows_the_unit_above_it_on_that_day(database: Database, small_office: SmallOffice) -> None:
    moved, new_above = small_office.units["an-binh-tram-y-te"], small_office.units["hoa-lac"]
    async with database.transaction() as session:
        await session.execute(
            UnitParent.__table__.update().where(UnitParent.unit_id == moved).values(valid_to=D(2026, 12, 1))  # type: ignore[attr-defined]
        )
        session.add(UnitParent(unit_id=moved, parent_id=new_above, valid_from=D(2026, 12, 1)))
        session.add_all([override(new_above, D(2026, 11, 30), works=False), override(new_above, D(2026, 12, 1), works=False)])
        await session.flush()
        assert await works_on(session, moved, D(2026, 11, 30))
        assert not await works_on(session, moved, D(2026, 12, 1))


def session_hours(unit_id: int, session: str, starts: str, ends: str, season: tuple[str, str] = ("01-01", "12-31")) -> SessionHours:
    return SessionHours(
        unit_id=unit_id,
        session=session,
        starts=dt.time.fromisoformat(starts),
        ends=dt.time.fromisoformat(ends),
        season_from=season[0],
        season_to=season[1],
    )


async def test_hours_are_the_nearest_units_by_season(database: Database, small_office: SmallOffice) -> None:
    desk, commune = small_office.units["an-binh-mot-cua"], small_office.units["an-binh"]
    winter = ("10-16", "04-15")
    async with database.transaction() as session:
        session.add_all(
            [
                session_hours(commune, "morning", "07:00", "11:00"),
                session_hours(commune, "morning", "07:45", "11:45", winter),
                session_hours(desk, "afternoon", "13:00", "17:30"),
            ]
        )
        await session.flush()
        of_desk = await calendar_of(session, desk, D(2026, 1, 1))
        of_commune = await calendar_of(session, commune, D(2026, 1, 1))
    summer_morning, winter_morning = ("morning", "07:00", "11:00"), ("morning", "07:45", "11:45")
    assert hours(of_desk, D(2026, 7, 1)) == [summer_morning, ("afternoon", "13:00", "17:30")]
    assert hours(of_commune, D(2026, 7, 1)) == [summer_morning, ("afternoon", "13:30", "17:00")]
    for day in (D(2026, 10, 16), D(2026, 12, 31), D(2027, 1, 4), D(2026, 4, 15)):
        assert hours(of_commune, day)[0] == winter_morning, day
    for day in (D(2026, 10, 15), D(2026, 4, 16)):
        assert hours(of_commune, day)[0] == summer_morning, day


async def test_a_session_may_be_closed_by_empty_hours(database: Database, small_office: SmallOffice) -> None:
    station = small_office.units["an-binh-tram-y-te"]
    async with database.transaction() as session:
        session.add(session_hours(station, "afternoon", "13:00", "13:00"))
        await session.flush()
        assert [each.name for each in await sessions_on(session, station, D(2026, 11, 23))] == ["morning"]


async def test_default_hours_are_moments_in_utc(database: Database, small_office: SmallOffice) -> None:
    async with database.transaction() as session:
        morning, afternoon = await sessions_on(session, small_office.units["an-binh"], D(2026, 11, 23))
    assert morning.starts_at == dt.datetime(2026, 11, 23, 0, 30, tzinfo=dt.UTC)
    assert (morning.starts_at.tzinfo, afternoon.day) == (dt.UTC, D(2026, 11, 23))
    assert afternoon.ends_at == dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)


async def test_numbers_come_along_in_the_same_single_statement(database: Database, small_office: SmallOffice) -> None:
    desk, commune = small_office.units["an-binh-mot-cua"], small_office.units["an-binh"]

    def rule(unit_id: int | None, value: int, since: D) -> Rule:
        return Rule(code="late_after_minutes", unit_id=unit_id, value=value, source="test", in_force_from=since)

    async with database.transaction() as session:
        session.add_all([rule(None, 12, D(2026, 1, 1)), rule(commune, 10, D(2026, 1, 1)), rule(commune, 5, D(2026, 6, 1))])
        session.add(rule(commune, 0, D(2027, 1, 1)))
        await session.flush()
        statements: list[str] = []
        event.listen(database.engine.sync_engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
        calendar = await calendar_of(session, desk, D(2026, 11, 23), rules=("late_after_minutes", "check_in_opens_minutes"))
        assert len(statements) == 1
        of_all = await calendar_of(session, None, D(2026, 11, 23), rules=("late_after_minutes",))
    assert calendar.number("late_after_minutes") == 5
    assert calendar.number("check_in_opens_minutes") == 60
    assert of_all.number("late_after_minutes") == 12


@pytest.mark.parametrize(
    ("since", "hours", "due"),
    [
        ("2026-11-23 08:00", 2, "2026-11-23 10:00"),
        ("2026-11-23 10:30", 2, "2026-11-23 14:30"),  # over lunch
        ("2026-11-23 16:00", 2, "2026-11-25 08:30"),  # over the holiday of the 24th
        ("2026-11-23 12:00", 0, "2026-11-23 13:30"),  # outside hours: from the next session
        ("2026-11-28 09:00", 1.5, "2026-11-30 09:00"),  # from a Saturday
        ("2026-11-23 07:30", 4, "2026-11-23 11:30"),  # to the very end of a session
        ("2026-12-31 16:30", 1, "2027-01-04 08:00"),  # over the new year and a weekend
    ],
)
async def test_working_hours(database: Database, small_office: SmallOffice, since: str, hours: float, due: str) -> None:
    async with database.transaction() as session:
        assert await add_working_hours(session, small_office.units["an-binh"], moment(since), hours) == moment(due)


@pytest.mark.parametrize(
    ("since", "days", "due"),
    [
        ("2026-11-23 09:00", 0, "2026-11-23 17:00"),
        ("2026-11-23 09:00", 1, "2026-11-25 17:00"),  # the 24th is a holiday
        ("2026-11-23 09:00", 5, "2026-12-01 17:00"),
        ("2026-11-23 18:00", 1, "2026-11-26 17:00"),  # after hours: the 25th is the first day
        ("2026-11-28 09:00", 5, "2026-12-07 17:00"),  # from a Saturday: Monday is the first day
    ],
)
async def test_working_days(database: Database, small_office: SmallOffice, since: str, days: int, due: str) -> None:
    async with database.transaction() as session:
        assert await add_working_days(session, small_office.units["an-binh"], moment(since), days) == moment(due)


def test_a_calendar_without_any_session_is_refused() -> None:
    never = UnitCalendar(hours=[Hours(name, dt.time(8), dt.time(8)) for name in ("morning", "afternoon")])
    with pytest.raises(NoWorkingTime):
        never.add_hours(moment("2026-11-23 08:00"), 1)
    with pytest.raises(NoWorkingTime):
        never.add_days(moment("2026-11-23 08:00"), 1)


def test_a_holiday_has_its_vietnamese_name() -> None:
    assert holiday_name(D(2026, 11, 24)) == "Ngày Văn hóa Việt Nam"
    assert holiday_name(D(2026, 11, 23)) is None


# --- for any calendar ---------------------------------------------------------------------------------------------------------------

DAYS = st.dates(D(2025, 12, 20), D(2026, 12, 31))
MOMENTS = st.datetimes(dt.datetime(2025, 12, 20), dt.datetime(2026, 12, 31), timezones=st.just(dt.UTC))
MINUTES = st.integers(0, 6_000)


@st.composite
def seasons(draw: st.DrawFn) -> list[Hours]:
    points = st.builds(lambda month, day: f"{month:02d}-{day:02d}", st.integers(1, 12), st.integers(1, 28))
    morning = [
        Hours("morning", dt.time(draw(st.integers(6, 8)), 15), dt.time(11), draw(points), draw(points))
        for _ in range(draw(st.integers(0, 2)))
    ]
    afternoon = [Hours("afternoon", dt.time(13), dt.time(draw(st.integers(13, 18))), draw(points), draw(points))]
    return [*morning, *afternoon]


CALENDARS = st.builds(UnitCalendar, st.dictionaries(DAYS, st.booleans(), max_size=30), seasons())


@given(CALENDARS, MOMENTS, MINUTES)
def test_the_result_lies_in_a_session_and_not_before(calendar: UnitCalendar, since: dt.datetime, minutes: int) -> None:
    due = calendar.add_hours(since, minutes / 60)
    assert due >= since
    assert any(each.starts_at <= due <= each.ends_at for each in calendar.sessions_on(local(due).date()))


@given(CALENDARS, MOMENTS, MINUTES, MINUTES)
def test_working_hours_add_up(calendar: UnitCalendar, since: dt.datetime, one: int, other: int) -> None:
    at_once = calendar.add_hours(since, (one + other) / 60)
    in_two = calendar.add_hours(calendar.add_hours(since, one / 60), other / 60)
    assert abs(at_once - in_two) < dt.timedelta(milliseconds=1) or _only_a_pause_between(calendar, at_once, in_two)


def _only_a_pause_between(calendar: UnitCalendar, one: dt.datetime, other: dt.datetime) -> bool:
    """The end of a session and the start of the next are the same working time."""
    first, last = sorted((one, other))
    day = local(first).date()
    ends = [each.ends_at for each in calendar.sessions_on(day)]
    return any(abs(first - each) < dt.timedelta(milliseconds=1) for each in ends) and calendar.add_hours(first, 1e-6) >= last


@given(CALENDARS, MOMENTS, MOMENTS, MINUTES)
def test_who_comes_first_is_due_first(calendar: UnitCalendar, one: dt.datetime, other: dt.datetime, minutes: int) -> None:
    first, last = sorted((one, other))
    assert calendar.add_hours(first, minutes / 60) <= calendar.add_hours(last, minutes / 60)
    assert calendar.add_days(first, minutes // 600) <= calendar.add_days(last, minutes // 600)


@given(CALENDARS, MOMENTS, MINUTES, MINUTES)
def test_more_time_is_due_no_earlier(calendar: UnitCalendar, since: dt.datetime, one: int, other: int) -> None:
    assert calendar.add_hours(since, min(one, other) / 60) <= calendar.add_hours(since, max(one, other) / 60)


@given(CALENDARS, MOMENTS, st.integers(0, 30))
def test_days_are_due_at_the_end_of_a_working_day(calendar: UnitCalendar, since: dt.datetime, days: int) -> None:
    due = calendar.add_days(since, days)
    day = local(due).date()
    assert due == calendar.sessions_on(day)[-1].ends_at
    worked = sum(
        bool(calendar.sessions_on(local(since).date() + dt.timedelta(days=n))) for n in range((day - local(since).date()).days + 1)
    )
    assert worked - days in (1, 2)  # the first day itself is not counted; it is left out when its hours are over


def test_a_late_session_belongs_to_its_day_in_vietnam() -> None:
    early = UnitCalendar(hours=[Hours("morning", dt.time(6), dt.time(11))])
    assert early.sessions_on(D(2026, 11, 23))[0].day == D(2026, 11, 23)
    assert early.add_hours(at(D(2026, 11, 23), dt.time(5)), 1) == at(D(2026, 11, 23), dt.time(7))
