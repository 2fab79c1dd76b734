"""The doctor's look at Zalo Bot: the platform is there, knows the token, and delivers where this program listens."""

from __future__ import annotations

from typing import Any

import httpx

from bot.channels.telegram_server import Patience
from bot.channels.zalo_bot_api import NoAnswer, Refusal, ServerFault, ZaloBotApi
from bot.settings import Settings

Seen = tuple[tuple[str, str], dict[str, Any]]
"""State and name of a check, and what belongs in its words."""

_PATIENCE = Patience(connect=5, read=8, write=5)


async def look_at_zalo_bot(settings: Settings) -> list[Seen]:
    """Everything that can be said of it without changing it."""
    if settings.zalo_bot_token is None:
        return [(("ok", "zalo-bot-off"), {})]
    try:
        async with ZaloBotApi.open(settings, _PATIENCE) as api:
            me = await api.ask("getMe")
            told = await api.ask("getWebhookInfo")
    except Refusal as refusal:
        return [(("fail", "zalo-bot-wrong"), {"status": refusal.code})]
    except (ServerFault, NoAnswer, httpx.HTTPError, httpx.InvalidURL):
        return [(("fail", "zalo-bot-away"), {"base": settings.zalo_bot_api_base})]
    name = me.get("account_name") if isinstance(me, dict) else None
    return [(("ok", "zalo-bot-ok"), {"name": name or "?"}), *_webhook(settings, told)]


def _webhook(settings: Settings, told: Any) -> list[Seen]:
    """Where Zalo delivers. None is set before the first start; another one than ours takes away what people write."""
    set_to = str(told.get("url") or "") if isinstance(told, dict) else ""
    if settings.public_url is None:
        return [(("warn", "zalo-bot-polling"), {})]
    ours = f"{settings.public_url.rstrip('/')}/zalo/bot"
    if set_to and set_to != ours:
        return [(("warn", "zalo-bot-elsewhere"), {"url": set_to})]
    return []
