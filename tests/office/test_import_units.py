"""Importing units: every wrong row is named with its reason, all or nothing is written, and the same file twice is once."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select

from office import import_units
from office.database import Database
from office.importing import read_table
from office.records import SessionHours
from office.units import find_units, unit_by_code
from tests.office.importing_kit import NOW, TREE, UNITS_HEAD, empty, everything, tree, units, whys, xlsx

__all__ = ["empty"]


async def test_a_tree_is_written_and_the_same_file_again_changes_nothing(empty: Database) -> None:
    first = await units(empty, TREE)
    assert (first.count("added"), first.problems) == (3, [])
    assert await tree(empty) == {"mot-cua": "xa", "kinh-te": "xa"}
    before = await everything(empty)
    again = await units(empty, TREE, NOW + dt.timedelta(days=40))
    assert again.changes == []
    assert again.unchanged == 3
    assert await everything(empty) == before
    async with empty.reading() as session:
        assert (await session.execute(select(func.count()).select_from(SessionHours))).scalar_one() == 2
        desk = await unit_by_code(session, "MOT-CUA")
        assert desk is not None
        assert (desk.kind, desk.sample) == ("desk", False)
        assert (await find_units(session, "noi nop ho so"))[0].unit_id == desk.id


async def test_a_dry_run_tells_everything_and_writes_nothing(empty: Database) -> None:
    before = await everything(empty)
    outcome = await units(empty, TREE, dry_run=True)
    assert [change.action for change in outcome.changes] == ["added"] * 3
    assert await everything(empty) == before


async def test_one_wrong_row_and_nothing_is_written(empty: Database) -> None:
    before = await everything(empty)
    outcome = await units(empty, [*TREE, ["p q", "Phòng Q"]])
    assert whys(outcome) == [(5, "bad_code")]
    assert await everything(empty) == before


async def test_every_wrong_row_is_named(empty: Database) -> None:
    outcome = await units(
        empty,
        [
            ["xa", "Xã Thử", "Xã", "khong-co"],
            ["xa", "Xã Thử hai", "Xã"],
            ["", "Phòng không mã"],
            ["p1", ""],
            ["p2", "Quán nước"],
            ["p3", "Phòng Ba", "Quán"],
            ["p4", "Phòng Bốn", "", "", "", "7:30-6:30"],
            ["p5", "Phòng Năm", "", "", "", "", "", "31/02/2026"],
            ["p6", "Phòng Sáu", "", "", "", "07:30-13:45", "13:30-17:00"],
            ["p7", "Phòng " + "x" * 220],
            ["p8", "123"],
            ["c1", "Phòng C1", "", "c2"],
            ["c2", "Phòng C2", "", "c1"],
            ["c3", "Phòng C3", "", "c3"],
            ["p9", "Phòng Chín", "", "", "", "", "", "", "01/01/2026"],
        ],
    )
    assert whys(outcome) == [
        (2, "parent_unknown"), (3, "code_twice"), (4, "missing"), (5, "missing"), (6, "kind_needed"), (7, "bad_kind"), (8, "bad_hours"),
        (9, "bad_day"),
        (10, "hours_overlap"), (11, "too_long"), (12, "bad_name"), (12, "kind_needed"), (13, "circle"), (14, "circle"), (15, "circle"),
        (16, "new_but_closed"),
    ]  # fmt: skip


async def test_a_circle_with_what_is_there_already(empty: Database) -> None:
    await units(empty, TREE)
    outcome = await units(empty, [["xa", "Xã Thử", "Xã", "mot-cua"]])
    assert whys(outcome) == [(2, "circle")]
    assert outcome.problems[0].other == "xa → mot-cua → xa"


async def test_a_renamed_unit_is_still_found_by_its_old_name(empty: Database) -> None:
    await units(empty, TREE)
    rows = [["kinh-te", "Phòng Nông nghiệp và Môi trường"]]
    outcome = await units(empty, rows)
    assert [(d.what, d.old) for d in outcome.changes[0].details] == [("name", "Phòng Kinh tế"), ("aliases", "")]
    assert (await units(empty, rows)).changes == []
    async with empty.reading() as session:
        assert (await find_units(session, "phong kinh te"))[0].name == "Phòng Nông nghiệp và Môi trường"


async def test_a_move_is_dated_and_the_past_stays(empty: Database) -> None:
    await units(empty, [*TREE, ["van-phong", "Văn phòng", "", "xa"]], NOW - dt.timedelta(days=100))
    rows = [["mot-cua", "Bộ phận một cửa", "", "van-phong", "", "", "", "01/11/2026"]]
    outcome = await units(empty, rows)
    assert [(d.what, d.old, d.new) for d in outcome.changes[0].details] == [("parent", "xa", "van-phong")]
    assert (await tree(empty, dt.date(2026, 10, 31)))["mot-cua"] == "xa"
    assert (await tree(empty, dt.date(2026, 11, 1)))["mot-cua"] == "van-phong"
    assert (await units(empty, rows)).changes == []
    late = await units(empty, [["mot-cua", "Bộ phận một cửa", "", "kinh-te", "", "", "", "15/10/2026"]])
    assert whys(late) == [(2, "moved_later")]


async def test_a_beginning_that_was_earlier_is_corrected(empty: Database) -> None:
    await units(empty, TREE)
    outcome = await units(empty, [["mot-cua", "Bộ phận một cửa", "", "xa", "", "", "", "01/07/2025"]])
    assert [d.what for d in outcome.changes[0].details] == ["since"]
    assert (await tree(empty, dt.date(2025, 7, 1))) == {"mot-cua": "xa"}


async def test_to_the_top_and_blank_means_as_it_was(empty: Database) -> None:
    await units(empty, TREE, NOW - dt.timedelta(days=9))
    assert (await units(empty, [["mot-cua", "Bộ phận một cửa"]])).changes == []
    await units(empty, [["mot-cua", "Bộ phận một cửa", "", "-"]])
    assert await tree(empty) == {"kinh-te": "xa"}


async def test_a_merger_leads_old_codes_to_the_new_unit(empty: Database) -> None:
    await units(empty, [*TREE, ["xa-cu", "Xã Cũ", "Xã"], ["phong-cu", "Phòng Cũ", "", "xa-cu"]], NOW - dt.timedelta(days=30))
    left = await units(empty, [["xa-cu", "Xã Cũ", "", "", "", "", "", "", "01/11/2026", "xa"]])
    assert whys(left) == [(2, "children_left")]
    rows = [["xa-cu", "Xã Cũ", "", "", "", "", "", "", "01/11/2026", "xa"], ["phong-cu", "Phòng Cũ", "", "xa"]]
    outcome = await units(empty, rows)
    assert outcome.problems == []
    assert outcome.count("ended") == 1
    assert (await units(empty, rows)).changes == []
    async with empty.reading() as session:
        now_in = await unit_by_code(session, "xa-cu")
        assert now_in is not None
        assert now_in.code == "xa"
    assert whys(await units(empty, [["xa-cu", "Xã Cũ lại mở"]])) == [(2, "was_closed")]
    assert whys(await units(empty, [["p", "Phòng P", "", "xa-cu"]])) == [(2, "parent_closed")]
    future = await units(empty, [["phong-cu", "Phòng Cũ", "", "", "", "", "", "", "01/01/2027", "khong-co"]])
    assert whys(future) == [(2, "closed_in_future"), (2, "merged_unknown")]


async def test_changed_hours_and_kind_are_told(empty: Database) -> None:
    await units(empty, TREE)
    outcome = await units(empty, [["xa", "Xã Thử", "Tỉnh", "", "", "07:00-11:00", ""]])
    assert [(d.what, d.old, d.new) for d in outcome.changes[0].details] == [
        ("kind", "commune", "province"),
        ("morning", "07:30-11:30", "07:00-11:00"),
    ]


async def test_a_long_chain_is_checked_in_no_time(empty: Database) -> None:
    rows = [[f"u{n}", f"Phòng {n}", "", f"u{n + 1}" if n < 2999 else ""] for n in range(3000)]
    table = read_table(xlsx(UNITS_HEAD, rows), import_units.COLUMNS, import_units.REQUIRED)
    async with empty.transaction() as session:
        assert (await import_units.import_units(session, table, NOW)).problems == []
