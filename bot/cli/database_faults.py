"""Tells what is wrong with a database from what the drivers raise, so that people read what to do and not a stack of calls."""

from __future__ import annotations

import sqlite3

import asyncpg
from sqlalchemy.exc import DBAPIError, InterfaceError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.migrate import DatabaseTooNew
from bot.opening import KeyUnusable

_SQLITE = (
    ("not a database", "cli-database-damaged"),
    ("malformed", "cli-database-damaged"),
    ("locked", "cli-database-busy"),
    ("unable to open", "cli-database-cannot-open"),
    ("readonly", "cli-database-cannot-open"),
    ("full", "cli-disk-full"),
)
_AWAY = (
    ConnectionError,
    TimeoutError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
)


def explain(fault: BaseException) -> str | None:
    """The key of the text that explains the fault; None if it is no matter of the database."""
    if isinstance(fault, KeyUnusable):
        return "cli-key-unusable"
    if isinstance(fault, DatabaseTooNew):
        return "cli-database-too-new"
    if isinstance(fault, PoolTimeout):
        return "cli-database-busy"
    cause: BaseException | None = fault
    for _ in range(6):
        if cause is None:
            break
        if isinstance(cause, sqlite3.Error):
            return next((key for words, key in _SQLITE if words in str(cause)), None)
        if isinstance(cause, _AWAY) or (isinstance(cause, OSError) and isinstance(fault, OSError) and "connect" in str(cause).lower()):
            return "cli-database-away"
        cause = getattr(cause, "orig", None) or cause.__cause__ or cause.__context__
    return "cli-database-away" if isinstance(fault, InterfaceError | DBAPIError) and fault.connection_invalidated else None
