"""Importing at the command line: the example fits, wrong rows are told in Vietnamese, and nothing is written unless all is right."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from pathlib import Path

import pytest
from openpyxl import load_workbook
from rich.console import Console
from rich.text import Text

from bot.cli import terminal
from bot.cli.templates import SHAPES, template
from office import import_people, import_people_rows, import_unit_rows, import_units
from office.importing import read_table
from talk.texts import say
from tests.cli.conftest import Congvu

BOTH = {"units": import_units, "people": import_people}


def example(what: str, target: Path) -> Path:
    """The filled sheet of a template as a file of its own."""
    book = load_workbook(io.BytesIO(template(what)))
    for name in book.sheetnames:
        if name != say("cli-template-example"):
            del book[name]
    book.save(target)
    return target


def count(table: str) -> int:
    database = sqlite3.connect("var/congvu.db")
    found = database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    database.close()
    return int(found)


@pytest.mark.parametrize("what", ["units", "people"])
def test_the_template_has_every_column_and_explains_it(what: str) -> None:
    book = load_workbook(io.BytesIO(template(what)))
    assert book.sheetnames[1:] == [say("cli-template-example"), say("cli-template-instructions")]
    headings = [cell.value for cell in book.worksheets[0][1]]
    assert len(headings) == len(BOTH[what].COLUMNS)
    assert set(SHAPES[what].columns) == set(BOTH[what].COLUMNS)
    assert SHAPES[what].required == BOTH[what].REQUIRED
    assert all(cell.comment for cell in book.worksheets[0][1])
    explained = {row[0].value for row in book.worksheets[2].iter_rows()}
    assert set(headings) <= explained


@pytest.mark.parametrize("what", ["units", "people"])
def test_the_example_is_understood_whole(what: str, tmp_path: Path) -> None:
    table = read_table(example(what, tmp_path / "e.xlsx").read_bytes(), BOTH[what].COLUMNS, BOTH[what].REQUIRED)
    assert table.ignored_columns == []
    assert table.problems == []
    assert len(table.rows) == 4


def test_words_offered_in_the_template_are_understood() -> None:
    kinds = [say(key) for key in SHAPES["units"].choices["kind"]]
    roles = [say(key) for key in SHAPES["people"].choices["role"]]
    from office.units import fold

    assert {import_unit_rows.KINDS[fold(kind)] for kind in kinds} == {"province", "commune", "department", "desk"}
    assert len({import_people_rows.ROLES[fold(role)] for role in roles}) == 6


def test_from_template_to_invitations(congvu: Congvu, here: Path) -> None:
    assert congvu("units", "import", "--template", "u.xlsx").code == 0
    assert congvu("units", "import", "--template", "u.xlsx").code == 1
    assert "không có dữ liệu" in congvu("units", "import", "u.xlsx").err
    units, people = example("units", here / "units.xlsx"), example("people", here / "people.xlsx")
    looked = congvu("units", "import", units, "--dry-run")
    assert (looked.code, count("unit")) == (0, 0)
    assert "thêm 4" in looked.out
    assert "Chưa ghi gì" in looked.out
    assert congvu("units", "import", units).code == 0
    assert count("unit") == 4
    again = congvu("units", "import", units)
    assert "thêm 0, sửa 0, kết thúc 0, giữ nguyên 4" in again.out
    looked = congvu("people", "import", people, "--dry-run", "--invite")
    assert (looked.code, count("person"), count("invitation")) == (0, 0, 0)
    invited = congvu("people", "import", people, "--invite")
    codes = re.findall(r"^(CB\d+)\t[^\t]+\t[^\t]+\t([A-Z0-9]{4}-[A-Z0-9]{4})$", invited.out, re.MULTILINE)
    assert [staff for staff, _ in codes] == ["CB001", "CB002", "CB003", "CB004"]
    assert "Thủ trưởng tại ha-vi-du" in invited.out


def test_every_wrong_row_is_said_with_its_reason_and_nothing_is_written(congvu: Congvu, here: Path) -> None:
    rows = ["Mã đơn vị;Tên đơn vị;Loại;Trực thuộc;Ghi chú", "xa;Xã A;Xã;;", "p q;Phòng B;;xa;", "p2;Phòng C;;khong-co;", ";Phòng D;;xa;"]
    (here / "bad.csv").write_text("\n".join(rows), encoding="utf-16")
    done = congvu("units", "import", "bad.csv")
    assert done.code == 1
    assert done.out == ""
    assert "Ghi chú" in done.err
    for line in (
        "Dòng 3: mã «p q» chỉ",
        "Dòng 4: không có đơn vị cấp trên mang mã «khong-co»",
        "Dòng 5: thiếu «Mã đơn vị»",
        "3 lỗi ở 3 dòng",
    ):
        assert line in done.err
    assert count("unit") == 0


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", b"\x89PNG\r\n\x1a\n....", "tệp ảnh"),
        ("a.xlsx", b"", "Tệp rỗng"),
        ("a.csv", b"ten\nX\n", "Mã đơn vị"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + bytes(600), ".xls"),
        ("a.csv", b"ma,ten\n" + b"".join(b"u%d,Phong\n" % n for n in range(20_002)), "20000 dòng"),
        ("a.csv", b"ma,ten\n" + b"x" * 21 * 1024 * 1024, "20 MB"),
    ],
)
def test_a_wrong_file_is_refused_in_words(congvu: Congvu, here: Path, name: str, content: bytes, words: str) -> None:
    (here / name).write_bytes(content)
    done = congvu("units", "import", name)
    assert (done.code, done.out) == (1, "")
    assert words in done.err


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_at_a_terminal_the_bar_tells_how_many_of_how_many(congvu: Congvu, here: Path, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    """Reading counts the headings too; then the rows are compared with what the office holds."""
    units, people = example("units", here / "units.xlsx"), example("people", here / "people.xlsx")
    if form == "csv":
        units = as_csv(units)
        people = as_csv(people)
    for what, file in (("units", units), ("people", people)):
        shown = io.StringIO()
        monkeypatch.setattr(terminal, "err", Console(file=shown, force_terminal=True, width=100))
        assert congvu(what, "import", file).code == 0
        reading, writing = say("cli-import-reading", name=file.name), say("cli-import-writing", count=4)
        lines = [Text.from_ansi(line).plain for line in shown.getvalue().replace("\r", "\n").splitlines()]
        assert any(reading in line and "5/5" in line for line in lines), lines
        assert any(writing in line and "4/4" in line for line in lines), lines


def as_csv(book: Path) -> Path:
    """The sheet as people save it for another program."""
    target = book.with_suffix(".csv")
    with target.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows([["" if value is None else value for value in row] for row in load_workbook(book).active.values])
    return target


def test_no_file_and_no_such_file(congvu: Congvu) -> None:
    assert congvu("units", "import").code == 2
    assert (ended := congvu("people", "import", "nowhere.xlsx")).code == 1
    assert "nowhere.xlsx" in ended.err


def test_every_reason_has_its_words() -> None:
    """Each reason that the importers can give is written down in Vietnamese."""
    office = Path(import_units.__file__).parent
    source = "".join(
        (office / name).read_text()
        for name in (
            "importing.py",
            "import_units.py",
            "import_unit_checks.py",
            "import_unit_rows.py",
            "import_people.py",
            "import_people_rows.py",
        )
    )
    reasons = set(re.findall(r'\bwrong\(\s*"(\w+)"', source)) | {"formula", "error", "bad_kind", "bad_role", "bad_code", "bad_staff_code"}
    assert len(reasons) > 20
    for why in reasons:
        assert say(f"cli-wrong-{why.replace('_', '-')}", column="c", value="v", other="o")
    details = set(re.findall(r'Detail\(\s*"(\w+)"', source)) | {"morning", "afternoon"}
    for what in details:
        assert say(f"cli-change-{what.replace('_', '-')}", old="o", new="n", role="r")
    refusals = set(re.findall(r'Refused\(\s*"(\w+)"', source + (office / "spreadsheets.py").read_text()))
    assert len(refusals) > 8
    for why in refusals | {"picture", "pdf", "old_excel", "archive"}:
        assert say(f"cli-refused-{why.replace('_', '-')}", limit=1, row=1, missing="m", heading="h", found=0)


def test_a_person_is_invited_by_code_in_any_case(congvu: Congvu, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    congvu("units", "import", example("units", here / "units.xlsx"))
    congvu("people", "import", example("people", here / "people.xlsx"))
    monkeypatch.setenv("PUBLIC_URL", "https://gopy.vidu.gov.vn/")
    done = congvu("invite", "cb003", "--bot", "@vidu_bot")
    assert done.code == 0
    code = re.search(r"^([A-Z0-9]{4}-[A-Z0-9]{4})$", done.out, re.MULTILINE)
    assert code is not None
    assert f"https://t.me/vidu_bot?start=moi-{code[1]}" in done.out
    assert f"https://gopy.vidu.gov.vn/chat?u=moi-{code[1]}" in done.out
    assert "Mẫu Văn Lim" in done.out
    assert "zalo" not in done.out.lower()
    unknown = congvu("invite", "CB999")
    assert unknown.code == 1
    assert "CB999" in unknown.err


def test_an_invitation_says_how_to_link_on_zalo(congvu: Congvu, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"ZALO_APP_ID": "1", "ZALO_APP_SECRET": "s", "ZALO_OA_SECRET": "t", "ZALO_OA_ID": "3662729599332560487"}.items():
        monkeypatch.setenv(name, value)
    congvu("units", "import", example("units", here / "units.xlsx"))
    many = congvu("people", "import", example("people", here / "people.xlsx"), "--invite")
    assert "https://zalo.me/3662729599332560487" in many.said
    assert "/lienket" in many.said
    one = congvu("invite", "CB003")
    assert re.search(r"https://zalo\.me/3662729599332560487 rồi nhắn /lienket [A-Z0-9]{4}-[A-Z0-9]{4}\n", one.out)
