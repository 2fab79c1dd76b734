"""A name that the citizen tells once is hidden from handlers in all that belongs to the case: story, files, and what is added later."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from office.records import SealedNames
from tests.dialogue import Someone
from tests.dialogues.test_secrecy import everything_in
from tests.dialogues.test_told import choose, send
from tests.play import BRING_FILES, Play

TOLD = "Ở bộ phận một cửa xã An Bình cán bộ quát to giữa phòng sáng nay. Tôi tên là Lò Thị Sen, con trai tôi là Hà Gia Bảo."
PLAIN = "Sáng nay ở bộ phận một cửa xã An Bình cán bộ quát to giữa phòng."
LATER = "Hôm sau Bảo bị cán bộ mắng trước mặt mọi người, Sen xin mãi mới được."
HIDDEN = "Hôm sau [tên người] bị cán bộ mắng trước mặt mọi người, [tên người] xin mãi mới được."
FORM = "ĐƠN PHẢN ÁNH\n" + ("Nội dung: " + "." * 90 + "\n") * 16 + "Người viết: tôi tên là Lò Thị Sen, số 0912 345 678.\n"


async def told(citizen: Someone, story: str) -> None:
    await citizen.says(story)
    await choose(citizen, "Giao tiếp")
    await citizen.taps("Đúng")
    await citizen.hears("gửi kèm")


async def adds(citizen: Someone) -> None:
    await citizen.taps("Tra cứu")
    await citizen.hears("Giao tiếp")
    await citizen.taps("Bổ sung")
    await citizen.hears()


async def test_in_words_added_later(play: Play) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    await told(citizen, TOLD)
    await send(citizen)
    await head.hears("phản ánh mới")
    await adds(citizen)
    await citizen.says(LATER)
    await citizen.hears("bổ sung")
    await head.hears("bổ sung")
    await head.taps("Mở xem")
    await head.hears(HIDDEN)


async def test_a_name_told_later_is_hidden_from_then_on(play: Play) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    await told(citizen, PLAIN)
    await send(citizen)
    await head.hears("phản ánh mới")
    await adds(citizen)
    for words in ("Tôi tên là Lò Thị Sen, con trai tôi là Hà Gia Bảo, lúc đó cháu cũng ở đấy.", LATER):
        await citizen.says(words)
        await citizen.hears("bổ sung")
        await head.hears("bổ sung")
    await head.taps("Mở xem")
    case = await head.hears(HIDDEN)
    assert "Bảo" not in case.text


@pytest.mark.only_on(*BRING_FILES)
async def test_in_a_file_and_in_the_story_before_it(play: Play) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    await told(citizen, f"{PLAIN} Chuyện ấy Bảo thấy hết, Sen cũng thấy.")
    await citizen.sends("mot.txt", LATER.encode(), "text/plain")
    await citizen.hears("giữ tệp")
    await citizen.sends("hai.txt", "Tôi tên là Lò Thị Sen, con trai tôi là Hà Gia Bảo.".encode(), "text/plain")
    await citizen.hears("giữ tệp")
    await send(citizen)
    await head.hears("phản ánh mới")
    await head.taps("Mở xem")
    files = [(await play.fetch((await head.hears("Gửi kèm" if first else "")).files[0])).decode() for first in (True, False)]
    assert files[0] == HIDDEN
    assert "Sen" not in files[1]
    case = await head.hears("quát to")
    assert "Bảo" not in case.text
    assert "Sen" not in case.text


@pytest.mark.only_on("browser", "telegram")  # elsewhere words and file are two messages
async def test_the_words_beside_a_file_added_later_tell_the_names_in_it(play: Play) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    await told(citizen, PLAIN)
    await send(citizen)
    await head.hears("phản ánh mới")
    await adds(citizen)
    words = "Tôi tên là Lò Thị Sen, con trai tôi là Hà Gia Bảo, tôi viết trong tệp."
    await citizen.sends("mot.txt", LATER.encode(), "text/plain", text=words)
    await citizen.hears("bổ sung")
    await head.hears("bổ sung")
    await head.taps("Mở xem")
    assert (await play.fetch((await head.hears("Gửi kèm")).files[0])).decode() == HIDDEN
    await head.hears("Tôi tên là [tên người], con trai tôi là [tên người]")


@pytest.mark.only_on("browser", "telegram")
async def test_and_a_file_added_later_those_in_the_words_beside_it(play: Play) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    await told(citizen, PLAIN)
    await send(citizen)
    await head.hears("phản ánh mới")
    await adds(citizen)
    file = "Tôi tên là Lò Thị Sen, con trai tôi là Hà Gia Bảo."
    await citizen.sends("mot.txt", file.encode(), "text/plain", text=LATER)
    await citizen.hears("bổ sung")
    await head.hears("bổ sung")
    await head.taps("Mở xem")
    await head.hears("Gửi kèm")
    await head.hears(HIDDEN)


@pytest.mark.only_on("browser", "telegram")
async def test_at_the_end_of_a_dotted_form(play: Play) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    await told(citizen, f"{PLAIN}\n{FORM}")
    await citizen.sends("don.txt", FORM.encode(), "text/plain")
    await citizen.hears("giữ tệp")
    await send(citizen)
    await head.hears("phản ánh mới")
    await head.taps("Mở xem")
    file = await play.fetch((await head.hears("Gửi kèm")).files[0])
    case = await head.hears("quát to")
    for shown in (file.decode(), case.text):
        assert "tôi tên là [tên người], số [số điện thoại]." in shown


async def test_they_are_kept_under_the_seal_alone_and_for_no_open_reporter(play: Play) -> None:
    await play.official("CT01")
    citizen = await play.citizen()
    await told(citizen, TOLD)
    await send(citizen)
    async with play.app.database.reading() as session:
        assert len((await session.execute(select(SealedNames))).scalars().all()) == 1
    stored = await everything_in(play)
    assert not {"Sen", "Bảo"} & set(stored.replace(".", " ").split())
    await play.people[0].hears("phản ánh mới")


async def test_an_open_reporter_hides_nothing(play: Play) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    await told(citizen, TOLD)
    await citizen.taps("tiếp tục")
    await citizen.hears("cách nào")
    await citizen.taps("Công khai")
    await citizen.hears("họ tên")
    await citizen.says("Lò Thị Sen")
    await citizen.hears("xem lại")
    await citizen.taps("📨 Gửi")
    await citizen.hears("Mã biên nhận")
    async with play.app.database.reading() as session:
        assert not (await session.execute(select(SealedNames))).scalars().all()
    await head.hears("phản ánh mới")
    await head.taps("Mở xem")
    await head.hears("Lò Thị Sen")
