"""Sound as MP3, AAC, WAV and FLAC, and films as AVI: title, artist and device are blanked where they stand."""

from __future__ import annotations

from office.cleaning.cleaned import Cleaned

_RIFF_KEPT = frozenset(
    {b"fmt ", b"data", b"fact", b"cue ", b"smpl", b"JUNK", b"hdrl", b"movi", b"idx1", b"avih", b"strl", b"strh", b"strf"}
)
_RIFF_KEPT |= frozenset({b"odml", b"dmlh", b"indx", b"strd", b"vprp", b"PAD ", b"ds64"})


def clean_mp3(content: bytes) -> Cleaned:
    """The sound with empty tags before and after it; not sure if there is a kind of tag that we do not know."""
    sound, at = bytearray(content), 0
    while sound.startswith(b"ID3", at):
        size = 0
        for byte in sound[at + 6 : at + 10]:
            size = size << 7 | byte & 0x7F
        end = at + 10 + size
        if end > len(sound):
            raise ValueError("the tag is cut off")
        footer = 10 if sound[at + 5] & 0x10 else 0
        sound[at + 5] = 0  # no extended header, no footer: nothing but padding
        sound[at + 10 : end + footer] = bytes(end + footer - at - 10)
        at = end + footer
    if sound.startswith(b"TAG", max(0, len(sound) - 128)) and len(sound) >= 128:
        sound[-125:] = bytes(125)
    if sound.startswith(b"TAG+", max(0, len(sound) - 355)) and len(sound) >= 355:
        sound[-351:-128] = bytes(223)
    left = any(mark in sound[-200_000:] for mark in (b"APETAGEX", b"LYRICSBEGIN")) or b"APETAGEX" in sound[at : at + 64]
    return Cleaned(bytes(sound), sure=not left)


def clean_flac(content: bytes) -> Cleaned:
    """The sound with its tags and pictures turned into padding. Raises ValueError if it is damaged."""
    sound, at, last = bytearray(content), 4, False
    while not last:
        if at + 4 > len(sound):
            raise ValueError("a block is cut off")
        last, kind = bool(sound[at] & 0x80), sound[at] & 0x7F
        end = at + 4 + int.from_bytes(sound[at + 1 : at + 4], "big")
        if end > len(sound):
            raise ValueError("a block is cut off")
        if kind not in (0, 3):  # how to play it, and where to find what
            sound[at] = sound[at] & 0x80 | 1
            sound[at + 4 : end] = bytes(end - at - 4)
        at = end
    return Cleaned(bytes(sound), sure=True)


def clean_riff(content: bytes) -> Cleaned:
    """WAV or AVI with every part that is not needed to play turned into `JUNK`. Raises ValueError if it is damaged."""
    if content[8:12] not in (b"WAVE", b"AVI "):
        return Cleaned(content, sure=False)
    sound = bytearray(content)
    _riff_parts(sound, 12, len(sound), 0)
    return Cleaned(bytes(sound), sure=True)


def _riff_parts(sound: bytearray, at: int, end: int, depth: int) -> None:
    while at + 8 <= end:
        kind, size = bytes(sound[at : at + 4]), int.from_bytes(sound[at + 4 : at + 8], "little")
        stop = min(at + 8 + size, end)  # what was recorded while the light went out is shorter than it says
        of_list = bytes(sound[at + 8 : at + 12]) if kind in (b"LIST", b"RIFF") else b""
        if (kind == b"RIFF" and of_list == b"AVIX") or (of_list in (b"hdrl", b"strl", b"odml") and depth < 4):
            _riff_parts(sound, at + 12, stop, depth + 1)
        elif (of_list or kind) not in _RIFF_KEPT:
            sound[at : at + 4] = b"JUNK"
            sound[at + 8 : stop] = bytes(stop - at - 8)
        at = stop + (stop & 1 if stop < end else 0)
