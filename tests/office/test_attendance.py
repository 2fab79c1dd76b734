"""Coming and going: judged by the unit's hours at the tap, kept once, taken back within five minutes."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import event, func, select

from office import Session
from office.attendance import Arrival, Came, Departure, Went, check_in, check_out, give_reason, undo_check_in, undo_check_out
from office.database import Database
from office.moments import VIETNAM
from office.records import Attendance, Leave, Rule, SessionHours
from tests.small_office import SmallOffice

MONDAY = dt.date(2026, 11, 23)


def clock(text: str, day: dt.date = MONDAY) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.fromisoformat(text), VIETNAM)


class Official:
    """One official of the small office, for the length of a test."""

    def __init__(self, session: Session, office: SmallOffice) -> None:
        self.session = session
        self.person, self.unit = office.people["MC02"], office.units["an-binh-mot-cua"]

    async def comes(self, at: str, day: dt.date = MONDAY, meant: tuple[str, dt.date] | None = None) -> Arrival:
        return await check_in(self.session, self.person, self.unit, clock(at, day), meant=meant)

    async def goes(self, at: str, *, move: bool = False) -> Departure:
        return await check_out(self.session, self.person, self.unit, clock(at), move=move)

    async def kept(self) -> list[Attendance]:
        rows = select(Attendance).where(Attendance.person_id == self.person).order_by(Attendance.arrived_at)
        return list((await self.session.execute(rows.execution_options(populate_existing=True))).scalars())


@pytest.mark.parametrize(
    ("at", "outcome", "late"),
    [
        ("06:29", Came.TOO_EARLY, 0),
        ("06:30", Came.ON_TIME, 0),
        ("07:30", Came.ON_TIME, 0),
        ("07:45", Came.ON_TIME, 0),  # the quarter of grace
        ("07:46", Came.LATE, 16),
        ("11:30", Came.LATE, 240),
        ("11:31", Came.BETWEEN, 0),
        ("12:30", Came.ON_TIME, 0),
        ("13:52", Came.LATE, 22),
        ("17:00", Came.LATE, 210),
        ("17:01", Came.AFTER_HOURS, 0),
        ("23:59", Came.AFTER_HOURS, 0),
        ("00:00", Came.TOO_EARLY, 0),
    ],
)
async def test_the_moment_of_the_tap_decides(database: Database, small_office: SmallOffice, at: str, outcome: Came, late: int) -> None:
    async with database.transaction() as session:
        official = Official(session, small_office)
        arrival = await official.comes(at)
        assert (arrival.outcome, arrival.late_minutes) == (outcome, late)
        kept = await official.kept()
        assert [(each.late_minutes, each.arrived_at) for each in kept] == (
            [(late, clock(at))] if arrival.session and outcome in ("on_time", "late") else []
        )


async def test_the_second_tap_changes_nothing(database: Database, small_office: SmallOffice) -> None:
    async with database.transaction() as session:
        official = Official(session, small_office)
        await official.comes("07:20")
        arrival = await official.comes("09:00")
        assert arrival.outcome is Came.ALREADY
        assert arrival.kept is not None
        assert arrival.kept.arrived_at == clock("07:20")
        assert (await official.comes("13:20")).outcome is Came.ON_TIME
        assert [each.session for each in await official.kept()] == ["morning", "afternoon"]


async def test_two_accounts_at_the_same_moment_make_one_arrival(
    database: Database, small_office: SmallOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other account's row appears after this one has looked and before it writes."""
    async with database.transaction() as session:
        official = Official(session, small_office)
        from office import attendance

        insert_once = attendance.insert_once

        async def after_the_other(*args: object) -> bool:
            monkeypatch.setattr(attendance, "insert_once", insert_once)
            await official.comes("07:31")
            return await insert_once(*args)  # type: ignore[arg-type]

        monkeypatch.setattr(attendance, "insert_once", after_the_other)
        arrival = await official.comes("07:32")
        assert arrival.outcome is Came.ALREADY
        assert [each.arrived_at for each in await official.kept()] == [clock("07:31")]


@pytest.mark.parametrize(
    ("meant", "at", "outcome"),
    [
        (("morning", MONDAY), "07:20", Came.ON_TIME),
        (("afternoon", MONDAY), "13:20", Came.ON_TIME),
        (("morning", MONDAY), "13:20", Came.OTHER_SESSION),
        (("morning", dt.date(2026, 11, 20)), "07:20", Came.OTHER_SESSION),
        (("morning", MONDAY), "12:00", Came.BETWEEN),
    ],
)
async def test_an_old_reminder_keeps_nothing(
    database: Database, small_office: SmallOffice, meant: tuple[str, dt.date], at: str, outcome: Came
) -> None:
    async with database.transaction() as session:
        official = Official(session, small_office)
        arrival = await official.comes(at, meant=meant)
        assert arrival.outcome is outcome
        assert len(await official.kept()) == (outcome is Came.ON_TIME)


@pytest.mark.parametrize(("day", "then"), [(dt.date(2026, 11, 24), dt.date(2026, 11, 25)), (dt.date(2026, 11, 28), dt.date(2026, 11, 30))])
async def test_a_day_off_says_when_work_goes_on(database: Database, small_office: SmallOffice, day: dt.date, then: dt.date) -> None:
    async with database.transaction() as session:
        arrival = await Official(session, small_office).comes("07:30", day)
        assert arrival.outcome is Came.DAY_OFF
        assert arrival.next_session.starts_at == clock("07:30", then)


async def test_who_is_on_leave_is_not_expected(database: Database, small_office: SmallOffice) -> None:
    async with database.transaction() as session:
        official = Official(session, small_office)
        session.add(Leave(person_id=official.person, first_day=dt.date(2026, 11, 20), last_day=MONDAY, kind="mission"))
        await session.flush()
        arrival = await official.comes("07:30")
        assert arrival.outcome is Came.ON_LEAVE
        assert arrival.day.leave is not None
        assert (await official.comes("07:30", dt.date(2026, 11, 25))).outcome is Came.ON_TIME


async def test_the_units_own_hours_and_rules_count(database: Database, small_office: SmallOffice) -> None:
    async with database.transaction() as session:
        official = Official(session, small_office)
        commune = small_office.units["an-binh"]
        since = dt.date(2026, 1, 1)
        session.add(SessionHours(unit_id=commune, session="morning", starts=dt.time(7, 0), ends=dt.time(11, 30)))
        session.add(Rule(code="late_after_minutes", unit_id=commune, value=0, source="test", in_force_from=since))
        session.add(Rule(code="check_in_opens_minutes", unit_id=official.unit, value=10, source="test", in_force_from=since))
        await session.flush()
        assert (await official.comes("06:49")).outcome is Came.TOO_EARLY
        arrival = await official.comes("07:01")
        assert (arrival.outcome, arrival.late_minutes) == (Came.LATE, 1)


async def test_a_reason_is_kept_for_a_late_arrival_only(database: Database, small_office: SmallOffice) -> None:
    async with database.transaction() as session:
        official = Official(session, small_office)
        await official.comes("07:20")
        await official.comes("14:00")
        assert not await give_reason(session, official.person, MONDAY, "morning", "x")
        assert await give_reason(session, official.person, MONDAY, "afternoon", "mưa " * 300)
        morning, afternoon = await official.kept()
        assert morning.late_reason is None
        assert afternoon.late_reason is not None
        assert len(afternoon.late_reason) == 500
        assert await give_reason(session, official.person, MONDAY, "afternoon", None)
        assert (await official.kept())[1].late_reason is None


async def test_a_slip_can_be_taken_back_for_five_minutes(database: Database, small_office: SmallOffice) -> None:
    async with database.transaction() as session:
        official = Official(session, small_office)
        await official.comes("07:20")
        assert not await undo_check_in(session, official.person, MONDAY, "morning", clock("07:26"))
        assert not await undo_check_in(session, official.person, MONDAY, "afternoon", clock("07:21"))
        assert not await undo_check_in(session, small_office.people["MC01"], MONDAY, "morning", clock("07:21"))
        assert await undo_check_in(session, official.person, MONDAY, "morning", clock("07:25"))
        assert await official.kept() == []
        assert (await official.comes("07:27")).outcome is Came.ON_TIME


@pytest.mark.parametrize(
    ("at", "outcome", "early"), [("11:30", Went.DONE, 0), ("12:10", Went.DONE, 0), ("11:24", Went.EARLY, 6), ("08:00", Went.EARLY, 210)]
)
async def test_leaving_is_judged_by_the_end_of_the_session(
    database: Database, small_office: SmallOffice, at: str, outcome: Went, early: int
) -> None:
    async with database.transaction() as session:
        official = Official(session, small_office)
        await official.comes("07:20")
        departure = await official.goes(at)
        assert (departure.outcome, departure.name, departure.early_minutes) == (outcome, "morning", early)
        await session.flush()
        assert [(each.left_at, each.early_minutes) for each in await official.kept()] == [(clock(at), early)]


async def test_a_departure_is_moved_only_when_asked_and_only_later(database: Database, small_office: SmallOffice) -> None:
    async with database.transaction() as session:
        official = Official(session, small_office)
        await official.comes("13:20")
        await official.goes("16:00")
        departure = await official.goes("16:40")
        assert (departure.outcome, departure.left_at) == (Went.ALREADY, clock("16:00"))
        departure = await official.goes("16:50", move=True)
        assert (departure.outcome, departure.left_at, departure.early_minutes) == (Went.MOVED, clock("16:50"), 10)
        departure = await official.goes("16:45", move=True)
        assert departure.left_at == clock("16:50")


async def test_nobody_leaves_a_session_without_having_come(database: Database, small_office: SmallOffice) -> None:
    async with database.transaction() as session:
        official = Official(session, small_office)
        assert (await official.goes("10:00")).outcome is Went.NOT_IN
        await official.comes("07:20")
        assert (await official.goes("17:05")).outcome is Went.NOT_IN  # came in the morning only
        await official.comes("13:40")
        departure = await official.goes("17:05")
        assert (departure.outcome, departure.name) == (Went.DONE, "afternoon")


async def test_a_departure_can_be_taken_back_for_five_minutes(database: Database, small_office: SmallOffice) -> None:
    async with database.transaction() as session:
        official = Official(session, small_office)
        await official.comes("07:20")
        await official.goes("08:00")
        await session.flush()
        assert not await undo_check_out(session, official.person, MONDAY, "morning", clock("08:06"))
        assert await undo_check_out(session, official.person, MONDAY, "morning", clock("08:04"))
        assert [(each.left_at, each.early_minutes) for each in await official.kept()] == [(None, 0)]


async def test_a_tap_costs_three_statements(database: Database, small_office: SmallOffice) -> None:
    async with database.transaction() as session:
        statements: list[str] = []
        await session.execute(select(func.count()).select_from(Attendance))  # the transaction has begun
        event.listen(database.engine.sync_engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
        await Official(session, small_office).comes("08:00")
        assert len(statements) == 3, statements
