"""Where Telegram's Bot API is reached, how long we wait for it, and what its libraries may write into the log: nothing."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from bot.settings import Settings


@dataclass(frozen=True)
class Patience:
    """How long we wait for Telegram, in seconds, and how fast we speak. A send as a whole stays well under the lease of `office.outbox`."""

    connect: float = 5
    read: float = 15
    write: float = 15
    media_write: float = 30
    send: float = 45
    poll: int = 25
    fetch: float = 40
    first_pause: float = 0.5
    longest_pause: float = 30
    per_second: float = 25
    """Messages to all chats together; Telegram bears about 30."""
    burst: int = 10
    """Messages in a row to one chat; after them one a second. Who taps wildly must not bring a ban on the whole bot."""


def server_of(settings: Settings) -> str:
    """The address of the Bot API server, without a slash at its end."""
    return settings.telegram_api_base.rstrip("/")


def token_of(settings: Settings) -> str:
    """The bot's token; empty if there is none."""
    return settings.telegram_token.get_secret_value().strip() if settings.telegram_token else ""


def quiet_libraries() -> None:
    """Keep the libraries' own lines out of every log: they hold addresses with the token in them, and what people wrote."""
    for name in ("aiogram", "httpcore", "httpx", "telegram"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
