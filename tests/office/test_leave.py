"""Days away: announced ahead, not twice, and taken back."""

from __future__ import annotations

import datetime as dt

import pytest

from office.database import Database
from office.leave import announce, away_between, cancel, leaves_from, on_leave, weigh
from office.moments import VIETNAM
from office.records import Leave
from tests.small_office import SmallOffice

D = dt.date
NOW = dt.datetime(2026, 11, 23, 7, 0, tzinfo=VIETNAM)  # a Monday


@pytest.mark.parametrize(
    ("first", "last", "outcome", "working_days"),
    [
        (D(2026, 11, 23), D(2026, 11, 23), "done", 1),
        (D(2026, 11, 23), D(2026, 11, 29), "done", 4),  # a holiday and a weekend in it
        (D(2026, 11, 22), D(2026, 11, 23), "past", 0),
        (D(2026, 11, 26), D(2026, 11, 25), "backwards", 0),
        (D(2026, 11, 24), D(2026, 11, 24), "no_working_day", 0),
        (D(2026, 11, 28), D(2026, 11, 29), "no_working_day", 0),
        (D(2026, 11, 25), D(2027, 5, 24), "too_long", 0),
        (D(2027, 11, 25), D(2027, 11, 25), "too_far", 0),
        (D(9999, 12, 31), D(9999, 12, 31), "too_far", 0),
    ],
)
async def test_what_can_be_announced(
    database: Database, small_office: SmallOffice, first: D, last: D, outcome: str, working_days: int
) -> None:
    async with database.transaction() as session:
        weighed = await weigh(session, small_office.people["MC02"], small_office.units["an-binh"], first, last, NOW)
        assert (weighed.outcome, weighed.working_days) == (outcome, working_days)
        assert await leaves_from(session, small_office.people["MC02"], D(2026, 1, 1)) == []


async def test_announced_days_are_away_for_that_person_alone(database: Database, small_office: SmallOffice) -> None:
    person, colleague, unit = small_office.people["MC02"], small_office.people["MC01"], small_office.units["an-binh-mot-cua"]
    async with database.transaction() as session:
        done = await announce(session, person, unit, D(2026, 11, 25), D(2026, 11, 27), "study", NOW)
        assert (done.outcome, done.working_days) == ("done", 3)
        for day, away in [(D(2026, 11, 24), False), (D(2026, 11, 25), True), (D(2026, 11, 27), True), (D(2026, 11, 28), False)]:
            assert (await on_leave(session, person, day) is not None) is away, day
        assert await on_leave(session, colleague, D(2026, 11, 25)) is None
        found = await away_between(session, [person, colleague], D(2026, 11, 26), D(2026, 12, 31))
        assert found == {person: {D(2026, 11, 26), D(2026, 11, 27)}}


async def test_the_same_days_are_not_announced_twice(database: Database, small_office: SmallOffice) -> None:
    person, unit = small_office.people["MC02"], small_office.units["an-binh-mot-cua"]
    async with database.transaction() as session:
        first = await announce(session, person, unit, D(2026, 11, 25), D(2026, 11, 27), "leave", NOW)
        again = await announce(session, person, unit, D(2026, 11, 27), D(2026, 12, 2), "sick", NOW)
        assert (again.outcome, again.others, again.leave) == ("overlaps", [first.leave], None)
        assert (await announce(session, person, unit, D(2026, 11, 30), D(2026, 11, 30), "sick", NOW)).outcome == "done"


@pytest.mark.parametrize(
    ("today", "left"),
    [
        (D(2026, 11, 23), []),  # before it begins: all of it
        (D(2026, 11, 25), []),
        (D(2026, 11, 26), [(D(2026, 11, 25), D(2026, 11, 25))]),  # in the middle: what was, was
        (D(2026, 11, 28), [(D(2026, 11, 25), D(2026, 11, 27))]),  # over
    ],
)
async def test_taken_back(database: Database, small_office: SmallOffice, today: D, left: list[tuple[D, D]]) -> None:
    person, unit = small_office.people["MC02"], small_office.units["an-binh-mot-cua"]
    async with database.transaction() as session:
        kept = (await announce(session, person, unit, D(2026, 11, 25), D(2026, 11, 27), "leave", NOW)).leave
        assert isinstance(kept, Leave)
        now = dt.datetime.combine(today, dt.time(7), VIETNAM)
        assert await cancel(session, small_office.people["MC01"], kept.id, now) is None  # not one's own
        assert (await cancel(session, person, kept.id, now) is None) is (today > D(2026, 11, 27))
        await session.flush()
        assert [(each.first_day, each.last_day) for each in await leaves_from(session, person, D(2026, 1, 1))] == left
