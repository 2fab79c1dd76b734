"""Opens the database, SQLite or PostgreSQL, so that one transaction is one whole step: all of it is kept or none."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

from sqlalchemy import Executable, Insert, ScalarSelect, Table, Update, bindparam, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session as SyncSession

from office import Session, one_hop
from office.vault import Vault

_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}


def with_driver(url: str) -> URL:
    """`sqlite:///…` or `postgresql://…` with the asyncio driver that we use."""
    parsed = make_url(url)
    return parsed.set(drivername=_DRIVERS.get(parsed.drivername, parsed.drivername))


class Database:
    """Transactions on one database. SQLite gets one writing connection, first come first served; readers go beside it (WAL)."""

    def __init__(self, url: str, vault: Vault, *, synchronous: str = "FULL") -> None:
        self.url = with_driver(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.vault = vault
        if self.is_sqlite:
            self._writer = _sqlite_engine(self.url, "BEGIN IMMEDIATE", synchronous, pool_size=1)
            self._reader = _sqlite_engine(self.url, "BEGIN", synchronous, pool_size=2)
        else:
            self._writer = self._reader = create_async_engine(self.url, pool_size=10, max_overflow=0, pool_timeout=30, hide_parameters=True)
        info = {"vault": vault}
        self._writing = async_sessionmaker(self._writer, expire_on_commit=False, info=info)
        self._reading = async_sessionmaker(self._reader, expire_on_commit=False, info=info)
        glancer = self._reader if self.is_sqlite else self._reader.execution_options(isolation_level="AUTOCOMMIT")
        self._glancing = async_sessionmaker(glancer, expire_on_commit=False, info=info)

    @property
    def engine(self) -> AsyncEngine:
        """The engine that writes; for migrations and checks."""
        return self._writer

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Session]:
        """A session whose work is committed at the end of the block, or undone when the block raises."""
        async with self._writing() as session, session.begin():
            yield session

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Session]:
        """A session to look things up; on SQLite it does not wait for writers and cannot write."""
        async with self._reading() as session:
            yield session

    @asynccontextmanager
    async def glance(self) -> AsyncIterator[Session]:
        """A session for one short question that every turn asks: PostgreSQL answers it in one way there and back instead of three."""
        async with self._glancing() as session:
            yield session

    async def close(self) -> None:
        await self._writer.dispose()
        if self._reader is not self._writer:
            await self._reader.dispose()


def _sqlite_engine(url: URL, begin: str, synchronous: str, *, pool_size: int) -> AsyncEngine:
    engine = create_async_engine(
        url.set(drivername=one_hop.DRIVER), pool_size=pool_size, max_overflow=0, pool_timeout=30, hide_parameters=True
    )

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves; the driver's own timing would let a read become a write late
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", f"synchronous={synchronous}", "foreign_keys=ON", "busy_timeout=10000", "secure_delete=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def start(connection: Any) -> None:
        connection.connection.dbapi_connection.cursor().execute(begin)

    return engine


async def rows_of(session: Session, prepared: Executable, **given: Any) -> Sequence[Any]:
    """The rows of a statement that was built once, with its `bindparam`s given now; past the ORM, for what every tap asks."""
    return await session.run_sync(lambda sync: sync.connection().execute(prepared, given).all())


async def changed_by(session: Session, prepared: Callable[[str], Executable], given: dict[str, Any]) -> int:
    """How many rows a statement wrote that was built once for the dialect; past the ORM, in one step to the database and back."""

    def write(sync: SyncSession) -> int:
        connection = sync.connection()
        return connection.execute(prepared(connection.dialect.name), given).rowcount

    return await session.run_sync(write)


Counted = Callable[[], dict[str, ScalarSelect[int]]]
"""Columns that the database counts out itself while it inserts a row, and how; its `bindparam`s are given as `within`. A function of a module."""

Also = tuple[Update, dict[str, Any]]
"""A statement that was built once, and what its `bindparam`s are: none may have the name of a column."""


async def insert_once(
    session: Session,
    table: Table,
    values: dict[str, Any],
    counted: Counted | None = None,
    within: dict[str, Any] | None = None,
    also: Also | None = None,
) -> bool:
    """Insert a row unless one with the same unique key is there. True if it is new.

    `also` is written in any case. PostgreSQL does both at once: there each question costs a way over the network.
    """
    together = None
    if also is not None and session.get_bind().dialect.name == "postgresql":
        together, more = also
        within = (within or {}) | more
    elif also is not None:
        await changed_by(session, lambda _: also[0], also[1])
    given = {f"new_{name}": value for name, value in values.items()} | (within or {})
    return bool(await changed_by(session, lambda dialect: _insert_once(dialect, table, tuple(values), counted, together), given))


@cache
def _insert_once(dialect: str, table: Table, columns: tuple[str, ...], counted: Counted | None, also: Update | None) -> Insert:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    # SQLAlchemy takes a parameter of a column's name for a value of it, in the table of `also` too
    given: dict[str, Any] = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in columns}
    once = insert(table).values(given | (counted() if counted else {})).on_conflict_do_nothing()
    return once if also is None else once.add_cte(also.cte("also"))


_PASSING = frozenset({"40P01", "40001", "55P03", "57P01", "57P03", "08000", "08003", "08006"})
"""PostgreSQL's codes for deadlock, serialization, lock not available, shutting down, connection lost."""


def may_pass(fault: BaseException) -> bool:
    """Whether the database undid the work for a reason that passes: trying again may succeed."""
    if isinstance(fault, PoolTimeout):
        return True
    if not isinstance(fault, DBAPIError):
        return False
    code = getattr(fault.orig, "sqlstate", None) or getattr(fault.orig, "pgcode", None)
    return fault.connection_invalidated or code in _PASSING or "database is locked" in str(fault.orig)
