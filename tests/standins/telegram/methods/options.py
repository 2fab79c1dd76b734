"""What all messages have in common: who gets them, what they answer, which buttons they carry."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from aiogram.types import ForceReply, InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove, ReplyParameters

from tests.standins.telegram.chats import Chat
from tests.standins.telegram.contract import Call
from tests.standins.telegram.keyboards import Rows, check_inline, check_reply_keyboard, rows_of
from tests.standins.telegram.posts import quoting
from tests.standins.telegram.refused import bad_request, beyond_the_stand_in
from tests.standins.telegram.world import World

COMMON = {"chat_id", "disable_notification", "protect_content", "reply_parameters", "reply_markup"}


@dataclass
class Options:
    """A checked target and the fields that go into the message."""

    chat: Chat
    silent: bool
    content: dict[str, Any] = field(default_factory=dict)
    keyboard: Rows | None = None


def only(call: Call, *known: str) -> None:
    """Refuse parameters that the real server knows and the stand-in would otherwise ignore in silence."""
    strange = sorted(set(call.params) - set(known))
    if strange:
        raise beyond_the_stand_in(f"parameter {', '.join(strange)} of {type(call.method).__name__}")


def common_options(world: World, call: Call) -> Options:
    """Everything but the content of a message. Raises `Refused`, in the order of the real server: markup, then chat, then reply."""
    markup = getattr(call.method, "reply_markup", None)
    content: dict[str, Any] = {}
    keyboard: Rows | None = None
    if isinstance(markup, InlineKeyboardMarkup):
        inline = check_inline(markup)
        content |= {"reply_markup": inline} if inline else {}
    elif isinstance(markup, ReplyKeyboardMarkup):
        keyboard = rows_of(check_reply_keyboard(markup), "keyboard")
    elif isinstance(markup, ReplyKeyboardRemove):
        keyboard = ()
    elif isinstance(markup, ForceReply) and markup.selective:
        raise beyond_the_stand_in("a selective forced reply")
    chat = world.chats.writable(call.chat_id)
    content |= _reply(chat, getattr(call.method, "reply_parameters", None))
    if call.params.get("protect_content"):
        content["has_protected_content"] = True
    return Options(chat, bool(call.params.get("disable_notification")), content, keyboard)


def _reply(chat: Chat, reply: ReplyParameters | None) -> dict[str, Any]:
    if reply is None:
        return {}
    asked = set(reply.model_dump(exclude_unset=True, exclude_none=True)) - {"message_id", "allow_sending_without_reply", "chat_id"}
    if asked or reply.chat_id not in (None, chat.id):
        raise beyond_the_stand_in(f"a reply with {', '.join(sorted(asked)) or 'another chat'}")
    answered = chat.posts.get(reply.message_id or 0)
    if answered is not None:
        return quoting(answered)
    if reply.allow_sending_without_reply is True:
        return {}
    raise bad_request("message to be replied not found")
