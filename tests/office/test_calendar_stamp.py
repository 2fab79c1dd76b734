"""A turn that finds the calendar's mark unchanged does not read the calendar again, and no change of it by anybody goes unseen."""

from __future__ import annotations

import asyncio
import datetime as dt
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import pytest
from sqlalchemy import event, select, text, update
from sqlalchemy.ext.asyncio import create_async_engine

from bot import demo
from office import Session, calendar_tables
from office.calendar import UnitCalendar, calendar_of
from office.calendar_cache import STAMP_NOW, Cache, note_stamp, stamp_of
from office.calendar_tables import Tables
from office.contacts import contact_at
from office.database import Database
from office.moments import VIETNAM
from office.people import meet
from office.records import CalendarStamp, Contact, DayOverride, Person, Record, Unit
from office.vault import Vault
from tests.play import Play
from tests.small_office import SmallOffice

NOW = dt.datetime(2026, 11, 23, 7, 0, tzinfo=VIETNAM)
DAY = dt.date(2026, 11, 23)
RULES = ("late_after_minutes",)


@pytest.fixture(autouse=True)
def cache(monkeypatch: pytest.MonkeyPatch) -> Cache[Tables]:
    """An empty cache for each test."""
    empty: Cache[Tables] = Cache(50)
    monkeypatch.setattr(calendar_tables, "_KEPT", empty)
    return empty


@pytest.fixture
async def desk(database: Database, small_office: SmallOffice) -> int:
    """The desk whose official is known at the address `MC02`."""
    async with database.transaction() as session:
        contact = await contact_at(session, "browser", "MC02", NOW)
        contact.person_id = small_office.people["MC02"]
    return small_office.units["an-binh-mot-cua"]


@pytest.fixture
async def elsewhere(database: Database) -> AsyncIterator[Database]:
    """Another program on the same database."""
    opened = Database(database.url.render_as_string(hide_password=False), Vault(b"k" * 32), synchronous="NORMAL")
    yield opened
    await opened.close()


@asynccontextmanager
async def a_turn(database: Database) -> AsyncIterator[Session]:
    async with database.transaction() as session:
        assert await meet(session, "browser", "MC02", secrets.token_hex(8), NOW) is not None
        yield session


async def told(database: Database, unit_id: int) -> UnitCalendar:
    """What a new turn is told."""
    async with a_turn(database) as session:
        return await calendar_of(session, unit_id, DAY, DAY, rules=RULES)


async def plainly(database: Database, *statements: str) -> None:
    """Plain SQL, past the records."""
    async with database.transaction() as session:
        for each in statements:
            await session.execute(text(each))


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The statements that reach the database in the block."""
    statements: list[str] = []

    def count(*args: object) -> None:
        statements.append(str(args[2]))

    event.listen(database.engine.sync_engine, "before_cursor_execute", count)
    yield statements
    event.remove(database.engine.sync_engine, "before_cursor_execute", count)


def off(unit: int | str, day: str = "2026-11-23") -> str:
    return f"INSERT INTO day_override (unit_id, day, works, note, source) VALUES ({unit}, '{day}', false, '', 'test')"


def hours(unit: int, starts: str) -> str:
    return (
        "INSERT INTO session_hours (unit_id, session, starts, ends, season_from, season_to)"
        f" VALUES ({unit}, 'morning', '{starts}', '11:00:00.000000', '01-01', '12-31')"
    )


async def test_the_second_turn_of_a_unit_reads_no_calendar(database: Database, desk: int) -> None:
    with counted(database) as first:
        before = await told(database, desk)
    with counted(database) as second:
        assert await told(database, desk) == before
    assert len(second) == len(first) - 1
    assert not any("session_hours" in each for each in second)


async def test_what_was_asked_is_not_mixed_up(database: Database, desk: int, small_office: SmallOffice) -> None:
    commune = small_office.units["an-binh"]
    await plainly(database, off(desk), off("NULL", "2026-11-25"))
    async with a_turn(database) as session:
        assert not (await calendar_of(session, desk, DAY, DAY)).works_on(DAY)
        assert (await calendar_of(session, commune, DAY, DAY)).works_on(DAY)
        assert (await calendar_of(session, None, DAY, DAY)).works_on(DAY)
        assert len((await calendar_of(session, desk, DAY)).overrides) == 2
        assert (await calendar_of(session, desk, dt.date(2026, 11, 25), DAY)).overrides == {}
    await plainly(
        database, "INSERT INTO rule (code, value, source, in_force_from) VALUES ('late_after_minutes', '5', 'test', '2026-01-01')"
    )
    async with a_turn(database) as session:
        assert (await calendar_of(session, desk, DAY, DAY)).numbers == {}
        assert (await calendar_of(session, desk, DAY, DAY, rules=RULES)).numbers == {"late_after_minutes": 5}
        assert (await calendar_of(session, desk, dt.date(2025, 11, 24), DAY, rules=RULES)).numbers == {}


async def test_every_kind_of_change_elsewhere_is_seen_by_the_next_turn(
    database: Database, elsewhere: Database, desk: int, small_office: SmallOffice
) -> None:
    """Each of the four tables, added to, changed and taken from, in the unit itself and above it."""
    commune, other = small_office.units["an-binh"], small_office.units["hoa-lac"]
    seen = [await told(database, desk)]

    async def after(*statements: str) -> UnitCalendar:
        await plainly(elsewhere, *statements)
        now = await told(database, desk)
        assert now != seen[-1], statements
        seen.append(now)
        return now

    assert not (await after(off(desk))).works_on(DAY)
    assert (await after("UPDATE day_override SET works = true")).works_on(DAY)
    await after("DELETE FROM day_override")
    assert (await after(hours(commune, "06:00:00.000000"))).hours[0].starts == dt.time(6)
    assert (await after("UPDATE session_hours SET starts = '06:15:00.000000'")).hours[0].starts == dt.time(6, 15)
    await after("DELETE FROM session_hours")
    await after(
        f"INSERT INTO rule (code, unit_id, value, source, in_force_from) VALUES ('{RULES[0]}', {commune}, '5', 'test', '2026-01-01')"
    )
    assert (await after("UPDATE rule SET value = '6'")).number(RULES[0]) == 6
    assert (await after("DELETE FROM rule")).number(RULES[0]) == 15

    await after(hours(commune, "06:00:00.000000"), hours(other, "05:00:00.000000"))
    assert (await after(f"UPDATE unit_parent SET parent_id = {other} WHERE unit_id = {desk}")).hours[0].starts == dt.time(5)
    assert (await after(f"DELETE FROM unit_parent WHERE unit_id = {desk}")).hours == ()
    link = f"INSERT INTO unit_parent (unit_id, parent_id, valid_from) VALUES ({desk}, {commune}, '2025-07-01')"
    assert (await after(link)).hours[0].starts == dt.time(6)


async def test_a_change_far_above_the_unit_is_seen(database: Database, elsewhere: Database, desk: int, small_office: SmallOffice) -> None:
    province, commune, other = (small_office.units[code] for code in ("tinh", "an-binh", "hoa-lac"))
    await plainly(database, hours(province, "07:15:00.000000"), hours(other, "05:00:00.000000"))
    assert (await told(database, desk)).hours[0].starts == dt.time(7, 15)
    await plainly(elsewhere, f"UPDATE unit_parent SET parent_id = {other} WHERE unit_id = {commune}")
    assert (await told(database, desk)).hours[0].starts == dt.time(5)


class Undone(Exception):
    """The turn failed after all."""


async def change_look_and_fail(database: Database, desk: int) -> None:
    async with a_turn(database) as session:
        await session.execute(text(off(desk)))
        assert not (await calendar_of(session, desk, DAY)).works_on(DAY)  # not asked before: it is read, and kept
        raise Undone


async def test_an_undone_change_is_told_to_nobody_else(database: Database, desk: int) -> None:
    """Also when the turn that made it has read and kept its own change; and when the same is done again, for good, otherwise."""
    await told(database, desk)
    with pytest.raises(Undone):
        await change_look_and_fail(database, desk)
    async with a_turn(database) as session:
        assert (await calendar_of(session, desk, DAY)).works_on(DAY)
    assert (await told(database, desk)).works_on(DAY)
    await plainly(database, off(desk).replace("false", "true"))
    async with a_turn(database) as session:
        assert (await calendar_of(session, desk, DAY)).overrides == {DAY: True}
    assert (await told(database, desk)).overrides == {DAY: True}


async def test_a_savepoint_that_was_undone_is_told_to_nobody(database: Database, desk: int) -> None:
    async with a_turn(database) as session:
        inner = await session.begin_nested()
        await session.execute(text(off(desk)))
        note_stamp(session, "unknown")
        assert not (await calendar_of(session, desk, DAY, DAY, rules=RULES)).works_on(DAY)
        await inner.rollback()
    assert (await told(database, desk)).works_on(DAY)


async def test_a_turn_that_changes_the_calendar_and_says_so_sees_its_change(database: Database, desk: int) -> None:
    async with a_turn(database) as session:
        assert (await calendar_of(session, desk, DAY)).works_on(DAY)
        await session.execute(text(off(desk)))
        note_stamp(session, None)
        assert not (await calendar_of(session, desk, DAY)).works_on(DAY)


async def test_a_turn_never_goes_back_to_an_older_calendar(database: Database, elsewhere: Database, desk: int) -> None:
    """PostgreSQL shows a change that another makes during the turn: once seen, it stays. On SQLite nobody else can write meanwhile."""
    await told(database, desk)
    async with a_turn(database) as session:
        await (session.execute(text(off(desk))) if database.is_sqlite else plainly(elsewhere, off(desk)))
        assert (await calendar_of(session, desk, DAY, DAY, rules=RULES)).works_on(DAY)  # as it was when the turn began
        assert not (await calendar_of(session, desk, DAY)).works_on(DAY)  # was not known: read now
        assert not (await calendar_of(session, desk, DAY, DAY, rules=RULES)).works_on(DAY)
    assert not (await told(database, desk)).works_on(DAY)


async def test_outside_a_turn_it_is_read_each_time_and_nothing_is_kept(database: Database, desk: int, cache: Cache[Tables]) -> None:
    await told(database, desk)
    kept = len(cache)
    async with database.transaction() as session:
        assert stamp_of(session) is None
        with counted(database) as statements:
            for _ in range(2):
                await calendar_of(session, desk, DAY, DAY, rules=RULES)
        await session.execute(text(off(desk)))
        assert not (await calendar_of(session, desk, DAY, DAY, rules=RULES)).works_on(DAY)
    assert len(statements) == 2
    assert len(cache) == kept == 1


async def test_somebody_new_has_no_mark(database: Database) -> None:
    async with database.transaction() as session:
        assert await meet(session, "browser", "mới", "1", NOW) is not None
        assert stamp_of(session) is None
    async with database.transaction() as session:
        assert await meet(session, "browser", "mới", "2", NOW) is not None
        assert stamp_of(session) == (await session.execute(select(CalendarStamp.stamp))).scalar_one()


async def test_it_keeps_a_bounded_number(database: Database, desk: int, cache: Cache[Tables]) -> None:
    async with a_turn(database) as session:
        for n in range(cache.limit + 20):
            await calendar_of(session, desk, DAY + dt.timedelta(days=n))
        assert len(cache) == cache.limit
        with counted(database) as statements:
            await calendar_of(session, desk, DAY + dt.timedelta(days=cache.limit + 19))
            assert statements == []
            await calendar_of(session, desk, DAY)
            assert len(statements) == 1


def test_what_was_asked_for_last_stays() -> None:
    cache: Cache[int] = Cache(2)
    cache.put("a", 1)
    cache.put("b", 2)
    assert cache.get("a") == 1
    cache.put("c", 3)
    assert (cache.get("a"), cache.get("b"), cache.get("c")) == (1, None, 3)


async def test_what_is_shared_cannot_be_changed(database: Database, desk: int) -> None:
    calendar = await told(database, desk)
    with pytest.raises(TypeError):
        calendar.overrides[DAY] = False  # type: ignore[index]
    with pytest.raises(TypeError):
        calendar.numbers["late_after_minutes"] = 0  # type: ignore[index]
    assert isinstance(calendar.hours, tuple)


async def mark(database: Database) -> str | None:
    async with database.reading() as session:
        return (await session.execute(select(STAMP_NOW))).scalar_one()


async def test_sqls_by_ways_are_changes_too(database: Database, desk: int) -> None:
    """`OR IGNORE` and `OR REPLACE` would tell a trigger how to take a conflict; TRUNCATE is no DELETE; a lost mark is made again."""
    sqlite = database.is_sqlite
    marks = [await mark(database)]
    for change in (
        off("NULL").replace("INSERT", "INSERT OR IGNORE") if sqlite else f"{off('NULL')} ON CONFLICT DO NOTHING",
        "UPDATE OR IGNORE day_override SET works = true" if sqlite else "UPDATE day_override SET works = true",
        "REPLACE INTO day_override SELECT id, unit_id, day, 0, note, source FROM day_override" if sqlite else "TRUNCATE day_override",
        "DELETE FROM calendar_stamp",
        "DELETE FROM unit_parent",
    ):
        await plainly(database, change)
        marks.append(await mark(database))
    assert marks[-2] is None
    assert len(set(marks)) == len(marks)


async def test_the_records_own_tables_are_watched_as_the_migrated_are(database: Database, tmp_path_factory: pytest.TempPathFactory) -> None:
    """`metadata.create_all` and the revisions make the same triggers."""
    if database.is_sqlite:
        url, before = f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('made')}/made.db", ""
        triggers = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    else:
        url, before = database.url.render_as_string(hide_password=False), "made"
        triggers = (
            "SELECT tgname, tgrelid::regclass::text, replace(pg_get_triggerdef(oid, true), 'made.', '') FROM pg_trigger"
            " WHERE NOT tgisinternal AND tgrelid::regclass::text {} 'made.%' ORDER BY tgname"
        )
    migrated = await _asked(database, triggers.format("NOT LIKE"))
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        if before:
            await connection.execute(text("CREATE SCHEMA made"))
            await connection.execute(text("SET LOCAL search_path = made"))
        await connection.run_sync(Record.metadata.create_all)
        await connection.run_sync(Record.metadata.create_all)  # what is there is let alone
        assert len((await connection.execute(text("SELECT stamp FROM calendar_stamp WHERE id = 1"))).scalar_one()) >= 32
        if before:
            await connection.execute(text("SET LOCAL search_path = public"))
        made = [tuple(row) for row in (await connection.execute(text(triggers.format("LIKE")))).all()]
    await engine.dispose()
    assert [(name, table.removeprefix("made."), how) for name, table, how in made] == migrated
    assert len(migrated) == (12 if database.is_sqlite else 4)


async def _asked(database: Database, query: str) -> list[tuple[str, str, str]]:
    async with database.reading() as session:
        return [(row[0], row[1], row[2]) for row in (await session.execute(text(query))).all()]


async def test_two_who_write_at_once_both_leave_their_mark(
    database: Database, elsewhere: Database, desk: int, small_office: SmallOffice
) -> None:
    other = small_office.units["hoa-lac"]
    await plainly(database, hours(desk, "06:00:00.000000"), hours(other, "06:00:00.000000"))

    async def write(place: Database, units: tuple[int, int], starts: str) -> None:
        for n in range(20):
            first, second = units if n % 2 else units[::-1]
            await plainly(
                place, *(f"UPDATE session_hours SET starts = '{starts}:{n:02}:00.000000' WHERE unit_id = {u}" for u in (first, second))
            )

    async def look() -> None:
        for _ in range(40):
            cached = await told(database, desk)
            async with a_turn(database) as session:
                note_stamp(session, None)
                at_once = await calendar_of(session, desk, DAY, DAY, rules=RULES)
            seen.append((cached, at_once))

    seen: list[tuple[UnitCalendar, UnitCalendar]] = []
    await asyncio.gather(write(database, (desk, other), "05"), write(elsewhere, (other, desk), "04"), look())
    async with database.reading() as session:
        assert await told(database, desk) == await calendar_of(session, desk, DAY, DAY, rules=RULES)
    times = [calendar.hours[0].starts for pair in seen for calendar in pair]
    for hour in (4, 5):  # each writer's times only ever grow: nobody was told an older one after a newer one
        of_writer = [each.minute for each in times if each.hour == hour]
        assert of_writer == sorted(of_writer)


async def test_two_who_write_the_same_in_another_order_do_not_block_each_other(
    database: Database, elsewhere: Database, desk: int, small_office: SmallOffice
) -> None:
    """The second waits for the mark before it takes any row that the first may want."""
    other = small_office.units["hoa-lac"]
    await plainly(database, hours(desk, "06:00:00.000000"), hours(other, "06:00:00.000000"))

    def write(starts: str, unit: int) -> str:
        return f"UPDATE session_hours SET starts = '{starts}:00.000000' WHERE unit_id = {unit}"

    async with database.transaction() as session:
        await session.execute(text(write("05:00", desk)))
        second = asyncio.create_task(plainly(elsewhere, write("04:00", other), write("04:00", desk)))
        while not database.is_sqlite and not (await session.execute(text("SELECT count(*) FROM pg_locks WHERE NOT granted"))).scalar_one():
            assert not second.done()
        await session.execute(text(write("05:00", other)))
    await second
    assert (await told(database, desk)).hours[0].starts == dt.time(4)


async def test_the_sample_afresh_has_a_new_mark(database: Database) -> None:
    async with database.transaction() as session:
        for record in (Unit, Person):
            await session.execute(update(record).values(sample=True))
    before = await mark(database)
    assert await demo.reset(database, NOW)
    assert await mark(database) not in (None, before)
    async with database.reading() as session:
        assert len((await session.execute(select(CalendarStamp.id))).scalars().all()) == 1
        assert (await session.execute(select(DayOverride.id))).scalars().first() is not None
        assert (await session.execute(select(Contact.id))).scalars().first() is None


async def test_the_second_to_check_in_asks_one_statement_less(play: Play) -> None:
    one, other = await play.official("MC01"), await play.official("MC02")
    await plainly(play.app.database, off("NULL", "2027-01-04"))
    play.clock.set("2026-11-23 07:20")
    turns: list[list[str]] = []
    for official in (one, other):
        with counted(play.app.database) as statements:
            await official.taps("Điểm danh")
        await official.hears("07:20")
        claim = next(place for place, each in enumerate(statements) if "heard_update" in each)
        turns.append([each for each in statements[claim:] if "browser_message" not in each])
    assert [sum("session_hours" in each for each in turn) for turn in turns] == [1, 0]
    assert len(turns[1]) == len(turns[0]) - 1
