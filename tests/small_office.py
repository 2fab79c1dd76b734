"""A small office for tests: a province with its Home Affairs, one commune with a desk and a health station, seven people."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from office import Session
from office.people import Role
from office.records import Person, Post, Unit, UnitParent

LONG_AGO = dt.date(2025, 7, 1)


@dataclass(frozen=True)
class SmallOffice:
    """Ids by code."""

    units: dict[str, int]
    people: dict[str, int]


UNITS = {
    "tinh": ("Tỉnh Thử Nghiệm", "province", None),
    "so-noi-vu": ("Sở Nội vụ tỉnh Thử Nghiệm", "department", "tinh"),
    "an-binh": ("Ủy ban nhân dân xã An Bình", "commune", "tinh"),
    "an-binh-mot-cua": ("Bộ phận một cửa xã An Bình", "desk", "an-binh"),
    "an-binh-tram-y-te": ("Trạm Y tế xã An Bình", "department", "an-binh"),
    "hoa-lac": ("Ủy ban nhân dân xã Hoà Lạc", "commune", "tinh"),
}
PEOPLE = {
    "NV01": ("Đỗ Thị Giám Sát", "so-noi-vu", Role.HOME_AFFAIRS),
    "CT01": ("Trần Văn Chủ Tịch", "an-binh", Role.HEAD),
    "MC01": ("Lê Thị Một Cửa", "an-binh-mot-cua", Role.RECEPTION),
    "MC02": ("Phạm Văn Tiếp Nhận", "an-binh-mot-cua", Role.OFFICIAL),
    "YT01": ("Hoàng Thị Trạm Trưởng", "an-binh-tram-y-te", Role.HEAD),
    "YT02": ("Vũ Văn Y Sĩ", "an-binh-tram-y-te", Role.OFFICIAL),
    "CT02": ("Ngô Thị Xã Bên", "hoa-lac", Role.HEAD),
}


async def build_small_office(session: Session) -> SmallOffice:
    """Write the small office into an empty database."""
    units: dict[str, int] = {}
    for code, (name, kind, parent) in UNITS.items():
        unit = Unit(code=code, name=name, kind=kind, aliases=[])
        session.add(unit)
        await session.flush()
        units[code] = unit.id
        if parent:
            session.add(UnitParent(unit_id=unit.id, parent_id=units[parent], valid_from=LONG_AGO))
    people: dict[str, int] = {}
    for code, (name, unit_code, role) in PEOPLE.items():
        person = Person(staff_code=code, full_name=name)
        session.add(person)
        await session.flush()
        people[code] = person.id
        session.add(Post(person_id=person.id, unit_id=units[unit_code], role=role, title="", valid_from=LONG_AGO))
    return SmallOffice(units, people)
