"""Opens the spreadsheets that offices send, XLSX or CSV, by what they are and not by their name; what cannot be read is refused with a reason."""

from __future__ import annotations

import csv
import datetime as dt
import io
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
"""Bytes that an XLSX may unfold to; 20,000 rows of staff are about 15 MB."""
MAX_ROWS = 20_000
"""Rows with something in them: nearly twice the commune officials of a large province (Thanh Hoá had 11,047)."""
MAX_SHEETS, MAX_COLUMNS, MAX_BLANK_ROWS = 20, 40, 50_000

_OTHER_KINDS = {
    b"\x89PNG": "picture", b"\xff\xd8\xff": "picture", b"GIF8": "picture", b"%PDF": "pdf", b"\xd0\xcf\x11\xe0": "old_excel",
    b"Rar!": "archive", b"7z\xbc\xaf": "archive", b"\x1f\x8b": "archive",
}  # fmt: skip


class Refused(ValueError):
    """The file as a whole cannot be read. `why` names the reason, `details` what belongs in the sentence."""

    def __init__(self, why: str, **details: object) -> None:
        super().__init__(why)
        self.why = why
        self.details = {name: str(value) for name, value in details.items()}


@dataclass(frozen=True)
class RawRow:
    """A row as it stands: its number in the sheet, its cells as text, and cells that hold no value (`formula`, `error`) by their place."""

    number: int
    cells: list[str]
    faults: dict[int, str] = field(default_factory=dict)


Tick = Callable[[int], None]
"""Told now and then how many rows are done."""


def read_sheets(content: bytes, tick: Tick = lambda _: None) -> Iterator[tuple[str, list[RawRow]]]:
    """The sheets of the file with their names, in order; a CSV is one sheet without a name. Blank rows are left out. Raises Refused."""
    if not content:
        raise Refused("empty")
    if len(content) > MAX_BYTES:
        raise Refused("too_big", limit=MAX_BYTES // 1024 // 1024)
    for start, kind in _OTHER_KINDS.items():
        if content.startswith(start):
            raise Refused(kind)
    if content.startswith(b"PK"):
        yield from _xlsx_sheets(content, tick)
    else:
        yield from _csv_sheets(content, tick)


def rows_about(content: bytes) -> int | None:
    """About how many rows with something in them there are, for whoever shows how far reading has come; None if it cannot be told."""
    if content.startswith(b"PK"):
        try:
            found = max(map(_filled_rows, _packed_sheets(content)), default=0)
        except Exception:  # whatever is wrong with the file, reading says it
            return None
    else:
        found = sum(bool(line.strip(b",;\t \r\0")) for line in content.split(b"\n"))
    return min(found, MAX_ROWS) or None


def _packed_sheets(content: bytes) -> Iterator[bytes]:
    _look_into_archive(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield from (archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet"))


def _filled_rows(sheet: bytes) -> int:
    """Forms are often drawn far below the last row that is filled in."""
    return sum(b"<v>" in row or b"<is>" in row for row in sheet.split(b"<row")[1:])


def tidy(text: str) -> str:
    """One line, composed accents, no control or invisible characters."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text if unicodedata.category(c) not in ("Cf", "Cs"))
    return " ".join(unicodedata.normalize("NFC", kept).split())


def _xlsx_sheets(content: bytes, tick: Tick) -> Iterator[tuple[str, list[RawRow]]]:
    from openpyxl import load_workbook  # 0.3 s to import, and most starts of the program need it not

    _look_into_archive(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"][:MAX_SHEETS]
        for sheet in sheets:
            sheet.reset_dimensions()  # what the file says of its own size need not be true
            yield sheet.title, _bounded(_xlsx_rows(sheet), tick)
    except Refused:
        raise
    except Exception as unreadable:  # openpyxl raises whatever its parts raise
        raise Refused("broken") from unreadable


def _look_into_archive(content: bytes) -> None:
    """That it is a workbook, of a size that fits the memory, without entities that grow when they are read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > 2_000 or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise Refused("bomb")
            if any(part.flag_bits & 0x1 for part in parts):
                raise Refused("locked")
            if "xl/workbook.xml" not in archive.namelist():
                raise Refused("not_a_workbook")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.open(part).read(2_000):
                    raise Refused("broken")
    except Refused:
        raise
    except Exception as damaged:  # besides its own errors, those of each way of packing
        raise Refused("broken") from damaged


def _xlsx_rows(sheet: Any) -> Iterator[RawRow]:
    for number, values in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), start=1):
        cells = ["" if value is None else tidy(value[:2_000]) if isinstance(value, str) else _shown(value) for value in values]
        yield RawRow(number, cells, _faults(cells))


_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA", "#SPILL!", "#CALC!"})


def _faults(cells: list[str]) -> dict[int, str]:
    return {
        place: "formula" if cell[0] == "=" else "error" for place, cell in enumerate(cells) if cell and (cell[0] == "=" or cell in _ERRORS)
    }


def _shown(value: object) -> str:
    """A number, a day or an hour as people would write it."""
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d}" if value.time() == dt.time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return tidy(str(value)[:2_000])


def _csv_sheets(content: bytes, tick: Tick) -> Iterator[tuple[str, list[RawRow]]]:
    text = _decoded(content)
    delimiter = _delimiter(text)
    yield "", _bounded(_csv_rows(text, delimiter), tick)


def _decoded(content: bytes) -> str:
    """The text in the encoding that fits: what Excel writes in Vietnam is UTF-8 with a mark, UTF-16 or Windows-1258."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in content[:200]:
        encodings = ["utf-16-le" if content[1:2] == b"\0" else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "cp1258"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(ord(c) < 32 and c not in "\t\r\n\f" for c in text[:100_000]):
            return unicodedata.normalize("NFC", text)
    raise Refused("not_a_table")


def _delimiter(text: str) -> str:
    """The separator that parts the first lines most often."""
    head = [line for line in text.splitlines()[:40] if line.strip()]
    return max(",;\t", key=lambda mark: max((line.count(mark) for line in head), default=0))


def _csv_rows(text: str, delimiter: str) -> Iterator[RawRow]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    began = 1
    try:
        for cells in reader:
            number, began = began, reader.line_num + 1
            tidied = [tidy(cell[:2_000]) for cell in cells[:MAX_COLUMNS]]
            yield RawRow(number, tidied, _faults(tidied))
    except csv.Error as broken:
        raise Refused("broken_quotes", row=began) from broken


def _bounded(rows: Iterable[RawRow], tick: Tick) -> list[RawRow]:
    """The rows with something in them, as long as they are not too many."""
    kept: list[RawRow] = []
    blank = 0
    for row in rows:
        if not any(row.cells):
            blank += 1
            if blank > MAX_BLANK_ROWS:
                raise Refused("too_many_blank")  # columns formatted to the sheet's end: half a minute of reading nothing
            continue
        kept.append(row)
        if len(kept) > MAX_ROWS + 1:  # the headings are not counted
            raise Refused("too_many_rows", limit=MAX_ROWS)
        if len(kept) % 500 == 0:
            tick(len(kept))
    tick(len(kept))
    return kept
