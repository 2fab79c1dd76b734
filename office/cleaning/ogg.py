"""Voice messages and other sound in Ogg: the tags (title, artist, device) are blanked where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from office.cleaning.cleaned import Cleaned

_MOST = 2_000_000
"""Bytes of tags in a file that we blank; a voice message has a few hundred."""

_TAGS = {b"OpusHead": b"OpusTags", b"\x01vorbis": b"\x03vorbis", b"Speex   ": b"", b"\x80theora": b"\x81theora"}
"""How the first packet of a stream begins, and how the second, which holds the tags."""


@dataclass
class _Stream:
    """One stream in the file: how its tags begin, and where their bytes stand."""

    begins: bytes
    packet: int = 0
    places: list[int] = field(default_factory=list)
    pages: list[tuple[int, int]] = field(default_factory=list)


def clean_ogg(content: bytes) -> Cleaned:
    """The sound without its tags; not sure if a stream is of a kind that we do not know, or the pages are damaged."""
    sound, streams = bytearray(content), dict[int, _Stream]()
    cleaned: list[_Stream] = []
    for begin, table, end in _pages(sound):
        serial = int.from_bytes(sound[begin + 14 : begin + 18], "little")
        if sound[begin + 5] & 2:
            known = next((tags for head, tags in _TAGS.items() if sound.startswith(head, table + sound[begin + 26])), None)
            if known is None:
                return Cleaned(content, sure=False)
            streams[serial] = _Stream(known)
            cleaned.append(streams[serial])
        _note_tags(sound, streams[serial], begin, table, end)
    if not all(_blank(sound, stream) for stream in cleaned):
        return Cleaned(content, sure=False)
    return Cleaned(bytes(sound), sure=bool(cleaned))


def _pages(sound: bytearray) -> Iterator[tuple[int, int, int]]:
    """Begin, segment table and end of each page. Raises ValueError where there is none."""
    at = 0
    while at < len(sound):
        table = at + 27
        if not sound.startswith(b"OggS", at) or table > len(sound):
            raise ValueError("no page")
        count = sound[at + 26]
        end = table + count + sum(sound[table : table + count])
        if end > len(sound):
            raise ValueError("a page is cut off")
        yield at, table, end
        at = end


def _note_tags(sound: bytearray, stream: _Stream, begin: int, table: int, end: int) -> None:
    """Note which bytes of the page belong to the stream's second packet."""
    if stream.packet > 1:
        return
    at = table + sound[begin + 26]
    for size in sound[table:at]:
        if stream.packet == 1:
            stream.places += range(at, at + size)
            if len(stream.places) > _MOST:
                raise ValueError("too much to blank")
            if not stream.pages or stream.pages[-1][0] != begin:
                stream.pages.append((begin, end))
        at += size
        stream.packet += size < 255


def _blank(sound: bytearray, stream: _Stream) -> bool:
    """Leave no tags in the packet: no vendor, a count of zero, and zeros. False if it is no packet of tags."""
    head = bytes(sound[place] for place in stream.places[: len(stream.begins)])
    if head != stream.begins or len(stream.places) < len(head) + 9:
        return False
    closing = b"\x01" if stream.begins[1:] == b"vorbis" else b"\0"  # Vorbis wants a one at the end
    for number, place in enumerate(stream.places[len(head) :]):
        sound[place] = closing[0] if number == 8 else 0
    for begin, end in stream.pages:
        sound[begin + 22 : begin + 26] = bytes(4)
        sound[begin + 22 : begin + 26] = _checksum(sound[begin:end]).to_bytes(4, "little")
    return True


def _table() -> list[int]:
    table = []
    for number in range(256):
        rest = number << 24
        for _ in range(8):
            rest = (rest << 1) ^ (0x04C11DB7 if rest & 0x80000000 else 0)
        table.append(rest & 0xFFFFFFFF)
    return table


_CRC = _table()


def _checksum(page: bytearray) -> int:
    """The page's check sum as RFC 3533 has it: polynomial 0x04c11db7, nothing reflected."""
    rest = 0
    for byte in page:
        rest = ((rest << 8) & 0xFFFFFFFF) ^ _CRC[(rest >> 24) ^ byte]
    return rest
