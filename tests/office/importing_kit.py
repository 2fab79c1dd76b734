"""What the tests of importing share: an empty office, files made of rows, and an import as the command does it."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from bot.migrate import migrate
from office import import_people, import_units
from office.database import Database
from office.importing import Outcome, read_table
from office.moments import VIETNAM
from office.records import AuditEntry, Person, Post, SessionHours, Unit, UnitParent
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
