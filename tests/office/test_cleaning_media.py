"""Films and voice messages lose place, device and owner where these stand; sound and picture stay byte by byte."""

from __future__ import annotations

import wave
from io import BytesIO

import pytest

from office.cleaning import Cleaned, clean_file
from office.cleaning.ogg import _checksum

SECRET = b"Nguyen Van Kin +21.0285+105.8542/"


def box(kind: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return (len(body) + 8).to_bytes(4, "big") + kind + body


def track(handler: bytes, sample: bytes = b"") -> bytes:
    hdlr = box(b"hdlr", bytes(8), handler, bytes(13))
    return box(b"trak", box(b"tkhd", b"k" * 84), box(b"udta", SECRET), box(b"meta", SECRET), box(b"mdia", hdlr, box(b"minf", sample)))


def film(*tracks: bytes, end: bytes = b"") -> bytes:
    """As a telephone writes it: the place in `udta` and in `meta`, the maker's own at the end."""
    movie = box(b"moov", box(b"mvhd", b"h" * 100), *tracks, box(b"udta", box(b"\xa9xyz", SECRET)), box(b"meta", SECRET))
    return box(b"ftyp", b"mp42") + movie + box(b"mdat", b"picture and sound") + box(b"uuid", SECRET) + end


def test_a_film_of_a_telephone() -> None:
    before = film(track(b"vide"), track(b"soun"), track(b"meta", b"mebx"), end=box(b"sefd", SECRET))
    after = clean_file(before, "video/mp4")
    assert after.sure
    assert SECRET not in after.content
    assert len(after.content) == len(before)
    assert after.content.index(b"picture and sound") == before.index(b"picture and sound")
    assert after.content.count(b"trak") == 2
    assert after.content.count(b"hdlr") == 2


def test_a_film_whose_last_box_has_no_length_and_one_in_large_boxes() -> None:
    open_end = box(b"ftyp", b"qt  ") + box(b"moov", track(b"vide")) + b"\0\0\0\0mdat" + b"sound"
    large = b"\0\0\0\x01" + b"udta" + (16 + len(SECRET)).to_bytes(8, "big") + SECRET
    for before in (open_end, box(b"ftyp", b"mp42") + large + box(b"mdat", b"x")):
        after = clean_file(before, "video/quicktime")
        assert after.sure
        assert SECRET not in after.content
        assert len(after.content) == len(before)


def test_the_way_that_a_camera_took_may_be_in_the_film() -> None:
    after = clean_file(film(track(b"vide"), track(b"meta", b"gpmd")), "video/mp4")
    assert not after.sure
    assert SECRET not in after.content


def page(serial: int, number: int, flags: int, packet: bytes, *, ends: bool = True) -> bytes:
    sizes = bytes([255] * (len(packet) // 255)) + (bytes([len(packet) % 255]) if ends else b"")
    head = b"OggS\0" + bytes([flags]) + bytes(8) + serial.to_bytes(4, "little") + number.to_bytes(4, "little")
    made = head + bytes(4) + bytes([len(sizes)]) + sizes + packet
    return made[:22] + _checksum(bytearray(made)).to_bytes(4, "little") + made[26:]


def tags(begins: bytes, end: bytes = b"") -> bytes:
    """As RFC 7845 and the Vorbis specification write them: vendor, count, and each tag with its length."""
    vendor, title = b"lavf of Kin", b"TITLE=" + SECRET * 20
    return begins + len(vendor).to_bytes(4, "little") + vendor + b"\1\0\0\0" + len(title).to_bytes(4, "little") + title + end


@pytest.mark.parametrize(
    ("head", "begins", "left"),
    [(b"OpusHead\x01\x01", b"OpusTags", bytes(8)), (b"\x01vorbis" + bytes(22), b"\x03vorbis", bytes(8) + b"\x01")],
)
def test_a_voice_message(head: bytes, begins: bytes, left: bytes) -> None:
    said, tagged = page(7, 3, 4, b"the voice"), tags(begins, b"\x01")
    cut = len(tagged) // 255 * 255
    before = page(7, 0, 2, head) + page(7, 1, 0, tagged[:cut], ends=False) + page(7, 2, 1, tagged[cut:]) + said
    after = clean_file(before, "audio/ogg")
    assert after.sure
    assert b"Kin" not in after.content
    assert len(after.content) == len(before)
    assert after.content.endswith(said)
    assert begins + left in after.content
    at = 0
    while at < len(before):  # each page has the check sum of what it holds now
        end = at + 27 + after.content[at + 26] + sum(after.content[at + 27 : at + 27 + after.content[at + 26]])
        whole = bytearray(after.content[at:end])
        told, whole[22:26] = bytes(whole[22:26]), bytes(4)
        assert _checksum(whole).to_bytes(4, "little") == told
        at = end


def test_the_check_sum_is_that_of_ogg() -> None:
    """The check value of CRC-32/MPEG-2 without its start value and without inversion."""
    assert _checksum(bytearray(b"\x01")) == 0x04C11DB7
    assert _checksum(bytearray(b"\x80")) == 0x690CE0EE  # 0x04c11db7 pushed seven times, as Ross Williams' tables have it


def element(kind: str, content: bytes, size: int | None = None) -> bytes:
    length = b"\x01\xff\xff\xff\xff\xff\xff\xff" if size == -1 else (0x10000000 | len(content)).to_bytes(4, "big")
    return bytes.fromhex(kind) + length + content


@pytest.mark.parametrize("size", [None, -1])
def test_what_a_browser_recorded(size: int | None) -> None:
    info = element("1549A966", element("7BA9", SECRET) + element("4D80", b"Chrome of Kin"))
    tracks = element("1654AE6B", element("AE", element("536E", SECRET) + element("D7", b"\x01")))
    cluster = element("1F43B675", element("E7", b"\0") + element("A3", b"the sound"), size)
    before = element("1A45DFA3", b"\x42\x82\x84webm") + element(
        "18538067", info + tracks + element("1254C367", SECRET * 9) + cluster + element("1941A469", SECRET), size
    )
    after = clean_file(before, "audio/webm")
    assert after.sure
    assert b"Kin" not in after.content
    assert b"the sound" in after.content
    assert len(after.content) == len(before)


def test_mp3_and_aac() -> None:
    sound = b"\xff\xfb\x90\x44" + b"sound" * 100
    before = b"ID3\x04\0\x40\0\0\0" + bytes([len(SECRET)]) + SECRET + sound + b"TAG" + SECRET.ljust(125)
    after = clean_file(before, "audio/mpeg")
    assert after.sure
    assert SECRET not in after.content
    assert sound in after.content
    assert len(after.content) == len(before)
    assert not clean_file(sound + b"APETAGEX" + SECRET, "audio/mpeg").sure


def test_flac() -> None:
    before = b"fLaC\0\0\0\x22" + b"i" * 34 + b"\x84" + len(SECRET).to_bytes(3, "big") + SECRET + b"\xff\xf8sound"
    after = clean_file(before, "audio/flac")
    assert after == Cleaned(before.replace(SECRET, bytes(len(SECRET))).replace(b"\x84\0\0", b"\x81\0\0"), sure=True)


def test_wav_still_plays() -> None:
    out = BytesIO()
    with wave.open(out, "wb") as made:
        made.setparams((1, 2, 8000, 0, "NONE", ""))
        made.writeframes(b"\1\2" * 500)
    told = b"LIST" + (4 + len(SECRET)).to_bytes(4, "little") + b"INFO" + SECRET
    before = out.getvalue() + told + bytes(len(SECRET) % 2)
    after = clean_file(before, "audio/wav")
    assert after.sure
    assert SECRET not in after.content
    with wave.open(BytesIO(after.content)) as heard:
        assert heard.readframes(500) == b"\1\2" * 500


@pytest.mark.parametrize(
    "damaged",
    [
        film(track(b"vide"))[:-20],
        box(b"ftyp", b"qt  ") + box(b"moov", box(b"cmov", b"packed")),
        b"OggS" + bytes(200),
        page(7, 0, 2, b"fishead\0") + page(7, 1, 0, tags(b"OpusTags")),
        page(7, 0, 2, b"OpusHead") + page(8, 1, 0, tags(b"OpusTags")),
        b"\x1a\x45\xdf\xa3\xff" + SECRET,
        b"\x1a\x45\xdf\xa3\x84abcd\x12\x54\xc3\x67\x90" + SECRET[:5],
        b"ID3\x04\0\0\x7f\x7f\x7f\x7f" + SECRET,
        b"fLaC\0\xff\xff\xff" + SECRET,
        b"\x30\x26\xb2\x75\x8e\x66\xcf\x11 a film for Windows",
    ],
)
def test_what_cannot_be_cleaned_stays_as_it_is_and_says_so(damaged: bytes) -> None:
    assert clean_file(damaged, "video/mp4") == Cleaned(damaged, sure=False)
