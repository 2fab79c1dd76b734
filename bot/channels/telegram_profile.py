"""How the bot presents itself on Telegram: the menu of commands, and the words that stand in a chat before the first message."""

from __future__ import annotations

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.types import BotCommand

from talk.texts import say

log = structlog.get_logger()

COMMANDS = ("tracuu", "huy", "noikenh", "quyenriengtu", "xoadulieu", "trogiup", "diemdanh", "tukiemtra", "congcuatoi", "lienket")
"""In the order of the menu: a citizen's first."""


async def introduce(bot: Bot) -> None:
    """Set commands and descriptions. Without them the bot works all the same, so a refusal is only noted."""
    try:
        await bot.set_my_commands([BotCommand(command=name, description=say(f"telegram-command-{name}")) for name in COMMANDS])
        await bot.set_my_description(say("telegram-description"))
        await bot.set_my_short_description(say("telegram-short-description"))
    except AiogramError as refusal:
        log.warning("telegram profile not set", fault=type(refusal).__name__)
