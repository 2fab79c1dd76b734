"""A router of conversations: aiogram's, with one more kind of event, the `turn`. Filters, `F`, states and `FSMContext` work as in aiogram.

Keep this tree out of Telegram's `Dispatcher`: it would ask Telegram for updates named "turn".
"""

from __future__ import annotations

import inspect
from typing import Any

from aiogram import Router as AiogramRouter
from aiogram.dispatcher.event.handler import CallbackType
from aiogram.dispatcher.event.telegram import TelegramEventObserver

from talk.turn import Turn


class TurnObserver(TelegramEventObserver):
    """Registers handlers that take by name only what they need; aiogram itself insists on the event as the first argument."""

    def register(self, callback: CallbackType, *filters: CallbackType, flags: dict[str, Any] | None = None, **kwargs: Any) -> CallbackType:
        wanted = frozenset(inspect.signature(callback).parameters)

        async def call(turn: Turn, **known: Any) -> Any:
            return await callback(**{name: value for name, value in (known | {"turn": turn}).items() if name in wanted})

        super().register(call, *filters, flags=flags, **kwargs)
        return callback


class Router(AiogramRouter):
    """`@router.turn(...)` registers a handler. Handlers return one `Reply` or a list of them."""

    def __init__(self, *, name: str | None = None) -> None:
        super().__init__(name=name)
        self.turn = TurnObserver(router=self, event_name="turn")
        self.observers["turn"] = self.turn
