"""The bots to compare with: aiogram alone with an echo handler, and with one ORM insert. Nothing of ours is in them."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.methods import SendMessage
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from sqlalchemy.ext.asyncio import async_sessionmaker

from tests.bench.plan import PATH, TELEGRAM_TOKEN, WEBHOOK_SECRET
from tests.bench.rows import Base, Seen, open_engine


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


def _served(dispatcher: Dispatcher) -> web.Application:
    app = web.Application()
    handler = SimpleRequestHandler(dispatcher, Bot(TELEGRAM_TOKEN), handle_in_background=False, secret_token=WEBHOOK_SECRET)
    handler.register(app, path=PATH)
    return app
