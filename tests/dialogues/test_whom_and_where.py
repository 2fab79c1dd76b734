"""Of whom a complaint speaks, and at which desk it was: read from the story, shown in the summary, corrected or left empty; never asked."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from office.records import Case, Person, Post, SealedWords
from tests.dialogue import Message, Someone, TelegramLine
from tests.dialogues.test_told import choose
from tests.play import Play

STORY = "Hôm qua ở bộ phận một cửa xã An Bình, chị Hoa ở quầy số 3 quát to giữa phòng."
NOBODY = "Hôm qua ở bộ phận một cửa xã An Bình tôi chờ cả buổi mà bị quát to giữa phòng."
WHOM, WHERE = "Người anh/chị nhắc tới: ", "Chỗ cụ thể: "


async def to_the_summary(someone: Someone, story: str, identity: str = "Giữ kín") -> Message:
    await someone.says(story)
    await choose(someone, "Giao tiếp")
    await someone.taps("Đúng")
    await someone.hears("gửi kèm")
    await someone.taps("tiếp tục")
    await someone.hears("cách nào")
    await someone.taps(identity)
    return await someone.hears("xem lại")


async def corrects(someone: Someone, line: str, words: str) -> Message:
    """Type another answer for a line; gives the summary."""
    await someone.taps("Sửa")
    await someone.hears("phần nào")
    await someone.taps(line)
    await someone.hears("Không bắt buộc", buttons=("bỏ trống",))
    await someone.says(words)
    return await someone.hears("xem lại")


async def sends(someone: Someone) -> Message:
    await someone.taps("📨 Gửi")
    return await someone.hears("Mã biên nhận")


async def opens(head: Someone) -> str:
    """What the head reads of the new case."""
    await head.hears("phản ánh mới")
    await head.taps("Mở xem")
    return (await head.hears("Phản ánh số")).text


async def test_what_the_story_tells_stands_in_the_summary_and_reaches_the_head(play: Play) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    summary = await to_the_summary(citizen, STORY)
    assert f"{WHOM}chị Hoa ở quầy số 3" in summary.text
    assert f"{WHERE}quầy số 3" in summary.text
    await sends(citizen)
    case = await opens(head)
    assert "Người được nhắc tới (chưa xác minh): chị Hoa ở quầy số 3" in case
    assert f"{WHERE}quầy số 3" in case


async def test_nobody_told_is_not_asked_and_the_head_reads_no_empty_line(play: Play) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    summary = await to_the_summary(citizen, NOBODY)
    assert f"{WHOM}không nêu" in summary.text
    assert f"{WHERE}không nêu" in summary.text
    await sends(citizen)
    case = await opens(head)
    assert "nhắc tới" not in case
    assert "Chỗ cụ thể" not in case


async def test_each_of_the_two_lines_is_corrected(play: Play) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    await to_the_summary(citizen, STORY)
    assert f"{WHOM}Nguyễn Thị Lan" in (await corrects(citizen, "Người được nhắc tới", "Nguyễn Thị Lan")).text
    summary = await corrects(citizen, "Chỗ cụ thể", "phòng họp tầng 2")
    assert f"{WHOM}Nguyễn Thị Lan" in summary.text
    assert f"{WHERE}phòng họp tầng 2" in summary.text
    await sends(citizen)
    case = await opens(head)
    assert "(chưa xác minh): Nguyễn Thị Lan" in case  # a name alone, which in a story would be hidden as a citizen's
    assert f"{WHERE}phòng họp tầng 2" in case


@pytest.mark.parametrize("said", ["không rõ", "Bỏ trống.", "khong biet"])
async def test_left_empty_in_words(play: Play, said: str) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    await to_the_summary(citizen, STORY)
    assert f"{WHOM}không nêu" in (await corrects(citizen, "Người được nhắc tới", said)).text
    await sends(citizen)
    assert "nhắc tới" not in await opens(head)


async def test_left_empty_by_the_button_and_more_told_does_not_fill_it_again(play: Play) -> None:
    citizen = await play.citizen()
    await to_the_summary(citizen, STORY)
    await citizen.taps("Sửa")
    await citizen.hears("phần nào")
    await citizen.taps("Chỗ cụ thể")
    await citizen.hears("Không bắt buộc")
    await citizen.taps("bỏ trống")
    assert f"{WHERE}không nêu" in (await citizen.hears("xem lại")).text
    await citizen.says("Bàn số 5 cũng không có ai, anh Dũng bảo vệ còn đuổi về")
    await citizen.hears("ghi thêm")
    summary = await citizen.hears("xem lại")
    assert f"{WHERE}không nêu" in summary.text
    assert "anh Dũng bảo vệ" in summary.text.partition(WHOM)[2]  # what is told later is read, where nothing else was said


async def named_chair(play: Play) -> None:
    async with play.app.database.transaction() as session:
        chair = play.office.people["CT01"]
        await session.execute(update(Person).where(Person.id == chair).values(full_name="Trần Quốc Hậu"))
        await session.execute(update(Post).where(Post.person_id == chair).values(title="Chủ tịch UBND xã"))


@pytest.mark.parametrize("person", ["Trần Quốc Hậu", "ông chủ tịch", "Hậu", "tran quoc hau", "anh hau"])
async def test_a_head_named_on_the_line_never_sees_the_case(play: Play, person: str) -> None:
    await named_chair(play)
    chair, watcher, citizen = await play.official("CT01"), await play.official("NV01"), await play.citizen()
    await to_the_summary(citizen, NOBODY)
    await corrects(citizen, "Người được nhắc tới", person)
    assert "cấp trên" in (await sends(citizen)).text
    assert "người đứng đầu đơn vị" in await opens(watcher)
    await chair.hears_nothing()


async def test_a_line_corrected_does_not_take_a_head_out_whom_the_story_names(play: Play) -> None:
    await named_chair(play)
    chair, watcher, citizen = await play.official("CT01"), await play.official("NV01"), await play.citizen()
    await to_the_summary(citizen, "Hôm qua ở bộ phận một cửa xã An Bình, Trần Quốc Hậu quát to giữa phòng.")
    await corrects(citizen, "Người được nhắc tới", "chị ở quầy số 3")
    await sends(citizen)
    await watcher.hears("phản ánh mới")
    await chair.hears_nothing()


async def test_somebody_near_to_the_head_is_not_the_head(play: Play) -> None:
    await named_chair(play)
    chair, citizen = await play.official("CT01"), await play.citizen()
    await to_the_summary(citizen, NOBODY)
    await corrects(citizen, "Người được nhắc tới", "con trai ông chủ tịch")
    await sends(citizen)
    assert "con trai ông chủ tịch" in await opens(chair)


async def test_the_room_of_a_head_accuses_nobody(play: Play) -> None:
    await named_chair(play)
    chair, citizen = await play.official("CT01"), await play.citizen()
    await to_the_summary(citizen, NOBODY)
    await corrects(citizen, "Chỗ cụ thể", "trước phòng ông chủ tịch xã")
    await sends(citizen)
    assert "trước phòng ông chủ tịch xã" in await opens(chair)


async def test_grave_words_on_a_line_send_it_above(play: Play) -> None:
    chair, watcher, citizen = await play.official("CT01"), await play.official("NV01"), await play.citizen()
    await to_the_summary(citizen, NOBODY)
    await corrects(citizen, "Người được nhắc tới", "anh ở quầy số 3, nó doạ đánh tôi, doạ giết cả nhà")
    await sends(citizen)
    await watcher.hears("nghiêm trọng")
    await chair.hears_nothing()


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("Người được nhắc tới", "chị Hoa kế toán thu tiền"),
        ("Người được nhắc tới", "anh Tùng đội trật tự đô thị"),
        ("Chỗ cụ thể", "quầy thu tiền phạt"),
    ],
)
async def test_what_somebody_is_called_accuses_of_nothing(play: Play, line: str, answer: str) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    await to_the_summary(citizen, NOBODY)
    await corrects(citizen, line, answer)
    await sends(citizen)
    assert answer in await opens(head)


@pytest.mark.parametrize("answer", ["chị Hoa kế toán nhận phong bì", "anh Tùng đội trật tự đánh tôi", "người thu tiền lậu"])
async def test_what_is_said_beside_a_name_does(play: Play, answer: str) -> None:
    head, watcher, citizen = await play.official("CT01"), await play.official("NV01"), await play.citizen()
    await to_the_summary(citizen, NOBODY)
    await corrects(citizen, "Người được nhắc tới", answer)
    await sends(citizen)
    await watcher.hears("nghiêm trọng")
    await head.hears_nothing()


async def test_the_reporter_is_hidden_on_these_lines_too(play: Play) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    await to_the_summary(citizen, f"{NOBODY} Tôi tên là Lò Thị Sen.")
    await corrects(citizen, "Người được nhắc tới", "chị ở quầy số 3, biết Lò Thị Sen, 0912 345 678")
    await corrects(citizen, "Chỗ cụ thể", "bàn 5, gọi tôi 0987 654 321")
    await sends(citizen)
    case = await opens(head)
    assert "chị ở quầy số 3" in case
    assert "bàn 5" in case
    for hidden in ("Lò Thị Sen", "Sen,", "0912", "0987"):
        assert hidden not in case
    async with play.app.database.reading() as session:
        kept = (await session.execute(select(Case))).scalar_one()
        assert "0912" not in kept.person
        sealed = (await session.execute(select(SealedWords.sealed))).scalars().one()
        whole = str(play.app.database.vault.open(sealed, "words"))
    assert "chị ở quầy số 3, biết Lò Thị Sen, 0912 345 678" in whole
    assert "0987 654 321" in whole


@pytest.mark.parametrize(
    ("told", "identifies"),
    [
        ("Quyết định kỷ luật đối với tôi là sai. Giáo viên Bùi Thị Hoà, 0912345678.", "Hoà"),
        ("Tôi tạm trú K42/8 Ông Ích Khiêm, mong được trả lời.", "Khiêm"),
    ],
)
async def test_what_the_story_hides_does_not_stand_on_a_line_read_from_it(play: Play, told: str, identifies: str) -> None:
    """A reporter who signs with a title, a street that is called after a man: taken for somebody spoken of."""
    head, citizen = await play.official("CT01"), await play.citizen()
    await to_the_summary(citizen, f"{STORY} {told}")
    await sends(citizen)
    case = await opens(head)
    assert "[" in case  # it is hidden in the story
    assert identifies not in case
    assert "(chưa xác minh): chị Hoa ở quầy số 3\n" in case
    assert f"{WHERE}quầy số 3\n" in case


async def test_of_many_the_first_three_stand_there_also_if_told_again(play: Play) -> None:
    citizen = await play.citizen()
    many = "Ở một cửa xã An Bình, anh An ở quầy số 1, chị Bích ở quầy số 2, anh Cường ở quầy số 4 và chị Diệp ở quầy số 5 đều quát to giữa phòng."
    summary = await to_the_summary(citizen, f"Hôm qua. {many} Quát dữ nhất là anh An ở quầy số 1.")
    assert f"{WHOM}anh An ở quầy số 1, chị Bích ở quầy số 2, anh Cường ở quầy số 4\n" in summary.text
    assert f"{WHERE}quầy số 1, quầy số 2, quầy số 4\n" in summary.text


async def test_an_open_reporter_hides_nothing_there(play: Play) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    await citizen.says(NOBODY)
    await choose(citizen, "Giao tiếp")
    await citizen.taps("Đúng")
    await citizen.hears("gửi kèm")
    await citizen.taps("tiếp tục")
    await citizen.hears("cách nào")
    await citizen.taps("Công khai")
    await citizen.hears("họ tên")
    await citizen.says("Lò Thị Sen")
    await citizen.hears("xem lại")
    await corrects(citizen, "Người được nhắc tới", "Nguyễn Thị Lan")
    await sends(citizen)
    assert "(chưa xác minh): Nguyễn Thị Lan" in await opens(head)


@pytest.mark.only_on("telegram")
async def test_a_place_on_the_map_is_not_kept_since_it_may_lead_to_the_reporter(play: Play) -> None:
    citizen = await play.citizen()
    await to_the_summary(citizen, NOBODY)
    await citizen.taps("Sửa")
    await citizen.hears("phần nào")
    await citizen.taps("Chỗ cụ thể")
    await citizen.hears("Không bắt buộc")
    assert isinstance(citizen.line, TelegramLine)
    await citizen.line._person.sends_location(21.03, 105.85)
    await citizen.line._telegram.all_taken()
    await citizen.hears("không giữ vị trí")
    assert f"{WHERE}không nêu" in (await citizen.hears("xem lại", buttons=("Gửi", "Sửa"))).text


async def test_a_long_answer_is_more_of_the_story_and_a_picture_is_evidence(play: Play) -> None:
    citizen = await play.citizen()
    await to_the_summary(citizen, NOBODY)
    await citizen.taps("Sửa")
    await citizen.hears("phần nào")
    await citizen.taps("Người được nhắc tới")
    await citizen.hears("Không bắt buộc")
    await citizen.says("Tôi ngồi đợi ở ghế mà không ai gọi đến tên. " * 5)
    await citizen.hears("ghi thêm")
    summary = await citizen.hears("xem lại")
    assert "không ai gọi đến tên" in summary.text
    assert f"{WHOM}không nêu" in summary.text
