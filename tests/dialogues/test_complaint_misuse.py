"""Forged buttons, guessed codes, more words than can be kept: each is answered, nothing wrong is filed, nothing is lost without a word."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from office.contacts import find_contact
from office.records import Case, Unit
from talk.memory import Memory
from tests.dialogue import Someone
from tests.dialogues.test_complaint import STORY, UNDATED, tell_and_send
from tests.dialogues.test_complaint_edges import begin, photo_with_a_place
from tests.play import Play


async def test_forged_answers_are_no_answers_and_the_question_stands_again(play: Play) -> None:
    citizen = await play.citizen()
    with capture_logs() as logs:
        await citizen.says(UNDATED)
        await citizen.hears(buttons=("Loại khác",))
        for forged in ("category:NOPE", "category:" + "X" * 60, "category:"):
            await press_bound(play, citizen, forged)
            await citizen.hears(buttons=("Loại khác",))
        await citizen.taps("Loại khác")
        await citizen.hears("gần nhất")
        await citizen.taps("Giao tiếp")
        await citizen.hears("đơn vị nào")
        async with play.app.database.transaction() as session:
            closed = Unit(code="xa-cu", name="Xã đã nhập", kind="commune", aliases=[], closed_on=dt.date(2026, 1, 1))
            session.add(closed)
            await session.flush()
        for forged in ("unit:99999", f"unit:{closed.id}", "unit:²", "unit:" + "9" * 40):
            await press_bound(play, citizen, forged)
            await citizen.hears("đơn vị nào")
        await citizen.taps("Bộ phận một cửa")
        await citizen.hears("lúc nào")
        await press_bound(play, citizen, "when:zzz")
        await citizen.hears("lúc nào")
        await citizen.taps("Không nhớ")
        await citizen.hears("gửi kèm")
        await citizen.taps("Không có")
        await citizen.hears("cách nào")
        await press_bound(play, citizen, "identity:zzz")
        await citizen.hears("cách nào")
        await citizen.taps("Giữ kín")
        await citizen.hears("xem lại", "Giao tiếp", "Bộ phận một cửa", "không nhớ rõ", "Giữ kín")
    assert not [line for line in logs if line["log_level"] == "error"]


async def press_bound(play: Play, citizen: Someone, data: str) -> None:
    """Press a forged button that says it belongs to the conversation under way."""
    await play.press(citizen, f"{data}~{(await play.contact_of(citizen)).serial}"[:200])


async def test_what_is_too_much_while_a_choice_is_open_is_said(play: Play) -> None:
    citizen = await play.citizen()
    await begin(citizen)
    play.clock.forward(days=7)
    words = "bị quát nữa " * 300
    for _ in range(5):
        await citizen.says(words)
        await citizen.hears("đang viết dở")
    await citizen.says(words)
    await citizen.hears("chưa thêm được")
    await citizen.hears("đang viết dở")
    await add_picture_rows(play, citizen, "set_aside")
    await citizen.sends("mot.jpg", photo_with_a_place(), "image/jpeg")
    await citizen.hears("đủ 20 tệp")
    await citizen.hears("đang viết dở")
    await citizen.taps("Viết tiếp")
    await citizen.hears("đơn vị nào")


async def add_picture_rows(play: Play, citizen: Someone, note: str) -> None:
    """Let the memory hold twenty files; their ids need not exist for that."""
    async with play.app.database.transaction() as session:
        contact = await find_contact(session, *citizen.line.address)
        assert contact is not None
        memory = Memory(session, contact)
        memory.notes = {**memory.notes, note: {"words": "", **(memory.notes.get(note) or {}), "files": list(range(1, 21))}}
        await memory.keep()


async def test_what_is_too_much_for_an_old_case_is_said(play: Play) -> None:
    citizen = await play.citizen()
    await tell_and_send(citizen)
    await citizen.taps("Tra cứu")
    await citizen.hears("Tình trạng")
    await citizen.taps("Bổ sung")
    await citizen.hears("viết thêm")
    play.clock.forward(hours=1)
    for _ in range(5):
        await citizen.says("chờ mãi " * 480)
        await citizen.hears("bổ sung cho việc")
    await citizen.says("chờ mãi " * 480)
    await citizen.hears("chưa thêm được")
    await citizen.hears("bổ sung cho việc")
    await add_picture_rows(play, citizen, "held")
    await citizen.sends("mot.jpg", photo_with_a_place(), "image/jpeg")
    await citizen.hears("đủ 20 tệp")
    await citizen.hears("bổ sung cho việc")


@pytest.mark.parametrize("way", ["withdraw_yes", "withdraw", "add", "look_up"])
async def test_codes_cannot_be_guessed_by_buttons(play: Play, way: str) -> None:
    victim, guesser = await play.citizen("người gửi"), await play.citizen("kẻ đoán")
    await tell_and_send(victim)
    async with play.app.database.reading() as session:
        code = (await session.execute(select(Case.code))).scalar_one()
    await guesser.says("/trogiup")
    await guesser.hears("phản ánh")
    for wrong in range(5):
        await play.press(guesser, f"{way}:{wrong:012d}")
        await guesser.hears("không tìm thấy mã này")
    await play.press(guesser, f"{way}:{code}")
    await guesser.hears("nhiều mã sai")
    async with play.app.database.reading() as session:
        assert (await session.execute(select(Case.state))).scalar_one() == "new"


async def test_who_simply_writes_is_told_first_with_whom_they_speak(play: Play) -> None:
    citizen = await play.citizen()
    await citizen.says(STORY)
    first = await citizen.hears("trợ lý tự động", "Danh tính của anh/chị được giữ kín", buttons=("Loại khác", "Quyền riêng tư"))
    assert first.text.index("trợ lý tự động") < first.text.index("không ạ")
    await citizen.taps("Loại khác")
    assert "trợ lý tự động" not in (await citizen.hears("gần nhất")).text
