"""The head asks and the citizen answers by the button, neither knowing the other; and a citizen takes a complaint back."""

from __future__ import annotations

from sqlalchemy import select

from office.records import Case
from tests.dialogues.test_complaint import tell_and_send
from tests.play import Play


async def state_of(play: Play, code: str) -> str:
    async with play.app.database.reading() as session:
        return str((await session.execute(select(Case.state).where(Case.code == code.replace("-", "")))).scalar_one())


async def test_a_question_is_answered_by_the_button_and_the_head_sees_it(play: Play) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    code = await tell_and_send(citizen)
    await head.hears("phản ánh mới")
    await head.taps("Mở xem")
    await head.hears("quát to")
    await head.taps("Hỏi thêm")
    await head.hears("hỏi người dân điều gì")
    await head.says("Anh/chị nộp hồ sơ ở quầy số mấy?")
    await head.hears("Đã ghi câu hỏi")
    await citizen.hears(code, "quầy số mấy", "vẫn không biết anh/chị là ai", buttons=("Trả lời",))
    await citizen.taps("Trả lời")
    await citizen.hears("viết thêm")
    await citizen.says("Quầy số 2, cạnh cửa sổ")
    await citizen.hears("Đã bổ sung", code)
    await citizen.taps("Đủ rồi")
    await citizen.hears("cần gì nữa")
    await head.hears("vừa bổ sung")
    await head.taps("Mở xem")
    await head.hears("đơn vị hỏi: Anh/chị nộp hồ sơ ở quầy số mấy?", "người dân bổ sung: Quầy số 2, cạnh cửa sổ", "giữ kín")
    await citizen.says(code)
    await citizen.hears("đơn vị hỏi thêm: Anh/chị nộp hồ sơ ở quầy số mấy?", "anh/chị bổ sung: Quầy số 2, cạnh cửa sổ")


async def test_taken_back_and_the_head_is_told(play: Play) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    code = await tell_and_send(citizen)
    await head.hears("phản ánh mới")
    await citizen.says("/tracuu")
    await citizen.hears("những việc anh/chị đã gửi")
    await citizen.taps(code)
    await citizen.hears("chờ tiếp nhận", buttons=("Rút lại",))
    await citizen.taps("Rút lại")
    await citizen.hears("chắc chắn muốn rút lại", buttons=("Rút lại", "Không rút"))
    await citizen.taps("Không rút")
    await citizen.hears("chờ tiếp nhận")
    assert await state_of(play, code) == "new"
    await citizen.taps("Rút lại")
    await citizen.hears("chắc chắn muốn rút lại")
    await citizen.taps("Rút lại")
    await citizen.hears("Đã rút lại")
    assert await state_of(play, code) == "withdrawn"
    await head.hears("đã rút lại phản ánh")
    await head.taps("Mở xem")
    shown = await head.hears("người dân đã rút lại")
    assert not [label for label in shown.buttons if "Tiếp nhận" in label or "Trả lời" in label]
    await head.taps("Mở xem")
    await head.hears("người dân đã rút lại")
    await citizen.says(code)
    ended = await citizen.hears("anh/chị đã rút lại")
    assert not [label for label in ended.buttons if "Bổ sung" in label or "Rút" in label]


async def test_what_the_head_began_meanwhile_no_longer_reaches_the_citizen(play: Play) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    code = await tell_and_send(citizen)
    await head.hears("phản ánh mới")
    await head.taps("Mở xem")
    await head.hears("quát to")
    await head.taps("Trả lời")
    await head.hears("viết câu trả lời")
    await citizen.says(code)
    await citizen.hears("chờ tiếp nhận")
    await citizen.taps("Rút lại")
    await citizen.hears("chắc chắn")
    await citizen.taps("Rút lại")
    await citizen.hears("Đã rút lại")
    await head.hears("đã rút lại phản ánh")
    await head.says("Chúng tôi xin lỗi bà con.")
    await head.hears("xin lỗi bà con")
    await head.taps("Gửi trả lời")
    await head.hears("đã được xử lý")
    await citizen.hears_nothing()
    assert await state_of(play, code) == "withdrawn"
