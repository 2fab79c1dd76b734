"""What a spreadsheet can say of an official: its columns, the roles in everyday words, and one row of it (one post of one person)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from office.importing import Cells
from office.people import Role

STAFF_CODE = re.compile(r"\w[\w./-]*")

_ROLE_WORDS = {
    Role.OFFICIAL: "cong chuc|can bo|vien chuc|nguoi lao dong|nhan vien|chuyen vien|can bo cong chuc|official|staff",
    Role.RECEPTION: "bo phan mot cua|mot cua|tiep nhan|can bo mot cua|can bo tiep nhan|reception|reception officer",
    Role.HEAD: "thu truong|nguoi dung dau|lanh dao|truong don vi|chu tich|chu tich ubnd|truong phong|giam doc|chanh van phong|head",
    Role.INSPECTOR: "thanh tra|kiem tra cong vu|doan kiem tra|doan kiem tra cong vu|nguoi kiem tra|inspector",
    Role.HOME_AFFAIRS: "so noi vu|noi vu|phong noi vu|can bo noi vu|home affairs",
    Role.ADMIN: "quan tri|quan tri vien|quan tri he thong|admin|administrator",
}
ROLES = {word: role for role, words in _ROLE_WORDS.items() for word in words.split("|")}

COLUMNS = {
    field: frozenset(words.split("|"))
    for field, words in {
        "staff_code": "ma can bo|ma cong chuc|ma nhan vien|ma cbcc|ma so can bo|ma so|staff code|code|employee code",
        "full_name": "ho va ten|ho ten|ten|full name|name",
        "unit": "ma don vi|don vi|ma co quan|ma phong|unit|unit code",
        "role": "vai tro|quyen|role",
        "title": "chuc danh|chuc vu|vi tri|vi tri viec lam|title|position",
        "since": "tu ngay|hieu luc tu|ngay bat dau|ke tu ngay|since|from|valid from|start date",
        "until": "ngay thoi|den ngay|ngay ket thuc|ngay nghi|thoi tu ngay|until|to|end date|valid to",
    }.items()
}
REQUIRED = ("staff_code", "full_name", "unit")


@dataclass(frozen=True)
class PostRow:
    """One post as a row says it. `until` is the first day on which it is no longer held."""

    row: int
    staff_code: str
    full_name: str
    unit: str
    role: Role
    title: str
    since: dt.date | None
    until: dt.date | None

    @property
    def place(self) -> tuple[str, Role]:
        return self.unit, self.role


def read_post(cells: Cells) -> PostRow:
    name = cells.text("full_name", required=True, longest=120)
    if name and not any(c.isalpha() for c in name):
        cells.wrong("bad_name", "full_name", name)
    since, until = cells.day("since"), cells.day("until")
    if since and until and until <= since:
        cells.wrong("until_before_since", "until", f"{until:%d/%m/%Y}", f"{since:%d/%m/%Y}")
    return PostRow(
        row=cells.row,
        staff_code=cells.code("staff_code", STAFF_CODE, required=True).upper(),
        full_name=name,
        unit=cells.text("unit", required=True, longest=40).lower(),
        role=Role(cells.one_of("role", ROLES) or Role.OFFICIAL),
        title=cells.text("title", longest=120),
        since=since,
        until=until,
    )
