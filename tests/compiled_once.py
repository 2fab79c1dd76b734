"""Statements are compiled once in a test process, not once for each test: every test opens engines of its own, but asks the same questions.

SQLAlchemy keeps what it compiled by engine and by dialect object. Here all engines share one store, and dialects of a kind count as one: they are
configured alike, and talk to the same SQLite library or the same PostgreSQL server.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache

_STORE: Any = LRUCache(4_000)


def share_what_is_compiled() -> None:
    """From now on, for all engines of this process."""
    DefaultDialect.__eq__ = _of_a_kind  # type: ignore[method-assign, assignment]
    DefaultDialect.__hash__ = _kind  # type: ignore[method-assign, assignment]
    event.listen(Engine, "engine_connect", _use_the_store)


def _of_a_kind(one: DefaultDialect, other: object) -> bool:
    return type(one) is type(other)


def _kind(dialect: DefaultDialect) -> int:
    return hash(type(dialect))


def _use_the_store(connection: Connection) -> None:
    connection.execution_options(compiled_cache=_STORE)
