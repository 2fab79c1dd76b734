"""The Bot API methods that the stand-in speaks; whatever is not in this table is answered with 404."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from tests.standins.telegram.contract import Call
from tests.standins.telegram.world import World

from . import editing, hearing, profile, sending

Handler = Callable[[World, Call], Awaitable[Any]]

HANDLERS: dict[str, Handler] = {
    "getme": profile.get_me,
    "setmycommands": profile.set_my_commands,
    "getmycommands": profile.get_my_commands,
    "deletemycommands": profile.delete_my_commands,
    "setmydescription": profile.set_my_description,
    "setmyshortdescription": profile.set_my_short_description,
    "sendmessage": sending.send_message,
    "sendphoto": sending.send_photo,
    "senddocument": sending.send_document,
    "sendvoice": sending.send_voice,
    "sendchataction": sending.send_chat_action,
    "editmessagetext": editing.edit_message_text,
    "editmessagecaption": editing.edit_message_caption,
    "editmessagereplymarkup": editing.edit_message_reply_markup,
    "answercallbackquery": editing.answer_callback_query,
    "deletemessage": editing.delete_message,
    "getfile": hearing.get_file,
    "getupdates": hearing.get_updates,
    "setwebhook": hearing.set_webhook,
    "deletewebhook": hearing.delete_webhook,
    "getwebhookinfo": hearing.get_webhook_info,
}
