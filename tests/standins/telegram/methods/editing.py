"""What the bot does with messages that are there: change words and buttons, answer a tap, take back."""

from __future__ import annotations

from typing import Any

from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessage,
    EditMessageCaption,
    EditMessageReplyMarkup,
    EditMessageText,
)
from aiogram.types import InlineKeyboardMarkup
from telegram.constants import CallbackQueryLimit

from tests.standins.telegram.chats import Chat
from tests.standins.telegram.contract import Call
from tests.standins.telegram.formatting import checked_caption, checked_text, units
from tests.standins.telegram.keyboards import check_inline
from tests.standins.telegram.posts import Post
from tests.standins.telegram.refused import bad_request, breach
from tests.standins.telegram.wellformed import check_message
from tests.standins.telegram.world import World

from .options import only

TARGET = {"chat_id", "message_id", "reply_markup"}
SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)
Json = dict[str, Any]


async def edit_message_text(world: World, call: Call) -> Json:
    """New words. Buttons that are not given again go away, as on the real server."""
    method = call.of(EditMessageText)
    only(call, *TARGET, "text", "parse_mode", "entities", "link_preview_options")
    text, entities = checked_text(method.text or "", method.parse_mode, method.entities)
    chat, post = _own_post(world, call, method.message_id)
    if "text" not in post.data:
        raise bad_request("there is no text in the message to edit")
    return _change(world, chat, post, {"text": text, "entities": entities, **_markup(method.reply_markup)})


async def edit_message_caption(world: World, call: Call) -> Json:
    """New words below a picture or file."""
    method = call.of(EditMessageCaption)
    only(call, *TARGET, "caption", "parse_mode", "caption_entities")
    caption, entities = checked_caption(method.caption, method.parse_mode, method.caption_entities)
    chat, post = _own_post(world, call, method.message_id)
    if post.media is None:
        raise bad_request("there is no caption in the message to edit")
    changes = {"caption": caption or None, "caption_entities": entities, **_markup(method.reply_markup)}
    return _change(world, chat, post, changes)


async def edit_message_reply_markup(world: World, call: Call) -> Json:
    """Other buttons, or none."""
    method = call.of(EditMessageReplyMarkup)
    only(call, *TARGET)
    chat, post = _own_post(world, call, method.message_id)
    return _change(world, chat, post, _markup(method.reply_markup))


async def answer_callback_query(world: World, call: Call) -> bool:
    """Answer a tap: once, and not too late."""
    method = call.of(AnswerCallbackQuery)
    only(call, "callback_query_id", "text", "show_alert", "cache_time")
    if units(method.text or "") > CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH:
        raise breach("MESSAGE_TOO_LONG")
    tap = world.taps.get(method.callback_query_id)
    if tap is None or tap.answer is not None or tap.too_old(world.clock.seconds()):
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    tap.answer, tap.alert = method.text or "", bool(method.show_alert)
    world.bell.ring()
    return True


async def delete_message(world: World, call: Call) -> bool:
    """Take back one of the bot's own messages."""
    method = call.of(DeleteMessage)
    only(call, "chat_id", "message_id")
    chat = world.chats.writable(call.chat_id)
    post = chat.posts.get(method.message_id)
    if post is None:
        raise bad_request("message to delete not found")
    if not post.from_bot and chat.group:
        raise bad_request("message can't be deleted")
    del chat.posts[method.message_id]
    world.bell.ring()
    return True


def _own_post(world: World, call: Call, message_id: int | None) -> tuple[Chat, Post]:
    if message_id is None:
        raise breach("message identifier is not specified")
    chat = world.chats.writable(call.chat_id)
    post = chat.posts.get(message_id)
    if post is None:
        raise bad_request("message to edit not found")
    if not post.from_bot:
        raise breach("message can't be edited")
    return chat, post


def _markup(markup: InlineKeyboardMarkup | None) -> Json:
    return {"reply_markup": check_inline(markup)}


def _change(world: World, chat: Chat, post: Post, changes: Json) -> Json:
    if all((post.data.get(name) or None) == (value or None) for name, value in changes.items()):
        raise bad_request(SAME)
    post.change(**changes, edit_date=world.clock.timestamp())
    check_message(post.data)
    chat.edits.append(post)
    world.bell.ring()
    return post.data
