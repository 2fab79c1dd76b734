"""The tables come up, go down and come up again, match the records, and nothing is lost or done twice on the way."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import IntegrityError

import migrations
from bot.migrate import BrokenReferences, DatabaseTooNew, migrate, sqlite_for_change, standing, upgrade
from office.database import Database
from office.records import Record
from office.vault import Vault
from tests.postgres_server import postgres_server, postgres_url  # noqa: F401

TABLES = set(Record.metadata.tables) | {"alembic_version"}


def script() -> ScriptDirectory:
    return ScriptDirectory(str(Path(migrations.__path__[0])))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An empty SQLite database on which each step is one transaction."""
    made = create_engine(f"sqlite:///{tmp_path}/steps.db")
    event.listen(made, "connect", lambda connection, _: setattr(connection, "isolation_level", None))
    event.listen(made, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    yield made
    made.dispose()


def shape(connection: Connection) -> dict[str, set[str]]:
    """The tables and their columns."""
    return {name: {column["name"] for column in inspect(connection).get_columns(name)} for name in inspect(connection).get_table_names()}


def test_the_history_is_one_line() -> None:
    assert len(script().get_heads()) == len(script().get_bases()) == 1


def test_every_step_goes_up_down_and_up(engine: Engine) -> None:
    """After each step up, going down gives the tables of before, and going up again those of after."""
    for revision in reversed(list(script().walk_revisions())):
        with engine.begin() as connection:
            before = shape(connection)
            command.upgrade(config_on(connection), revision.revision)
            after = shape(connection)
            command.downgrade(config_on(connection), str(revision.down_revision or "base"))
            assert shape(connection) | {"alembic_version": {"version_num"}} == before | {"alembic_version": {"version_num"}}
            command.upgrade(config_on(connection), revision.revision)
            assert shape(connection) == after != before


def test_the_tables_are_those_of_the_records(engine: Engine) -> None:
    with engine.begin() as connection:
        command.upgrade(config_on(connection), "head")
        assert compare_metadata(MigrationContext.configure(connection), Record.metadata) == []


def sqlite_at(tmp_path: Path) -> Database:
    return Database(f"sqlite:///{tmp_path}/new/congvu.db", Vault(b"k" * 32))


async def test_a_new_embedded_database_is_made_with_its_folder(tmp_path: Path) -> None:
    database = sqlite_at(tmp_path)
    assert await migrate(database) is True
    assert (await standing(database)).up_to_date
    assert await migrate(database) is False
    async with database.engine.connect() as connection:
        assert set(await connection.run_sync(lambda sync: inspect(sync).get_table_names())) == TABLES
    await database.close()
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0


async def test_two_programs_that_start_together_migrate_once(tmp_path: Path) -> None:
    await both_migrate(sqlite_at(tmp_path), sqlite_at(tmp_path))


async def test_two_programs_that_start_together_migrate_once_on_postgres(postgres_url: str) -> None:  # noqa: F811
    await both_migrate(Database(postgres_url, Vault(b"k" * 32)), Database(postgres_url, Vault(b"k" * 32)))


async def both_migrate(one: Database, other: Database) -> None:
    await asyncio.gather(migrate(one), migrate(other))
    assert (await standing(one)).up_to_date
    assert (await standing(other)).up_to_date
    await one.close()
    await other.close()


async def test_a_database_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    database = sqlite_at(tmp_path)
    await migrate(database)
    async with database.engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseTooNew):
        await migrate(database)
    await database.close()


async def test_up_down_up_on_postgres_and_it_matches_the_records(postgres_url: str) -> None:  # noqa: F811
    database = Database(postgres_url, Vault(b"k" * 32))
    await migrate(database)
    async with database.engine.begin() as connection:
        await connection.run_sync(lambda sync: command.downgrade(config_on(sync), "base"))
        assert await connection.run_sync(lambda sync: inspect(sync).get_table_names()) == ["alembic_version"]
    assert await migrate(database) is True
    async with database.engine.connect() as connection:
        assert await connection.run_sync(lambda sync: compare_metadata(MigrationContext.configure(sync), Record.metadata)) == []
    await database.close()


async def test_the_calendars_mark_comes_and_goes_with_the_data_kept(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    await the_mark_comes_and_goes(sqlite_at(tmp_path))


async def test_the_calendars_mark_comes_and_goes_with_the_data_kept_on_postgres(postgres_url: str) -> None:  # noqa: F811
    await the_mark_comes_and_goes(Database(postgres_url, Vault(b"k" * 32)))


async def the_mark_comes_and_goes(database: Database) -> None:
    async with database.engine.begin() as connection:
        await upgrade(connection, "0001")
        await connection.execute(text(DAY_OFF.format(day=1)))
    marks: list[str] = []
    async with database.engine.begin() as connection:
        await upgrade(connection, "0002")
        for day in (2, 3):
            marks.append((await connection.execute(text("SELECT stamp FROM calendar_stamp WHERE id = 1"))).scalar_one())
            await connection.execute(text(DAY_OFF.format(day=day)))
        await connection.run_sync(lambda sync: command.downgrade(config_on(sync), "0001"))
        await connection.execute(text(DAY_OFF.format(day=4)))
        await upgrade(connection, "0002")
        marks.append((await connection.execute(text("SELECT stamp FROM calendar_stamp WHERE id = 1"))).scalar_one())
        assert (await connection.execute(text("SELECT count(*) FROM day_override"))).scalar_one() == 4
    assert len(set(marks)) == 3
    await database.close()


DAY_OFF = "INSERT INTO day_override (day, works, note, source) VALUES ('2026-12-0{day}', false, '', 'test')"


def config_on(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__path__[0])))
    config.attributes["connection"] = connection
    return config


async def test_a_change_that_would_leave_orphans_is_undone(tmp_path: Path) -> None:
    database = sqlite_at(tmp_path)
    await migrate(database)
    with pytest.raises(BrokenReferences):
        async with sqlite_for_change(database.url) as connection:
            await connection.execute(text("INSERT INTO guess (contact_id, at) VALUES (77, '2026-11-21 00:00:00')"))
    async with database.reading() as session:
        assert (await session.execute(text("SELECT count(*) FROM guess"))).scalar_one() == 0
    with pytest.raises(IntegrityError):
        async with database.transaction() as session:
            await session.execute(text("INSERT INTO guess (contact_id, at) VALUES (77, '2026-11-21 00:00:00')"))
    await database.close()
