"""What the bot says: texts, pictures, files, voices, and the dots that show it is writing."""

from __future__ import annotations

import io
from typing import Any

from aiogram.methods import SendChatAction, SendDocument, SendMessage, SendPhoto, SendVoice
from PIL import Image
from telegram.constants import ChatAction

from tests.standins.telegram.contract import Call
from tests.standins.telegram.files import StoredFile, check_photo, check_upload, picture_size, thumbnail
from tests.standins.telegram.formatting import checked_caption, checked_text
from tests.standins.telegram.refused import bad_request, breach
from tests.standins.telegram.world import World

from .options import COMMON, common_options, only

CAPTIONED = COMMON | {"caption", "parse_mode", "caption_entities"}
Json = dict[str, Any]


async def send_message(world: World, call: Call) -> Json:
    """A text of 1-4096 units."""
    method = call.of(SendMessage)
    only(call, *COMMON, "text", "parse_mode", "entities", "link_preview_options")
    text, entities = checked_text(method.text, method.parse_mode, method.entities)
    options = common_options(world, call)
    content = {"text": text, **({"entities": entities} if entities else {}), **options.content}
    if "link_preview_options" in call.params:
        content["link_preview_options"] = call.params["link_preview_options"]
    return world.bot_posts(options.chat, content, None, options.keyboard, options.silent).data


async def send_photo(world: World, call: Call) -> Json:
    """A picture of at most 10 MB; it must really be one."""
    only(call, *CAPTIONED, "photo", "has_spoiler", "show_caption_above_media")
    stored = _media(world, call, "photo", call.of(SendPhoto).photo)
    return _send_media(world, call, {"photo": photo_sizes(world, stored)}, stored)


async def send_document(world: World, call: Call) -> Json:
    """A file of at most 50 MB."""
    only(call, *CAPTIONED, "document", "disable_content_type_detection")
    stored = _media(world, call, "document", call.of(SendDocument).document)
    return _send_media(world, call, {"document": document_form(stored)}, stored)


async def send_voice(world: World, call: Call) -> Json:
    """A voice message in OGG with Opus; the real server turns anything else into a file, here that is a mistake."""
    only(call, *CAPTIONED, "voice", "duration")
    stored = _media(world, call, "voice", call.of(SendVoice).voice)
    if not stored.data.startswith(b"OggS"):
        raise breach("voice is not an OGG file: the real server would send it as a document")
    return _send_media(world, call, {"voice": voice_form(stored, int(call.params.get("duration", 0)))}, stored)


async def send_chat_action(world: World, call: Call) -> bool:
    """Show that the bot is writing; not counted against the rates."""
    method = call.of(SendChatAction)
    only(call, "chat_id", "action")
    if method.action not in {str(action.value) for action in ChatAction}:
        raise breach("wrong parameter action in request")
    chat = world.chats.writable(call.chat_id)
    world.gate.check_ban(chat.id)
    chat.actions.append(method.action)
    world.bell.ring()
    return True


def photo_sizes(world: World, stored: StoredFile) -> list[Json]:
    """A photo as the Bot API tells it: a small size and the full one, smallest first."""
    width, height = picture_size(stored.data)
    small = world.files.keep("photo", thumbnail(stored.data), "small.jpg", "image/jpeg")
    with Image.open(io.BytesIO(small.data)) as picture:
        small_width, small_height = picture.size
    return [
        {**small.describe(), "width": small_width, "height": small_height},
        {**stored.describe(), "width": width, "height": height},
    ]


def document_form(stored: StoredFile) -> Json:
    """A file as the Bot API tells it."""
    return {**stored.describe(), "file_name": stored.name, "mime_type": stored.mime}


def voice_form(stored: StoredFile, duration: int) -> Json:
    """A voice message as the Bot API tells it; `duration` in seconds."""
    return {**stored.describe(), "duration": duration, "mime_type": "audio/ogg"}


def _media(world: World, call: Call, kind: str, given: object) -> StoredFile:
    """The file of a message: uploaded with it, or sent before and named by its id."""
    if not isinstance(given, str):
        raise breach(f"there is no {kind} in the request")
    if not given.startswith("attach://"):
        return _sent_before(world, kind, given)
    upload = call.files.get(given.removeprefix("attach://"))
    if upload is None:
        raise breach(f"there is no {kind} in the request")
    check_upload(upload.data)
    if kind == "photo":
        check_photo(upload.data)
    return world.files.keep(kind, upload.data, upload.name, upload.mime)


def _sent_before(world: World, kind: str, file_id: str) -> StoredFile:
    stored = world.files.find(file_id)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind != kind:
        raise breach(f"can't use file of type {stored.kind} as {kind}")
    return stored


def _send_media(world: World, call: Call, media: Json, stored: StoredFile) -> Json:
    method = call.method
    caption, entities = checked_caption(
        call.params.get("caption"), getattr(method, "parse_mode", None), getattr(method, "caption_entities", None)
    )
    options = common_options(world, call)
    content = {**media, **options.content}
    content |= {"caption": caption} if caption else {}
    content |= {"caption_entities": entities} if entities else {}
    content |= {"has_media_spoiler": True} if call.params.get("has_spoiler") else {}
    content |= {"show_caption_above_media": True} if call.params.get("show_caption_above_media") else {}
    return world.bot_posts(options.chat, content, stored, options.keyboard, options.silent).data
