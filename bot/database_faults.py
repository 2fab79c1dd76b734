"""Tells what is wrong with a database from what the drivers raise, so that people read what to do and not a stack of calls."""

from __future__ import annotations

import sqlite3
import traceback

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
_AWAY_STATES = ("08", "28", "3D", "53300", "57P")
"""SQLSTATEs of PostgreSQL: no connection, wrong password, no such database, too many connections, shutting down."""
LOCKED_STATE = "55P03"
"""SQLSTATE of PostgreSQL: a lock was not to be had in time."""


def sqlstate(fault: BaseException | None) -> str:
    """What PostgreSQL calls the fault; empty for any other."""
    return str(getattr(fault, "sqlstate", None) or "")


def _came_through(fault: BaseException, package: str) -> bool:
    """Whether it arose in the driver: the operating system says the same of a socket as of a file."""
    return any(f"/{package}/" in frame.f_code.co_filename.replace("\\", "/") for frame, _ in traceback.walk_tb(fault.__traceback__))


def explain(fault: BaseException) -> str | None:
    """The key of the text that explains the fault; None if it is no matter of the database."""
    if isinstance(fault, KeyUnusable):
        return "cli-key-unusable"
    if isinstance(fault, DatabaseTooNew):
        return "cli-database-too-new"
    if isinstance(fault, PoolTimeout):
        return "cli-database-busy"
    if isinstance(fault, OSError) and _came_through(fault, "asyncpg"):
        return "cli-database-away"
    cause: BaseException | None = fault
    for _ in range(6):
        if cause is None:
            break
        if isinstance(cause, sqlite3.Error):
            return next((key for words, key in _SQLITE if words in str(cause)), None)
        if isinstance(cause, ConnectionError | TimeoutError) or sqlstate(cause).startswith(_AWAY_STATES):
            return "cli-database-away"
        cause = getattr(cause, "orig", None) or cause.__cause__ or cause.__context__
    return "cli-database-away" if isinstance(fault, InterfaceError | DBAPIError) and fault.connection_invalidated else None
