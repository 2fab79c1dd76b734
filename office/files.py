"""Files that people send and that the office makes: kept sealed in the database, photos without their metadata."""

from __future__ import annotations

import datetime as dt
import io
import struct

from PIL import Image, ImageOps, UnidentifiedImageError
from sqlalchemy import delete, select

from office import Session
from office.moments import whole_day
from office.records import CaseFile, StoredFile
from office.vault import vault_of

MAX_FILE = 20 * 1024 * 1024
"""Bytes; also what Telegram's servers let a bot fetch."""

_PHOTO_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
Image.MAX_IMAGE_PIXELS = 64_000_000  # a bomb of a picture must not eat the memory

_UNREADABLE = (OSError, UnidentifiedImageError, Image.DecompressionBombError, ValueError, SyntaxError, EOFError, struct.error, RuntimeError,
               TypeError, LookupError, ArithmeticError, AttributeError)  # fmt: skip
"""What Pillow's many readers raise of bytes that were damaged, or made to break them; a NotImplementedError is a RuntimeError."""


class NotAPicture(ValueError):
    """The bytes are not a picture that we can read."""


def strip_metadata(content: bytes) -> tuple[bytes, str]:
    """The picture drawn anew without place, device or owner in it, turned as it was meant to be seen; and its mime type.

    Raises NotAPicture. Takes up to a second for a large photo: call it in a thread.
    """
    try:
        with Image.open(io.BytesIO(content)) as picture:
            kind = picture.format if picture.format in _PHOTO_TYPES else "JPEG"
            upright = ImageOps.exif_transpose(picture)
            if kind == "JPEG" and upright.mode not in ("RGB", "L"):
                upright = upright.convert("RGB")
            bare = Image.new(upright.mode, upright.size)
            bare.paste(upright)
            if upright.mode == "P" and (palette := upright.getpalette()):
                bare.putpalette(palette)
            out = io.BytesIO()
            bare.save(out, kind, **({"quality": 90} if kind == "JPEG" else {}))
    except _UNREADABLE as unreadable:
        raise NotAPicture("not a readable picture") from unreadable
    return out.getvalue(), _PHOTO_TYPES[kind]


async def store(session: Session, kind: str, name: str, mime: str, content: bytes, now: dt.datetime) -> StoredFile:
    """Keep a file. `kind` is picture, voice, video or document."""
    vault = vault_of(session)
    kept = StoredFile(
        kind=kind,
        mime=mime[:100],
        size=len(content),
        sealed_name=vault.seal(name[:200], "file-name"),
        content=vault.seal_bytes(content, "file"),
        created_at=whole_day(now),
    )
    session.add(kept)
    await session.flush()
    return kept


async def content_if_kept(session: Session, file_id: int) -> bytes | None:
    """The bytes of a file; None if it has been deleted meanwhile."""
    return await content_of(session, file_id) if await file_by_id(session, file_id) is not None else None


async def content_of(session: Session, file_id: int) -> bytes:
    """The bytes of a stored file."""
    sealed = (await session.execute(select(StoredFile.content).where(StoredFile.id == file_id))).scalar_one()
    return vault_of(session).open_bytes(sealed, "file")


async def file_by_id(session: Session, file_id: int) -> StoredFile | None:
    """What is known of a stored file, without its bytes."""
    return (await session.execute(select(StoredFile).where(StoredFile.id == file_id))).scalar_one_or_none()


async def forget_unused(session: Session, before: dt.datetime) -> int:
    """Delete files kept before then that are no evidence: charts that were sent, files of stories never finished. Returns how many."""
    unused = StoredFile.id.not_in(select(CaseFile.file_id))
    gone = await session.execute(delete(StoredFile).where(StoredFile.created_at < before, unused))
    return int(gone.rowcount)  # type: ignore[attr-defined]
