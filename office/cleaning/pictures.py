"""Pictures inside documents: place, device and owner are blanked without drawing the picture anew."""

from __future__ import annotations

import struct

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_WORDS = (b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"tIME")
_SPEAKS = frozenset({0xE1, *range(0xE3, 0xEE), 0xEF, 0xFE})
"""JPEG segments that hold words: EXIF, XMP, IPTC, makers' own, comments. JFIF, the colour profile and Adobe's colour mark stay."""


def blank_jpeg(content: bytearray, start: int, end: int) -> bool:
    """Blank what the JPEG between the two places says of its making; its length stays. False if it cannot be read."""
    at = start + 2
    while at + 4 <= end and content[at] == 0xFF:
        kind = content[at + 1]
        if kind == 0xFF:  # fill bytes
            at += 1
            continue
        if kind == 0xDA:  # the picture itself begins
            return _nothing_after(content, at, end)
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        if length < 2 or at + 2 + length > end:
            return False
        if kind in _SPEAKS:
            content[at + 4 : at + 2 + length] = bytes(length - 2)
        at += 2 + length
    return False


def _nothing_after(content: bytearray, at: int, end: int) -> bool:
    """Whether no second picture with words of its own follows, as some telephones add for moving photos."""
    return content.find(b"Exif\0\0", at, end) < 0 and content.find(b"<x:xmpmeta", at, end) < 0 and content.find(b"ftyp", at, end) < 0


def without_words(png: bytes) -> bytes | None:
    """The PNG without its chunks of words; None if it cannot be read."""
    if not png.startswith(_PNG):
        return None
    kept, at = [_PNG], len(_PNG)
    while at + 12 <= len(png):
        (length,) = struct.unpack_from(">I", png, at)
        kind, end = png[at + 4 : at + 8], at + 12 + length
        if end > len(png):
            return None
        if kind not in _PNG_WORDS:
            kept.append(png[at:end])
        if kind == b"IEND":
            return b"".join(kept)
        at = end
    return None
