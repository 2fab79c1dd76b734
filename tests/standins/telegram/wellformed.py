"""Nothing leaves the stand-in that the real server could not have sent: both libraries must read it, each without leftovers."""

from __future__ import annotations

from typing import Any

import aiogram.types
import telegram
from pydantic import BaseModel


def check_update(update: dict[str, Any]) -> None:
    """Raises `AssertionError` unless aiogram and python-telegram-bot both know every field of the update."""
    parsed = aiogram.types.Update.model_validate(update)
    leftovers = _unknown_to_aiogram(parsed, "update")
    second = telegram.Update.de_json(update, None)
    leftovers += _unknown_to_ptb(second, "update")
    if leftovers:
        raise AssertionError(f"the stand-in made an update with unknown fields: {leftovers}")
    if parsed.update_id != second.update_id:
        raise AssertionError("the two libraries read different updates")


def check_message(message: dict[str, Any]) -> None:
    """The same for a message that answers a send."""
    leftovers = _unknown_to_aiogram(aiogram.types.Message.model_validate(message), "message")
    leftovers += _unknown_to_ptb(telegram.Message.de_json(message, None), "message")
    if leftovers:
        raise AssertionError(f"the stand-in made a message with unknown fields: {leftovers}")


def _unknown_to_aiogram(value: Any, place: str) -> list[str]:
    if isinstance(value, list | tuple):
        return [found for item in value for found in _unknown_to_aiogram(item, place)]
    if not isinstance(value, BaseModel):
        return []
    unknown = [f"{place}.{name}" for name, content in (value.model_extra or {}).items() if content is not None]
    for name in type(value).model_fields:
        unknown += _unknown_to_aiogram(getattr(value, name), f"{place}.{name}")
    return unknown


def _unknown_to_ptb(value: Any, place: str) -> list[str]:
    if isinstance(value, list | tuple):
        return [found for item in value for found in _unknown_to_ptb(item, place)]
    if not isinstance(value, telegram.TelegramObject):
        return []
    unknown = [f"{place}.{name}" for name in value.api_kwargs]
    slots = {slot for kind in type(value).__mro__ for slot in getattr(kind, "__slots__", ())}
    for slot in sorted(slots):
        if not slot.startswith("_") and slot != "api_kwargs":
            unknown += _unknown_to_ptb(getattr(value, slot, None), f"{place}.{slot}")
    return unknown
