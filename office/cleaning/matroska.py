"""Films and sound in Matroska and WebM: tags, attachments and titles are blanked where they stand."""

from __future__ import annotations

from office.cleaning.cleaned import Cleaned

_INTO = frozenset({0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0x1F43B675, 0xA0})
"""Segment, info, tracks, a track, cluster, block group: looked into, the others passed over."""
_EMPTIED = frozenset({0x1254C367, 0x1941A469, 0x1043A770})
"""Tags, attachments, chapters (their titles may be words)."""
_BLANKED = frozenset({0x7BA9, 0x7384, 0x3C83AB, 0x3E83BB, 0x4D80, 0x5741, 0x536E})
"""Title, names of the file and of the files before and after, the programs, a track's name."""


def clean_matroska(content: bytes) -> Cleaned:
    """The film without what it says of its making. Raises ValueError if it is damaged."""
    film, at = bytearray(content), 0
    while at < len(film):
        kind, inside = _number(film, at, keep_mark=True)
        size, inside = _number(film, inside)
        unknown = size is None
        if unknown and kind not in _INTO:
            raise ValueError("an element without an end")
        end = inside if size is None else inside + size
        if kind in _INTO:
            at = inside
            continue
        if end > len(film):
            if kind in _EMPTIED or kind in _BLANKED:
                raise ValueError("an element is cut off")
            break  # a recording that broke off in the middle of sound or picture
        if kind in _EMPTIED:
            film[inside:end] = _void(end - inside)
        elif kind in _BLANKED:
            film[inside:end] = bytes(end - inside)
        at = end
    return Cleaned(bytes(film), sure=True)


def _number(film: bytearray, at: int, *, keep_mark: bool = False) -> tuple[int | None, int]:
    """A number of variable length and where the next thing begins; None if the length is left open."""
    if at >= len(film) or not film[at]:
        raise ValueError("no number")
    length = 9 - film[at].bit_length()
    found = int.from_bytes(film[at : at + length], "big")
    if at + length > len(film):
        raise ValueError("a number is cut off")
    if keep_mark:
        return found, at + length
    found &= (1 << 7 * length) - 1
    return (None if found == (1 << 7 * length) - 1 else found), at + length


def _void(size: int) -> bytes:
    """An element that says nothing, of exactly so many bytes."""
    if size < 2:
        return bytes(size)
    if size < 100:
        return b"\xec" + bytes([0x80 | size - 2]) + bytes(size - 2)
    return b"\xec\x01" + (size - 9).to_bytes(7, "big") + bytes(size - 9)
