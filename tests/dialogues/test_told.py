"""What a story tells by itself is not asked again; and who reports is hidden from those who read it."""

from __future__ import annotations

from sqlalchemy import select, update

from office.records import AuditEntry, Person, Post, SealedWords
from tests.dialogue import Message, Someone
from tests.play import Play

STORY = (
    "Sáng thứ Sáu tuần trước tôi tên là Lò Thị Sen, số điện thoại 0912 345 678, đến bộ phận một cửa xã An Bình làm khai sinh "
    "thì bị cán bộ quát to giữa phòng."
)
ABOUT_MONEY = (
    "Hôm qua ở trạm y tế xã An Bình người ta bắt tôi đưa phong bì 500 nghìn mới cho giấy. Tôi tên Lò Thị Sen, gọi tôi số 0912 345 678."
)


async def choose(someone: Someone, category: str) -> Message:
    """Set the category by hand, whatever was understood; gives the next question."""
    await someone.hears()
    await someone.taps("Loại khác")
    await someone.hears("gần nhất")
    await someone.taps(category)
    return await someone.hears()


async def send(someone: Someone) -> Message:
    """From the question of files to the receipt; gives the summary."""
    await someone.taps("tiếp tục")
    await someone.hears("cách nào")
    await someone.taps("Giữ kín")
    summary = await someone.hears("xem lại")
    await someone.taps("📨 Gửi")
    await someone.hears("Mã biên nhận")
    return summary


async def test_what_is_told_is_not_asked(play: Play) -> None:
    play.clock.set("2026-11-25 09:00")
    head, citizen = await play.official("CT01"), await play.citizen()
    await citizen.says(STORY)
    question = await choose(citizen, "Giao tiếp")
    assert "“Bộ phận một cửa xã An Bình”" in question.text
    await citizen.taps("Đúng")
    await citizen.hears("gửi kèm")
    summary = await send(citizen)
    assert "sáng thứ Sáu 20/11" in summary.text
    assert "0912 345 678" in summary.text  # the citizen reads their own words
    await head.hears("phản ánh mới")
    await head.taps("Mở xem")
    case = await head.hears("quát to", "sáng thứ Sáu 20/11")
    assert "0912" not in case.text
    assert "Lò Thị Sen" not in case.text
    assert not any("đã che" in label for label in case.buttons)


async def test_another_unit_than_the_one_told(play: Play) -> None:
    citizen = await play.citizen()
    await citizen.says(STORY)
    await choose(citizen, "Giao tiếp")
    await citizen.taps("Nơi khác")
    await citizen.hears("đơn vị nào")
    await citizen.taps("Trạm Y tế")
    await citizen.hears("gửi kèm")
    assert "Trạm Y tế xã An Bình" in (await send(citizen)).text


async def test_what_is_hidden_opens_with_a_reason(play: Play) -> None:
    watcher, citizen = await play.official("NV01"), await play.citizen()
    await citizen.says(ABOUT_MONEY)
    await choose(citizen, "Vòi vĩnh")
    await citizen.taps("Đúng")
    await citizen.hears("gửi kèm")
    await send(citizen)
    await watcher.hears("nghiêm trọng")
    await watcher.taps("Mở xem")
    assert "0912" not in (await watcher.hears("phong bì")).text
    await watcher.taps("đã che")
    await watcher.hears("vì sao")
    await watcher.says("xem")
    await watcher.hears("rõ hơn")
    await watcher.says("Cần gọi để xác minh số tiền")
    await watcher.hears("0912 345 678", "Lò Thị Sen")
    async with play.app.database.reading() as session:
        opened = (await session.execute(select(AuditEntry).where(AuditEntry.action == "unseal_words"))).scalars().all()
        assert [entry.reason for entry in opened] == ["Cần gọi để xác minh số tiền"]
        assert b"0912" not in (await session.execute(select(SealedWords.sealed))).scalars().one()


async def test_a_head_cannot_open_it_with_a_forged_button(play: Play) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    await citizen.says(STORY)
    await choose(citizen, "Giao tiếp")
    await citizen.taps("Đúng")
    await citizen.hears("gửi kèm")
    await send(citizen)
    await head.hears("phản ánh mới")
    await play.press(head, "unseal:1")
    await head.hears("không thuộc diện")


async def test_a_head_named_without_title_is_known_from_the_records(play: Play) -> None:
    async with play.app.database.transaction() as session:
        chair = play.office.people["CT01"]
        await session.execute(update(Person).where(Person.id == chair).values(full_name="Trần Quốc Hậu"))
        await session.execute(update(Post).where(Post.person_id == chair).values(title="Chủ tịch UBND xã"))
    chair_, watcher, citizen = await play.official("CT01"), await play.official("NV01"), await play.citizen()
    await citizen.says("Hôm qua ở bộ phận một cửa xã An Bình, Trần Quốc Hậu để tôi chờ cả buổi rồi bỏ đi")
    await choose(citizen, "Giao tiếp")
    await citizen.taps("Đúng")
    await citizen.hears("gửi kèm")
    await send(citizen)
    await watcher.hears("phản ánh mới")
    await chair_.hears_nothing()


async def test_words_added_later_are_hidden_too(play: Play) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    await citizen.says(STORY)
    await choose(citizen, "Giao tiếp")
    await citizen.taps("Đúng")
    await citizen.hears("gửi kèm")
    await send(citizen)
    await head.hears("phản ánh mới")
    await citizen.taps("Tra cứu")
    await citizen.hears("Giao tiếp")
    await citizen.taps("Bổ sung")
    await citizen.hears()
    await citizen.says("Tôi là Lò Thị Sen, CCCD 001185012345, nhớ thêm là chị ấy không đeo thẻ")
    await citizen.hears("bổ sung")
    await head.hears("bổ sung")
    await head.taps("Mở xem")
    case = await head.hears("không đeo thẻ")
    assert "001185012345" not in case.text
    assert "Lò Thị Sen" not in case.text
