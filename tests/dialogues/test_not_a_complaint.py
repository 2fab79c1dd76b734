"""What was no complaint is not sent, and can be taken up again; the category can be set right in the summary."""

from __future__ import annotations

from sqlalchemy import func, select

from office.records import Case
from tests.dialogues.test_complaint import STORY, to_the_summary
from tests.play import Play


async def test_it_is_not_sent_and_can_be_brought_back(play: Play) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    await citizen.says(STORY)
    await citizen.hears(buttons=("Không phải phản ánh",))
    await citizen.taps("Không phải phản ánh")
    await citizen.hears("không gửi gì cả", buttons=("Lấy lại", "Gửi phản ánh"))
    assert (await play.contact_of(citizen)).state is None
    await head.hears_nothing()
    async with play.app.database.reading() as session:
        assert (await session.execute(select(func.count()).select_from(Case))).scalar_one() == 0
    await citizen.taps("Lấy lại")
    await citizen.hears(buttons=("Loại khác", "Không phải phản ánh"))


async def test_the_next_words_are_another_story(play: Play) -> None:
    citizen = await play.citizen()
    await citizen.says(STORY)
    await citizen.hears(buttons=("Không phải phản ánh",))
    await citizen.taps("Không phải phản ánh")
    await citizen.hears("không gửi gì cả")
    await citizen.says("Sáng nay máy lấy số ở bộ phận một cửa An Bình hỏng, chờ đến trưa không ai gọi")
    await citizen.hears(buttons=("Loại khác",))
    await citizen.says("/huy")
    await citizen.hears("chưa gửi gì")
    await citizen.taps("Lấy lại")
    asked = await citizen.hears(buttons=("Loại khác",))
    assert "ngu rồi" not in asked.text


async def test_the_category_is_changed_in_the_summary(play: Play) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    await to_the_summary(citizen)
    await citizen.taps("Sửa")
    await citizen.hears("phần nào", buttons=("Loại", "Quay lại"))
    await citizen.taps("Loại")
    await citizen.hears("gần nhất")
    await citizen.taps("Kỷ luật giờ giấc")
    summary = await citizen.hears("xem lại", "Kỷ luật giờ giấc", "quát to giữa phòng", "An Bình", "Giữ kín")
    assert "Giao tiếp" not in summary.text
    await citizen.taps("📨 Gửi")
    await citizen.hears("Mã biên nhận")
    await head.hears("phản ánh mới", "Kỷ luật giờ giấc")
    async with play.app.database.reading() as session:
        assert (await session.execute(select(Case.category))).scalar_one() == "TIME_DISCIPLINE"
