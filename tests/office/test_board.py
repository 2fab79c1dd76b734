"""Today's board: who is in, who came late, whom one still waits for, who is away; session by session as the day goes."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from office import Session
from office.attendance import check_in, check_out, undo_check_in
from office.board import Board, SessionBoard, board_of
from office.database import Database
from office.people import Role
from office.records import DayOverride, Leave, Post, Rule, SessionHours
from tests.office.fortnight import UNIT_OF, D, on
from tests.small_office import LONG_AGO, SmallOffice

THURSDAY = D(2026, 1, 8)
NAMES = {
    "Trần Văn Chủ Tịch": "CT01", "Lê Thị Một Cửa": "MC01", "Phạm Văn Tiếp Nhận": "MC02", "Hoàng Thị Trạm Trưởng": "YT01", "Vũ Văn Y Sĩ": "YT02",
    "Ngô Thị Xã Bên": "CT02", "Đỗ Thị Giám Sát": "NV01",
}  # fmt: skip


async def comes(session: Session, office: SmallOffice, code: str, clock: str, day: D = THURSDAY) -> None:
    await check_in(session, office.people[code], office.units[UNIT_OF[code[:2]]], on(day, clock))


async def board(session: Session, office: SmallOffice, clock: str, unit: str = "an-binh", day: D = THURSDAY) -> Board:
    await session.flush()
    return await board_of(session, office.units[unit], on(day, clock))


def seen(of: SessionBoard) -> list[tuple[str, int]]:
    """Who came, with the minutes late."""
    return [(NAMES[each.name], each.late_minutes) for each in of.seen]


def missing(of: SessionBoard) -> list[str]:
    return [NAMES[name] for name in of.missing]


async def test_a_day_as_it_goes(database: Database, small_office: SmallOffice) -> None:
    office = small_office
    async with database.transaction() as session:
        session.add(Leave(person_id=office.people["YT02"], first_day=THURSDAY, last_day=D(2026, 1, 9), kind="mission"))
        early = await board(session, office, "06:29")
        assert (early.day, early.sessions, early.away, early.people) == (THURSDAY, [], [("Vũ Văn Y Sĩ", "mission")], 5)

        (morning,) = (await board(session, office, "06:30")).sessions
        assert (morning.session, morning.starts_at, morning.begun) == ("morning", on(THURSDAY, "07:30"), False)
        assert (seen(morning), missing(morning)) == ([], ["CT01", "MC01", "MC02", "YT01"])

        for code, clock in [("YT01", "07:20"), ("CT01", "07:45"), ("MC01", "07:50")]:
            await comes(session, office, code, clock)
        (morning,) = (await board(session, office, "08:00")).sessions
        assert morning.begun
        assert (seen(morning), missing(morning)) == ([("CT01", 0), ("MC01", 20), ("YT01", 0)], ["MC02"])
        assert [NAMES[each.name] for each in morning.late] == ["MC01"]
        assert [each.at for each in morning.seen] == [on(THURSDAY, "07:45"), on(THURSDAY, "07:50"), on(THURSDAY, "07:20")]

        await check_out(session, office.people["MC01"], office.units["an-binh-mot-cua"], on(THURSDAY, "11:00"))
        morning, afternoon = (await board(session, office, "12:30")).sessions
        assert [(NAMES[each.name], each.left_at) for each in morning.seen if each.left_at] == [("MC01", on(THURSDAY, "11:00"))]
        assert (afternoon.session, afternoon.begun, seen(afternoon)) == ("afternoon", False, [])
        assert missing(afternoon) == ["CT01", "MC01", "MC02", "YT01"]

        await comes(session, office, "MC02", "14:00")
        morning, afternoon = (await board(session, office, "14:01")).sessions
        assert (missing(morning), seen(afternoon), missing(afternoon)) == (["MC02"], [("MC02", 30)], ["CT01", "MC01", "YT01"])


async def test_a_tap_taken_back_waits_again(database: Database, small_office: SmallOffice) -> None:
    async with database.transaction() as session:
        await comes(session, small_office, "MC02", "07:30")
        assert await undo_check_in(session, small_office.people["MC02"], THURSDAY, "morning", on(THURSDAY, "07:33"))
        (morning,) = (await board(session, small_office, "07:35", "an-binh-mot-cua")).sessions
        assert (seen(morning), missing(morning)) == ([], ["MC01", "MC02"])


@pytest.mark.parametrize(
    ("unit", "people"),
    [
        ("an-binh-tram-y-te", ["YT01", "YT02"]),
        ("an-binh", ["CT01", "MC01", "MC02", "YT01", "YT02"]),
        ("hoa-lac", ["CT02"]),
        ("tinh", ["NV01", "CT01", "MC01", "MC02", "YT01", "YT02", "CT02"]),
    ],
)
async def test_a_unit_with_all_under_it(database: Database, small_office: SmallOffice, unit: str, people: list[str]) -> None:
    """Whoever holds two posts under it stands there once, in the unit of the first."""
    async with database.transaction() as session:
        session.add(
            Post(person_id=small_office.people["MC01"], unit_id=small_office.units["an-binh"], role=Role.OFFICIAL, valid_from=LONG_AGO)
        )
        found = await board(session, small_office, "08:00", unit)
        assert (missing(found.sessions[0]), found.people) == (people, len(people))


@pytest.mark.parametrize(
    ("unit", "day", "sessions"),
    [
        ("an-binh", D(2026, 1, 1), 0),
        ("an-binh", D(2026, 1, 2), 0),
        ("an-binh", D(2026, 1, 3), 0),
        ("an-binh", D(2026, 1, 10), 2),
        ("hoa-lac", D(2026, 1, 2), 2),  # the swap stands in the table of An Bình alone
        ("hoa-lac", D(2026, 1, 10), 0),
    ],
)
async def test_holidays_and_swapped_days(database: Database, small_office: SmallOffice, unit: str, day: D, sessions: int) -> None:
    async with database.transaction() as session:
        for each, works in [(D(2026, 1, 2), False), (D(2026, 1, 10), True)]:
            session.add(DayOverride(unit_id=small_office.units["an-binh"], day=each, works=works, note="hoán đổi", source="test"))
        assert len((await board(session, small_office, "15:00", unit, day)).sessions) == sessions


async def test_who_has_gone_and_who_is_new(database: Database, small_office: SmallOffice) -> None:
    async with database.transaction() as session:
        post = await session.get(Post, 4)
        assert post is not None
        post.valid_to = THURSDAY
        before = await board(session, small_office, "08:00", "an-binh-mot-cua", THURSDAY - dt.timedelta(days=1))
        after = await board(session, small_office, "08:00", "an-binh-mot-cua")
        assert (missing(before.sessions[0]), missing(after.sessions[0]), after.people) == (["MC01", "MC02"], ["MC01"], 1)


async def test_the_units_rule_says_when_a_session_opens(database: Database, small_office: SmallOffice) -> None:
    async with database.transaction() as session:
        rule = Rule(code="check_in_opens_minutes", unit_id=small_office.units["an-binh"], value=90, source="test", in_force_from=LONG_AGO)
        session.add(rule)
        assert len((await board(session, small_office, "06:00")).sessions) == 1
        assert len((await board(session, small_office, "06:00", "hoa-lac")).sessions) == 0


async def test_a_second_post_brings_nobody_here(database: Database, small_office: SmallOffice) -> None:
    """MC01 works at the desk and helps out in Hoà Lạc; even on leave MC01 stands on the desk's board alone."""
    office, person = small_office, small_office.people["MC01"]
    async with database.transaction() as session:
        session.add(Post(person_id=person, unit_id=office.units["hoa-lac"], role=Role.OFFICIAL, valid_from=LONG_AGO))
        there = await board(session, office, "08:00", "hoa-lac")
        assert (missing(there.sessions[0]), there.people) == (["CT02"], 1)
        session.add(Leave(person_id=person, first_day=THURSDAY, last_day=THURSDAY, kind="leave"))
        there, here = await board(session, office, "08:00", "hoa-lac"), await board(session, office, "08:00", "an-binh-mot-cua")
        assert (there.away, there.people) == ([], 1)
        assert (here.away, here.people) == ([("Lê Thị Một Cửa", "leave")], 2)


async def test_a_unit_with_hours_of_its_own(database: Database, small_office: SmallOffice) -> None:
    """The station begins at half past six: each with the hours of where they work, whoever stands first in the list."""
    office = small_office
    async with database.transaction() as session:
        station = office.units["an-binh-tram-y-te"]
        session.add(SessionHours(unit_id=station, session="morning", starts=dt.time(6, 30), ends=dt.time(11)))
        await session.flush()
        await comes(session, office, "YT01", "06:20")
        await comes(session, office, "MC01", "06:50")
        early, later = (await board(session, office, "07:00")).sessions
        assert (early.session, early.starts_at, early.begun, seen(early), missing(early)) == (
            "morning", on(THURSDAY, "06:30"), True, [("YT01", 0)], ["YT02"],
        )  # fmt: skip
        assert (later.session, later.starts_at, later.begun, seen(later), missing(later)) == (
            "morning", on(THURSDAY, "07:30"), False, [("MC01", 0)], ["CT01", "MC02"],
        )  # fmt: skip


async def test_who_was_moved_during_the_morning_is_still_there(database: Database, small_office: SmallOffice) -> None:
    """MC02 tapped at the desk; at ten the move to the station, from today on, is entered."""
    office = small_office
    async with database.transaction() as session:
        await comes(session, office, "MC02", "07:20")
        post = (await session.execute(select(Post).where(Post.person_id == office.people["MC02"]))).scalar_one()
        post.unit_id = office.units["an-binh-tram-y-te"]
        (morning,) = (await board(session, office, "10:00", "an-binh-tram-y-te")).sessions
        assert (seen(morning), missing(morning)) == ([("MC02", 0)], ["YT01", "YT02"])
