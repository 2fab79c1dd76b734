"""The gravest thing is often told last: after the category was confirmed, in a file, or days later. It counts as if it had been told at once."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from office.records import Case
from tests.dialogue import Someone
from tests.dialogues.test_told import choose, send
from tests.play import BRING_FILES, Play

WAITED = "Ở bộ phận một cửa xã An Bình tôi nộp giấy khai sinh cho cháu mà chờ từ sáng tới trưa không ai gọi số, hẹn đi hẹn lại ba lần."
BRIBE = "Rồi cán bộ bắt tôi đưa phong bì 5 triệu tiền bôi trơn mới cho giấy, ai không đưa thì không làm. Tôi đã phải đưa tiền cho họ."
"""And nobody is threatened."""


async def told(citizen: Someone) -> None:
    """Up to the question of files: a matter of delay."""
    await citizen.says(WAITED)
    await choose(citizen, "Chậm trễ")
    await citizen.taps("Đúng")
    await citizen.hears("gửi kèm")


async def only_case(play: Play) -> Case:
    async with play.app.database.reading() as session:
        return (await session.execute(select(Case))).scalar_one()


@pytest.mark.parametrize("how", ["words", pytest.param("file", marks=pytest.mark.only_on(*BRING_FILES))])
async def test_a_bribe_told_at_the_question_of_files(play: Play, how: str) -> None:
    head, watcher, citizen = await play.official("CT01"), await play.official("NV01"), await play.citizen()
    await told(citizen)
    if how == "words":
        await citizen.says(BRIBE)
        await citizen.hears("ghi thêm")
    else:
        await citizen.sends("ke.txt", BRIBE.encode(), "text/plain")
        await citizen.hears("giữ tệp")
    await send(citizen)
    await watcher.hears("nghiêm trọng")
    await head.hears_nothing()
    case = await only_case(play)
    assert (case.category, case.also, case.grave) == ("DELAY", ["BRIBERY"], True)


async def test_a_bribe_told_at_the_end_of_many_words(play: Play) -> None:
    """What was added is judged by itself, too: among much else it would not be seen."""
    head, watcher, citizen = await play.official("CT01"), await play.official("NV01"), await play.citizen()
    await citizen.says("Ở bộ phận một cửa xã An Bình. " + "Tôi ngồi đợi ở ghế mà không ai gọi đến tên, hẹn đi hẹn lại ba lần. " * 50)
    await choose(citizen, "Chậm trễ")
    await citizen.taps("Đúng")
    await citizen.hears("lúc nào")
    await citizen.taps("Không nhớ")
    await citizen.hears("gửi kèm")
    await citizen.says(BRIBE)
    await citizen.hears("ghi thêm")
    await send(citizen)
    await watcher.hears("nghiêm trọng")
    await head.hears_nothing()


async def test_a_bribe_added_to_the_case_later(play: Play) -> None:
    head, watcher, citizen = await play.official("CT01"), await play.official("NV01"), await play.citizen()
    await told(citizen)
    await send(citizen)
    await head.hears("phản ánh mới")
    await citizen.taps("Tra cứu")
    await citizen.hears("Chậm trễ")
    await citizen.taps("Bổ sung")
    await citizen.hears()
    await citizen.says(BRIBE)
    await citizen.hears("bổ sung")
    await watcher.hears("bổ sung")
    await head.hears_nothing()
    case = await only_case(play)
    assert (case.category, case.also, case.grave) == ("DELAY", ["BRIBERY"], True)
    await head.taps("Mở xem")
    await head.hears("không thuộc phần xử lý")


async def test_what_the_citizen_set_right_stays_so_while_nothing_more_is_told(play: Play) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    await citizen.says(f"{WAITED} {BRIBE}")
    await choose(citizen, "Chậm trễ")
    await citizen.taps("Đúng")
    await citizen.hears("gửi kèm")
    await send(citizen)
    await head.hears("phản ánh mới")
    assert "BRIBERY" not in (await only_case(play)).also
