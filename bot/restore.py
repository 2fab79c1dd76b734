"""Puts a backup in the place of the office's database: all of it or nothing, and what was there is kept aside under a name of its own."""

from __future__ import annotations

import asyncio
import binascii
import datetime as dt
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.backup import KEY, BackupRefused, Manifest, Tick, key_in, mark_of, read_manifest, seal_of, table_lines
from bot.backup_lessons import lessons_in_place
from bot.backup_rows import VERSION_TABLE, count, go_on_counting, insert_lines, tables_of
from bot.database_faults import LOCKED_STATE, sqlstate
from bot.migrate import BrokenReferences, known_revisions, sqlite_for_change, upgrade
from bot.settings import Settings
from nlp.home import home_of
from office.database import Database
from office.moments import local
from office.records import Record
from office.vault import Vault


def vault_for(file: Path, manifest: Manifest, settings: Settings) -> tuple[Vault, str | None]:
    """The vault that opens the backup, and the key if it must be put in place because only the backup has it. Raises BackupRefused.

    The seal of the manifest is checked: a file that somebody changed after it was made is refused.
    """
    key_file = settings.data_dir / "secret.key"
    ours = settings.secret_key.get_secret_value() if settings.secret_key else key_file.read_text() if key_file.exists() else None
    with zipfile.ZipFile(file) as archive:
        _, written, seal = read_manifest(archive)
        theirs = key_in(archive)
    for key in (ours, theirs):
        if key is not None and mark_of(vault := _vault(key)) == manifest.key:
            if seal_of(vault, written) != seal:
                raise BackupRefused("damaged", "manifest")
            if key is not ours and settings.secret_key is not None:
                raise BackupRefused("other_key")
            return vault, None if key is ours else key
    raise BackupRefused("no_key" if ours is None else "other_key")


def _vault(key: str) -> Vault:
    try:
        return Vault.from_text(key)
    except (binascii.Error, ValueError) as unusable:
        raise BackupRefused("damaged", KEY) from unusable


@contextmanager
def key_in_place(settings: Settings, key: str | None, now: dt.datetime) -> Iterator[None]:
    """Put a key in place for the time of the block and after it; if the block fails, the old one is back."""
    if key is None:
        yield
        return
    place = settings.data_dir / "secret.key"
    aside = place.with_name(f"secret.key.{_stamp(now)}") if place.exists() else None
    if aside is not None:
        os.replace(place, aside)
    try:
        with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(key)
        yield
    except BaseException:
        place.unlink(missing_ok=True)
        if aside is not None:
            os.replace(aside, place)
        raise


def _lessons(settings: Settings, file: Path, manifest: Manifest, now: dt.datetime) -> AbstractContextManager[None]:
    return lessons_in_place(home_of(settings.data_dir), file, manifest.lessons, _stamp(now))


def _stamp(now: dt.datetime) -> str:
    return f"before-{local(now):%Y%m%d-%H%M%S}"


async def restore_backup(
    settings: Settings,
    database: Database,
    file: Path,
    manifest: Manifest,
    now: dt.datetime,
    *,
    key: str | None = None,
    tick: Tick = lambda _: None,
) -> str | None:
    """Restore a checked backup; returns the name under which the old database is kept. Raises BackupRefused.

    `key` is put in place in the last moment, when nothing else can go wrong.
    """
    if manifest.revision not in known_revisions():
        raise BackupRefused("newer", manifest.revision)
    try:
        if database.is_sqlite:
            return await _restore_sqlite(settings, database, file, manifest, now, key, tick)
        return await _restore_postgres(settings, database, file, manifest, now, key, tick)
    except (BrokenReferences, ValueError, binascii.Error) as wrong:
        if isinstance(wrong, BackupRefused):
            raise
        raise BackupRefused("damaged", str(wrong)) from wrong


async def _load(connection: AsyncConnection, file: Path, manifest: Manifest, tick: Tick) -> None:
    """Make the tables as they were, fill them, and bring them to what this program needs."""
    await upgrade(connection, manifest.revision)
    tables = await tables_of(connection, [*manifest.tables])
    if {table.name for table in tables} != set(manifest.tables):
        raise BackupRefused("damaged", "tables")
    done = 0
    with zipfile.ZipFile(file) as archive:
        for table in tables:
            await insert_lines(connection, table, table_lines(archive, table.name))
            if await count(connection, table) != manifest.tables[table.name].rows:
                raise BackupRefused("damaged", table.name)
            done += manifest.tables[table.name].rows
            tick(done)
    await go_on_counting(connection, tables)
    await upgrade(connection)


async def _restore_sqlite(
    settings: Settings, database: Database, file: Path, manifest: Manifest, now: dt.datetime, key: str | None, tick: Tick
) -> str | None:
    place = Path(str(database.url.database))
    fresh = place.with_name(f"{place.name}.restoring")
    await asyncio.to_thread(_clear, fresh)
    try:
        async with sqlite_for_change(database.url.set(database=str(fresh))) as connection:
            await _load(connection, file, manifest, tick)
        await asyncio.to_thread(_fold, fresh)
        with _lessons(settings, file, manifest, now), key_in_place(settings, key, now):
            return await asyncio.to_thread(_exchange, fresh, place, now)
    finally:
        await asyncio.to_thread(_clear, fresh)


def _clear(path: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _fold(path: Path) -> None:
    """See that the new database is whole, and bring it into one file on the disk."""
    path.chmod(0o600)
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise BackupRefused("damaged", "integrity")
        connection.execute("PRAGMA journal_mode=DELETE")
    finally:
        connection.close()
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _exchange(fresh: Path, place: Path, now: dt.datetime) -> str | None:
    """Take the place of the old database in one step; a crash leaves either the old one or the new one there."""
    aside = None
    if place.exists():
        _nobody_there(place)
        aside = place.with_name(f"{place.name}.{_stamp(now)}")
        try:
            os.link(place, aside)
        except OSError:
            shutil.copy2(place, aside)
    os.replace(fresh, place)
    for ending in ("-wal", "-shm"):
        place.with_name(place.name + ending).unlink(missing_ok=True)
    return str(aside) if aside else None


def _nobody_there(place: Path) -> None:
    """Fold the old database into one file, which works only when no program has it open. Raises BackupRefused."""
    connection = sqlite3.connect(place, isolation_level=None, timeout=2)
    try:
        if connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0] != "delete":
            raise BackupRefused("running")
    except sqlite3.OperationalError as busy:
        raise BackupRefused("running") from busy
    except sqlite3.DatabaseError:
        pass  # it is broken: a good reason to restore; its parts are kept as they are
    finally:
        connection.close()


async def _restore_postgres(
    settings: Settings, database: Database, file: Path, manifest: Manifest, now: dt.datetime, key: str | None, tick: Tick
) -> str | None:
    try:
        async with database.engine.connect() as connection:
            await connection.execute(text("SET LOCAL lock_timeout = '5s'"))
            aside = await _move_aside(connection, manifest, _stamp(now).replace("-", "_"))
            await _load(connection, file, manifest, tick)
            with _lessons(settings, file, manifest, now), key_in_place(settings, key, now):
                await connection.commit()
            return aside
    except DBAPIError as fault:
        if sqlstate(fault.orig) == LOCKED_STATE:
            raise BackupRefused("running") from fault
        raise


async def _move_aside(connection: AsyncConnection, manifest: Manifest, schema: str) -> str | None:
    """Move our tables into a schema of their own; whatever else lives in the database stays where it is."""
    ours = set(Record.metadata.tables) | {VERSION_TABLE}
    there = set((await connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"))).scalars())
    if not (moving := (ours | set(manifest.tables)) & there):
        return None
    await connection.execute(text(f'CREATE SCHEMA "{schema}"'))
    for name in sorted(moving):
        await connection.execute(text(f'ALTER TABLE "{name}" SET SCHEMA "{schema}"'))
    return schema
