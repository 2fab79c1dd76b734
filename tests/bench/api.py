"""The little that our program asks of Telegram and of Zalo (whose Bot API is like it) when it starts; it also counts what it asks later."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.bench.plan import ZALO_BOT_TOKEN
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
        """Yes to everything, and nothing new."""
        await request.read()
        method = request.match_info["method"]
        self.calls[method] += 1
        if method == "getUpdates":  # nobody says anything: it is held for a while, as the real ones do
            await asyncio.sleep(2)
            by_zalo = request.match_info["token"] == ZALO_BOT_TOKEN
            return web.json_response({"ok": False, "error_code": 408} if by_zalo else {"ok": True, "result": []})
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
