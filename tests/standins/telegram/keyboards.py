"""Buttons: what Telegram allows on them, and how a person sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit, InlineKeyboardMarkupLimit, ReplyLimit

from .refused import beyond_the_stand_in, breach

URL_SCHEMES = {"http", "https", "tg"}


@dataclass(frozen=True)
class Button:
    """A button as a person sees it. `data` is what a tap sends back, `url` what it opens."""

    label: str
    data: str | None = None
    url: str | None = None
    contact: bool = False
    location: bool = False


Rows = tuple[tuple[Button, ...], ...]


def rows_of(markup: dict[str, Any] | None, key: str) -> Rows:
    """The rows of buttons in a markup's JSON; `key` is "inline_keyboard" or "keyboard"."""
    return tuple(tuple(_seen(button) for button in row) for row in (markup or {}).get(key, ()))


def check_inline(markup: InlineKeyboardMarkup | None) -> dict[str, Any] | None:
    """The keyboard as it is kept, or None if it has no buttons. Raises `Refused` for what Telegram refuses."""
    rows = [row for row in markup.inline_keyboard if row] if markup else []
    _check_shape(rows)
    for row in rows:
        for button in row:
            _check_inline_button(button)
    kept = [[button.model_dump(exclude_none=True) for button in row] for row in rows]
    return {"inline_keyboard": kept} if kept else None


def check_reply_keyboard(markup: ReplyKeyboardMarkup) -> dict[str, Any]:
    """The keyboard below the input field, as it is kept."""
    rows = [row for row in markup.keyboard if row]
    if not rows:
        raise breach("reply keyboard must have at least one button")
    _check_shape(rows)
    hint = markup.input_field_placeholder
    if hint is not None and not ReplyLimit.MIN_INPUT_FIELD_PLACEHOLDER <= len(hint) <= ReplyLimit.MAX_INPUT_FIELD_PLACEHOLDER:
        raise breach("input field placeholder is too long")
    for button in (button for row in rows for button in row):
        if not button.text.strip():
            raise breach("keyboard button text must be non-empty")
    return markup.model_dump(exclude_none=True)


def _check_shape(rows: Sequence[Sequence[InlineKeyboardButton | KeyboardButton]]) -> None:
    if sum(len(row) for row in rows) > InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER:
        raise breach("reply markup is too long")
    if any(len(row) > InlineKeyboardMarkupLimit.BUTTONS_PER_ROW for row in rows):
        raise breach(f"more than {InlineKeyboardMarkupLimit.BUTTONS_PER_ROW} buttons in a row")


def _check_inline_button(button: InlineKeyboardButton) -> None:
    if not button.text.strip():
        raise breach("inline keyboard button text must be non-empty")
    action = button.model_dump(exclude_none=True, exclude={"text", "style", "icon_custom_emoji_id"})
    if not action:
        raise breach("text buttons are unallowed in the inline keyboard")
    if len(action) > 1:
        raise breach(f"a button must do exactly one thing, not {', '.join(sorted(action))}")
    if button.callback_data is not None:
        _check_data(button.callback_data)
    elif button.url is not None:
        _check_url(button.url)
    elif button.copy_text is not None:
        if not InlineKeyboardButtonLimit.MIN_COPY_TEXT <= len(button.copy_text.text) <= InlineKeyboardButtonLimit.MAX_COPY_TEXT:
            raise breach("BUTTON_COPY_TEXT_INVALID")
    else:
        raise beyond_the_stand_in(f"a button with {', '.join(action)}")


def _check_data(data: str) -> None:
    size = len(data.encode())
    if not InlineKeyboardButtonLimit.MIN_CALLBACK_DATA <= size <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA:
        raise breach("BUTTON_DATA_INVALID")


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    host = parts.hostname or ""
    reachable = parts.scheme == "tg" or "." in host
    if parts.scheme not in URL_SCHEMES or not reachable or " " in url:
        raise breach(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _seen(button: dict[str, Any] | str) -> Button:
    if isinstance(button, str):
        return Button(button)
    return Button(
        button["text"],
        button.get("callback_data"),
        button.get("url"),
        bool(button.get("request_contact")),
        bool(button.get("request_location")),
    )
