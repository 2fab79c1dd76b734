"""The example spreadsheets: an empty sheet to fill in, a filled one to look at, and how to fill in each column."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from talk.texts import say


@dataclass(frozen=True)
class Shape:
    """What a template looks like: its columns, those that must be filled, and what a cell may be chosen from."""

    columns: tuple[str, ...]
    required: tuple[str, ...]
    choices: dict[str, tuple[str, ...]]


SHAPES = {
    "units": Shape(
        ("code", "name", "kind", "parent", "aliases", "morning", "afternoon", "since", "closed_on", "merged_into"),
        ("code", "name"),
        {"kind": ("cli-kind-province", "cli-kind-commune", "cli-kind-department", "cli-kind-desk")},
    ),
    "people": Shape(
        ("staff_code", "full_name", "unit", "role", "title", "since", "until"),
        ("staff_code", "full_name", "unit"),
        {"role": tuple(f"cli-role-{role}" for role in ("head", "official", "reception", "inspector", "home-affairs", "admin"))},
    ),
}
_HEAD, _MUST = PatternFill("solid", fgColor="0B4F8A"), PatternFill("solid", fgColor="C2410C")
_ROWS_WITH_CHOICES = 2_000


def template(what: str) -> bytes:
    """The workbook for `units` or `people`."""
    shape = SHAPES[what]
    book = Workbook()
    book.remove(book.worksheets[0])
    _sheet(book, say(f"cli-template-{what}"), what, shape, [])
    examples = [[cell.strip() for cell in line.split("|")] for line in say(f"cli-example-{what}").splitlines()]
    _sheet(book, say("cli-template-example"), what, shape, examples)
    _instructions(book, what, shape)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _dashed(name: str) -> str:
    return name.replace("_", "-")


def _sheet(book: Workbook, title: str, what: str, shape: Shape, rows: list[list[str]]) -> None:
    sheet = book.create_sheet(title)
    for number, column in enumerate(shape.columns, start=1):
        cell = sheet.cell(1, number, say(f"cli-column-{_dashed(column)}"))
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = _MUST if column in shape.required else _HEAD
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        cell.comment = Comment(say(f"cli-about-{what}-{_dashed(column)}"), "congvu", width=320, height=120)
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = 34 if column in ("name", "full_name", "aliases", "title") else 20
        for row in range(2, 200):
            sheet.cell(row, number).number_format = "@"  # text: codes keep their zeros, days stay as typed
        _offer(sheet, letter, shape.choices.get(column))
    for at, cells in enumerate(rows, start=2):
        for number, value in enumerate(cells, start=1):
            sheet.cell(at, number, value or None)
    sheet.freeze_panes = "A2"
    sheet.row_dimensions[1].height = 30


def _offer(sheet: Any, letter: str, choices: tuple[str, ...] | None) -> None:
    if not choices:
        return
    rule = DataValidation(type="list", formula1='"' + ",".join(say(key) for key in choices) + '"', allow_blank=True, showErrorMessage=False)
    rule.add(f"{letter}2:{letter}{_ROWS_WITH_CHOICES}")
    sheet.add_data_validation(rule)


def _instructions(book: Workbook, what: str, shape: Shape) -> None:
    sheet = book.create_sheet(say("cli-template-instructions"))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 26, 100
    lines = [(say("cli-template-how-title"), ""), *((f"{n}.", say(f"cli-template-how-{n}")) for n in (1, 2, 3, 4, 5)), ("", "")]
    lines += [(say(f"cli-column-{_dashed(column)}"), say(f"cli-about-{what}-{_dashed(column)}")) for column in shape.columns]
    for row, (name, words) in enumerate(lines, start=1):
        sheet.cell(row, 1, name).font = Font(bold=True, size=14 if row == 1 else 11)
        sheet.cell(row, 2, words).alignment = Alignment(wrap_text=True, vertical="top")
