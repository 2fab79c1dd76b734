"""No number tells who filed a case: whatever one sorts the tables by, the neighbour of a case is not its reporter. Neither from a backup."""

from __future__ import annotations

import json
import random
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from bot.backup import write_backup
from office.mingling import mingle
from office.records import BrowserMessage, OutboxMessage, Record
from tests.dialogue import Someone, settle
from tests.dialogues.test_complaint import to_the_summary
from tests.play import Play

CITIZENS = 9  # so many that no order is right by chance
Rows = Mapping[str, Sequence[Mapping[str, Any]]]
"""Each table's rows as they lie."""


async def filed(play: Play, count: int = CITIZENS) -> tuple[set[int], list[int], list[Someone]]:
    """Cases filed by people who came in another order, nothing carried to anybody yet: the head's contact, the reporters in order, and they all."""
    await play.official("CT01")
    citizens = [await play.citizen(f"c{number}") for number in range(count)]
    for citizen in citizens:
        await to_the_summary(citizen, identity="Ẩn danh")
    random.Random(4).shuffle(citizens)
    for citizen in citizens:
        label, handle = next((label, handle) for label, handle in citizen.seen[-1].buttons.items() if "📨 Gửi" in label)
        await citizen.line.tap(label, handle)
    head, *reporters = [(await play.contact_of(someone)).id for someone in (play.people[0], *citizens)]
    return {head}, reporters, citizens


async def rows_of(play: Play) -> Rows:
    found = {}
    hidden = text("rowid AS lies") if play.app.database.is_sqlite else text("ctid AS lies")
    async with play.app.database.reading() as session:
        for table in Record.metadata.sorted_tables:
            without = table.dialect_kwargs.get("sqlite_with_rowid") is False and play.app.database.is_sqlite
            wanted = select(table) if without else select(table, hidden).order_by(text("lies"))
            found[table.name] = [dict(row) for row in (await session.execute(wanted)).mappings()]
    return found


def rows_in(backup: Path) -> Rows:
    with zipfile.ZipFile(backup) as archive:
        names = [name for name in archive.namelist() if name.endswith(".jsonl")]
        return {name[7:-6]: [json.loads(line) for line in archive.read(name).decode().splitlines()] for name in names}


def sequences(rows: Rows) -> Iterator[tuple[str, list[int]]]:
    """The contacts in each order in which somebody could read a table: as it lies, and by each column that has an order."""
    addresses = {row["address"]: row["id"] for row in rows["contact"]}
    for table, lines in rows.items():
        known = [(contact, line) for line in lines if (contact := contact_of(table, line, addresses)) is not None]
        yield f"{table} as it lies", [contact for contact, _ in known]
        for column in known[0][1] if known else ():
            values = [line[column] for _, line in known]
            if column != "lies" and all(isinstance(value, int | str) for value in values):
                yield f"{table} by {column}", [contact for contact, _ in sorted(known, key=lambda each: each[1][column])]


def contact_of(table: str, line: Mapping[str, Any], addresses: Mapping[str, int]) -> int | None:
    if table == "contact":
        return int(line["id"])
    if table == "heard_update":  # a page's update is named after its conversation
        return next((contact for address, contact in addresses.items() if line["update_key"].startswith(f"{address[:16]}:")), None)
    return line.get("contact_id")


def guesses(sequence: Sequence[int], heads: set[int]) -> Iterator[list[int]]:
    """Who filed the cases, the first case first, as one would read it from the order: beside what the head was told, or as they came."""
    for order in (sequence, sequence[::-1]):
        beside = [nearest for place, contact in enumerate(order) if contact in heads and (nearest := after(order[place:], heads))]
        first = list(dict.fromkeys(contact for contact in order if contact not in heads))
        yield from (beside, beside[::-1], first, first[::-1])


def after(order: Iterable[int], heads: set[int]) -> int | None:
    return next((contact for contact in order if contact not in heads), None)


def betrayed(rows: Rows, heads: set[int], reporters: list[int]) -> set[str]:
    """By what orders the reporters are found out."""
    count = len(reporters)
    return {
        name
        for name, sequence in sequences(rows)
        for guess in guesses(sequence, heads)
        if any(guess[start : start + count] == reporters for start in range(len(guess) - count + 1))
    }


async def test_no_neighbour_tells_the_reporter(play: Play, tmp_path: Path) -> None:
    if play.zalo is not None:
        play.zalo.doubts.free_messages = None  # else the head's ninth notice would be held
    heads, reporters, citizens = await filed(play)
    for moment in ("still to be said", "said"):
        backup = tmp_path / f"{moment}.zip"
        await write_backup(play.app.database, backup, play.clock())
        assert betrayed(rows_in(backup), heads, reporters) == set(), moment
        async with play.app.database.transaction() as session:
            await mingle(session, play.clock())
        rows = await rows_of(play)
        assert betrayed(rows, heads, reporters) == set(), moment
        assert (len(rows["case_file"]), len({row["kind"] for row in rows["outbox"]})) == (CITIZENS, 2 if moment != "said" else 1)
        await settle(play.app)
    for citizen in citizens:
        await citizen.hears("Mã biên nhận")
    play.people.pop(0)  # what the head hears is not the matter here; a channel may refuse so many notices at once


def test_an_order_that_tells_is_found() -> None:
    """The outbox as it was once numbered: the head's notice of a case, and after it the receipt."""
    contacts = [{"id": number, "address": str(number)} for number in range(4)]
    outbox = [{"id": place, "contact_id": contact} for place, contact in enumerate([0, 2, 0, 1, 0, 3])]
    rows = {"contact": contacts, "outbox": outbox, "browser_message": [], "heard_update": []}
    assert "outbox by id" in betrayed(rows, {0}, [2, 1, 3])
    assert betrayed(rows, {0}, [3, 1, 2]) != set()  # read backwards
    assert betrayed(rows, {0}, [1, 3, 2]) == set()


@pytest.mark.only_on("browser")
async def test_the_mark_of_a_bubble_tells_nothing_of_its_row(play: Play) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    await to_the_summary(citizen, identity="Ẩn danh")
    async with play.app.database.reading() as session:
        marks = (await session.execute(select(BrowserMessage.mark).where(~BrowserMessage.mine))).scalars().all()
    assert marks
    assert all(len(mark) == 40 and set(mark) <= set("0123456789abcdef") for mark in marks)
    assert len(set(marks)) == len(marks)
    await head.hears_nothing()


async def test_of_answers_and_of_what_a_reporter_was_told_nothing_stays(play: Play) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    await to_the_summary(citizen)
    await citizen.taps("📨 Gửi")
    await citizen.hears("Mã biên nhận")
    await head.hears("phản ánh mới")
    await head.taps("Mở xem")
    await head.hears("quát to")
    await head.taps("Tiếp nhận")
    await head.hears("Đã tiếp nhận")
    await citizen.hears("đã được tiếp nhận")
    async with play.app.database.reading() as session:
        left = (await session.execute(select(OutboxMessage.kind, OutboxMessage.state))).all()
    assert [tuple(row) for row in left] == [("case_new", "sent")]


JOINED = """
    SELECT count(*) FROM case_event e WHERE e.xmin::text IN (
        SELECT xmin::text FROM contact UNION SELECT xmin::text FROM browser_message
        UNION SELECT xmin::text FROM heard_update UNION SELECT xmin::text FROM outbox)
"""


@pytest.mark.postgresql_only
async def test_the_transaction_of_a_case_is_not_that_of_its_reporter_after_the_night(play: Play) -> None:
    """PostgreSQL's own mark of each row."""
    _, _, citizens = await filed(play, 3)
    await settle(play.app)
    async with play.app.database.reading() as session:
        assert (await session.execute(text(JOINED))).scalar_one() == 3
        before = {row.id: tuple(row) for row in (await session.execute(select(BrowserMessage.__table__))).all()}
    play.clock.set("2026-11-24 00:01")
    await play.app.schedule.tick(play.clock())
    async with play.app.database.reading() as session:
        assert (await session.execute(text(JOINED))).scalar_one() == 0
        assert {row.id: tuple(row) for row in (await session.execute(select(BrowserMessage.__table__))).all()} == before
    for citizen in citizens:
        await citizen.hears("Mã biên nhận")
    for _ in citizens:
        await play.people[0].hears("phản ánh mới")
