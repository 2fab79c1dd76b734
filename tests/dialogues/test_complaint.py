"""A citizen tells what happened and hears back; the head answers; nobody learns who it was."""

from __future__ import annotations

from tests.dialogue import Someone
from tests.play import Play

STORY = "Sáng nay tôi đến nộp hồ sơ khai sinh cho cháu mà cán bộ quát to giữa phòng, bảo tôi ngu rồi đuổi về"

UNDATED = STORY.replace("Sáng nay t", "T")
"""The same, but when it was is asked."""


async def to_the_summary(citizen: Someone, story: str = STORY, identity: str = "Giữ kín", day: str = "thứ Hai 23/11") -> None:
    """From the first word to the summary. The story tells that it was this morning."""
    await citizen.says("/start")
    await citizen.hears("trợ lý tự động")
    await citizen.hears("kể giúp tôi")
    await citizen.says(story)
    await citizen.hears(buttons=("Loại khác", "Không phải phản ánh"))
    await citizen.taps("Loại khác")
    await citizen.hears("gần nhất")
    await citizen.taps("Giao tiếp")
    await citizen.hears("đơn vị nào")
    await citizen.says("mot cua an binh")
    await citizen.hears("nơi nào")
    await citizen.taps("Bộ phận một cửa xã An Bình")  # when it happened the story tells itself
    await citizen.hears("gửi kèm")
    await citizen.taps("Không có")
    await citizen.hears("cách nào", "Ẩn danh")
    await citizen.taps(identity)
    await citizen.hears("xem lại", "quát to giữa phòng", "Giao tiếp", "An Bình", day, "không phải đơn tố cáo")


async def tell_and_send(citizen: Someone, story: str = STORY, identity: str = "Giữ kín", day: str = "thứ Hai 23/11") -> str:
    """The shortest whole complaint; returns the receipt code."""
    await to_the_summary(citizen, story, identity, day)
    await citizen.taps("📨 Gửi")
    receipt = await citizen.hears("Mã biên nhận", "trả lời trước")
    return next(line for line in receipt.text.splitlines() if line.replace("-", "").isdigit())


async def test_a_complaint_reaches_the_head_and_the_answer_comes_back(play: Play) -> None:
    head = await play.official("CT01")
    citizen = await play.citizen()
    code = await tell_and_send(citizen)

    await head.hears("phản ánh mới", "Giao tiếp", "Bộ phận một cửa xã An Bình")
    await head.taps("Mở xem")
    shown = await head.hears("quát to giữa phòng", "giữ kín", "chưa được xác minh")
    assert code not in shown.text
    await head.taps("Tiếp nhận")
    await head.hears("Đã tiếp nhận")
    await citizen.hears("đã được tiếp nhận", code)
    await head.taps("Trả lời")
    await head.hears("viết câu trả lời")
    await head.says("Chúng tôi đã làm việc với bộ phận một cửa sáng 24/11 và xin lỗi bà con.")
    await head.hears("Người dân sẽ đọc", "xin lỗi bà con")
    await head.taps("Gửi trả lời")
    await head.hears("Đã ghi câu trả lời")
    await citizen.hears(code, "xin lỗi bà con", buttons=("Chưa ổn",))
    await head.taps("Kết thúc")
    await head.hears("Đã kết thúc")
    await citizen.hears("đã kết thúc")


async def test_status_by_code_from_another_phone(play: Play) -> None:
    await play.official("CT01")
    citizen = await play.citizen()
    code = await tell_and_send(citizen)
    play.people.pop(0)  # what the head hears is not the matter here
    other = await play.citizen("điện thoại khác")
    await other.says(code.replace("-", " "))
    await other.hears(code, "chờ tiếp nhận", "đã gửi")
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    await other.says(f"/tracuu {wrong}")
    await other.hears("chưa đúng")
