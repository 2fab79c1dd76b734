"""The whole office in one file: every table as lines of JSON in a ZIP, and what its classifier learned, with a manifest of how each part must look.

The key is not in it unless asked for: without the key the file does not say who reported what (how far that goes: docs/decisions/0007), but
without it the file cannot be used either. The rest of the file is readable: it must be kept as carefully as the office's own papers.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ValidationError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.backup_lessons import FOLDER, Lesson, LessonFile, read_lesson, write_lessons
from bot.backup_rows import count, lines_of, tables_of
from bot.migrate import standing
from office.database import Database
from office.vault import Vault

FORMAT, FORMAT_VERSION = "congvu-backup", 1
MANIFEST, SEAL, KEY = "manifest.json", "manifest.seal", "secret.key"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)
_LARGEST_MANIFEST = 1024 * 1024

Tick = Callable[[int], None]
"""Told now and then how many rows are done."""


class BackupRefused(ValueError):
    """The file cannot be restored. `why`: `not_a_backup`, `damaged`, `newer`, `no_key`, `other_key`, `running`."""

    def __init__(self, why: str, detail: str = "") -> None:
        super().__init__(f"{why} {detail}")
        self.why = why
        self.detail = detail


class Part(BaseModel):
    """One table in the file."""

    rows: int
    sha256: str


class Manifest(BaseModel):
    """What the file holds. `revision` is that of the tables, `key` a mark of the key with which values are sealed."""

    format: str
    format_version: int
    program: str
    revision: str
    made_at: AwareDatetime
    key: str
    tables: dict[str, Part]
    lessons: dict[LessonFile, Lesson] | None = None
    """The files of what the classifier learned; None if they were not kept, as in the first backups."""

    @property
    def rows(self) -> int:
        return sum(part.rows for part in self.tables.values())


def mark_of(vault: Vault) -> str:
    """By what one tells that a backup and a key belong together; tells nothing of the key."""
    return vault.tag(FORMAT, "key-mark")[:16]


def seal_of(vault: Vault, manifest: str) -> str:
    """What only the holder of the key can write beside a manifest."""
    return vault.tag(manifest, "backup-manifest")


@asynccontextmanager
async def _snapshot(database: Database) -> AsyncIterator[AsyncConnection]:
    """One unchanging view of the whole database, while others go on writing."""
    options = {} if database.is_sqlite else {"isolation_level": "REPEATABLE READ"}
    async with database.reading() as session:
        yield await session.connection(execution_options=options)


async def count_rows(database: Database) -> int:
    """How many rows there are to back up."""
    async with _snapshot(database) as connection:
        return sum([await count(connection, table) for table in await tables_of(connection)])


async def write_backup(
    database: Database,
    file: Path,
    now: dt.datetime,
    *,
    key: str | None = None,
    tick: Tick = lambda _: None,
    home: Path | None = None,
) -> Manifest:
    """Write the backup; the file appears only when it is whole, readable by its owner alone. The program may go on running.

    `home` is the folder of what the classifier learned.
    """
    revision = (await standing(database)).current or ""
    part = file.with_name(f".{file.name}.part")
    parts: dict[str, Part] = {}
    try:
        with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as raw:
            with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
                async with _snapshot(database) as connection:
                    for table in await tables_of(connection):
                        done = sum(each.rows for each in parts.values())
                        parts[table.name] = await _write_table(archive, table.name, lines_of(connection, table), done, tick)
                lessons = None if home is None else write_lessons(archive, home)
                manifest = _manifest(database.vault, revision, now, parts, lessons)
                _write_manifest(archive, manifest, database.vault, key)
            raw.flush()
            os.fsync(raw.fileno())
        os.replace(part, file)
    finally:
        part.unlink(missing_ok=True)
    return manifest


async def _write_table(archive: zipfile.ZipFile, name: str, lines: AsyncIterator[str], done: int, tick: Tick) -> Part:
    digest, rows = hashlib.sha256(), 0
    with archive.open(f"tables/{name}.jsonl", "w", force_zip64=True) as out:
        async for line in lines:
            data = line.encode() + b"\n"
            digest.update(data)
            out.write(data)
            rows += 1
            if rows % 100 == 0:
                tick(done + rows)
    tick(done + rows)
    return Part(rows=rows, sha256=digest.hexdigest())


def _manifest(vault: Vault, revision: str, now: dt.datetime, parts: dict[str, Part], lessons: dict[str, Lesson] | None) -> Manifest:
    try:
        program = version("congvu")
    except PackageNotFoundError:
        program = "0"
    return Manifest(
        format=FORMAT,
        format_version=FORMAT_VERSION,
        program=program,
        revision=revision,
        made_at=now,
        key=mark_of(vault),
        tables=parts,
        lessons=lessons,
    )


def _write_manifest(archive: zipfile.ZipFile, manifest: Manifest, vault: Vault, key: str | None) -> None:
    written = manifest.model_dump_json(indent=1)
    archive.writestr(MANIFEST, written)
    archive.writestr(SEAL, seal_of(vault, written))
    if key is not None:
        archive.writestr(KEY, key.strip())


def check_backup(file: Path) -> Manifest:
    """Read the whole file and see that every part is as it was written. Raises BackupRefused, FileNotFoundError."""
    with _opened(file) as archive:
        manifest, _, _ = read_manifest(archive)
        expected = (
            {f"tables/{name}.jsonl" for name in manifest.tables} | {MANIFEST, SEAL} | {FOLDER + name for name in manifest.lessons or ()}
        )
        if set(archive.namelist()) - {KEY} != expected or len(archive.namelist()) != len(set(archive.namelist())):
            raise BackupRefused("damaged", MANIFEST)
        for name, part in manifest.tables.items():
            digest, rows = hashlib.sha256(), 0
            for line in table_lines(archive, name):
                digest.update(line.encode() + b"\n")
                rows += 1
            if (rows, digest.hexdigest()) != (part.rows, part.sha256):
                raise BackupRefused("damaged", name)
        for name, lesson in (manifest.lessons or {}).items():
            try:
                read_lesson(archive, name, lesson)
            except (*_BROKEN, ValueError) as broken:
                raise BackupRefused("damaged", FOLDER + name) from broken
        key_in(archive)
    return manifest


def _opened(file: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as foreign:  # the last two: of a version or a name that zip has not
        with file.open("rb") as raw:
            begins_like_ours = raw.read(2) == b"PK"
        raise BackupRefused("damaged" if begins_like_ours else "not_a_backup") from foreign


def read_manifest(archive: zipfile.ZipFile) -> tuple[Manifest, str, str]:
    """The manifest, as it is written, and its seal. Raises BackupRefused."""
    try:
        if archive.getinfo(MANIFEST).file_size > _LARGEST_MANIFEST:
            raise BackupRefused("not_a_backup")
        written, seal = archive.read(MANIFEST).decode(), archive.read(SEAL).decode()
        found = json.loads(written)
    except (KeyError, ValueError) as foreign:
        raise BackupRefused("not_a_backup") from foreign
    except _BROKEN as broken:
        raise BackupRefused("damaged", MANIFEST) from broken
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise BackupRefused("not_a_backup")
    if found.get("format_version") != FORMAT_VERSION:
        raise BackupRefused("newer")
    try:
        return Manifest.model_validate(found), written, seal
    except ValidationError as broken:
        raise BackupRefused("damaged", MANIFEST) from broken


def key_in(archive: zipfile.ZipFile) -> str | None:
    """The key, if it was put in. Raises BackupRefused."""
    if KEY not in archive.namelist():
        return None
    try:
        return archive.read(KEY).decode()
    except (*_BROKEN, UnicodeDecodeError) as broken:
        raise BackupRefused("damaged", KEY) from broken


def table_lines(archive: zipfile.ZipFile, name: str) -> Iterator[str]:
    """The lines of one table. Raises BackupRefused."""
    try:
        with archive.open(f"tables/{name}.jsonl") as lines:
            for line in lines:
                yield line.decode().removesuffix("\n")
    except (*_BROKEN, KeyError, UnicodeDecodeError) as broken:
        raise BackupRefused("damaged", name) from broken
