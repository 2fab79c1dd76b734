"""The bots to compare with: aiogram alone with an echo handler, and with one ORM insert. Nothing of ours is in them."""

from __future__ import annotations

import datetime as dt
from contextlib import AsyncExitStack
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.methods import SendMessage
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from sqlalchemy import BigInteger, DateTime, Integer, String, event, func, select
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from tests.bench.plan import TELEGRAM_TOKEN, WEBHOOK_SECRET

PATH = "/telegram"


class Base(DeclarativeBase):
    pass


class Seen(Base):
    """One row for each update: who, what and when."""

    __tablename__ = "bench_seen"

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    text: Mapped[str] = mapped_column(String(4096))
    at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))


async def open_servers(stack: AsyncExitStack, order: dict[str, Any]) -> dict[str, int]:
    """The echo, and the one-insert bot on each database of the order; gives the ports. Only one is asked at a time."""
    ports = {}
    for place in order["places"]:
        app = await one_insert(place["database"], place["synchronous"]) if place["database"] else echo()
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        ports[place["name"]] = int(runner.addresses[0][1])
    return ports


def echo() -> web.Application:
    """Answers with the same words, as the webhook's reply."""
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def answer(message: Message) -> SendMessage:
        return message.answer(message.text or "")

    return _served(dispatcher)


async def one_insert(url: str, synchronous: str) -> web.Application:
    """Adds one row by an ORM session, commits, and answers with the same words."""
    engine = open_engine(url, synchronous)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    sessions = async_sessionmaker(engine, expire_on_commit=False)
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def answer(message: Message) -> SendMessage:
        async with sessions.begin() as session:
            session.add(Seen(chat_id=message.chat.id, text=message.text or "", at=message.date))
        return message.answer(message.text or "")

    app = _served(dispatcher)

    async def close(_app: web.Application) -> None:
        await engine.dispose()

    app.on_cleanup.append(close)
    return app


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


def _served(dispatcher: Dispatcher) -> web.Application:
    app = web.Application()
    handler = SimpleRequestHandler(dispatcher, Bot(TELEGRAM_TOKEN), handle_in_background=False, secret_token=WEBHOOK_SECRET)
    handler.register(app, path=PATH)
    return app
