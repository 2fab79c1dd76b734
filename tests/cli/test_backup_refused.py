"""A backup that is not right in any way changes nothing: foreign, cut, changed, of another key, or while the program runs."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot import backup, restore
from bot.backup import BackupRefused, check_backup, write_backup
from bot.migrate import known_revisions
from bot.settings import Settings
from office.database import Database
from office.records import Unit
from office.vault import Vault
from tests.cli.backup_kit import NOW, OTHER_KEY, Place, Whole, all_rows, filled, place, refused, whole

__all__ = ["place", "whole"]


def every_table_once(file: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """A copy of the archive with parts changed or left out."""
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                made.writestr(name, content)


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


@pytest.mark.parametrize(("at", "becomes"), [(6, b"\xd2"), (46, b"\xff")])
async def test_a_damaged_directory_is_refused(whole: Whole, tmp_path: Path, at: int, becomes: bytes) -> None:
    """The version that a part needs, its name: zipfile has other words for each."""
    settings, file, rows = whole
    content = file.read_bytes()
    for first in {content.find(b"PK\x01\x02"), content.rfind(b"PK\x01\x02")}:
        changed = content[: first + at] + becomes + content[first + at + len(becomes) :]
        if at == 46:  # a name of letters that no UTF-8 has, said to be UTF-8
            changed = changed[: first + 8] + b"\x00\x08" + changed[first + 10 :]
        (tmp_path / "changed.zip").write_bytes(changed)
        assert await refused(settings, tmp_path / "changed.zip") == "damaged"
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
        written = archive.read("manifest.json").decode().replace(f'"{known_revisions()[0]}"', '"9999"')
    changes = {"manifest.json": written.encode(), "manifest.seal": backup.seal_of(vault, written).encode()}
    every_table_once(file, tmp_path / "newer.zip", lambda name, content: changes.get(name, content))
    assert await refused(settings, tmp_path / "newer.zip") == "newer"
    assert await unchanged(settings, rows)
