"""No answer is a dead end: one that ends something, and neither asks, offers nor names a command, gets the menu of who hears it."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram.types import TelegramObject

from handlers.menus import own_menu
from talk.memory import Memory
from talk.reply import Reply
from talk.router import Router
from talk.turn import Turn

_NAMES_A_COMMAND = re.compile(r"(?<!\w)/[a-z]{2,}")


def always_leads_on(router: Router) -> None:
    """Let every answer of this router say how to go on."""
    router.turn.middleware(_lead_on)


async def _lead_on(handler: Callable[..., Awaitable[Any]], turn: TelegramObject, known: dict[str, Any]) -> Any:
    answer = await handler(turn, known)
    replies = list(answer) if isinstance(answer, list | tuple) else [answer]
    if not isinstance(turn, Turn) or turn.group or not replies or not all(isinstance(reply, Reply) for reply in replies):
        return answer
    if _leads_on(replies, known["memory"]):
        return answer
    return [*replies[:-1], replies[-1].model_copy(update={"rows": own_menu(known["who"])})]


def _leads_on(replies: list[Reply], memory: Memory) -> bool:
    """Whether somebody is asked or offered something; of a memory that was just erased nothing is to be left, buttons neither."""
    return (
        memory.state is not None
        or memory.forgotten
        or any(reply.rows for reply in replies)
        or any(_NAMES_A_COMMAND.search(reply.text) for reply in replies)
    )
