"""The links that open a conversation at the right place: for a desk's poster and for an official's invitation."""

from __future__ import annotations

from urllib.parse import quote

import httpx

from bot.channels.certificates import trusted
from bot.settings import Settings

_PATIENCE = 8.0


def chat_link(settings: Settings, payload: str) -> str:
    """Opens the browser chat. Without `PUBLIC_URL` it works on this machine only."""
    base = settings.public_url or f"http://{settings.host}:{settings.port}"
    return f"{base.rstrip('/')}/chat?u={quote(payload)}"


def telegram_link(bot: str, payload: str) -> str:
    """Opens the chat with the bot on Telegram and says `/start` with the payload (at most 64 letters, digits, `_`, `-`)."""
    return f"https://t.me/{bot.lstrip('@')}?start={payload}"


def zalo_link(settings: Settings) -> str | None:
    """Opens the Official Account on Zalo; unlike the others it carries nothing along. None where the account is off or its id unset."""
    return f"https://zalo.me/{quote(settings.zalo_oa_id)}" if settings.zalo_oa_on and settings.zalo_oa_id else None


def invitation_links(settings: Settings, bot: str | None, code: str) -> list[str]:
    """All links by which the invited person can link an account."""
    from handlers.link import LINK_PREFIX  # the conversations take seconds to load, and other commands do without

    payload = f"{LINK_PREFIX}{code}"
    return [*([telegram_link(bot, payload)] if bot else []), chat_link(settings, payload)]


async def bot_name(settings: Settings, given: str | None = None) -> str | None:
    """The bot's name on Telegram: the one given, else what Telegram says of the token; None if neither is to be had."""
    if given:
        return given.lstrip("@")
    if settings.telegram_token is None:
        return None
    try:
        answer = await get_me(settings)
    except httpx.HTTPError:
        return None
    return answer.json()["result"]["username"] if answer.status_code == 200 else None


async def get_me(settings: Settings) -> httpx.Response:
    """Ask the Bot API who we are. Raises httpx.HTTPError; its message must not be shown, for the address holds the token."""
    assert settings.telegram_token is not None
    token = settings.telegram_token.get_secret_value()
    async with httpx.AsyncClient(timeout=_PATIENCE, verify=trusted()) as client:
        return await client.get(f"{settings.telegram_api_base.rstrip('/')}/bot{token}/getMe")
