"""Who wants to be known on Zalo need not type: Zalo's own form gives name and number, and they go nowhere else."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.judge import Judging
from bot.settings import Settings
from tests.dialogue import Someone, TestClock
from tests.dialogues.test_complaint import STORY, to_the_summary
from tests.play import Play, open_play
from tests.small_office import SmallOffice
from tests.standins.zalo_oa.people import Person
from tests.zalo_line import ZaloLine


@pytest.fixture
async def zalo_play(settings: Settings, clock: TestClock, judge: Judging, small_office: SmallOffice) -> AsyncIterator[Play]:
    """The Official Account of an office with a public address."""
    budget = {"public_url": "https://xa-mau.example.vn"}
    async with open_play("zalo_oa", settings, clock, judge, small_office, budget=budget) as stage:
        yield stage


def on_zalo(someone: Someone) -> tuple[ZaloLine, Person]:
    assert isinstance(someone.line, ZaloLine)
    return someone.line, someone.line._person


async def fills_in(someone: Someone) -> None:
    line, person = on_zalo(someone)
    await person.shares_info(name="Trần Thị An", phone="84912345678")
    await line._taken()


async def is_asked_who(citizen: Someone) -> None:
    """A complaint up to the question who one is, which comes in words and as a form."""
    await to_the_summary(citizen, identity="Giữ kín")
    await citizen.taps("Sửa")
    await citizen.hears("phần nào")
    await citizen.taps("Cách gửi")
    await citizen.hears("cách nào")
    await citizen.taps("Công khai")
    await citizen.hears("cho biết họ tên")
    await citizen.hears("Gửi họ tên, số điện thoại", "không phải gõ")
    assert on_zalo(citizen)[1].inbox[-1].asks_info


async def test_the_form_answers_the_question(zalo_play: Play) -> None:
    citizen = await zalo_play.citizen()
    await is_asked_who(citizen)
    picture = "static/contact-form.png"
    async with zalo_play.http.get(f"{zalo_play.app.address}{picture}") as answer:
        assert (answer.status, answer.content_type) == (200, "image/png")
    await fills_in(citizen)
    await citizen.hears("xem lại", "Trần Thị An", "84912345678")


async def test_a_form_filled_in_late_changes_the_name_and_not_the_story(zalo_play: Play) -> None:
    citizen = await zalo_play.citizen()
    await is_asked_who(citizen)
    await citizen.says("An ở thôn Đông")
    await citizen.hears("xem lại", "An ở thôn Đông")
    await fills_in(citizen)
    summary = await citizen.hears("xem lại", "🙋 Người gửi: Họ tên: Trần Thị An", f"📝 {STORY}")
    assert summary.text.count("Trần Thị An") == 1


async def test_a_form_filled_in_after_all_is_sent_begins_nothing(zalo_play: Play) -> None:
    citizen = await zalo_play.citizen()
    await is_asked_who(citizen)
    await citizen.says("An ở thôn Đông")
    await citizen.hears("xem lại")
    await citizen.taps("📨 Gửi")
    await citizen.hears("Mã biên nhận")
    await fills_in(citizen)
    await citizen.hears("không lưu lại", buttons=("Gửi phản ánh",))
    await citizen.says("/huy")
    await citizen.hears("không có việc nào")


async def test_who_keeps_the_name_secret_after_all_is_not_named_by_the_form(zalo_play: Play) -> None:
    citizen = await zalo_play.citizen()
    await is_asked_who(citizen)
    await citizen.says("An")
    await citizen.hears("xem lại")
    await citizen.taps("Sửa")
    await citizen.hears("phần nào")
    await citizen.taps("Cách gửi")
    await citizen.hears("cách nào")
    await citizen.taps("Ẩn danh")
    await citizen.hears("xem lại", "Ẩn danh")
    await fills_in(citizen)
    await citizen.hears("không lưu lại")
    await citizen.says("và còn bắt chờ lâu")
    await citizen.hears("Tôi đã")
    last = await citizen.hears("xem lại", "Ẩn danh", "bắt chờ lâu")
    assert "Trần Thị An" not in last.text
