"""Reading spreadsheets: in whatever encoding, heading and sheet they come, and with a clear reason when they cannot be read."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from office import import_people, import_units, spreadsheets
from office.database import Database
from office.importing import as_day, as_hours, read_table
from office.spreadsheets import Refused
from tests.office.importing_kit import TODAY, TREE, UNITS_HEAD, empty, units, xlsx

__all__ = ["empty"]


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
