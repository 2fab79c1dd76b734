"""Takes in the files that people send, on any channel: looks what they really are, takes out what names their author, and keeps them."""

from __future__ import annotations

import asyncio
import datetime as dt

import puremagic
import structlog
from sqlalchemy.exc import SQLAlchemyError

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
    """Keep one file and describe it; or say in `problem` why it was not kept: `empty`, `too_big`, `unreadable` or `unsupported`.

    `kind` is what the channel took it for; what the bytes are goes before it.
    """
    name = clean(name)[:120] or say("files-unnamed")
    if not content:
        return Attachment(kind=kind or "document", name=name, problem="empty")
    if len(content) > MAX_FILE:
        return Attachment(kind=kind or "document", name=name, size=len(content), problem="too_big")
    mime = real_mime(content, claimed_mime)
    real_kind = _KINDS.get(mime.partition("/")[0], "document")
    if real_kind == "picture":
        try:
            content, mime = await asyncio.to_thread(strip_metadata, content)
        except NotAPicture:
            return Attachment(kind="picture", name=name, size=len(content), problem="unreadable")
    elif real_kind == "document" and mime not in _DOCUMENTS:
        return Attachment(kind="document", name=name, mime=mime, size=len(content), problem="unsupported")
    may_name = False
    if real_kind != "picture":
        cleaned = await asyncio.to_thread(clean_file, content, mime)
        content, may_name = cleaned.content, not cleaned.sure
    async with database.transaction() as session:
        kept = await store(session, real_kind, name, mime, content, now)
    return Attachment(kind=real_kind, name=name, mime=mime, size=len(content), file_id=kept.id, may_name=may_name)


async def keep_file(talk: Talk, kind: str, name: str, mime: str, content: bytes) -> Attachment:
    """`take_in`, for a channel that would be brought the file again and again: one made to break its reader is said to be unreadable.

    Raises only when the database cannot be reached.
    """
    try:
        return await take_in(talk.database, name, mime, content, talk.clock(), kind=kind)
    except (SQLAlchemyError, OSError):
        raise
    except Exception as fault:
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
    try:
        matches = puremagic.magic_string(content[:4096])
    except (puremagic.PureError, ValueError):
        return "text/plain" if _is_text(content) else "application/octet-stream"
    found = [match.mime_type for match in matches if match.mime_type]
    if claimed in found:
        return claimed
    sound = claimed.partition(";")[0].strip().lower()
    if sound in _SOUNDS and any(mime in ("video/mp4", "video/webm", "application/ogg", "video/ogg") for mime in found):
        return sound
    return found[0] if found else ("text/plain" if _is_text(content) else "application/octet-stream")


def _is_text(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return b"\0" not in content
