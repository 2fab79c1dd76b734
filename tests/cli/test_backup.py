"""A backup holds the whole office and comes back whole, from either database into either; a file that is not right changes nothing."""

from __future__ import annotations

import datetime as dt
import json
import os
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, text

from bot import backup, restore
from bot.backup import BackupRefused, check_backup, write_backup
from bot.migrate import migrate, standing
from bot.restore import restore_backup, vault_for
from bot.settings import Settings
from office.database import Database
from office.files import content_of, store
from office.moments import VIETNAM
from office.people import invite
from office.records import Case, Contact, Person, Record, Rule, Unit
from office.reporters import cases_of, seal_reporter
from office.sample import load_sample
from office.vault import Vault

NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)
OTHER_KEY = "b3RoZXJvdGhlcm90aGVyb3RoZXJvdGhlcm90aGVybzE="


def settings_at(folder: Path, url: str | None = None) -> Settings:
    """Settings for an office of its own."""
    folder.mkdir(exist_ok=True)
    return Settings(_env_file=None, data_dir=folder, database_url=url)  # type: ignore[call-arg]


async def filled(settings: Settings) -> Database:
    """An office with something in every kind of column: sealed values, a file, moments, days, JSON, a merger, a null in JSON."""
    database = Database(settings.database, Vault.from_file(settings.data_dir / "secret.key"), synchronous="NORMAL")
    await migrate(database)
    async with database.transaction() as session:
        await load_sample(session, NOW)
        contact = Contact(channel="browser", address="người", created_at=NOW, heard_at=NOW, memory=b"\x00\xff")
        session.add(contact)
        await session.flush()
        await store(session, "document", "giấy hẹn.pdf", "application/pdf", bytes(range(256)) * 50, NOW)
        case = (await session.execute(select(Case).where(Case.identity == "confidential").limit(1))).scalar_one()
        await seal_reporter(session, case, contact, "")
        await invite(session, 1, NOW)
        new = Unit(code="moi", name="Đơn vị mới", kind="commune", aliases=[], sample=True)
        session.add(new)
        await session.flush()
        await session.execute(
            text("UPDATE unit SET merged_into_id = :new, closed_on = :day WHERE id = 1"), {"new": new.id, "day": NOW.date()}
        )
        await session.execute(
            insert(Rule),
            [
                {"code": "x", "value": value, "source": "'; --", "in_force_from": NOW.date()}
                for value in (None, 8, "07:30", {"a": [1, "ế"]})
            ],
        )
    return database


async def all_rows(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Everything, as the records see it."""
    async with database.reading() as session:
        return {
            table.name: [tuple(row) for row in (await session.execute(select(table).order_by(*table.primary_key.columns))).all()]
            for table in Record.metadata.sorted_tables
        }


async def bring_back(settings: Settings, file: Path) -> tuple[Database, str | None]:
    manifest = check_backup(file)
    vault, key = vault_for(file, manifest, settings)
    database = Database(settings.database, vault, synchronous="NORMAL")
    try:
        return database, await restore_backup(settings, database, file, manifest, NOW, key=key)
    except BaseException:
        await database.close()
        raise


Place = Callable[[str], Settings]


@pytest.fixture
def place(tmp_path: Path, request: pytest.FixtureRequest) -> Place:
    """Settings for an office on the database named, in a folder of its own."""

    def made(kind: str) -> Settings:
        folder = tmp_path / f"{kind}{len(list(tmp_path.iterdir()))}"
        if kind == "sqlite":
            return settings_at(folder)
        server = request.getfixturevalue("postgres_server")
        name = f"b{abs(hash(folder)) % 10**9}"
        server.psql(f"CREATE DATABASE {name};")
        request.addfinalizer(lambda: server.psql(f"DROP DATABASE {name} WITH (FORCE);"))
        return settings_at(folder, server.get_uri(name))

    return made


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


def every_table_once(file: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """A copy of the archive with parts changed or left out."""
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                made.writestr(name, content)


@pytest.fixture
async def whole(place: Place, tmp_path: Path) -> tuple[Settings, Path, dict[str, list[tuple[Any, ...]]]]:
    """An office with its backup, and what is in it."""
    settings = place("sqlite")
    database = await filled(settings)
    file = tmp_path / "whole.zip"
    await write_backup(database, file, NOW)
    rows = await all_rows(database)
    await database.close()
    return settings, file, rows


Whole = tuple[Settings, Path, dict[str, list[tuple[Any, ...]]]]


async def refused(settings: Settings, file: Path) -> str:
    with pytest.raises(BackupRefused) as why:
        await bring_back(settings, file)
    return why.value.why


async def unchanged(settings: Settings, rows: dict[str, list[tuple[Any, ...]]]) -> bool:
    database = Database(settings.database, Vault.from_file(settings.data_dir / "secret.key"))
    same = await all_rows(database) == rows
    await database.close()
    leftovers = [path.name for path in settings.data_dir.iterdir() if "restoring" in path.name or "before" in path.name]
    return same and leftovers == []


def replaced(name: str, old: bytes, new: bytes) -> Callable[[str, bytes], bytes]:
    return lambda each, content: content.replace(old, new) if each == name else content


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (replaced("tables/person.jsonl", "Mẫu Thị Sen".encode(), "Mẫu Thị Hoa".encode()), "damaged"),
        (lambda name, content: None if name == "tables/post.jsonl" else content, "damaged"),
        (lambda name, content: None if name == "manifest.json" else content, "not_a_backup"),
        (lambda name, content: None if name == "manifest.seal" else content, "not_a_backup"),
        (replaced("manifest.json", b'"program": "', b'"program": "9'), "damaged"),
        (replaced("manifest.json", b"congvu-backup", b"other-backup!"), "not_a_backup"),
        (replaced("manifest.json", b'"format_version": 1', b'"format_version": 2'), "newer"),
        (lambda name, content: b"[" * 100 if name == "manifest.json" else content, "not_a_backup"),
        (lambda name, content: b"[]" if name == "manifest.json" else content, "not_a_backup"),
        (lambda name, content: b" " * 2_000_000 if name == "manifest.json" else content, "not_a_backup"),
    ],
)
async def test_a_file_that_was_changed_is_refused(
    whole: Whole, tmp_path: Path, change: Callable[[str, bytes], bytes | None], why: str
) -> None:
    settings, file, rows = whole
    every_table_once(file, tmp_path / "changed.zip", change)
    assert await refused(settings, tmp_path / "changed.zip") == why
    assert await unchanged(settings, rows)


async def test_a_part_more_is_refused(whole: Whole, tmp_path: Path) -> None:
    settings, file, rows = whole
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("../../evil", "x")
    assert await refused(settings, file) == "damaged"
    assert await unchanged(settings, rows)


def is_accepted(bad: Path, content: bytes) -> bool:
    bad.write_bytes(content)
    try:
        check_backup(bad)
    except BackupRefused:
        return False
    return True


async def test_any_cut_and_any_flipped_byte_is_noticed(whole: Whole, tmp_path: Path) -> None:
    settings, file, rows = whole
    content = file.read_bytes()
    bad = tmp_path / "bad.zip"
    for at in range(0, len(content) - 1, max(1, len(content) // 60)):
        bad.write_bytes(content[:at])
        assert await refused(settings, bad) in ("damaged", "not_a_backup")
    flipped = [
        content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :] for at in range(40, len(content), max(1, len(content) // 120))
    ]
    passed = [each for each in flipped if is_accepted(bad, each)]
    assert len(passed) < 20  # a byte in a date of the archive's own directory may pass: it is no part of what is restored
    assert await unchanged(settings, rows)


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x05\x06" + bytes(18), bytes(1000)])
async def test_a_foreign_file_is_refused(place: Place, tmp_path: Path, content: bytes) -> None:
    foreign = tmp_path / "foreign.zip"
    foreign.write_bytes(content)
    with pytest.raises(BackupRefused):
        check_backup(foreign)


async def test_without_the_right_key_nothing_is_restored_and_no_key_is_made(whole: Whole, place: Place) -> None:
    settings, file, rows = whole
    fresh = place("sqlite")
    assert await refused(fresh, file) == "no_key"
    assert list(fresh.data_dir.iterdir()) == []
    (settings.data_dir / "secret.key").rename(settings.data_dir / "kept.key")
    (settings.data_dir / "secret.key").write_text(OTHER_KEY)
    assert await refused(settings, file) == "other_key"
    (settings.data_dir / "kept.key").rename(settings.data_dir / "secret.key")
    assert await unchanged(settings, rows)


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


async def test_a_key_in_the_settings_is_never_overruled(whole: Whole, tmp_path: Path, place: Place) -> None:
    settings, _, _ = whole
    key = (settings.data_dir / "secret.key").read_text()
    database = Database(settings.database, Vault.from_text(key))
    await write_backup(database, tmp_path / "with.zip", NOW, key=key)
    await database.close()
    other = place("sqlite").model_copy(update={"secret_key": Settings(_env_file=None, secret_key=OTHER_KEY).secret_key})  # type: ignore[call-arg]
    assert await refused(other, tmp_path / "with.zip") == "other_key"


async def test_a_running_program_is_not_robbed_of_its_database(whole: Whole) -> None:
    settings, file, rows = whole
    running = Database(settings.database, Vault.from_file(settings.data_dir / "secret.key"))
    async with running.reading() as session:
        await session.execute(select(Unit))
        assert await refused(settings, file) == "running"
    await running.close()
    assert await unchanged(settings, rows)


async def test_an_open_transaction_on_postgres_is_not_waited_for_forever(place: Place, tmp_path: Path) -> None:
    settings = place("postgres")
    database = await filled(settings)
    await write_backup(database, tmp_path / "all.zip", NOW)
    before = await all_rows(database)
    async with database.transaction() as session:
        await session.execute(select(Unit))
        assert await refused(settings, tmp_path / "all.zip") == "running"
    assert await all_rows(database) == before
    await database.close()


async def test_a_broken_database_can_be_replaced(whole: Whole) -> None:
    settings, file, rows = whole
    (settings.data_dir / "congvu.db").write_bytes(b"no database at all" * 100)
    restored, aside = await bring_back(settings, file)
    assert await all_rows(restored) == rows
    assert aside is not None
    assert next(settings.data_dir.glob("congvu.db.before-*")).read_bytes().startswith(b"no database")
    await restored.close()


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
async def test_a_fault_on_the_way_leaves_everything_as_it_was(
    place: Place, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = place(kind)
    database = await filled(settings)
    before = await all_rows(database)
    await write_backup(database, tmp_path / "all.zip", NOW)
    await database.close()

    async def fails(*_: object) -> None:
        raise ValueError("on the way")

    monkeypatch.setattr(restore, "go_on_counting", fails)
    assert await refused(settings, tmp_path / "all.zip") == "damaged"
    monkeypatch.undo()
    database = Database(settings.database, Vault.from_file(settings.data_dir / "secret.key"))
    assert await all_rows(database) == before
    await database.close()


async def test_rows_that_point_nowhere_are_refused(whole: Whole, tmp_path: Path) -> None:
    """Even when whoever made the file had the key."""
    settings, file, rows = whole
    vault = Vault.from_file(settings.data_dir / "secret.key")
    with zipfile.ZipFile(file) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["tables/person.jsonl"] = b""
    manifest["tables"]["person"] = {"rows": 0, "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}
    parts["manifest.json"] = json.dumps(manifest).encode()
    parts["manifest.seal"] = backup.seal_of(vault, parts["manifest.json"].decode()).encode()
    with zipfile.ZipFile(tmp_path / "orphans.zip", "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    assert await refused(settings, tmp_path / "orphans.zip") == "damaged"
    assert await unchanged(settings, rows)


async def test_a_revision_that_nobody_knows_is_newer(whole: Whole, tmp_path: Path) -> None:
    settings, file, rows = whole
    vault = Vault.from_file(settings.data_dir / "secret.key")
    with zipfile.ZipFile(file) as archive:
        written = archive.read("manifest.json").decode().replace('"0001"', '"9999"')
    changes = {"manifest.json": written.encode(), "manifest.seal": backup.seal_of(vault, written).encode()}
    every_table_once(file, tmp_path / "newer.zip", lambda name, content: changes.get(name, content))
    assert await refused(settings, tmp_path / "newer.zip") == "newer"
    assert await unchanged(settings, rows)


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
