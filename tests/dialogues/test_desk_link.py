"""The QR code on a desk names the unit: the story is about that desk, and where it was is not asked."""

from __future__ import annotations

from tests.dialogue import Someone
from tests.dialogues.test_complaint import STORY, UNDATED
from tests.play import Play

DESK = "Bộ phận một cửa xã An Bình"


async def at_the_desk(citizen: Someone) -> None:
    await citizen.says("/start an-binh-mot-cua")
    await citizen.hears("trợ lý tự động")
    await citizen.hears(f"Anh/chị đang ở: {DESK}", "kể giúp tôi")


async def told(citizen: Someone, story: str) -> None:
    await citizen.says(story)
    await citizen.hears(buttons=("Loại khác",))
    await citizen.taps("Loại khác")
    await citizen.hears("gần nhất")
    await citizen.taps("Giao tiếp")


async def test_the_unit_is_not_asked(play: Play) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    await at_the_desk(citizen)
    await told(citizen, STORY)
    await citizen.hears("gửi kèm")
    await citizen.taps("Không có")
    await citizen.hears("cách nào")
    await citizen.taps("Giữ kín")
    await citizen.hears("xem lại", DESK)
    await citizen.taps("📨 Gửi")
    await citizen.hears("Mã biên nhận")
    await head.hears("phản ánh mới", DESK)


async def test_it_can_be_set_right_before_sending(play: Play) -> None:
    citizen = await play.citizen()
    await at_the_desk(citizen)
    await told(citizen, STORY)
    await citizen.hears("gửi kèm")
    await citizen.taps("Không có")
    await citizen.hears("cách nào")
    await citizen.taps("Giữ kín")
    await citizen.hears("xem lại", DESK)
    await citizen.taps("Sửa")
    await citizen.hears("phần nào")
    await citizen.taps("Nơi xảy ra")
    await citizen.hears("đơn vị nào")
    await citizen.taps("Trạm Y tế")
    summary = await citizen.hears("xem lại", "Trạm Y tế xã An Bình")
    assert DESK not in summary.text


async def test_the_next_day_it_is_asked_again(play: Play) -> None:
    citizen = await play.citizen()
    await at_the_desk(citizen)
    play.clock.forward(days=1, minutes=1)
    await told(citizen, UNDATED)
    await citizen.hears("đơn vị nào")
