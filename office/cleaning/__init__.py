"""Takes out of documents, films and sound what names their author, so that who asked to stay unnamed is not named by the file itself.

Everything is done in place or by packing anew: what a person sees or hears of the file stays the same. Photos are drawn anew instead
(`office.files.strip_metadata`).
"""

from __future__ import annotations

from office.cleaning.cleaned import Cleaned
from office.cleaning.matroska import clean_matroska
from office.cleaning.ogg import clean_ogg
from office.cleaning.packed import clean_packed
from office.cleaning.pdf import clean_pdf
from office.cleaning.quicktime import clean_quicktime
from office.cleaning.sound import clean_flac, clean_mp3, clean_riff

__all__ = ["Cleaned", "clean_file"]


def clean_file(content: bytes, mime: str) -> Cleaned:
    """The file without its author; `sure` is False where a name may be left in it: then its sender must be told.

    Never raises. Takes up to a few seconds for 20 MB of a hostile file: call it in a thread.
    """
    if mime == "text/plain":
        return Cleaned(content, sure=True)
    try:
        return _cleaned(content)
    except (ValueError, IndexError, KeyError, OverflowError, MemoryError, RecursionError, OSError):  # damaged: kept as it is
        return Cleaned(content, sure=False)


def _cleaned(content: bytes) -> Cleaned:
    if b"%PDF-" in content[:1024]:
        return clean_pdf(content)
    if content.startswith(b"PK\x03\x04"):
        return clean_packed(content)
    if content[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"):
        return clean_quicktime(content)
    if content.startswith(b"OggS"):
        return clean_ogg(content)
    if content.startswith(b"\x1a\x45\xdf\xa3"):
        return clean_matroska(content)
    if content.startswith((b"RIFF", b"RF64")):
        return clean_riff(content)
    if content.startswith(b"fLaC"):
        return clean_flac(content)
    if content.startswith((b"ID3", b"\xff\xf1", b"\xff\xf9", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa")):
        return clean_mp3(content)
    if content.startswith((b"#!AMR\n", b"#!AMR-WB\n")):  # has no place for a name
        return Cleaned(content, sure=True)
    return Cleaned(content, sure=False)
