"""What a file is, judged by its bytes and never by its name."""

from __future__ import annotations

import io
import zipfile

from PIL import Image

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
PICTURES = {"PNG": "png", "JPEG": "jpg", "GIF": "gif"}


def picture_kind(data: bytes) -> str:
    """`png`, `jpg` or `gif` after decoding the whole picture; empty if it is none of them."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            picture.load()
            return PICTURES.get(picture.format or "", "")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return ""


def document_kind(data: bytes, name: str) -> str:
    """`pdf`, `doc`, `docx` or `csv`; empty if it is none of them. Only a table of text needs its name, since any text could be one."""
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(OLE):
        return "doc"
    if data.startswith(b"PK"):
        return "docx" if _has_word_part(data) else ""
    return "csv" if name.lower().endswith(".csv") and _is_text(data) else ""


def _has_word_part(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "word/document.xml" in archive.namelist()
    except zipfile.BadZipFile:
        return False


def _is_text(data: bytes) -> bool:
    try:
        return "\0" not in data.decode("utf-8")
    except UnicodeDecodeError:
        return False
