"""SQLite for asyncio with one hop to the database's thread for each statement: running it, fetching its rows and closing it go together.

SQLAlchemy's own way hops once for each of them. Measured: a check-in tap costs a quarter less (docs/decisions/0008-what-a-tap-costs.md).
Results are always fetched whole, as SQLAlchemy's way does too unless asked to stream. What is streamed (the rows of a backup) goes SQLAlchemy's
own way, through its cursor for streams, a few rows at a time.
"""

from __future__ import annotations

import collections
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import aiosqlite
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_dbapi,
    SQLiteDialect_aiosqlite,
)
from sqlalchemy.util.concurrency import await_

DRIVER = "sqlite+one_hop"


class _Cursor:
    """The part of a DB-API cursor that SQLAlchemy uses. Its rows are here as soon as the statement has run."""

    server_side = False
    __slots__ = ("_adapt", "_rows", "arraysize", "description", "lastrowid", "rowcount")

    def __init__(self, adapt: AsyncAdapt_aiosqlite_connection) -> None:
        self._adapt = adapt
        self._rows: collections.deque[Any] = collections.deque()
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    def execute(self, operation: str, parameters: Any = None) -> None:
        self._hop(lambda cursor: cursor.execute(operation, parameters or ()))

    def executemany(self, operation: str, seq_of_parameters: Any) -> None:
        self._hop(lambda cursor: cursor.executemany(operation, seq_of_parameters))

    def _hop(self, ask: Callable[[sqlite3.Cursor], Any]) -> None:
        connection: Any = self._adapt._connection

        def there() -> tuple[Any, Sequence[Any], int, int | None]:
            cursor = connection._conn.cursor()
            try:
                ask(cursor)
                rows = cursor.fetchall() if cursor.description else ()
                return cursor.description, rows, cursor.rowcount, cursor.lastrowid
            finally:
                cursor.close()

        try:
            self.description, rows, self.rowcount, self.lastrowid = await_(connection._execute(there))
        except Exception as error:
            self._adapt._handle_exception(error)
        self._rows = collections.deque(rows)

    def fetchone(self) -> Any:
        return self._rows.popleft() if self._rows else None

    def fetchmany(self, size: int | None = None) -> list[Any]:
        return [self._rows.popleft() for _ in range(min(size or self.arraysize, len(self._rows)))]

    def fetchall(self) -> list[Any]:
        rows = list(self._rows)
        self._rows.clear()
        return rows

    def __iter__(self) -> Iterator[Any]:
        while self._rows:
            yield self._rows.popleft()

    def close(self) -> None:
        self._rows.clear()

    async def _async_soft_close(self) -> None:
        """The cursor itself was closed in the thread; its rows stay."""


class _Connection(AsyncAdapt_aiosqlite_connection):
    __slots__ = ()
    _cursor_cls = _Cursor  # type: ignore[assignment]


class _Dbapi(AsyncAdapt_aiosqlite_dbapi):
    def connect(self, *arg: Any, **kw: Any) -> AsyncAdapt_aiosqlite_connection:
        plain = super().connect(*arg, **kw)
        return _Connection(self, plain._connection)


class Dialect(SQLiteDialect_aiosqlite):
    """What `sqlite+one_hop://` names."""

    driver = "one_hop"
    supports_statement_cache = True

    @classmethod
    def import_dbapi(cls) -> AsyncAdapt_aiosqlite_dbapi:
        return _Dbapi(aiosqlite, sqlite3)


registry.register("sqlite.one_hop", __name__, "Dialect")
