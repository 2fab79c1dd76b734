"""What the tests of backups share: an office with something in every kind of column, on either database, and its backup."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, text

from bot.backup import BackupRefused, check_backup, write_backup
from bot.backup_rows import NOT_THE_OFFICES
from bot.migrate import migrate
from bot.restore import restore_backup, vault_for
from bot.settings import Settings
from office.database import Database
from office.files import store
from office.moments import VIETNAM
from office.people import invite
from office.records import Case, Contact, Record, Rule, Unit
from office.reporters import seal_reporter
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
    """Everything that the office knows, as the records see it."""
    async with database.reading() as session:
        return {
            table.name: [tuple(row) for row in (await session.execute(select(table).order_by(*table.primary_key.columns))).all()]
            for table in Record.metadata.sorted_tables
            if table.name not in NOT_THE_OFFICES
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
        server.psql(f"CREATE DATABASE {name} STRATEGY FILE_COPY;")
        request.addfinalizer(lambda: server.psql(f"DROP DATABASE {name} WITH (FORCE);"))
        return settings_at(folder, server.get_uri(name))

    return made


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
