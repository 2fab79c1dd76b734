"""Our program as the bench serves it: the web role with both webhooks, the classifier loaded, the clock standing at one moment."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import Any

from bot.app import open_app, running
from bot.judge import Judging
from bot.logs import set_up_logs
from bot.settings import Settings
from tests.bench.plan import NOW, SECRET_KEY, TELEGRAM_TOKEN, WEBHOOK_SECRET, ZALO_APP_ID, ZALO_OA_SECRET


async def open_servers(stack: AsyncExitStack, order: dict[str, Any]) -> dict[str, int]:
    """The program on each database of the order, listening; gives the ports. Only one is asked at a time, so they share a process."""
    judge = Judging()
    stack.callback(judge.close)
    await judge.ready()
    ports = {}
    for place in order["places"]:
        settings = _settings(order, place)
        set_up_logs(settings)
        app = await stack.enter_async_context(open_app(settings, clock=lambda: NOW, judge=judge))
        await stack.enter_async_context(running(app, frozenset({"web"})))
        ports[place["name"]] = app.port
    return ports


def _settings(order: dict[str, Any], place: dict[str, Any]) -> Settings:
    return Settings(
        _env_file=None, data_dir=order["folder"], database_url=place["database"], secret_key=SECRET_KEY, host="127.0.0.1", port=0,
        sqlite_synchronous=place["synchronous"], sample=False, log_level="WARNING", public_url="https://bench.invalid",
        zalo_app_id=ZALO_APP_ID, zalo_app_secret="none", zalo_oa_secret=ZALO_OA_SECRET, zalo_oa_api_base=order["api"], zalo_oauth_base=order["api"],
        telegram_token=TELEGRAM_TOKEN, telegram_api_base=order["api"], telegram_webhook_secret=WEBHOOK_SECRET,
    )  # fmt: skip
