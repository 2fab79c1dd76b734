"""Our program as the bench serves it: the web role with Telegram's webhook, the classifier loaded, the clock standing at one moment."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bot.app import open_app, running
from bot.judge import Judging
from bot.logs import set_up_logs
from bot.settings import Settings
from tests.bench.plan import NOW, SECRET_KEY, TELEGRAM_TOKEN, WEBHOOK_SECRET


@asynccontextmanager
async def congvu(order: dict[str, Any]) -> AsyncIterator[int]:
    """The program, listening; gives the port."""
    settings = Settings(
        _env_file=None, data_dir=order["folder"], database_url=order["database"], secret_key=SECRET_KEY, host="127.0.0.1", port=0,
        sqlite_synchronous=order["synchronous"], sample=False, log_level="WARNING", public_url=order["public"],
        telegram_token=TELEGRAM_TOKEN, telegram_api_base=order["api"], telegram_webhook_secret=WEBHOOK_SECRET,
    )  # fmt: skip
    set_up_logs(settings)
    judge = Judging()
    try:
        await judge("Tôi chờ ở bộ phận một cửa cả buổi sáng mà không ai tiếp.")
        async with open_app(settings, clock=lambda: NOW, judge=judge) as app, running(app, frozenset({"web"})):
            yield app.port
    finally:
        judge.close()
