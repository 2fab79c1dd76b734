"""The stand-in with the two libraries the program uses: aiogram hears, python-telegram-bot speaks."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.utils.backoff import BackoffConfig
from aiohttp import ClientSession
from PIL import Image
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from tests.standins.telegram import Clock, TelegramStandIn

Ask = Callable[..., Coroutine[Any, Any, tuple[int, dict[str, Any]]]]


@pytest.fixture(autouse=True)
def _new_retry_after(monkeypatch: pytest.MonkeyPatch) -> None:
    """python-telegram-bot warns at every 429 unless `retry_after` is asked for as a `timedelta`; warnings are errors here."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
async def tg() -> AsyncIterator[TelegramStandIn]:
    """A stand-in whose violations fail the test."""
    async with await TelegramStandIn.start(clock=Clock()) as running:
        yield running


@pytest.fixture
async def speaker(tg: TelegramStandIn) -> AsyncIterator[ExtBot[None]]:
    """python-telegram-bot, sending to the stand-in, with a short patience."""
    request = HTTPXRequest(read_timeout=0.4, connection_pool_size=64)
    async with ExtBot(tg.token, base_url=tg.ptb_base_url, base_file_url=tg.ptb_base_file_url, request=request) as bot:
        yield bot


@pytest.fixture
async def hearer(tg: TelegramStandIn) -> AsyncIterator[Bot]:
    """aiogram's bot at the stand-in's address."""
    async with Bot(tg.token, session=AiohttpSession(api=tg.aiogram_server)) as bot:
        yield bot


@pytest.fixture
async def ask(tg: TelegramStandIn) -> AsyncIterator[Ask]:
    """A bare request, as no library would send it: `await ask("getUpdates", json={...})` gives status and answer."""
    async with ClientSession() as session:

        async def send(method: str, *, token: str = tg.token, verb: str = "POST", **body: Any) -> tuple[int, dict[str, Any]]:
            async with session.request(verb, f"{tg.base_url}/bot{token}/{method}", **body) as answer:
                return answer.status, await answer.json()

        yield send


@asynccontextmanager
async def polling(dispatcher: Dispatcher, bot: Bot) -> AsyncIterator[None]:
    """aiogram's real long polling in the background."""
    soon = BackoffConfig(min_delay=0.01, max_delay=0.05, factor=1.5, jitter=0.01)
    options: dict[str, Any] = {"handle_signals": False, "close_bot_session": False, "polling_timeout": 20, "backoff_config": soon}
    task = asyncio.create_task(dispatcher.start_polling(bot, **options))
    try:
        yield
    finally:
        await dispatcher.stop_polling()
        await task


def picture(width: int = 40, height: int = 30, form: str = "PNG") -> bytes:
    """A real picture."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), "green").save(out, form)
    return out.getvalue()
