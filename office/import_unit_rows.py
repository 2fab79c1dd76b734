"""What a spreadsheet can say of a unit: its columns, its kinds in everyday words, and one row of it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from office.importing import Cells
from office.units import fold

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
"""What fits a desk's link on Telegram (letters, digits, `_`, `-`)."""
TOP = "-"
"""In the column of the unit above: this unit stands at the top."""

_KIND_WORDS = {
    "province": "tinh|thanh pho|thanh pho truc thuoc trung uong|province",
    "commune": "xa|phuong|dac khu|thi tran|commune|ward",
    "department": "so|phong|phong ban|ban|van phong|trung tam|tram|truong|don vi|co quan|department|office",
    "desk": "bo phan|bo phan mot cua|mot cua|quay|ban tiep dan|to|desk",
}
KINDS = {word: kind for kind, words in _KIND_WORDS.items() for word in words.split("|")} | {kind: kind for kind in _KIND_WORDS}

COLUMNS = {
    field: frozenset(words.split("|"))
    for field, words in {
        "code": "ma don vi|ma|code|unit code|ma co quan",
        "name": "ten don vi|ten|name|unit name|ten co quan|ten day du",
        "kind": "loai|loai don vi|cap|kind|type|unit kind",
        "parent": "ma don vi cap tren|don vi cap tren|truc thuoc|ma don vi cha|ma cap tren|cap tren|parent|parent code|thuoc don vi",
        "aliases": "ten khac|ten goi khac|ten cu|aliases|alias|other names",
        "morning": "gio sang|buoi sang|gio lam buoi sang|morning|morning hours",
        "afternoon": "gio chieu|buoi chieu|gio lam buoi chieu|afternoon|afternoon hours",
        "since": "tu ngay|hieu luc tu|ngay hieu luc|co hieu luc tu|ke tu ngay|since|valid from|from",
        "closed_on": "ngay giai the|giai the ngay|ngay cham dut|closed on|closed|end date",
        "merged_into": "sap nhap vao|nhap vao|ma don vi nhan|merged into|merged into code",
    }.items()
}
REQUIRED = ("code", "name")


@dataclass(frozen=True)
class UnitRow:
    """What one row says of a unit. None and "" mean that it says nothing."""

    row: int
    code: str
    name: str
    kind: str | None
    kind_by_name: str | None
    kind_said: bool
    """Whether there is anything in the cell, right or wrong."""
    parent: str
    aliases: tuple[str, ...]
    hours: dict[str, tuple[dt.time, dt.time]]
    since: dt.date | None
    closed_on: dt.date | None
    merged_into: str


def read_unit(cells: Cells) -> UnitRow:
    name = cells.text("name", required=True)
    if name and not any(c.isalpha() for c in name):
        cells.wrong("bad_name", "name", name)
    aliases = tuple(dict.fromkeys(each.strip() for each in re.split(r"[;|\n]", cells.text("aliases", longest=1_000)) if each.strip()))
    hours = {part: found for part in ("morning", "afternoon") if (found := cells.hours(part))}
    if len(hours) == 2 and hours["afternoon"][0] < hours["morning"][1]:
        cells.wrong("hours_overlap", "afternoon")
    parent = cells.text("parent", longest=40)
    return UnitRow(
        row=cells.row,
        code=cells.code("code", CODE, required=True).lower(),
        name=name,
        kind=cells.one_of("kind", KINDS),
        kind_by_name=_kind_by_name(name),
        kind_said=bool(cells.text("kind")),
        parent=parent.lower(),
        aliases=aliases,
        hours=hours,
        since=cells.day("since"),
        closed_on=cells.day("closed_on"),
        merged_into=cells.text("merged_into", longest=40).lower(),
    )


def _kind_by_name(name: str) -> str | None:
    """The kind by how the name begins: "Phòng Kinh tế" is a department."""
    words = fold(name).split()
    for length in (3, 2, 1):
        if kind := KINDS.get(" ".join(words[:length])):
            return kind
    return None
