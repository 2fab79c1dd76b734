"""Brings the tables of the database up to what this program needs, before anybody is served. Runs by itself on the embedded database."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

import migrations
from office.database import Database

_LOCK = 0x636F6E677675  # "congvu": the same number for all processes that migrate one PostgreSQL database


class DatabaseTooNew(RuntimeError):
    """The database was written by a newer program; this one would harm it."""


class BrokenReferences(RuntimeError):
    """After the change, rows point to rows that are not there. The change was undone."""


@dataclass(frozen=True)
class Standing:
    """The revision of the database (None: no tables yet) and the one that this program needs."""

    current: str | None
    needed: str

    @property
    def up_to_date(self) -> bool:
        return self.current == self.needed


async def standing(database: Database) -> Standing:
    """Where the database stands. Raises DatabaseTooNew."""
    async with database.reading() as session:
        current = await (await session.connection()).run_sync(_current)
    if current is not None and current not in known_revisions():
        raise DatabaseTooNew(current)
    return Standing(current, known_revisions()[0])


@cache
def known_revisions() -> tuple[str, ...]:
    """The revisions that this program knows, the newest first."""
    return tuple(each.revision for each in ScriptDirectory.from_config(_config(None)).walk_revisions())


async def migrate(database: Database) -> bool:
    """Bring the database up to date, once, also when several processes start together. True if something had to be done.

    Raises DatabaseTooNew.
    """
    if database.is_sqlite:
        await asyncio.to_thread(_make_private, Path(str(database.url.database)))
    if (await standing(database)).up_to_date:
        return False
    async with _alone(database) as connection:
        await upgrade(connection)
    return True


async def upgrade(connection: AsyncConnection, to: str = "head") -> None:
    """Run the revisions up to one of them in the connection's own transaction."""
    await connection.run_sync(lambda sync: command.upgrade(_config(sync), to))


def _make_private(path: Path) -> None:
    """A new database is readable by its owner alone, whatever the folder around it allows."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__path__[0])).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


@asynccontextmanager
async def _alone(database: Database) -> AsyncIterator[AsyncConnection]:
    """One transaction in which no other process migrates."""
    if not database.is_sqlite:
        async with database.engine.begin() as connection:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            yield connection
        return
    async with sqlite_for_change(database.url) as connection:
        yield connection


@asynccontextmanager
async def sqlite_for_change(url: Any) -> AsyncIterator[AsyncConnection]:
    """A writing transaction in which tables may be rebuilt: references are checked at its end instead of at each step."""
    engine = create_async_engine(url, poolclass=NullPool, hide_parameters=True)
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        async with engine.begin() as connection:
            yield connection
            broken = (await connection.execute(text("PRAGMA foreign_key_check"))).first()
            if broken is not None:
                raise BrokenReferences(str(broken[0]))
    finally:
        await engine.dispose()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=OFF", "busy_timeout=30000", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
