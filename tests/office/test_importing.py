"""Importing units and people: every wrong row is named with its reason, all or nothing is written, and the same file twice is once."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from sqlalchemy import func, select

from bot.migrate import migrate
from office import import_people, import_units, spreadsheets
from office.database import Database
from office.importing import Outcome, as_day, as_hours, read_table
from office.moments import VIETNAM
from office.records import AuditEntry, Person, Post, SessionHours, Unit, UnitParent
from office.spreadsheets import Refused
from office.units import find_units, unit_by_code
from office.vault import Vault

NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)
TODAY = NOW.date()
UNITS_HEAD = [
    "Mã đơn vị",
    "Tên đơn vị",
    "Loại",
    "Trực thuộc",
    "Tên khác",
    "Giờ sáng",
    "Giờ chiều",
    "Từ ngày",
    "Ngày giải thể",
    "Sáp nhập vào",
]
PEOPLE_HEAD = ["Mã cán bộ", "Họ và tên", "Mã đơn vị", "Vai trò", "Chức danh", "Từ ngày", "Ngày thôi"]
TREE = [
    ["xa", "Xã Thử", "Xã", "", "", "07:30-11:30", "13:30-17:00"],
    ["mot-cua", "Bộ phận một cửa", "", "xa", "Một cửa; Nơi nộp hồ sơ"],
    ["kinh-te", "Phòng Kinh tế", "", "xa"],
]


@pytest.fixture
async def empty(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite:///{tmp_path}/import.db", Vault(b"k" * 32), synchronous="NORMAL")
    await migrate(database)
    yield database
    await database.close()


def xlsx(head: Sequence[str], rows: Sequence[Sequence[Any]], above: Sequence[Sequence[Any]] = ()) -> bytes:
    book = Workbook()
    for row in [*above, head, *rows]:
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class _Undo(Exception):
    pass


async def load(database: Database, what: Any, content: bytes, now: dt.datetime = NOW, *, dry_run: bool = False) -> Outcome:
    """As the command does: nothing is kept when there are problems or when one only looks."""
    outcome = Outcome()
    work = what.import_units if what is import_units else what.import_people
    try:
        async with database.transaction() as session:
            outcome = await work(session, read_table(content, what.COLUMNS, what.REQUIRED), now)
            if outcome.problems or dry_run:
                raise _Undo
    except _Undo:
        pass
    return outcome


async def units(database: Database, rows: Sequence[Sequence[Any]], now: dt.datetime = NOW, *, dry_run: bool = False) -> Outcome:
    return await load(database, import_units, xlsx(UNITS_HEAD, rows), now, dry_run=dry_run)


async def people(database: Database, rows: Sequence[Sequence[Any]], now: dt.datetime = NOW, *, dry_run: bool = False) -> Outcome:
    return await load(database, import_people, xlsx(PEOPLE_HEAD, rows), now, dry_run=dry_run)


def whys(outcome: Outcome) -> list[tuple[int, str]]:
    return [(problem.row, problem.why) for problem in outcome.problems]


async def everything(database: Database) -> list[Any]:
    """All that an import may touch."""
    async with database.reading() as session:
        found = []
        for record in (Unit, UnitParent, SessionHours, Person, Post, AuditEntry):
            found.append((await session.execute(select(record.__table__))).all())
        return found


async def tree(database: Database, day: dt.date = TODAY) -> dict[str, str]:
    async with database.reading() as session:
        codes = {unit.id: unit.code for unit in (await session.execute(select(Unit))).scalars()}
        links = (await session.execute(select(UnitParent))).scalars()
        return {
            codes[link.unit_id]: codes[link.parent_id]
            for link in links
            if link.valid_from <= day and (link.valid_to is None or link.valid_to > day)
        }


async def posts(database: Database, staff_code: str) -> list[tuple[str, str, dt.date, dt.date | None]]:
    async with database.reading() as session:
        rows = await session.execute(
            select(Unit.code, Post.role, Post.valid_from, Post.valid_to)
            .join(Post, Post.unit_id == Unit.id)
            .join(Person, Person.id == Post.person_id)
            .where(Person.staff_code == staff_code)
            .order_by(Post.id)
        )
        return [tuple(row) for row in rows.all()]  # type: ignore[misc]


# --- reading files ---


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_in_every_encoding_and_separator(encoding: str, mark: str) -> None:
    text = mark.join(["Mã đơn vị", "Tên đơn vị"]) + "\r\n" + mark.join(["xa", "Xã Nguyễn Ái Quốc"]) + "\r\n"
    table = read_table(text.encode(encoding), import_units.COLUMNS, import_units.REQUIRED)
    assert table.rows == [(2, {"code": "xa", "name": "Xã Nguyễn Ái Quốc"})]


def test_csv_of_old_windows_is_composed() -> None:
    decomposed = "ma;ten\nxa;Xa\u0303 Nguyê\u0303n Tâ\u0301t Tha\u0300nh"  # a letter and its tone are two characters there
    table = read_table(decomposed.encode("cp1258"), import_units.COLUMNS, import_units.REQUIRED)
    assert table.rows[0][1]["name"] == "Xã Nguyễn Tất Thành"


@pytest.mark.parametrize(
    "head",
    [
        ["Mã đơn vị", "Tên đơn vị"],
        ["ma don vi", "TEN DON VI"],
        ["unit_code", "unit name"],
        ["  MÃ  ĐƠN VỊ (*) ", "Tên đơn vị:"],
        ["Ma\u0303 đơn vi\u0323", "Name"],
    ],
)
def test_headings_are_found_however_they_are_written(head: list[str]) -> None:
    table = read_table(xlsx(head, [["xa", "Xã Thử"]]), import_units.COLUMNS, import_units.REQUIRED)
    assert table.rows == [(2, {"code": "xa", "name": "Xã Thử"})]


def test_a_letterhead_above_and_blank_rows_between_keep_the_row_numbers() -> None:
    content = xlsx(UNITS_HEAD, [["xa", "Xã Thử"], [], ["b", "Phòng B"]], above=[["ỦY BAN NHÂN DÂN XÃ THỬ"], [], ["DANH SÁCH ĐƠN VỊ"]])
    assert [number for number, _ in read_table(content, import_units.COLUMNS, import_units.REQUIRED).rows] == [5, 7]


def test_the_right_sheet_is_found_and_unknown_columns_are_told() -> None:
    book = Workbook()
    book.active.append(["Ghi chú", "linh tinh"])
    sheet = book.create_sheet("Đơn vị")
    sheet.append(["Mã đơn vị", "Tên đơn vị", "Số điện thoại"])
    sheet.append(["xa", "Xã Thử", 123])
    out = io.BytesIO()
    book.save(out)
    table = read_table(out.getvalue(), import_units.COLUMNS, import_units.REQUIRED)
    assert table.ignored_columns == ["Số điện thoại"]
    assert len(table.rows) == 1


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "picture"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "picture"),
        (b"%PDF-1.7 ...", "pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_excel"),
        (b"\x1f\x8b\x08" + bytes(20), "archive"),
        (b"PK\x03\x04 but not a zip", "broken"),
        (zipped(word__document_xml=b"<w/>"), "not_a_workbook"),
        (zipped(xl__workbook_xml=b"<workbook/>"), "broken"),
        (zipped(xl__workbook_xml=b"<workbook/>", xl__worksheets__sheet1_xml=bytes(210 * 1024 * 1024)), "bomb"),
        (zipped(xl__workbook_xml=b'<!DOCTYPE a [<!ENTITY b "c">]><workbook/>'), "broken"),
        (bytes(range(256)) * 20, "not_a_table"),
        (b"a" * (20 * 1024 * 1024 + 1), "too_big"),
        (b"xin chao\nday la van ban thuong\n", "no_headings"),
        ("Mã đơn vị,Tên đơn vị\n".encode(), "no_rows"),
        ("Mã đơn vị,Tên đơn vị,Mã\nxa,Xã,x\n".encode(), "column_twice"),
        ('Mã đơn vị,Tên đơn vị\nxa,"Xã\nb,B\n'.encode(), "broken_quotes"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_its_reason(content: bytes, why: str) -> None:
    with pytest.raises(Refused) as refused:
        read_table(content, import_units.COLUMNS, import_units.REQUIRED)
    assert refused.value.why == why


def test_missing_columns_are_named() -> None:
    with pytest.raises(Refused) as refused:
        read_table("Mã cán bộ,Chức danh\n1,x\n".encode(), import_people.COLUMNS, import_people.REQUIRED)
    assert refused.value.details["missing"].split() == ["full_name", "unit"]


def test_too_many_rows_are_refused_and_the_limit_itself_is_not() -> None:
    head = "ma,ten\n"
    body = "".join(f"u{n},Phòng {n}\n" for n in range(spreadsheets.MAX_ROWS))
    assert len(read_table((head + body).encode(), import_units.COLUMNS, import_units.REQUIRED).rows) == spreadsheets.MAX_ROWS
    with pytest.raises(Refused, match="too_many_rows"):
        read_table((head + body + "x,Phòng\n").encode(), import_units.COLUMNS, import_units.REQUIRED)


def test_a_column_formatted_to_the_end_is_refused_and_not_read_for_minutes() -> None:
    book = Workbook()
    book.active.append(["ma", "ten"])
    book.active.cell(1_048_576, 1, "z")
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(Refused, match="too_many_blank"):
        read_table(out.getvalue(), import_units.COLUMNS, import_units.REQUIRED)


def test_cells_of_every_kind_are_read_as_people_see_them() -> None:
    cells = [7, 12.0, 3.5, True, dt.datetime(2026, 7, 1), dt.time(7, 30), " a\u200b \n b ", None]
    book = Workbook()
    book.active.append(["ma", "ten", "loai", "truc thuoc", "tu ngay", "gio sang", "ten khac", "gio chieu"])
    book.active.append(cells)
    out = io.BytesIO()
    book.save(out)
    (_, values), *_ = read_table(out.getvalue(), import_units.COLUMNS, import_units.REQUIRED).rows
    assert list(values.values()) == ["7", "12", "3.5", "True", "2026-07-01", "07:30", "a b", ""]


async def test_formulas_and_errors_are_named_by_their_cell(empty: Database) -> None:
    outcome = await units(empty, [["xa", "=A1&B1"], ["b", "Phòng B", "#REF!"]])
    assert [(p.row, p.why, p.column) for p in outcome.problems] == [(2, "formula", "name"), (3, "error", "kind")]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_no_bytes_whatever_crash_it(content: bytes) -> None:
    with pytest.raises(Refused):
        read_table(content, import_units.COLUMNS, import_units.REQUIRED)
    with pytest.raises(Refused):
        read_table(b"PK" + content, import_units.COLUMNS, import_units.REQUIRED)


def test_a_damaged_workbook_never_crashes() -> None:
    whole = xlsx(UNITS_HEAD, TREE)
    for at in range(0, len(whole), 97):
        for damaged in (whole[:at], whole[:at] + b"\x00\xff" + whole[at + 2 :]):
            try:
                read_table(damaged, import_units.COLUMNS, import_units.REQUIRED)
            except Refused:
                continue


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("21/11/2026", dt.date(2026, 11, 21)), ("1/7/2025", dt.date(2025, 7, 1)), ("01-07-2025", dt.date(2025, 7, 1)),
        ("1.7.2025", dt.date(2025, 7, 1)),
        ("2025-07-01", dt.date(2025, 7, 1)), ("31/2/2026", None), ("2026", None), ("1/7/25", None), ("1/7/0225", None),
        ("1/7/2099", None), ("hôm qua", None),
    ],
)  # fmt: skip
def test_days(written: str, meant: dt.date | None) -> None:
    assert as_day(written, TODAY) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("07:30-11:30", "07:30 11:30"), ("7h30 – 11h30", "07:30 11:30"), ("7h-11h", "07:00 11:00"), ("13:30 đến 17:00", "13:30 17:00"),
        ("7g30-11g", "07:30 11:00"),
        ("11:30-07:30", None), ("7:30", None), ("25:00-26:00", None), ("sáng", None),
    ],
)  # fmt: skip
def test_hours(written: str, meant: str | None) -> None:
    found = as_hours(written)
    assert (found and f"{found[0]:%H:%M} {found[1]:%H:%M}") == meant


# --- units ---


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


# --- people ---

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


async def test_changes_are_audited_without_names(empty: Database) -> None:
    await units(empty, TREE)
    await people(empty, STAFF)
    async with empty.reading() as session:
        entries = (await session.execute(select(AuditEntry.action, AuditEntry.subject))).all()
    assert ("import_person_added", "person:CB2") in [tuple(entry) for entry in entries]
    assert not any("Lê" in subject for _, subject in entries)
