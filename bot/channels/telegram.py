"""Telegram as a channel: aiogram hears, python-telegram-bot speaks. Nothing of either library is seen outside `bot/channels/telegram*`."""

from __future__ import annotations

from bot.channels.telegram_hear import TelegramHearing
from bot.channels.telegram_server import Patience
from bot.channels.telegram_speak import TelegramSpeech

__all__ = ["Patience", "TelegramHearing", "TelegramSpeech"]
