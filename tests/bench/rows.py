"""The one table of the one-insert bot, how its database is opened, and how its rows are counted afterwards."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, DateTime, Integer, String, event, func, select
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Seen(Base):
    """One row for each update: who, what and when."""

    __tablename__ = "bench_seen"

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    text: Mapped[str] = mapped_column(String(4096))
    at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))


def open_engine(url: str, synchronous: str) -> AsyncEngine:
    """SQLite in WAL mode by one connection, PostgreSQL by ten."""
    if not url.startswith("sqlite"):
        return create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://", 1), pool_size=10, max_overflow=0)
    engine = create_async_engine(url.replace("sqlite://", "sqlite+aiosqlite://", 1), pool_size=1, max_overflow=0)

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute(f"PRAGMA synchronous={synchronous}")
        cursor.close()

    return engine


async def count_rows(url: str) -> int:
    """How many rows the one-insert bot has made."""
    engine = open_engine(url, "NORMAL")
    try:
        async with engine.connect() as connection:
            return int((await connection.execute(select(func.count()).select_from(Seen))).scalar_one())
    finally:
        await engine.dispose()
