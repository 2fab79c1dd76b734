"""Files that people and the bot have sent, and what Telegram demands of them: a photo is a picture, nothing is too big or empty."""

from __future__ import annotations

import io
import mimetypes
from dataclasses import dataclass, field
from typing import Any

from PIL import Image
from telegram.constants import FileSizeLimit

from .refused import Refused, bad_request, breach

MAX_PHOTO_SIDES = 10_000
MAX_PHOTO_RATIO = 20
FOLDERS = {"photo": "photos", "document": "documents", "voice": "voice", "sticker": "stickers", "video": "videos"}


@dataclass(frozen=True)
class StoredFile:
    """One file on the server. `path` is what `getFile` gives for downloading."""

    kind: str
    file_id: str
    path: str
    name: str
    mime: str
    data: bytes = field(repr=False)

    @property
    def too_big_to_fetch(self) -> bool:
        """Bots may download 20 MB at most."""
        return len(self.data) > FileSizeLimit.FILESIZE_DOWNLOAD

    def describe(self) -> dict[str, Any]:
        """The fields that every kind of file has in the Bot API."""
        return {"file_id": self.file_id, "file_unique_id": f"u{self.file_id[-12:]}", "file_size": len(self.data)}


class FileStore:
    """All files by their id. A file can be downloaded only after `getFile` has told its path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._open: dict[str, StoredFile] = {}

    def keep(self, kind: str, data: bytes, name: str = "", mime: str = "") -> StoredFile:
        """Store a file and give it an id and a path."""
        number = len(self._by_id)
        mime = mime or mimetypes.guess_type(name)[0] or "application/octet-stream"
        suffix = f".{name.rsplit('.', 1)[-1]}" if "." in name else ""
        path = f"{FOLDERS[kind]}/file_{number}{suffix}"
        stored = StoredFile(kind, f"AgACAgUAAx{kind}{number:012d}", path, name, mime, data)
        self._by_id[stored.file_id] = stored
        return stored

    def find(self, file_id: str) -> StoredFile | None:
        """The file with that id."""
        return self._by_id.get(file_id)

    def open(self, file_id: str) -> dict[str, Any]:
        """The answer of `getFile`."""
        stored = self.find(file_id)
        if stored is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        if stored.too_big_to_fetch:
            raise bad_request("file is too big")
        self._open[stored.path] = stored
        return {**stored.describe(), "file_path": stored.path}

    def download(self, path: str) -> bytes | None:
        """The content at a path told by `getFile`."""
        stored = self._open.get(path)
        return stored.data if stored else None


def check_upload(data: bytes) -> None:
    """Documents, voices: not empty, at most 50 MB."""
    if not data:
        raise breach("file must be non-empty")
    if len(data) > FileSizeLimit.FILESIZE_UPLOAD:
        raise Refused(413, "Request Entity Too Large", breach=True)


def check_photo(data: bytes) -> tuple[int, int]:
    """Width and height of a picture that Telegram takes as a photo."""
    if len(data) > FileSizeLimit.PHOTOSIZE_UPLOAD:
        raise breach(f"file of size {len(data)} bytes is too big for a photo; the maximum size is {FileSizeLimit.PHOTOSIZE_UPLOAD} bytes")
    width, height = picture_size(data)
    if width + height > MAX_PHOTO_SIDES or max(width, height) > MAX_PHOTO_RATIO * min(width, height):
        raise breach("PHOTO_INVALID_DIMENSIONS")
    return width, height


def picture_size(data: bytes) -> tuple[int, int]:
    """Width and height, after decoding the whole picture; raises `Refused` if it is none."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            picture.load()
            return picture.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise breach("IMAGE_PROCESS_FAILED") from error


def thumbnail(data: bytes, side: int = 90) -> bytes:
    """A small JPEG of a picture."""
    with Image.open(io.BytesIO(data)) as picture:
        small = picture.convert("RGB")
        small.thumbnail((side, side))
        out = io.BytesIO()
        small.save(out, "JPEG")
        return out.getvalue()
