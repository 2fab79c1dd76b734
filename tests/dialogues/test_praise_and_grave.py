"""Who thanks somebody and tells of a bribe in one breath is asked which is meant; and the bribe does not reach who may have taken it."""

from __future__ import annotations

from sqlalchemy import select

from office.records import Case
from tests.dialogue import Someone
from tests.play import Play

THANKS = "Cảm ơn các anh chị ở bộ phận một cửa xã An Bình, cán bộ rất nhiệt tình, niềm nở, hướng dẫn chu đáo, tôi rất hài lòng. "
BRIBE = "Nhưng có người bắt tôi đưa phong bì 5 triệu tiền bôi trơn mới cho giấy, ai không đưa thì không làm. Tôi đã phải đưa tiền cho họ."


async def both_told(citizen: Someone) -> None:
    await citizen.says(THANKS * 12)
    while "lời khen" not in (await citizen.hears()).text:
        pass
    await citizen.says(BRIBE)
    await citizen.hears("ghi thêm")
    await citizen.hears("vừa có lời khen, vừa có chuyện nghiêm trọng", buttons=("Vòi vĩnh", "Khen", "Loại khác"))


async def sent(citizen: Someone, category: str) -> None:
    await citizen.taps(category)
    await citizen.hears("Bộ phận một cửa")
    await citizen.taps("Đúng")
    await citizen.hears("lúc nào")
    await citizen.taps("Không nhớ")
    await citizen.hears("gửi kèm")
    await citizen.taps("tiếp tục")
    await citizen.hears("cách nào")
    await citizen.taps("Giữ kín")
    await citizen.hears("xem lại")
    await citizen.taps("📨 Gửi")


async def test_the_person_says_which_is_meant(play: Play) -> None:
    head, watcher, citizen = await play.official("CT01"), await play.official("NV01"), await play.citizen()
    await both_told(citizen)
    await sent(citizen, "Vòi vĩnh")
    await citizen.hears("Mã biên nhận", "chuyển lên cấp trên")
    await watcher.hears("nghiêm trọng", "Vòi vĩnh")
    await head.hears_nothing()


async def test_praise_does_not_hide_the_bribe(play: Play) -> None:
    head, watcher, citizen = await play.official("CT01"), await play.official("NV01"), await play.citizen()
    await both_told(citizen)
    await sent(citizen, "Khen")
    receipt = await citizen.hears("Mã biên nhận", "chuyển lên cấp trên", "trả lời trước")
    assert "Lời khen đã được chuyển đến đơn vị" not in receipt.text
    await watcher.hears("nghiêm trọng", "Khen", "Vòi vĩnh", "Cần tiếp nhận trước")
    await head.hears_nothing()
    async with play.app.database.reading() as session:
        case = (await session.execute(select(Case))).scalar_one()
    assert (case.category, case.also[0], case.grave) == ("PRAISE", "BRIBERY", True)


async def test_it_has_a_deadline_then(play: Play) -> None:
    watcher, citizen = await play.official("NV01"), await play.citizen()
    await both_told(citizen)
    await sent(citizen, "Khen")
    await citizen.hears("Mã biên nhận")
    await watcher.hears("nghiêm trọng")
    play.clock.forward(days=20)
    await watcher.says("/phananh")
    await watcher.hears("đang mở")
    await watcher.taps("Quá hạn")
    await watcher.hears("1 phản ánh đã quá hạn")
