"""Takes in the files that people send, on any channel: looks what they really are, takes out what names their author, and keeps them."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import NamedTuple

import puremagic
import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.encodings import is_marked, text_in
from office.cleaning import clean_file
from office.database import Database
from office.files import MAX_FILE, NotAPicture, store, strip_metadata
from talk.clean import clean
from talk.talk import Talk, without_words
from talk.texts import say
from talk.turn import Attachment

log = structlog.get_logger()

_KINDS = {"image": "picture", "audio": "voice", "video": "video"}
_DOCUMENTS = frozenset(
    {
        "application/pdf",
        "application/msword",
        "application/vnd.ms-excel",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.oasis.opendocument.text",
        "text/plain",
    }
)
_SOUNDS = frozenset({"audio/aac", "audio/flac", "audio/mp4", "audio/mpeg", "audio/ogg", "audio/wav", "audio/webm"})
"""What a claim may say of sound; anything else would be kept and given to whoever fetches the file."""


async def take_in(database: Database, name: str, claimed_mime: str, content: bytes, now: dt.datetime, *, kind: str = "") -> Attachment:
    """Keep one file and describe it; or say in `problem` why it was not kept: `empty`, `too_big`, `unreadable`, `unreadable_text`, `unsupported`.

    Texts are kept as UTF-8, in whatever way they came: all that reads them later may rely on it.

    `kind` is what the channel took it for; what the bytes are goes before it.
    """
    name = clean(name)[:120] or say("files-unnamed")
    if not content:
        return Attachment(kind=kind or "document", name=name, problem="empty")
    if len(content) > MAX_FILE:
        return Attachment(kind=kind or "document", name=name, size=len(content), problem="too_big")
    mime = real_mime(content, claimed_mime)
    real_kind = _KINDS.get(mime.partition("/")[0], "document")
    if real_kind == "document" and mime not in _DOCUMENTS and _should_be_text(name, claimed_mime):
        mime = "text/plain"
    try:
        made = await _made_fit(content, mime, real_kind)
    except NotKept as why:
        return Attachment(kind=real_kind, name=name, mime=mime, size=len(content), problem=why.problem)
    async with database.transaction() as session:
        kept = await store(session, real_kind, name, made.mime, made.content, now)
    return Attachment(kind=real_kind, name=name, mime=made.mime, size=len(made.content), file_id=kept.id, may_name=made.may_name)


class NotKept(Exception):
    """The file cannot be taken, for this `problem`."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class Made(NamedTuple):
    """A file as it is kept."""

    content: bytes
    mime: str
    may_name: bool


async def _made_fit(content: bytes, mime: str, kind: str) -> Made:
    """The file without its author, a picture drawn anew, a text as UTF-8. Raises NotKept."""
    if kind == "picture":
        try:
            return Made(*await asyncio.to_thread(strip_metadata, content), may_name=False)
        except NotAPicture:
            raise NotKept("unreadable") from None
    if mime == "text/plain":
        text = await asyncio.to_thread(text_in, content)
        if text is None or not text.strip():
            raise NotKept("unreadable_text" if text is None else "empty")
        return Made(text.encode(), mime, may_name=False)
    if kind == "document" and mime not in _DOCUMENTS:
        raise NotKept("unsupported")
    cleaned = await asyncio.to_thread(clean_file, content, mime)
    return Made(cleaned.content, mime, not cleaned.sure)


async def keep_file(talk: Talk, kind: str, name: str, mime: str, content: bytes) -> Attachment:
    """`take_in`, for a channel that would be brought the file again and again: one made to break its reader is said to be unreadable.

    Raises only when the database cannot be reached.
    """
    try:
        return await take_in(talk.database, name, mime, content, talk.clock(), kind=kind)
    except (SQLAlchemyError, OSError):
        raise
    except Exception as fault:
        kind = kind or ("picture" if mime.startswith("image/") else "document")
        log.warning("file not readable", kind=kind, **without_words(fault))
        return Attachment(kind=kind, name=name, size=len(content), problem="unreadable")


async def keep_whole_text(talk: Talk, name: str, words: str) -> Attachment:
    """The whole of a message that was too long for one, as a text file beside it."""
    content = words.encode()
    async with talk.database.transaction() as session:
        kept = await store(session, "document", name, "text/plain", content, talk.clock())
    return Attachment(kind="document", name=name, mime="text/plain", size=len(content), file_id=kept.id)


def real_mime(content: bytes, claimed: str) -> str:
    """The type that the bytes show, whatever the name says. A claim counts only for plain text and for sound in a container of video."""
    if is_marked(content) and text_in(content) is not None:
        return "text/plain"
    try:
        matches = puremagic.magic_string(content[:4096])
    except (puremagic.PureError, ValueError):
        return "text/plain" if text_in(content) is not None else "application/octet-stream"
    found = [match.mime_type for match in matches if match.mime_type]
    if claimed in found:
        return claimed
    sound = claimed.partition(";")[0].strip().lower()
    if sound in _SOUNDS and any(mime in ("video/mp4", "video/webm", "application/ogg", "video/ogg") for mime in found):
        return sound
    return found[0] if found else ("text/plain" if text_in(content) is not None else "application/octet-stream")


def _should_be_text(name: str, claimed: str) -> bool:
    return claimed.partition(";")[0].strip().lower() == "text/plain" or name.lower().endswith(".txt")
