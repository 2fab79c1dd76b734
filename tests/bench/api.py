"""The little that our program asks of Telegram's Bot API when it starts; it also counts what is asked of it later."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.bench.updates import BOT

_ANSWERS: dict[str, Any] = {
    "getMe": BOT,
    "getWebhookInfo": {"url": "", "has_custom_certificate": False, "pending_update_count": 0},
}


@dataclass
class BotApi:
    """The stand-in's address, and how often each method was called."""

    address: str = ""
    calls: Counter[str] = field(default_factory=Counter)

    async def answer(self, request: web.Request) -> web.Response:
        """Yes to everything."""
        await request.read()
        method = request.match_info["method"]
        self.calls[method] += 1
        return web.json_response({"ok": True, "result": _ANSWERS.get(method, True)})


@asynccontextmanager
async def bot_api() -> AsyncIterator[BotApi]:
    """A Bot API on loopback."""
    api = BotApi()
    app = web.Application()
    app.router.add_route("*", "/bot{token:[^/]+}/{method}", api.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        api.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield api
    finally:
        await runner.cleanup()
