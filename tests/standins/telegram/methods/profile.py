"""How the bot presents itself: its name, its commands, its descriptions."""

from __future__ import annotations

import json
import re
from typing import Any

from aiogram.methods import SetMyCommands, SetMyDescription, SetMyShortDescription
from telegram.constants import BotCommandLimit, BotDescriptionLimit

from tests.standins.telegram.contract import Call
from tests.standins.telegram.formatting import units
from tests.standins.telegram.refused import breach
from tests.standins.telegram.world import World

from .options import only

COMMAND = re.compile(rf"[a-z0-9_]{{{BotCommandLimit.MIN_COMMAND:d},{BotCommandLimit.MAX_COMMAND:d}}}")


async def get_me(world: World, call: Call) -> dict[str, Any]:
    """The bot itself."""
    able = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}
    return {**world.bot, **able, "can_connect_to_business": False, "has_main_web_app": False}


async def set_my_commands(world: World, call: Call) -> bool:
    """The menu of commands, for a scope and a language."""
    method = call.of(SetMyCommands)
    if len(method.commands) > BotCommandLimit.MAX_COMMAND_NUMBER:
        raise breach("BOT_COMMANDS_TOO_MUCH")
    for command in method.commands:
        if not COMMAND.fullmatch(command.command.removeprefix("/")):
            raise breach("BOT_COMMAND_INVALID")
        if not BotCommandLimit.MIN_DESCRIPTION <= units(command.description.strip()) <= BotCommandLimit.MAX_DESCRIPTION:
            raise breach("BOT_COMMAND_DESCRIPTION_INVALID")
    kept = [{"command": item.command.removeprefix("/"), "description": item.description} for item in method.commands]
    world.profile.commands[_scope(call)] = kept
    return True


async def get_my_commands(world: World, call: Call) -> list[dict[str, str]]:
    """The commands that were set for exactly this scope and language."""
    return world.profile.commands.get(_scope(call), [])


async def delete_my_commands(world: World, call: Call) -> bool:
    """Take the menu away for a scope and a language."""
    world.profile.commands.pop(_scope(call), None)
    return True


async def set_my_description(world: World, call: Call) -> bool:
    """What an empty chat shows."""
    text = call.of(SetMyDescription).description or ""
    only(call, "description", "language_code")
    if units(text) > BotDescriptionLimit.MAX_DESCRIPTION_LENGTH:
        raise breach("bot description is too long")
    world.profile.description[call.params.get("language_code", "")] = text
    return True


async def set_my_short_description(world: World, call: Call) -> bool:
    """What stands on the bot's page and beside a shared link."""
    text = call.of(SetMyShortDescription).short_description or ""
    only(call, "short_description", "language_code")
    if units(text) > BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH:
        raise breach("bot short description is too long")
    world.profile.short_description[call.params.get("language_code", "")] = text
    return True


def _scope(call: Call) -> tuple[str, str]:
    scope = call.params.get("scope", {"type": "default"})
    if set(scope) == {"type"}:
        return str(scope["type"]), str(call.params.get("language_code", ""))
    return json.dumps(scope, sort_keys=True), str(call.params.get("language_code", ""))
