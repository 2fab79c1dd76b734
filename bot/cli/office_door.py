"""Gives a command the office: the settings, and the database ready to use."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from bot.cli.terminal import stop
from bot.opening import open_database
from bot.settings import Settings
from office.database import Database

Result = TypeVar("Result")


def settings() -> Settings:
    """The settings of the environment and of `.env`."""
    return Settings()  # type: ignore[call-arg,unused-ignore]


@asynccontextmanager
async def office(chosen: Settings) -> AsyncIterator[Database]:
    """The database, brought up to date if it is the embedded one; a province's PostgreSQL is changed only by `congvu migrate`."""
    from bot.migrate import migrate, standing  # Alembic loads slowly, and not every command opens the office

    database = open_database(chosen)
    try:
        if database.is_sqlite:
            await migrate(database)
        elif not (await standing(database)).up_to_date:
            stop("cli-migrate-first")
        yield database
    finally:
        await database.close()


def do(work: Coroutine[Any, Any, Result]) -> Result:
    """Run a command's work to its end."""
    return asyncio.run(work)
