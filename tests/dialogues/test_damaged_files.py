"""A picture that breaks its reader is said to be unreadable, on every channel; the words beside it are taken, and what comes next is heard."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from office.files import NotAPicture, strip_metadata
from tests.dialogues.test_told import STORY
from tests.play import Play

AVIF = bytes.fromhex(
    "00000020667479706176696600000000617669666d6966316d6961664d413142000000eb6d657461000000000000002168646c72000000000000000070696374"
    "00000000000000000000000000000000547069746d0000000000010000001e696c6f630000000044000001000100000001000001130000002b0000002869696e"
    "660000000000010000001a696e6665020000000001000061763031436f6c6f72000000006a697072700000004b6970636f000000146973706500000000000000"
    "100000000c000000107069786900000000030808080000000c6176314381000c0000000013636f6c726e636c780001000d0006800000001769706d6100000000"
    "0000000100010401028304000000336d64617412000a09180cfeda2021a0d080321c14c78786650208209e500000003adc417e6249ad07445a03cd2f96a8"
)
"""A red one, of which one byte was changed: its reader raises a RuntimeError."""


def dds() -> bytes:
    """A picture in a format of games, of which one byte was changed: its reader raises a NotImplementedError."""
    out = io.BytesIO()
    Image.new("RGB", (16, 12), "red").save(out, "DDS")
    content = bytearray(out.getvalue())
    content[80] ^= 0x5A
    return bytes(content)


@pytest.mark.parametrize("content", [AVIF, dds()], ids=["avif", "dds"])
def test_its_reader_says_that_it_is_no_picture(content: bytes) -> None:
    with pytest.raises(NotAPicture):
        strip_metadata(content)


@pytest.mark.parametrize(("name", "mime", "content"), [("anh.avif", "image/avif", AVIF), ("anh.dds", "image/vnd-ms.dds", dds())])
async def test_the_words_beside_it_are_heard(play: Play, name: str, mime: str, content: bytes) -> None:
    citizen = await play.citizen()
    await citizen.sends(name, content, mime, text=STORY)
    await citizen.hears("trợ lý tự động", "không mở được ảnh")
    while "Loại khác" not in str([*(await citizen.hears()).buttons]):
        pass
    await citizen.says("Thêm nữa, họ ném giấy tờ của tôi xuống đất")
    await citizen.hears("ghi thêm")
    await citizen.hears(buttons=("Loại khác",))
