"""The side roads of a complaint: cancelled and brought back, interrupted for a week, changed, sent twice, old buttons, odd input."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from sqlalchemy import func, select

from office.records import Case
from tests.dialogue import Someone
from tests.dialogues.test_complaint import STORY, UNDATED, tell_and_send
from tests.play import Play


async def cases(play: Play) -> int:
    async with play.app.database.reading() as session:
        return int((await session.execute(select(func.count()).select_from(Case))).scalar_one())


async def begin(citizen: Someone, story: str = STORY) -> None:
    """Up to the question about the unit."""
    await citizen.says(story)
    await citizen.hears(buttons=("Loại khác",))
    await citizen.taps("Loại khác")
    await citizen.hears("gần nhất")
    await citizen.taps("Giao tiếp")
    await citizen.hears("đơn vị nào")


async def test_cancelled_and_brought_back(play: Play) -> None:
    citizen = await play.citizen()
    await begin(citizen)
    await citizen.says("/huy")
    await citizen.hears("chưa gửi gì", buttons=("Lấy lại",))
    await citizen.taps("Lấy lại")
    await citizen.hears("đơn vị nào")
    assert await cases(play) == 0


async def test_after_a_week_it_is_offered_again_and_the_new_words_are_kept(play: Play) -> None:
    citizen = await play.citizen()
    await begin(citizen)
    play.clock.forward(days=7)
    await citizen.says("hôm nay lại bị quát nữa")
    await citizen.hears("đang viết dở", "Sáng nay tôi đến nộp hồ sơ", buttons=("Viết tiếp", "viết mới"))
    await citizen.taps("Viết tiếp")
    await citizen.hears("đơn vị nào")
    await citizen.taps("Bộ phận một cửa")
    await citizen.hears("gửi kèm")
    await citizen.taps("Không có")
    await citizen.hears("cách nào")
    await citizen.taps("Giữ kín")
    await citizen.hears("xem lại", "hôm nay lại bị quát nữa", "sáng thứ Hai 23/11")  # this morning was a week ago


async def test_start_offers_the_half_written_one(play: Play) -> None:
    citizen = await play.citizen()
    await begin(citizen)
    await citizen.says("/start")
    await citizen.hears("đang viết dở")
    await citizen.taps("Bỏ, viết mới")
    await citizen.hears("Đã bỏ")
    await citizen.hears("kể giúp tôi")


async def test_each_line_of_the_summary_can_be_changed(play: Play) -> None:
    citizen = await play.citizen()
    await begin(citizen, UNDATED)
    await citizen.taps("Trạm Y tế")
    await citizen.hears("lúc nào")
    await citizen.says("sáng thứ ba tuần trước")
    await citizen.hears("gửi kèm")
    await citizen.taps("Không có")
    await citizen.hears("cách nào")
    await citizen.taps("Công khai")
    await citizen.hears("họ tên")
    await citizen.says("Nguyễn Thị Thử, 0900000000")
    await citizen.hears("xem lại", "Trạm Y tế", "sáng thứ ba tuần trước", "Nguyễn Thị Thử")
    await citizen.taps("Sửa")
    await citizen.hears("phần nào")
    await citizen.taps("Nơi xảy ra")
    await citizen.hears("đơn vị nào")
    await citizen.taps("Bộ phận một cửa")
    await citizen.hears("xem lại", "Bộ phận một cửa", "Nguyễn Thị Thử")
    await citizen.taps("Sửa")
    await citizen.hears("phần nào")
    await citizen.taps("Cách gửi")
    await citizen.hears("cách nào")
    await citizen.taps("Ẩn danh")
    summary = await citizen.hears("xem lại", "Ẩn danh")
    assert "Nguyễn Thị Thử" not in summary.text
    await citizen.taps("Sửa")
    await citizen.hears("phần nào")
    await citizen.taps("Nội dung")
    await citizen.hears("viết lại")
    await citizen.says("Chuyện khác hẳn: đợi từ sáng đến trưa không ai gọi tên")
    await citizen.hears(buttons=("Loại khác",))


async def test_a_second_tap_on_send_is_answered_kindly(play: Play) -> None:
    citizen = await play.citizen()
    await tell_and_send(citizen)
    await citizen.taps("📨 Gửi")
    await citizen.hears("Nút này đã cũ")
    assert await cases(play) == 1


async def test_a_button_of_an_earlier_complaint_does_not_touch_the_new_one(play: Play) -> None:
    citizen = await play.citizen()
    await tell_and_send(citizen)
    await begin(citizen, "Chuyện thứ hai: máy lấy số hỏng cả tuần, bà con đứng chờ ngoài nắng")
    await citizen.taps("📨 Gửi")
    await citizen.hears("Nút này đã cũ")
    assert await cases(play) == 1


def photo_with_a_place() -> bytes:
    picture = Image.new("RGB", (60, 40), "teal")
    exif = Image.Exif()
    exif[0x010F] = "MayAnhBiMat"
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


async def test_a_photo_first_and_the_head_sees_it_without_its_metadata(play: Play) -> None:
    head = await play.official("CT01")
    citizen = await play.citizen()
    await citizen.sends("quay.jpg", photo_with_a_place(), "image/jpeg")
    await citizen.hears("giữ tệp", "đã được xoá")
    await citizen.hears("kể thêm")
    await begin(citizen, "Quầy số 2 không có ai suốt từ 8 giờ đến 9 rưỡi, đây là ảnh")
    await citizen.taps("Bộ phận một cửa")
    await citizen.hears("lúc nào")
    await citizen.taps("Hôm nay")
    await citizen.hears("gửi kèm")
    await citizen.taps("tiếp tục")
    await citizen.hears("cách nào")
    await citizen.taps("Giữ kín")
    await citizen.hears("xem lại", "1 tệp")
    await citizen.taps("📨 Gửi")
    await citizen.hears("Mã biên nhận")
    await head.hears("phản ánh mới")
    await head.taps("Mở xem")
    evidence = await head.hears("Gửi kèm")
    assert b"MayAnhBiMat" not in await play.fetch(evidence.files[0])
    await head.hears("Quầy số 2 không có ai")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        # neither Telegram's apps nor Zalo's send a message of nothing
        pytest.param("\u202e\u200b\x00\x07", "cần tôi giúp", marks=pytest.mark.only_on("browser")),
        ("xin chào", "Chào anh/chị"),
        ("/khong_co_lenh_nay", "chưa biết lệnh"),
        ("/start khong-co-ma", "trợ lý tự động"),
        ("😀" * 30, ""),
        ("a." * 1500, ""),
        ("=HYPERLINK(1)'; DROP TABLE case_file;--", ""),
    ],
)
async def test_odd_words_get_a_kind_answer(play: Play, said: str, expected: str) -> None:
    citizen = await play.citizen()
    await citizen.says(said)
    await citizen.hears(expected)
    while citizen._waiting:
        await citizen.hears()
    await citizen.says("/huy")
    await citizen.hears()


async def test_files_that_are_not_what_they_say(play: Play) -> None:
    citizen = await play.citizen()
    await citizen.sends("anh.jpg", b"MZ\x90\x00" + b"\x00" * 200, "image/jpeg")
    await citizen.hears("chưa nhận được")
    await citizen.hears()
    await citizen.sends("anh.jpg", b"\xff\xd8\xff\xe0broken", "image/jpeg")
    await citizen.hears("không mở được")
    await citizen.hears()
    await citizen.sends("rong.pdf", b"", "application/pdf")
    await citizen.hears("trống")
    await citizen.hears()


@pytest.mark.parametrize("asked", ["tra cứu", "/lienket"])
async def test_a_story_where_a_code_was_asked_is_heard_as_a_story(play: Play, asked: str) -> None:
    citizen = await play.citizen()
    await citizen.says(asked)
    await citizen.hears("mã")
    await citizen.says(STORY)
    await citizen.hears(buttons=("Loại khác",))
