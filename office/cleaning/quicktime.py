"""Films and sound in boxes (MP4, MOV, M4A, 3GP): place, owner and telephone are blanked where they stand; nothing is encoded anew."""

from __future__ import annotations

from collections.abc import Iterator

from office.cleaning.cleaned import Cleaned

_TOP = frozenset({b"ftyp", b"styp", b"moov", b"mdat", b"moof", b"mfra", b"sidx", b"ssix", b"prft", b"pdin", b"wide"})
_MOVIE = frozenset({b"mvhd", b"trak", b"mvex", b"iods", b"pssh", b"ctab", b"clip", b"rmra"})
_TRACK = frozenset({b"tkhd", b"tref", b"trgr", b"edts", b"mdia", b"load", b"clip", b"matt", b"tapt", b"imap", b"txas"})
_SHOWN = frozenset({b"vide", b"soun", b"hint", b"sbtl", b"subt", b"text", b"clcp", b"tmcd", b"auxv"})
"""What a track may be; others hold data beside the film, such as the way that the camera took."""


def clean_quicktime(content: bytes) -> Cleaned:
    """Every box that is not needed to play becomes an empty `free` of the same size. A damaged or packed film is kept as it is, not sure."""
    film, sure = bytearray(content), True
    try:
        for kind, begin, inside, end in _boxes(film, 0, len(film)):
            if kind == b"moov":
                sure &= _clean_movie(film, inside, end)
            elif kind == b"moof":
                _blank_others(film, inside, end, frozenset({b"mfhd", b"traf", b"pssh"}))
            elif kind not in _TOP:
                _free(film, begin, inside, end)
    except ValueError:
        return Cleaned(content, sure=False)
    return Cleaned(bytes(film), sure)


def _boxes(film: bytearray, at: int, end: int) -> Iterator[tuple[bytes, int, int, int]]:
    """Kind, begin, begin of the content, and end of each box. Raises ValueError where the boxes do not fit into each other."""
    while at < end:
        if at + 8 > end:
            if any(film[at:end]):
                raise ValueError("bytes after the last box")
            return
        size, inside = int.from_bytes(film[at : at + 4], "big"), at + 8
        if size == 1:
            size, inside = int.from_bytes(film[at + 8 : at + 16], "big"), at + 16
        elif size == 0:
            if not any(film[at:end]):
                return
            size = end - at
        if size < inside - at or at + size > end:
            raise ValueError("a box does not fit")
        yield bytes(film[at + 4 : at + 8]), at, inside, at + size
        at += size


def _clean_movie(film: bytearray, at: int, end: int) -> bool:
    sure = True
    for kind, begin, inside, stop in _boxes(film, at, end):
        if kind == b"cmov":
            raise ValueError("a packed header")
        if kind == b"trak":
            sure &= _clean_track(film, begin, inside, stop)
        elif kind not in _MOVIE:
            _free(film, begin, inside, stop)
    return sure


def _clean_track(film: bytearray, begin: int, inside: int, end: int) -> bool:
    """Blank what a track says of itself. A track of data is taken off; its data stay in the film, which is harmless only of Apple's own."""
    if _track_kind(film, inside, end) not in _SHOWN:
        harmless = film.find(b"mebx", inside, end) >= 0
        _free(film, begin, inside, end)
        return harmless
    _blank_others(film, inside, end, _TRACK)
    return True


def _track_kind(film: bytearray, at: int, end: int) -> bytes:
    for kind, _, inside, stop in _boxes(film, at, end):
        if kind == b"mdia":
            for part, _, body, _ in _boxes(film, inside, stop):
                if part == b"hdlr":
                    return bytes(film[body + 8 : body + 12])
    return b""


def _blank_others(film: bytearray, at: int, end: int, kept: frozenset[bytes]) -> None:
    for kind, begin, inside, stop in _boxes(film, at, end):
        if kind not in kept:
            _free(film, begin, inside, stop)


def _free(film: bytearray, begin: int, inside: int, end: int) -> None:
    film[begin + 4 : begin + 8] = b"free"
    film[inside:end] = bytes(end - inside)
