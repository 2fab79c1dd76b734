"""What Zalo lets us say and when: within the window at no cost, packed, the last place kept for the answer; outside it, what waits is said first."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator

import pytest

from bot.judge import Judging
from bot.settings import Settings
from talk.reply import Reply
from tests.dialogue import Someone, TestClock
from tests.dialogues.test_complaint import tell_and_send
from tests.dialogues.test_join import joined, many_filed
from tests.play import Play, open_play
from tests.small_office import SmallOffice

TEMPLATE = "428117"
FREE = {"zalo_oa_window_hours": 48, "zalo_oa_staff_window_hours": 48, "zalo_oa_gather_minutes": 10}


@pytest.fixture
async def zalo(settings: Settings, clock: TestClock, judge: Judging, small_office: SmallOffice) -> AsyncIterator[Play]:
    """Zalo with nothing but what is free, and Telegram beside it."""
    async with open_play("zalo_oa+telegram+browser", settings, clock, judge, small_office, budget=FREE) as stage:
        yield stage


@pytest.fixture
async def knocking(settings: Settings, clock: TestClock, judge: Judging, small_office: SmallOffice) -> AsyncIterator[Play]:
    """The same with an approved template."""
    budget = FREE | {"zalo_template_id": TEMPLATE}
    async with open_play("zalo_oa+browser", settings, clock, judge, small_office, budget=budget) as stage:
        assert stage.zalo is not None
        stage.zalo.approves_template(TEMPLATE, "Cơ quan có tin mới cho anh/chị ngày <ngay>. Anh/chị nhắn vào đây để xem.")
        yield stage


@pytest.fixture
async def billed(settings: Settings, clock: TestClock, judge: Judging, small_office: SmallOffice) -> AsyncIterator[Play]:
    """Zalo as long as it takes messages at all, and Telegram beside it."""
    budget = FREE | {"zalo_oa_window_hours": 168}
    async with open_play("zalo_oa+telegram+browser", settings, clock, judge, small_office, budget=budget) as stage:
        yield stage


async def opened(head: Someone) -> None:
    await head.hears("phản ánh mới")
    await head.taps("Mở xem")
    await head.hears("quát to")


async def answered(head: Someone, words: str = "Chúng tôi xin lỗi bà con.") -> None:
    await head.taps("Trả lời")
    await head.hears("viết câu trả lời")
    await head.says(words)
    await head.hears("Người dân sẽ đọc")
    await head.taps("Gửi trả lời")
    await head.hears("Đã ghi câu trả lời")


async def test_steps_of_one_case_are_one_message(zalo: Play) -> None:
    head, citizen = await zalo.official("CT01", on="browser"), await zalo.citizen()
    code = await tell_and_send(citizen)
    await opened(head)
    await head.taps("Tiếp nhận")
    await head.hears("Đã tiếp nhận")
    await citizen.hears_nothing()
    await head.taps("Hỏi thêm")
    await head.hears()
    await head.says("Anh/chị đến lúc mấy giờ?")
    await head.hears()
    await citizen.hears("đã được tiếp nhận", "Anh/chị đến lúc mấy giờ?", code)
    zalo.clock.forward(minutes=15)
    await citizen.hears_nothing()


async def test_a_step_alone_is_told_after_a_while(zalo: Play) -> None:
    head, citizen = await zalo.official("CT01", on="browser"), await zalo.citizen()
    code = await tell_and_send(citizen)
    await opened(head)
    await head.taps("Tiếp nhận")
    await head.hears("Đã tiếp nhận")
    zalo.clock.forward(minutes=9)
    await citizen.hears_nothing()
    zalo.clock.forward(minutes=2)
    await citizen.hears("đã được tiếp nhận", code)


async def test_the_last_place_is_the_answers(zalo: Play) -> None:
    """Eight messages are free after a word; the stand-in tells how many are left."""
    head, citizen = await zalo.official("CT01", on="browser"), await zalo.citizen()
    code = await tell_and_send(citizen)
    for _ in range(6):  # the receipt was the first since the last press
        await zalo.shows(citizen, f"more {_}", Reply(text="Một lời nữa."))
        await citizen.hears("Một lời nữa.")
    await opened(head)
    await head.taps("Tiếp nhận")
    await head.hears("Đã tiếp nhận")
    zalo.clock.forward(minutes=11)
    await citizen.hears_nothing()
    await answered(head)
    await citizen.hears(code, "xin lỗi bà con")
    await citizen.says("/trogiup")
    await citizen.hears("Anh/chị có thể")


async def test_outside_the_window_it_waits_and_is_said_first(zalo: Play) -> None:
    head, citizen = await zalo.official("CT01", on="browser"), await zalo.citizen()
    code = await tell_and_send(citizen)
    zalo.clock.forward(hours=49)
    await opened(head)
    await answered(head)
    await citizen.hears_nothing()
    await head.taps("Kết thúc")
    await head.hears("Đã kết thúc")
    zalo.clock.forward(days=40)
    await citizen.says("trợ giúp")
    await citizen.hears(code, "xin lỗi bà con", "đã kết thúc")
    await citizen.hears("Anh/chị có thể")


async def test_outside_the_window_the_other_channel_tells(zalo: Play) -> None:
    head = await zalo.official("CT01", on="browser")
    here, there = await joined(zalo, here="telegram", there="zalo_oa")
    zalo.clock.forward(hours=1)
    code = await many_filed(there)
    zalo.clock.forward(hours=49)
    await opened(head)
    await answered(head)
    await here.hears(code, "xin lỗi bà con")
    await there.hears_nothing()


async def left_in_metrics(play: Play) -> float:
    async with play.http.get(f"{play.app.address}metrics") as answer:
        lines = (await answer.text()).splitlines()
    return float(next(line.partition(" ")[2] for line in lines if line.startswith("congvu_zalo_oa_quota_left ")))


async def test_once_the_accounts_quota_is_spent_the_other_channel_tells_unasked(billed: Play) -> None:
    """Zalo refuses one message because nothing is left; of others it is not asked any more, but what is free is sent."""
    assert billed.zalo is not None
    head = await billed.official("CT01", on="browser")
    here, there = await joined(billed, here="telegram", there="zalo_oa")
    billed.clock.forward(hours=1)
    code = await many_filed(there)
    await opened(head)
    assert math.isnan(await left_in_metrics(billed))
    billed.zalo.standing.billed_left = 1
    billed.clock.forward(hours=49)
    await billed.zalo.passes(hours=49)
    await head.taps("Tiếp nhận")
    await head.hears("Đã tiếp nhận")
    billed.clock.forward(minutes=11)
    await there.hears("đã được tiếp nhận", code)
    assert await left_in_metrics(billed) == 0
    await answered(head)
    await here.hears(code, "xin lỗi bà con")
    sends = len(billed.zalo.calls("send"))
    await head.taps("Kết thúc")
    await head.hears("Đã kết thúc")
    await here.hears(code, "đã kết thúc")
    assert len(billed.zalo.calls("send")) == sends
    await there.says("/trogiup")
    await there.hears("Anh/chị có thể")


async def test_what_waits_is_handed_to_the_channel_that_is_joined(zalo: Play) -> None:
    head, citizen = await zalo.official("CT01", on="browser"), await zalo.citizen()
    code = await tell_and_send(citizen)
    zalo.clock.forward(hours=49)
    await opened(head)
    await answered(head)
    await citizen.hears_nothing()
    telegram = await zalo.citizen("ở kia", on="telegram")
    await telegram.says("/noikenh")
    await telegram.hears("dùng cả Telegram")
    await telegram.taps("Lấy mã nối")
    shown = await telegram.hears("trong 10 phút")
    # the word that brings the code over is itself what the notice waited for
    await citizen.says(next(line for line in shown.text.splitlines() if line.startswith("NK-")))
    await citizen.hears(code, "xin lỗi bà con")
    await citizen.hears("Nối cuộc trò chuyện")
    await citizen.taps("Nối hai kênh")
    await citizen.hears("Đã nối")
    await telegram.hears("vừa được nối")


async def test_one_knock_for_a_silence(knocking: Play) -> None:
    head, citizen = await knocking.official("CT01", on="browser"), await knocking.citizen()
    code = await tell_and_send(citizen)
    knocking.clock.forward(hours=49)
    await opened(head)
    await answered(head)
    await citizen.hears("có tin mới cho anh/chị ngày 25/11/2026")
    await head.taps("Kết thúc")
    await head.hears("Đã kết thúc")
    await citizen.hears_nothing()
    await citizen.says("xem")
    await citizen.hears(code, "xin lỗi bà con")
    await citizen.hears()


async def test_many_cases_that_waited_are_one_word(zalo: Play) -> None:
    head = await zalo.official("CT01")
    zalo.clock.forward(hours=49)
    for number in range(5):
        await tell_and_send(await zalo.citizen(f"người dân {number}", on="browser"), day="thứ Tư 25/11")
    await head.hears_nothing()
    await head.says("/trogiup")
    await head.hears("Anh/chị có thể")
    zalo.clock.forward(minutes=1)
    await head.hears("5 phản ánh")


async def test_a_dying_quota_holds_instead_of_losing(zalo: Play) -> None:
    """-211, out of quota of the account: nothing is tried twelve times and dropped."""
    head, citizen = await zalo.official("CT01", on="browser"), await zalo.citizen()
    code = await tell_and_send(citizen)
    await opened(head)
    assert zalo.zalo is not None
    zalo.zalo.doubts.quota_in_answers = False
    for number in range(7):
        await zalo.shows(citizen, f"more {number}", Reply(text="Một lời nữa."))
        await citizen.hears("Một lời nữa.")
    await answered(head)  # -218: this person's eight are spent
    await citizen.hears_nothing()
    await citizen.says("/trogiup")
    await citizen.hears(code, "xin lỗi bà con")
    await citizen.hears("Anh/chị có thể")
