"""Office documents (DOCX, XLSX, ODT), which are packed folders: packed anew without author, company, paths of the author's computer."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from office.cleaning.cleaned import Cleaned
from office.cleaning.parts import Names, blanked

_MOST_PARTS = 3_000
_MOST_UNPACKED = 80 * 1024 * 1024
_EPOCH = (1980, 1, 1, 0, 0, 0)
_SIGNED = re.compile(r"_xmlsignatures/|META-INF/documentsignatures\.xml|EncryptedPackage")
_OTHER_FILES = re.compile(r"embeddings/|activeX/|Object \d+/|\.(?:bin|ole|docx?|xlsx?|pptx?|pdf|zip|tiff?|hei[cf]|wdp)$", re.IGNORECASE)
_HARMLESS = re.compile(r"printerSettings\d*\.bin$", re.IGNORECASE)
_PICTURES = (b"\xff\xd8", b"\x89PNG")


def clean_packed(content: bytes) -> Cleaned:
    """The document without its author; not sure if it is locked, signed, damaged, too large unpacked, or has other files in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as old:
            parts = old.infolist()
            names = [part.filename for part in parts]
            if len(parts) > _MOST_PARTS or len(set(names)) < len(names) or any(part.flag_bits & 1 for part in parts):
                return Cleaned(content, sure=False)
            if any(map(_SIGNED.search, names)):
                return Cleaned(content, sure=False)
            return _packed_anew(old, parts)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        return Cleaned(content, sure=False)


def _packed_anew(old: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> Cleaned:
    out, names, left = io.BytesIO(), Names(), _MOST_UNPACKED
    kept: list[bytes] = []
    sure = not any(_OTHER_FILES.search(part.filename) and not _HARMLESS.search(part.filename) for part in parts)
    with zipfile.ZipFile(out, "w") as new:
        for part in parts:
            data = _read(old, part, left)
            left -= len(data)
            cleaned = blanked(part.filename, data, names)
            if cleaned.content is None:
                continue
            sure &= cleaned.sure
            if not cleaned.content.startswith(_PICTURES):
                kept.append(cleaned.content)
            packed = zipfile.ZipInfo(part.filename, _EPOCH)
            packed.compress_type = zipfile.ZIP_STORED if part.compress_type == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
            new.writestr(packed, cleaned.content)
    return Cleaned(out.getvalue(), sure and not names.stand_in(kept))


def _read(old: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> bytes:
    with old.open(part) as packed:
        data = packed.read(most + 1)
    if len(data) > most:
        raise ValueError("too large unpacked")
    return data
