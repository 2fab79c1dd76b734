"""The rows of the database as lines of JSON, the same from SQLite and PostgreSQL: a backup of the one can be restored into the other."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import AsyncIterator, Iterable
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Table, func, null, select, text, types
from sqlalchemy.ext.asyncio import AsyncConnection

from office.records import CalendarStamp, ChannelQuota, JoiningCode, TokenPair

VERSION_TABLE = "alembic_version"
NOT_THE_OFFICES = {
    VERSION_TABLE,
    CalendarStamp.__tablename__,
    ChannelQuota.__tablename__,
    TokenPair.__tablename__,
    JoiningCode.__tablename__,
}
"""What the program keeps for itself: a restored database has its own. A pair of tokens in a restored copy would be spent there, and the
office locked out of its account; what the account had left that day says nothing of today."""
_FEW, _MANY = 4, 500
"""Rows held at once: few where a row may hold a file of 20 MB."""


async def tables_of(connection: AsyncConnection, names: Iterable[str] | None = None) -> list[Table]:
    """The tables as they stand in the database, those referred to first. Read from the database: an old backup has old tables."""

    def read(sync: Connection) -> list[Table]:
        metadata = MetaData()
        metadata.reflect(sync, only=list(names) if names is not None else None)
        return [table for table in metadata.sorted_tables if table.name not in NOT_THE_OFFICES]

    return await connection.run_sync(read)


async def count(connection: AsyncConnection, table: Table) -> int:
    """How many rows the table has."""
    return int((await connection.execute(select(func.count()).select_from(table))).scalar_one())


async def lines_of(connection: AsyncConnection, table: Table) -> AsyncIterator[str]:
    """One line for each row, in the order of the key: an object of column -> value."""
    order = list(table.primary_key.columns)
    result = await connection.stream(select(table).order_by(*order).execution_options(yield_per=_batch(table)))
    kinds = {column.name: _kind(column) for column in table.columns}
    async for row in result.mappings():
        yield json.dumps({name: _plain(row[name], kind) for name, kind in kinds.items()}, ensure_ascii=False, separators=(",", ":"))


async def insert_lines(connection: AsyncConnection, table: Table, lines: Iterable[str]) -> int:
    """Insert the rows that the lines hold; returns how many. Raises ValueError when a line does not fit the table."""
    columns = {column.name: column for column in table.columns}
    own = [key.parent.name for key in table.foreign_keys if key.column.table is table]
    batch: list[dict[str, Any]] = []
    later: list[dict[str, Any]] = []
    inserted = 0
    for line in lines:
        given = json.loads(line)
        if not isinstance(given, dict) or given.keys() != columns.keys():
            raise ValueError(f"columns of {table.name}")
        row = {name: _rich(value, columns[name], connection.dialect.name) for name, value in given.items()}
        later += _put_off(table, row, own)
        batch.append(row)
        if len(batch) >= _batch(table):
            await connection.execute(table.insert(), batch)
            inserted += len(batch)
            batch = []
    if batch:
        await connection.execute(table.insert(), batch)
    for row in later:
        key = [column == row.pop(column.name) for column in table.primary_key.columns]
        await connection.execute(table.update().where(*key).values(**row))
    return inserted + len(batch)


def _put_off(table: Table, row: dict[str, Any], own: list[str]) -> list[dict[str, Any]]:
    """References to rows of the same table wait until these are there."""
    waiting = {name: row[name] for name in own if row[name] is not None}
    for name in waiting:
        row[name] = None
    return [waiting | {column.name: row[column.name] for column in table.primary_key.columns}] if waiting else []


async def go_on_counting(connection: AsyncConnection, tables: Iterable[Table]) -> None:
    """On PostgreSQL, let new rows get numbers after those inserted."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        for column in table.primary_key.columns:
            sequence = await connection.scalar(
                text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": table.name, "column": column.name}
            )
            if sequence is not None:
                highest = await connection.scalar(select(func.max(column)))
                if highest is not None:
                    await connection.execute(text("SELECT setval(:sequence, :highest)"), {"sequence": sequence, "highest": highest})


def _batch(table: Table) -> int:
    return _FEW if any(_kind(column) == "bytes" for column in table.columns) else _MANY


def _kind(column: Column[Any]) -> str:
    for kind, of in (
        ("bytes", types.LargeBinary),
        ("moment", types.DateTime),
        ("day", types.Date),
        ("time", types.Time),
        ("json", types.JSON),
    ):
        if isinstance(column.type, of):
            return kind
    return "plain"


def _plain(value: Any, kind: str) -> Any:
    if value is None or kind in ("plain", "json"):
        return value
    if kind == "bytes":
        return base64.b64encode(value).decode()
    if kind == "moment":
        return (value if value.tzinfo else value.replace(tzinfo=dt.UTC)).astimezone(dt.UTC).isoformat()
    return value.isoformat()


def _rich(value: Any, column: Column[Any], dialect: str) -> Any:
    kind = _kind(column)
    if kind == "json":
        return null() if value is None and column.nullable else value
    if value is None or kind == "plain":
        return value
    if kind == "bytes":
        return base64.b64decode(value, validate=True)
    if kind == "moment":
        moment = dt.datetime.fromisoformat(value)
        return moment.astimezone(dt.UTC).replace(tzinfo=None) if dialect == "sqlite" else moment
    return dt.date.fromisoformat(value) if kind == "day" else dt.time.fromisoformat(value)
