"""The figures of the weekly digest against the fortnight of `fortnight.py`, worked out on paper; those of cases in `test_digest_cases.py`.

The week 5-11/1 of the commune with its desk and health station, in sessions (came of expected):

           Mon    Tue    Wed    Thu    Fri    Sat     all     self-checks of days
    CT01   2/2    2/2    2/2    2/2    2/2    0/2     10/12   1/6
    MC01   2/2    2/2 l  2/2    2/2    2/2    1/2     11/12   6/6   (that of Sunday is not asked for)
    MC02   1/2    2/2    2/2    2/2 l  2/2    1/2     10/12   3/6   (Monday's tap was taken back)
    MC03                 2/2    2/2    2/2    1/2 l    7/8    4/4   (began on Wednesday)
    YT01   2/2    2/2    2/2    2/2    1/2             9/10   5/5   (the station is off on Saturday)
    YT02   2/2 l  2/2    2/2    away   away            6/6    2/3
    all    9/10   10/10  12/12  10/10  9/10   3/8     53/60   21/30     88%, 70%, 4 late: 49 of 53 on time, 92%

The week before, 29/12-4/1 (1/1 a holiday, 2/1 worked by the station alone):

    CT01 4/6, MC01 6/6, MC02 5/6 (1 late), MC04 2/4 (left after Tuesday), YT01 8/8 (1 late), YT02 6/8
    31/38 = 81.6%: 82%; self-checks 0/3 + 3/3 + 1/3 + 0/2 + 3/4 + 1/4 = 8/19 = 42.1%: 42%
"""

from __future__ import annotations

import datetime as dt

import pytest
from pydantic import ValidationError
from sqlalchemy import select

from office.attendance import check_in
from office.cases import withdraw
from office.database import Database
from office.digest import figures_in, make_digest, needs_of, week_figures
from office.digest_figures import CaseTotals, DayCount, EmptySession, Figures, WorkCount, figures_of, percent
from office.people import Role
from office.records import DayOverride, Person, Post, Unit, UnitParent
from office.self_check import Answers, save
from office.workforce import work_of
from tests.office.fortnight import MONDAY_MORNING, NEXT_MONDAY, WEEK, WEEK_BEFORE, D, Fortnight, counted, moment, on
from tests.small_office import SmallOffice

# --- attendance and self-check ------------------------------------------------------------------------------------------------------


async def test_attendance_and_self_check_of_both_weeks(database: Database, lived: Fortnight) -> None:
    week = await counted(database, lived)
    assert week.work == WorkCount(expected=60, present=53, late=4, days=30, checked=21)
    assert (week.work.present_percent, week.work.on_time_percent, week.work.checked_percent) == (88, 92, 70)
    assert week.work_before == WorkCount(expected=38, present=31, late=2, days=19, checked=8)
    assert (week.work_before.present_percent, week.work_before.on_time_percent, week.work_before.checked_percent) == (82, 94, 42)
    assert week.work_before == (await counted(database, lived, week=WEEK_BEFORE)).work
    assert (week.until, week.is_whole, week.is_quiet, week.last_day) == (moment("12/01 00:00"), True, False, D(2026, 1, 11))


async def test_day_by_day(database: Database, lived: Fortnight) -> None:
    week = await counted(database, lived)
    assert week.by_day == [
        DayCount(day=D(2026, 1, 5), expected=10, present=9, late=1),
        DayCount(day=D(2026, 1, 6), expected=10, present=10, late=1),
        DayCount(day=D(2026, 1, 7), expected=12, present=12, late=0),
        DayCount(day=D(2026, 1, 8), expected=10, present=10, late=1),
        DayCount(day=D(2026, 1, 9), expected=10, present=9, late=0),
        DayCount(day=D(2026, 1, 10), expected=8, present=3, late=1),
    ]
    before = await counted(database, lived, week=WEEK_BEFORE)
    assert [(each.day.day, each.expected, each.present, each.late) for each in before.by_day] == [
        (29, 12, 10, 1),
        (30, 12, 11, 0),
        (31, 10, 8, 0),
        (2, 4, 2, 1),
    ]


async def test_nobody_at_the_desk_on_saturday_afternoon(database: Database, lived: Fortnight) -> None:
    """Of one expected alone (the head on Saturday, YT01 on Friday) it would point at a person, so that is not said."""
    desk = lived.office.units["an-binh-mot-cua"]
    empty = EmptySession(unit_id=desk, unit_name="Bộ phận một cửa xã An Bình", day=D(2026, 1, 10), session="afternoon")
    assert (await counted(database, lived)).empty_sessions == [empty]
    assert (await counted(database, lived, week=WEEK_BEFORE)).empty_sessions == []
    assert (await counted(database, lived, "an-binh-tram-y-te")).empty_sessions == []


@pytest.mark.parametrize(
    ("unit", "work"),
    [
        ("an-binh-mot-cua", WorkCount(expected=32, present=28, late=3, days=16, checked=13)),
        ("an-binh-tram-y-te", WorkCount(expected=16, present=15, late=1, days=8, checked=7)),
        ("hoa-lac", WorkCount(expected=10, days=5)),  # one head who never checks in; the official days hold: off on Saturday 10/1
        ("tinh", WorkCount(expected=80, present=53, late=4, days=40, checked=21)),  # with Hoà Lạc and Home Affairs, 10 sessions each
    ],
)
async def test_each_unit_counts_itself_and_what_is_under_it(database: Database, lived: Fortnight, unit: str, work: WorkCount) -> None:
    assert (await counted(database, lived, unit)).work == work


async def test_the_persons_behind_the_percentages_add_up(database: Database, lived: Fortnight) -> None:
    async with database.reading() as session:
        week = await work_of(session, lived.office.units["an-binh"], WEEK, WEEK + dt.timedelta(days=6), MONDAY_MORNING)
    missed_and_late = {
        code: (
            sum(not slot.came for slot in week.slots if slot.person_id == id_),
            sum(slot.late for slot in week.slots if slot.person_id == id_),
        )
        for code, id_ in lived.people.items()
        if id_ in week.names
    }
    assert missed_and_late == {"CT01": (2, 0), "MC01": (1, 1), "MC02": (2, 1), "MC03": (1, 1), "YT01": (1, 0), "YT02": (0, 1)}


async def test_the_week_before_is_counted_as_it_stood_at_the_same_point(database: Database, small_office: SmallOffice) -> None:
    """On Thursday MC01 came at nine and did the self-check at seven in the evening; a week later neither counts before that time."""
    desk, person, thursday = small_office.units["an-binh-mot-cua"], small_office.people["MC01"], D(2026, 1, 8)
    async with database.transaction() as session:
        await check_in(session, person, desk, on(thursday, "09:00"))
        await save(session, person, desk, thursday, Answers(), on(thursday, "19:00"))
    points = {}
    for clock in ("08:59", "09:00", "17:30", "19:00"):
        async with database.reading() as session:
            before = (await figures_of(session, desk, D(2026, 1, 12), on(D(2026, 1, 15), clock))).work_before
        points[clock] = (before.present, before.late, before.checked)
    assert points == {"08:59": (0, 0, 0), "09:00": (1, 1, 0), "17:30": (1, 1, 0), "19:00": (1, 1, 1)}


async def test_who_was_moved_late_in_the_books_came_all_the_same(database: Database, lived: Fortnight) -> None:
    """That MC02 works at the station since Wednesday is entered after the week: what was tapped until Friday counts there, 6 of 6 sessions."""
    station = lived.office.units["an-binh-tram-y-te"]
    whole = (await counted(database, lived)).work
    async with database.transaction() as session:
        post = (await session.execute(select(Post).where(Post.person_id == lived.people["MC02"]))).scalar_one()
        post.valid_to = D(2026, 1, 7)
        session.add(Post(person_id=lived.people["MC02"], unit_id=station, role=Role.OFFICIAL, valid_from=D(2026, 1, 7)))
    assert (await counted(database, lived, "an-binh-tram-y-te")).work == WorkCount(expected=22, present=21, late=2, days=11, checked=8)
    after = (await counted(database, lived)).work  # the station is off on Saturday, when MC02 came for one session of two
    assert (after.expected, after.present, after.checked) == (whole.expected - 2, whole.present - 1, whole.checked)


async def test_of_the_self_check_only_the_number_leaves(database: Database, lived: Fortnight) -> None:
    units = [lived.office.units[code] for code in ("an-binh", "an-binh-mot-cua", "an-binh-tram-y-te")]
    async with database.transaction() as session:
        kept = await make_digest(session, units[0], WEEK, MONDAY_MORNING)
        names = (await work_of(session, units[0], WEEK, WEEK, MONDAY_MORNING)).names.values()
    words = str(kept.figures)
    assert len(names) == 5
    assert not [name for name in names if name in words]
    assert set(kept.figures["work"]) == {"expected", "present", "late", "days", "checked", "corrected"}
    assert "person" not in words


# --- kept ----------------------------------------------------------------------------------------------------------------------------


async def test_a_digest_stays_as_it_was_made(database: Database, lived: Fortnight) -> None:
    commune = lived.office.units["an-binh"]
    first = await counted(database, lived)
    async with database.transaction() as session:
        await make_digest(session, commune, WEEK, MONDAY_MORNING)
    async with database.transaction() as session:
        await withdraw(session, await lived.case(session, "never opened"), moment("12/01 08:00"))
        session.add(Post(person_id=lived.people["CT02"], unit_id=commune, role=Role.OFFICIAL, valid_from=WEEK))
    async with database.transaction() as session:
        again = await make_digest(session, commune, WEEK, moment("12/01 09:00"))
        assert figures_in(again) == first
        assert await week_figures(session, commune, WEEK, moment("20/01 09:00")) == first
        with pytest.raises(ValueError, match="not over"):
            await make_digest(session, commune, NEXT_MONDAY, moment("18/01 23:59"))


async def test_figures_know_their_shape(database: Database, lived: Fortnight) -> None:
    """What is kept is read again exactly; a kept moment without a zone would be a different week."""
    week = await counted(database, lived)
    kept = week.model_dump(mode="json")
    assert Figures.model_validate(kept) == week
    assert (
        Figures.model_validate({name: value for name, value in kept.items() if name != "off_until"}) == week
    )  # as kept by an earlier release
    with pytest.raises(ValidationError):
        Figures.model_validate(kept | {"until": "2026-01-12T00:00:00"})


# --- little and nothing -------------------------------------------------------------------------------------------------------------


async def test_an_empty_week_has_nothing_to_tell(database: Database, lived: Fortnight) -> None:
    """Hoà Lạc before the neighbours' case: its head was expected to eight sessions and came to none; so two lines are enough."""
    now = on(WEEK, "07:30")
    async with database.transaction() as session:
        digest = await make_digest(session, lived.office.units["hoa-lac"], WEEK_BEFORE, now)
        empty = figures_in(digest)
        assert await needs_of(session, empty, now) == []
    assert (empty.is_quiet, empty.chart_file, empty.work) == (True, None, WorkCount(expected=8, days=4))
    assert (empty.new, empty.answered, empty.overdue, empty.praise, empty.categories, empty.empty_sessions) == ([], [], [], [], [], [])
    assert (empty.on_time_percent, empty.work.present_percent, empty.work.on_time_percent, empty.before) == (None, 0, None, CaseTotals())


async def test_a_week_of_self_checks_alone_is_not_empty(database: Database, small_office: SmallOffice) -> None:
    unit = small_office.units["hoa-lac"]
    async with database.transaction() as session:
        await save(session, small_office.people["CT02"], unit, WEEK, Answers(), on(WEEK, "16:30"))
        week = await figures_of(session, unit, WEEK, MONDAY_MORNING)
    assert (week.is_quiet, week.work.checked_percent) == (False, 20)


async def test_a_unit_born_in_mid_week_keeps_the_days_off_of_its_commune(database: Database, small_office: SmallOffice) -> None:
    """The commune is off on Thursday 8/1 by its own table; the new unit stands under it from Wednesday on: Wed and Fri, two sessions each."""
    commune = small_office.units["an-binh"]
    async with database.transaction() as session:
        session.add(DayOverride(unit_id=commune, day=D(2026, 1, 8), works=False, note="ngày truyền thống", source="test"))
        unit = Unit(code="an-binh-doi", name="Đội mới", kind="department", aliases=[])
        person = Person(staff_code="D1", full_name="Lý Văn Đội")
        session.add_all([unit, person])
        await session.flush()
        session.add(UnitParent(unit_id=unit.id, parent_id=commune, valid_from=D(2026, 1, 7)))
        session.add(Post(person_id=person.id, unit_id=unit.id, role=Role.OFFICIAL, valid_from=D(2026, 1, 7)))
        await session.flush()
        assert (await figures_of(session, unit.id, WEEK, MONDAY_MORNING)).work == WorkCount(expected=4, days=2)
        by_day = (await figures_of(session, commune, WEEK, MONDAY_MORNING)).by_day
    assert [(each.day.day, each.expected) for each in by_day] == [(5, 10), (6, 10), (7, 12), (9, 12)]


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (0, 0, None),
        (0, 7, 0),
        (7, 7, 100),
        (1, 8, 13),
        (3, 8, 38),
        (5, 8, 63),
        (7, 8, 88),
        (1, 1000, 1),
        (999, 1000, 99),
        (1, 3, 33),
        (2, 3, 67),
    ],
)
def test_percentages_are_rounded_as_at_school(part: int, whole: int, shown: int | None) -> None:
    """Halves go up; and no 100 while one is missing, no 0 while there is one."""
    assert percent(part, whole) == shown
