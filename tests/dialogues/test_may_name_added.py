"""A file that may name its sender goes on to no case whose reporter is not known, before its sender has said so; words beside it wait for nothing."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from office.records import CaseFile
from tests.bot.test_intake import OLD_WORD
from tests.dialogue import Message, Someone
from tests.dialogues.test_complaint import tell_and_send
from tests.dialogues.test_may_name import told_with
from tests.play import Play

DOUBTFUL = ("cu.doc", OLD_WORD, "application/msword")
CHOICES = ("Bỏ tệp ra", "Vẫn gửi kèm")
HAVE_BUTTONS = ("browser", "telegram", "zalo_oa")  # on Zalo Bot only the newest menu has numbers
MAY_NAME = "nên tệp có thể cho biết tên"


def called(play: Play) -> str:
    return "«ảnh.jpg»" if play.channel == "zalo_bot" else "«cu.doc»"  # Zalo Bot tells no names of files


async def kept(play: Play) -> int:
    """How many files the handlers of all cases can open."""
    async with play.app.database.reading() as session:
        return int((await session.execute(select(func.count()).select_from(CaseFile))).scalar_one())


async def adds(citizen: Someone, code: str) -> None:
    """Up to the words or files to be added."""
    await citizen.says(code)
    await citizen.hears("Mã ")
    await citizen.taps("Bổ sung")
    await citizen.hears("viết thêm")


async def asked(citizen: Someone, play: Play) -> Message:
    """The doubtful file was sent, the question stands."""
    await citizen.sends(*DOUBTFUL)
    return await citizen.hears(called(play), MAY_NAME, buttons=CHOICES)


@pytest.mark.parametrize("identity", ["Giữ kín", "Ẩn danh"])
async def test_it_goes_on_when_its_sender_says_so(play: Play, identity: str) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    code = await tell_and_send(citizen, identity=identity)
    await head.hears("phản ánh mới")
    await adds(citizen, code)
    await asked(citizen, play)
    await head.hears_nothing()
    assert await kept(play) == 0
    await citizen.taps("Vẫn gửi kèm")
    await citizen.hears("Đã bổ sung", code)
    await head.hears("bổ sung")
    assert await kept(play) == 1


async def test_left_out_it_stays_out_and_more_can_be_added(play: Play) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    await adds(citizen, await tell_and_send(citizen))
    await head.hears("phản ánh mới")
    await asked(citizen, play)
    await citizen.taps("Bỏ tệp ra")
    await citizen.hears(f"đã bỏ tệp {called(play)} ra")
    await citizen.hears("viết thêm")
    await citizen.says("Tôi chép lại ở đây: chị ấy còn không đeo thẻ.")
    await citizen.hears("Đã bổ sung", buttons=("Đủ rồi",))
    await head.hears("bổ sung")
    assert await kept(play) == 0


@pytest.mark.only_on(*HAVE_BUTTONS)
@pytest.mark.parametrize(("button", "files"), [("Bỏ tệp ra", 0), ("Vẫn gửi kèm", 1)])
async def test_the_first_answer_counts(play: Play, button: str, files: int) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    await adds(citizen, await tell_and_send(citizen))
    await head.hears("phản ánh mới")
    await asked(citizen, play)
    await citizen.taps(button)
    await citizen.hears("Đã bổ sung" if files else "đã bỏ tệp")
    await (head.hears("bổ sung") if files else citizen.hears("viết thêm"))
    for again in CHOICES:
        await citizen.taps(again)
        await citizen.hears("viết thêm")
    await head.hears_nothing()
    assert await kept(play) == files


@pytest.mark.only_on("browser", "telegram")  # elsewhere words and file are two messages
async def test_words_beside_it_go_on_at_once(play: Play) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    await adds(citizen, await tell_and_send(citizen))
    await head.hears("phản ánh mới")
    await citizen.sends(*DOUBTFUL, text="Chị ấy còn không đeo thẻ.")
    await citizen.hears("Đã bổ sung", "trừ tệp «cu.doc»")
    await citizen.hears(MAY_NAME, buttons=CHOICES)
    await head.hears("bổ sung")
    await head.taps("Mở xem")
    await head.hears("không đeo thẻ")
    assert await kept(play) == 0


async def test_the_question_stands_while_more_is_added(play: Play) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    await adds(citizen, await tell_and_send(citizen))
    await head.hears("phản ánh mới")
    await asked(citizen, play)
    await citizen.says("Chị ấy còn không đeo thẻ.")
    await citizen.hears("Đã bổ sung", f"trừ tệp {called(play)}")
    await citizen.hears(MAY_NAME, buttons=CHOICES)
    await head.hears("bổ sung")
    await asked(citizen, play)
    await citizen.taps("Vẫn gửi kèm")
    await citizen.hears("Đã bổ sung")
    await head.hears("bổ sung")
    assert await kept(play) == 2


@pytest.mark.parametrize("how", ["/huy", pytest.param("Thôi, không bổ sung", marks=pytest.mark.only_on(*HAVE_BUTTONS))])
async def test_who_stops_sends_it_not(play: Play, how: str) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    await adds(citizen, await tell_and_send(citizen))
    await head.hears("phản ánh mới")
    await asked(citizen, play)
    await (citizen.says(how) if how.startswith("/") else citizen.taps(how))
    await citizen.hears(f"đã bỏ tệp {called(play)} ra")
    await citizen.hears()
    await citizen.taps("Vẫn gửi kèm")
    await citizen.hears("không dùng được nữa")
    await head.hears_nothing()
    assert await kept(play) == 0


async def test_after_a_pause_it_is_asked_too(play: Play) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    await adds(citizen, await tell_and_send(citizen))
    await head.hears("phản ánh mới")
    play.clock.forward(hours=1)
    await citizen.sends(*DOUBTFUL)
    await citizen.hears("hay là chuyện mới")
    await citizen.taps("Bổ sung việc cũ")
    await citizen.hears(called(play), MAY_NAME, buttons=CHOICES)
    await head.hears_nothing()
    assert await kept(play) == 0


async def test_it_goes_to_no_other_case(play: Play) -> None:
    head, citizen, other = await play.official("CT01"), await play.citizen(), await play.citizen("người khác")
    await adds(citizen, await tell_and_send(citizen))
    await head.hears("phản ánh mới")
    await asked(citizen, play)
    code = await tell_and_send(other)
    await head.hears("phản ánh mới")
    await citizen.says(f"/tracuu {code}")
    await citizen.hears(f"đã bỏ tệp {called(play)} ra")
    await citizen.hears(code)
    await citizen.taps("Bổ sung")
    await citizen.hears("viết thêm")
    await citizen.says("Tôi cũng thấy như vậy.")
    await citizen.hears("Đã bổ sung", code, buttons=("Đủ rồi",))
    await head.hears("bổ sung")
    assert await kept(play) == 0


async def test_a_known_reporter_is_not_asked(play: Play) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    await told_with(citizen)
    await citizen.hears("cách nào")
    await citizen.taps("Công khai")
    await citizen.hears("họ tên")
    await citizen.says("Lò Thị Sen")
    await citizen.hears("xem lại")
    await citizen.taps("📨 Gửi")
    receipt = await citizen.hears("Mã biên nhận")
    await head.hears("phản ánh mới")
    await adds(citizen, next(line for line in receipt.text.splitlines() if line.replace("-", "").isdigit()))
    await citizen.sends(*DOUBTFUL)
    await citizen.hears("Đã bổ sung")
    await head.hears("bổ sung")
    assert await kept(play) == 1


async def test_an_answer_about_one_file_is_none_about_another(play: Play) -> None:
    """Of a complaint that is half written meanwhile, it is asked all the same."""
    head, citizen = await play.official("CT01"), await play.citizen()
    code = await tell_and_send(citizen)
    await head.hears("phản ánh mới")
    await told_with(citizen, DOUBTFUL)
    await citizen.hears(MAY_NAME)
    await citizen.says(f"/tracuu {code}")
    await citizen.hears(code)
    await citizen.taps("Bổ sung")
    await citizen.hears("viết thêm")
    await asked(citizen, play)
    await citizen.taps("Vẫn gửi kèm")
    await citizen.hears("Đã bổ sung")
    await head.hears("bổ sung")
    await citizen.taps("Đủ rồi")
    await citizen.hears()
    await citizen.says("/phananh_moi")
    await citizen.hears("đang viết dở")
    await citizen.taps("Viết tiếp")
    await citizen.hears(MAY_NAME, buttons=CHOICES)


@pytest.mark.parametrize("elsewhere", ["/tracuu", "/gopy"])
async def test_who_goes_elsewhere_is_told_that_it_was_not_added(play: Play, elsewhere: str) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    code = await tell_and_send(citizen, identity="Giữ kín")
    await head.hears("phản ánh mới")
    await adds(citizen, code)
    await asked(citizen, play)
    await citizen.says(elsewhere)
    await citizen.hears("Tôi đã bỏ tệp", called(play))
    await citizen.hears("mã" if elsewhere == "/tracuu" else "kể")
    await head.hears_nothing()
    assert await kept(play) == 0
