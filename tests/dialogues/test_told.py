"""What a story tells by itself is not asked again; and who reports is hidden from those who read it."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from nlp.clean import without_accents
from office.records import AuditEntry, Person, Post, SealedWords
from tests.dialogue import Message, Someone
from tests.play import BRING_FILES, Play
from tests.small_office import LONG_AGO

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


@pytest.mark.parametrize("told", ["Trần Quốc Hậu để tôi chờ cả buổi rồi bỏ đi", "anh hau quat to giua phong roi duoi toi ve"])
async def test_a_head_named_without_title_or_accents_is_known_from_the_records(play: Play, told: str) -> None:
    async with play.app.database.transaction() as session:
        chair = play.office.people["CT01"]
        await session.execute(update(Person).where(Person.id == chair).values(full_name="Trần Quốc Hậu"))
        await session.execute(update(Post).where(Post.person_id == chair).values(title="Chủ tịch UBND xã"))
    chair_, watcher, citizen = await play.official("CT01"), await play.official("NV01"), await play.citizen()
    begun = "Hôm qua ở bộ phận một cửa xã An Bình"
    await citizen.says(f"{without_accents(begun) if told.isascii() else begun}, {told}")
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


async def test_the_answer_to_when_is_hidden_too(play: Play) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    await citizen.says("Ở bộ phận một cửa xã An Bình cán bộ quát to giữa phòng")
    await choose(citizen, "Giao tiếp")
    await citizen.taps("Đúng")
    await citizen.hears("lúc nào")
    await citizen.says("sáng qua, lúc tôi là Lò Thị Sen, 0912 345 678, ra nộp giấy")
    await citizen.hears("gửi kèm")
    await send(citizen)
    await head.hears("phản ánh mới")
    await head.taps("Mở xem")
    case = await head.hears("sáng qua")
    assert "0912" not in case.text
    assert "Lò Thị Sen" not in case.text


@pytest.mark.only_on(*BRING_FILES)
async def test_a_text_file_goes_along_as_the_story_does(play: Play) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    await citizen.says(STORY)
    await choose(citizen, "Giao tiếp")
    await citizen.taps("Đúng")
    await citizen.hears("gửi kèm")
    words = "Chị ấy còn ném hồ sơ xuống đất. Tôi tên Lò Thị Sen, gọi số 0912 345 678."
    await citizen.sends("ke.txt", words.encode(), "text/plain")
    await citizen.hears("giữ tệp")
    await send(citizen)
    await head.hears("phản ánh mới")
    await head.taps("Mở xem")
    file = (await head.hears("Gửi kèm")).files[0]
    handed_on = (await play.fetch(file)).decode()
    assert "ném hồ sơ" in handed_on
    assert "0912" not in handed_on
    assert "Lò Thị Sen" not in handed_on
    await head.hears("quát to")


async def test_the_gravest_words_may_stand_at_the_end_of_a_long_story(play: Play) -> None:
    head, watcher, citizen = await play.official("CT01"), await play.official("NV01"), await play.citizen()
    waiting = "Tôi ngồi đợi ở ghế mà không ai gọi đến tên, ngoài trời thì mưa. " * 55
    await citizen.says(f"Ở bộ phận một cửa xã An Bình tôi nộp giấy khai sinh cho cháu. {waiting}")
    await citizen.hears(buttons=("Loại khác",))
    await citizen.says(f"{waiting} Rồi cán bộ doạ đánh tôi và bắt đưa phong bì 5 triệu mới cho giấy.")
    await citizen.hears("thêm")
    while "Loại khác" not in str([*(await citizen.hears()).buttons]):
        pass
    await citizen.taps("Loại khác")
    await citizen.hears("gần nhất")
    await citizen.taps("Chậm trễ")
    await citizen.hears("Bộ phận một cửa")
    await citizen.taps("Đúng")
    await citizen.hears("lúc nào")
    await citizen.taps("Không nhớ")
    await citizen.hears("gửi kèm")
    await send(citizen)
    await watcher.hears("nghiêm trọng")
    await watcher.taps("Mở xem")
    while "phong bì 5 triệu" not in (await watcher.hears()).text:
        pass
    await head.hears_nothing()


async def test_a_head_who_is_administrator_too_opens_nothing_of_the_own_unit(play: Play) -> None:
    async with play.app.database.transaction() as session:
        chair, unit = play.office.people["CT01"], play.office.units["tinh"]
        session.add(Post(person_id=chair, unit_id=unit, role="admin", title="", valid_from=LONG_AGO))
    head, citizen = await play.official("CT01"), await play.citizen()
    await citizen.says(STORY)
    await choose(citizen, "Giao tiếp")
    await citizen.taps("Đúng")
    await citizen.hears("gửi kèm")
    await send(citizen)
    await head.hears("phản ánh mới")
    await head.taps("Mở xem")
    assert not any("đã che" in label for label in (await head.hears("quát to")).buttons)
