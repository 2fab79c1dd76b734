"""Importing people: posts begin and end on their day, every wrong row is named, and the same file twice is once."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from bot.migrate import migrate
from office.database import Database
from office.records import AuditEntry
from office.vault import Vault
from tests.office.importing_kit import NOW, TODAY, TREE, empty, everything, people, posts, units, whys

__all__ = ["empty"]


STAFF = [
    ["cb1", "Trần Văn Một", "xa", "Thủ trưởng", "Chủ tịch"],
    ["CB2", "Lê Thị Hai", "mot-cua", "Bộ phận một cửa", ""],
    ["CB3", "Phạm Văn Ba", "kinh-te", "", "Chuyên viên"],
]


async def test_people_are_written_and_the_same_file_again_changes_nothing(empty: Database) -> None:
    await units(empty, TREE)
    first = await people(empty, STAFF)
    assert (first.count("added"), first.problems) == (3, [])
    assert await posts(empty, "CB1") == [("xa", "head", TODAY, None)]
    assert await posts(empty, "CB2") == [("mot-cua", "reception", TODAY, None)]
    assert await posts(empty, "CB3") == [("kinh-te", "official", TODAY, None)]
    before = await everything(empty)
    assert (await people(empty, STAFF, NOW + dt.timedelta(days=30))).changes == []
    assert await everything(empty) == before


async def test_every_wrong_row_of_people_is_named(empty: Database) -> None:
    await units(empty, TREE)
    before = await everything(empty)
    outcome = await people(
        empty,
        [
            ["CB1", "Trần Văn Một", "khong-co"],
            ["CB2", "Lê Thị Hai", "xa", "Giám sát viên"],
            ["CB 3", "Ba", "xa"],
            ["CB4", "", "xa"],
            ["CB5", "Năm", ""],
            ["CB6", "Sáu", "xa", "", "", "40/1/2026"],
            ["CB7", "Bảy", "xa", "", "", "01/10/2026", "01/09/2026"],
            ["CB8", "Tám", "xa"],
            ["cb8", "Tám", "xa", "Công chức"],
            ["CB8", "Khác Tên", "mot-cua"],
            ["CB9", "99", "xa"],
            ["CB10", "Mười", "xa", "", "x" * 130],
        ],
    )
    assert whys(outcome) == [
        (2, "unit_unknown"), (3, "bad_role"), (4, "bad_staff_code"), (5, "missing"), (6, "missing"), (7, "bad_day"),
        (8, "until_before_since"),
        (10, "post_twice"), (11, "other_name"), (12, "bad_name"), (13, "too_long"),
    ]  # fmt: skip
    assert await everything(empty) == before


@pytest.mark.parametrize(
    ("written", "role"),
    [
        ("Thủ trưởng", "head"), ("CHỦ TỊCH", "head"), ("công chức", "official"), ("can bo", "official"),
        ("Bộ phận một cửa", "reception"), ("một cửa", "reception"),
        ("Thanh tra", "inspector"), ("Sở Nội vụ", "home_affairs"), ("Quản trị", "admin"), ("head", "head"),
        ("Home_Affairs", "home_affairs"), ("", "official"),
    ],
)  # fmt: skip
async def test_roles_as_people_call_them(empty: Database, written: str, role: str) -> None:
    await units(empty, TREE)
    await people(empty, [["X", "Người Thử", "xa", written]])
    assert (await posts(empty, "X"))[0][1] == role


async def test_a_move_ends_the_old_post_on_the_day_the_new_one_begins(empty: Database) -> None:
    await units(empty, TREE)
    await people(empty, STAFF, NOW - dt.timedelta(days=60))
    began = (NOW - dt.timedelta(days=60)).date()
    rows = [["CB3", "Phạm Văn Ba", "mot-cua", "Một cửa", "", "16/11/2026"]]
    outcome = await people(empty, rows)
    assert [d.what for d in outcome.changes[0].details] == ["post_ended", "post_begun"]
    moved = dt.date(2026, 11, 16)
    assert await posts(empty, "CB3") == [("kinh-te", "official", began, moved), ("mot-cua", "reception", moved, None)]
    assert await posts(empty, "CB1") == [("xa", "head", began, None)]
    assert outcome.untouched == 2
    assert (await people(empty, rows)).changes == []


async def test_a_promotion_in_the_same_unit(empty: Database) -> None:
    await units(empty, TREE)
    await people(empty, STAFF, NOW - dt.timedelta(days=60))
    await people(empty, [["CB3", "Phạm Văn Ba", "kinh-te", "Thủ trưởng", "Trưởng phòng"]])
    assert [post[1] for post in await posts(empty, "CB3") if post[3] is None] == ["head"]


async def test_somebody_leaves(empty: Database) -> None:
    await units(empty, TREE)
    await people(empty, STAFF, NOW - dt.timedelta(days=60))
    rows = [["CB3", "Phạm Văn Ba", "kinh-te", "", "", "", "20/11/2026"]]
    outcome = await people(empty, rows)
    assert outcome.count("ended") == 1
    assert (await posts(empty, "CB3"))[0][3] == dt.date(2026, 11, 20)
    assert (await people(empty, rows)).changes == []
    back = await people(empty, [["CB3", "Phạm Văn Ba", "kinh-te"]])
    assert [d.what for d in back.changes[0].details] == ["post_begun"]


async def test_one_person_may_hold_several_posts(empty: Database) -> None:
    await units(empty, TREE)
    rows = [["CB1", "Trần Văn Một", "xa", "Thủ trưởng"], ["CB1", "Trần Văn Một", "mot-cua", "Thủ trưởng"]]
    assert (await people(empty, rows)).count("added") == 1
    assert len(await posts(empty, "CB1")) == 2
    assert (await people(empty, rows)).changes == []
    only = await people(empty, rows[:1], NOW + dt.timedelta(days=3))
    assert [(d.what, d.old) for d in only.changes[0].details] == [("post_ended", "mot-cua")]


async def test_a_new_name_and_title_and_an_earlier_beginning(empty: Database) -> None:
    await units(empty, TREE)
    await people(empty, STAFF)
    outcome = await people(empty, [["CB3", "Phạm Văn Ba (Bảo)", "kinh-te", "", "Phó phòng", "01/07/2025"]])
    assert [d.what for d in outcome.changes[0].details] == ["name", "title", "since"]
    assert await posts(empty, "CB3") == [("kinh-te", "official", dt.date(2025, 7, 1), None)]


async def test_a_move_before_the_present_post_began_is_a_mistake(empty: Database) -> None:
    await units(empty, TREE)
    await people(empty, STAFF)
    before = await everything(empty)
    outcome = await people(empty, [["CB3", "Phạm Văn Ba", "mot-cua", "", "", "01/07/2025"]])
    assert whys(outcome) == [(2, "moved_before_start")]
    assert await everything(empty) == before


async def test_a_wrong_unit_corrected_on_the_same_day_leaves_one_post_in_force(empty: Database) -> None:
    await units(empty, TREE)
    await people(empty, STAFF)
    await people(empty, [["CB3", "Phạm Văn Ba", "mot-cua"]])
    in_force = [post for post in await posts(empty, "CB3") if post[2] <= TODAY and (post[3] is None or post[3] > TODAY)]
    assert [post[0] for post in in_force] == ["mot-cua"]


async def test_nobody_is_put_into_a_closed_unit(empty: Database) -> None:
    await units(empty, TREE, NOW - dt.timedelta(days=30))
    await units(empty, [["kinh-te", "Phòng Kinh tế", "", "", "", "", "", "", "01/11/2026", "mot-cua"]])
    outcome = await people(empty, [["CB3", "Phạm Văn Ba", "kinh-te"]])
    assert (outcome.problems[0].why, outcome.problems[0].other) == ("unit_closed", "mot-cua")


async def test_everything_is_the_same_on_postgres(postgres_url: str) -> None:
    database = Database(postgres_url, Vault(b"k" * 32))
    await migrate(database)
    assert (await units(database, TREE)).count("added") == 3
    assert (await people(database, STAFF)).count("added") == 3
    assert (await units(database, TREE)).changes == (await people(database, STAFF)).changes == []
    moved = await people(database, [["CB3", "Phạm Văn Ba", "mot-cua", "Thủ trưởng", "", "24/11/2026"]])
    assert moved.count("changed") == 1
    assert (await posts(database, "CB3"))[-1][:2] == ("mot-cua", "head")
    before = await everything(database)
    assert (await units(database, [["x y", "Phòng"]])).problems != []
    assert await everything(database) == before
    await database.close()


async def test_changes_are_audited_without_names(empty: Database) -> None:
    await units(empty, TREE)
    await people(empty, STAFF)
    async with empty.reading() as session:
        entries = (await session.execute(select(AuditEntry.action, AuditEntry.subject))).all()
    assert ("import_person_added", "person:CB2") in [tuple(entry) for entry in entries]
    assert not any("Lê" in subject for _, subject in entries)
