"""Reads what Telegram tells (an update) as what a person did (a turn), and lists the files that are still to be fetched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import structlog
from aiogram.enums import ChatMemberStatus, ChatType, ContentType
from aiogram.types import CallbackQuery, Chat, ChatMemberUpdated, Message, Update, User

from talk.clean import clean
from talk.texts import say
from talk.turn import MAX_TEXT, Attachment, Turn

log = structlog.get_logger()

NAME = "telegram"
KINDS = ["message", "edited_message", "callback_query", "my_chat_member"]
"""The kinds of updates that we ask for."""

Raw = dict[str, Any]

_ODD_ONES = {
    ContentType.STICKER: "sticker",
    ContentType.LOCATION: "location",
    ContentType.VENUE: "location",
    ContentType.CONTACT: "contact",
}
_UNSUPPORTED = {
    ContentType.ANIMATION,
    ContentType.CHECKLIST,
    ContentType.DICE,
    ContentType.GAME,
    ContentType.GIVEAWAY,
    ContentType.INVOICE,
    ContentType.LIVE_PHOTO,
    ContentType.PAID_MEDIA,
    ContentType.PASSPORT_DATA,
    ContentType.POLL,
    ContentType.RICH_MESSAGE,
    ContentType.STORY,
    ContentType.UNKNOWN,
    ContentType.WEB_APP_DATA,
}
"""What a person sends and we cannot use. All other kinds are Telegram's own notes (pinned, joined, timer set): nobody said anything."""


@dataclass(frozen=True)
class Wanted:
    """A file to fetch. `size` in bytes, 0 if Telegram does not say."""

    file_id: str
    kind: str
    name: str
    mime: str
    size: int


@dataclass(frozen=True)
class Said:
    """A turn. Before it is heard its `files` are fetched and `whole_text` is kept (empty unless the text was cut)."""

    turn: Turn
    files: tuple[Wanted, ...] = ()
    whole_text: str = ""
    query_id: str | None = None

    @property
    def address(self) -> str:
        return self.turn.address


@dataclass(frozen=True)
class Left:
    """The bot was blocked by a person or put out of a group."""

    address: str
    update_key: str


def understand(raw: Raw, username: str | None = None) -> Said | Left | None:
    """What happened; None if it is nothing for us. Never raises: an update that cannot be read must not keep others from being heard.

    `username` is the bot's own, to know commands meant for other bots of a group.
    """
    try:
        return _read(Update.model_validate(raw), username)
    except Exception as fault:
        log.warning("update not understood", update=raw.get("update_id"), kinds=sorted(raw), fault=type(fault).__name__)
        return _rescued(raw)


def _read(update: Update, username: str | None) -> Said | Left | None:
    key = str(update.update_id)
    if update.callback_query is not None:
        return _tap(update.callback_query, key)
    if update.my_chat_member is not None:
        return _left(update.my_chat_member, key)
    if update.edited_message is not None:
        return _edit(update.edited_message, key)
    if update.message is not None:
        return _message(update.message, key, username)
    return None


def _tap(query: CallbackQuery, key: str) -> Said:
    chat = query.message.chat if query.message else None
    turn = Turn(
        channel=NAME,
        address=str(chat.id if chat else query.from_user.id),
        update_key=key,
        choice=clean(query.data or "")[:200],
        group=_is_group(chat),
        display_name=_name(query.from_user),
    )
    return Said(turn, query_id=query.id)


def _left(change: ChatMemberUpdated, key: str) -> Left | None:
    gone = change.new_chat_member.status in (ChatMemberStatus.KICKED, ChatMemberStatus.LEFT)
    return Left(str(change.chat.id), key) if gone else None


def _edit(message: Message, key: str) -> Said | None:
    """A corrected message. A place that moves on the map is told as an edit too, every few seconds: nobody said anything."""
    if message.location is not None:
        return None
    return Said(_turn(message, key, _words(message)[:MAX_TEXT], edited=True))


def _message(message: Message, key: str, username: str | None) -> Said | None:
    words = _words(message)
    if _is_group(message.chat):
        return None if not words or _for_another_bot(words, username) else Said(_turn(message, key, words[:MAX_TEXT]))
    files = _files(message)
    problem = None if files else _problem(message)
    if message.content_type != ContentType.TEXT and not files and problem is None:
        return None
    found = [Attachment(kind=problem, problem=problem)] if problem else []
    turn = _turn(message, key, words[:MAX_TEXT], cut=len(words) > MAX_TEXT, attachments=tuple(found))
    return Said(turn, files, words if turn.cut else "")


def _turn(message: Message, key: str, words: str, **more: Any) -> Turn:
    command, _, payload = words.partition(" ")
    return Turn(
        channel=NAME,
        address=str(message.chat.id),
        update_key=key,
        text=words,
        link=payload.strip()[:64] or None if command.partition("@")[0] == "/start" else None,
        group=_is_group(message.chat),
        display_name=_name(message.from_user),
        **more,
    )


def _words(message: Message) -> str:
    return clean(message.text or message.caption or "")


def _name(user: User | None) -> str | None:
    return (clean(user.full_name)[:100] or None) if user else None


def _is_group(chat: Chat | None) -> bool:
    return chat is not None and chat.type != ChatType.PRIVATE


def _for_another_bot(words: str, username: str | None) -> bool:
    command, at, name = words.split(maxsplit=1)[0].partition("@") if words else ("", "", "")
    return bool(username and command.startswith("/") and at and name.casefold() != username.casefold())


def _problem(message: Message) -> str | None:
    kind = ContentType(message.content_type)
    return _ODD_ONES.get(kind) or ("unsupported" if kind in _UNSUPPORTED else None)


def _files(message: Message) -> tuple[Wanted, ...]:
    """The message's file. A round video is a film like any other; an animation comes with a document beside it and is no evidence."""
    sizes = message.photo or (message.live_photo.photo if message.live_photo else None)
    if sizes:
        largest = max(sizes, key=lambda size: size.width * size.height)
        return (Wanted(largest.file_id, "picture", say("telegram-picture-name"), "image/jpeg", largest.file_size or 0),)
    if message.voice:
        return (_wanted(message.voice, "voice", None, "audio/ogg"),)
    if message.audio:
        return (_wanted(message.audio, "voice", message.audio.file_name, "audio/mpeg"),)
    if film := message.video or message.video_note:
        return (_wanted(film, "video", getattr(film, "file_name", None), "video/mp4"),)
    if message.document and not message.animation:
        return (_wanted(message.document, "document", message.document.file_name, "application/octet-stream"),)
    return ()


def _wanted(file: Any, kind: str, name: str | None, mime: str) -> Wanted:
    given = clean(name or "") or say(f"telegram-{kind}-name")
    return Wanted(file.file_id, kind, given, getattr(file, "mime_type", None) or mime, file.file_size or 0)


def _rescued(raw: Raw) -> Said | None:
    """What can be saved of a private message that the library cannot read, so that the person gets an answer."""
    message = raw.get("message")
    chat = message.get("chat") if isinstance(message, dict) else None
    if not isinstance(message, dict) or not isinstance(chat, dict) or chat.get("type") != "private" or type(chat.get("id")) is not int:
        return None
    given = message.get("text") or message.get("caption") or ""
    words = clean(given) if isinstance(given, str) else ""
    found = () if words else (Attachment(kind="unsupported", problem="unsupported"),)
    key = str(raw.get("update_id"))
    turn = Turn(channel=NAME, address=str(chat["id"]), update_key=key, text=words[:MAX_TEXT], cut=len(words) > MAX_TEXT, attachments=found)
    return Said(turn, whole_text=words if turn.cut else "")
