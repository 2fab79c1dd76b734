"""A backup holds the whole office of one moment and comes back whole, from either database into either; what was there is kept."""

from __future__ import annotations

import os
import sqlite3
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select, text

from bot.backup import write_backup
from bot.migrate import standing, upgrade
from office.database import Database
from office.files import content_of
from office.records import Contact, DayOverride, Person
from office.records.calendar_stamp import no_longer_watching
from office.reporters import cases_of
from office.vault import Vault
from tests.cli.backup_kit import NOW, Place, Whole, all_rows, bring_back, filled, place, whole

__all__ = ["place", "whole"]


@pytest.mark.parametrize(
    ("source", "target"), [("sqlite", "sqlite"), ("sqlite", "postgres"), ("postgres", "sqlite"), ("postgres", "postgres")]
)
async def test_there_and_back(place: Place, tmp_path: Path, source: str, target: str) -> None:
    old = place(source)
    database = await filled(old)
    before = await all_rows(database)
    seen: list[int] = []
    manifest = await write_backup(database, tmp_path / "all.zip", NOW, key=(old.data_dir / "secret.key").read_text(), tick=seen.append)
    await database.close()
    assert seen[-1] == manifest.rows == sum(map(len, before.values())) > 300
    assert seen == sorted(seen)
    new = place(target)
    restored, aside = await bring_back(new, tmp_path / "all.zip")
    assert aside is None
    assert await all_rows(restored) == before
    assert (await standing(restored)).up_to_date
    async with restored.transaction() as session:  # what is sealed opens, and new rows get new numbers
        contact = (await session.execute(select(Contact))).scalar_one()
        assert len(await cases_of(session, contact)) == 1
        assert await content_of(session, 1) == bytes(range(256)) * 50
        session.add(Person(staff_code="MỚI", full_name="Người Mới"))
        await session.flush()
    await restored.close()


async def test_the_key_stays_out_unless_asked_for(place: Place, tmp_path: Path) -> None:
    settings = place("sqlite")
    database = await filled(settings)
    key = (settings.data_dir / "secret.key").read_text()
    await write_backup(database, tmp_path / "without.zip", NOW)
    await write_backup(database, tmp_path / "with.zip", NOW, key=key)
    await database.close()
    with zipfile.ZipFile(tmp_path / "without.zip") as archive:
        assert not any(key.encode() in archive.read(name) for name in archive.namelist())
    with zipfile.ZipFile(tmp_path / "with.zip") as archive:
        assert archive.read("secret.key").decode() == key
    for name in ("without.zip", "with.zip"):
        assert (tmp_path / name).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
async def test_what_was_there_is_kept_aside(place: Place, tmp_path: Path, kind: str) -> None:
    settings = place(kind)
    database = await filled(settings)
    before = await all_rows(database)
    await write_backup(database, tmp_path / "all.zip", NOW)
    async with database.transaction() as session:
        session.add(Person(staff_code="SAU", full_name="Người Đến Sau"))
    await database.close()
    restored, aside = await bring_back(settings, tmp_path / "all.zip")
    assert aside is not None
    assert await all_rows(restored) == before
    if kind == "sqlite":
        kept = sqlite3.connect(aside)
        assert kept.execute("SELECT count(*) FROM person WHERE staff_code = 'SAU'").fetchone() == (1,)
        kept.close()
    else:
        async with restored.reading() as session:
            assert (await session.execute(text(f"SELECT count(*) FROM \"{aside}\".person WHERE staff_code = 'SAU'"))).scalar_one() == 1
    await restored.close()


async def test_a_backup_with_its_key_replaces_another_key_and_keeps_that_aside(whole: Whole, place: Place, tmp_path: Path) -> None:
    settings, _, rows = whole
    key = (settings.data_dir / "secret.key").read_text()
    database = Database(settings.database, Vault.from_text(key))
    await write_backup(database, tmp_path / "with.zip", NOW, key=key)
    await database.close()
    other = place("sqlite")
    await (await filled(other)).close()
    old_key = (other.data_dir / "secret.key").read_text()
    restored, _ = await bring_back(other, tmp_path / "with.zip")
    assert await all_rows(restored) == rows
    await restored.close()
    assert (other.data_dir / "secret.key").read_text() == key
    assert (other.data_dir / "secret.key").stat().st_mode & 0o077 == 0
    assert [path.read_text() for path in other.data_dir.glob("secret.key.before-*")] == [old_key]


async def test_a_broken_database_can_be_replaced(whole: Whole) -> None:
    settings, file, rows = whole
    (settings.data_dir / "congvu.db").write_bytes(b"no database at all" * 100)
    restored, aside = await bring_back(settings, file)
    assert await all_rows(restored) == rows
    assert aside is not None
    assert next(settings.data_dir.glob("congvu.db.before-*")).read_bytes().startswith(b"no database")
    await restored.close()


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
async def test_the_calendars_mark_is_the_restored_databases_own(place: Place, tmp_path: Path, kind: str) -> None:
    """A program that knew the old calendar must not take the restored one for it. What is kept aside goes on marking its own."""
    settings = place(kind)
    database = await filled(settings)
    before = await mark(database)
    manifest = await write_backup(database, tmp_path / "all.zip", NOW)
    await database.close()
    assert "calendar_stamp" not in manifest.tables
    restored, aside = await bring_back(settings, tmp_path / "all.zip")
    fresh = await mark(restored)
    assert fresh != before
    if kind == "postgres":
        async with restored.transaction() as session:
            await session.execute(text(f'DELETE FROM "{aside}".day_override'))
        assert await mark(restored) == fresh
        assert await mark(restored, f'"{aside}".') != before
    async with restored.transaction() as session:
        await session.execute(text("DELETE FROM day_override"))
    assert await mark(restored) != fresh
    if kind == "postgres":
        async with restored.transaction() as session:  # the step down leaves what is aside as it is
            for each in no_longer_watching("postgresql"):
                await session.execute(text(each))
            await session.execute(text(f'DELETE FROM "{aside}".session_hours'))
    await restored.close()


async def mark(database: Database, schema: str = "") -> str:
    async with database.reading() as session:
        return str((await session.execute(text(f"SELECT stamp FROM {schema}calendar_stamp WHERE id = 1"))).scalar_one())


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
async def test_a_backup_of_an_older_program_comes_back(place: Place, tmp_path: Path, kind: str) -> None:
    """One from before the calendar had a mark."""
    old = place(kind)
    database = Database(old.database, Vault.from_file(old.data_dir / "secret.key"))
    async with database.engine.begin() as connection:
        await upgrade(connection, "0001")
        await connection.execute(text("INSERT INTO day_override (day, works, note, source) VALUES ('2026-12-01', false, 'nghỉ', 'test')"))
    manifest = await write_backup(database, tmp_path / "old.zip", NOW, key=(old.data_dir / "secret.key").read_text())
    await database.close()
    assert (manifest.revision, manifest.rows) == ("0001", 1)
    restored, _ = await bring_back(place(kind), tmp_path / "old.zip")
    assert (await standing(restored)).up_to_date
    assert await mark(restored)
    async with restored.reading() as session:
        assert (await session.execute(select(DayOverride.note))).scalars().all() == ["nghỉ"]
    await restored.close()


async def test_a_backup_that_fails_leaves_no_file(whole: Whole, tmp_path: Path) -> None:
    settings, _, _ = whole
    database = Database(settings.database, Vault.from_file(settings.data_dir / "secret.key"))

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await write_backup(database, tmp_path / "half.zip", NOW, tick=stop)
    assert not any("half" in name for name in os.listdir(tmp_path))
    await database.close()


async def test_what_is_written_meanwhile_is_not_half_in_it(whole: Whole, tmp_path: Path) -> None:
    """The backup is one moment: a person added while it runs is in none of its tables."""
    settings, _, rows = whole
    database = Database(settings.database, Vault.from_file(settings.data_dir / "secret.key"))
    other = sqlite3.connect(settings.data_dir / "congvu.db", isolation_level=None)
    added = False

    def write_beside(_: int) -> None:
        nonlocal added
        if not added:
            other.execute("INSERT INTO person (staff_code, full_name, sample) VALUES ('GIỮA', 'Người Giữa Chừng', 1)")
            other.execute(
                "INSERT INTO post (person_id, unit_id, role, title, valid_from) SELECT max(id), 1, 'official', '', '2026-11-23' FROM person"
            )
            added = True

    manifest = await write_backup(database, tmp_path / "moment.zip", NOW, tick=write_beside)
    other.close()
    await database.close()
    assert manifest.tables["person"].rows == len(rows["person"])
    assert manifest.tables["post"].rows == len(rows["post"])
