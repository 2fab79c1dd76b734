"""When Zalo falls silent: officials are asked for a word before, where that helps; a receipt tells citizens of it; nobody learns who was reached."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest

from bot.judge import Judging
from bot.settings import Settings
from tests.dialogue import TestClock
from tests.dialogues.test_budget import FREE, answered, opened
from tests.dialogues.test_complaint import tell_and_send
from tests.play import Play, open_play
from tests.small_office import SmallOffice


@pytest.fixture
async def zalo(settings: Settings, clock: TestClock, judge: Judging, small_office: SmallOffice) -> AsyncIterator[Play]:
    """Zalo with nothing but what is free, and Telegram beside it."""
    async with open_play("zalo_oa+telegram+browser", settings, clock, judge, small_office, budget=FREE) as stage:
        yield stage


@pytest.fixture
async def usual(settings: Settings, clock: TestClock, judge: Judging, small_office: SmallOffice) -> AsyncIterator[Play]:
    """Zalo as it is when nothing is set."""
    usual = {name: Settings.model_fields[name].default for name in FREE}
    async with open_play("zalo_oa+browser", settings, clock, judge, small_office, budget=usual) as stage:
        yield stage


async def tick(play: Play) -> None:
    await play.app.schedule.tick(play.clock())


async def test_a_head_is_asked_for_a_word_before_zalo_falls_silent(zalo: Play) -> None:
    """Heard on Wednesday after seven: until Friday at seven. Thursday afternoon is the last working time before that."""
    zalo.clock.set("2026-11-25 07:45")
    head = await zalo.official("CT01")
    official = await zalo.official("MC01", on="telegram")
    zalo.clock.set("2026-11-26 09:00")
    await tick(zalo)
    await head.hears_nothing()
    zalo.clock.set("2026-11-26 12:30")
    await tick(zalo)
    await head.hears_nothing()
    zalo.clock.set("2026-11-26 14:00")
    await tick(zalo)
    await head.hears("Zalo sắp ngừng chuyển tin", buttons=("Tiếp tục nhận tin",))
    await tick(zalo)
    await head.hears_nothing()
    await head.taps("Tiếp tục nhận tin")
    await head.hears("vẫn tiếp tục đến đây")
    await official.hears_nothing()


async def test_nobody_is_asked_where_a_word_would_not_help(zalo: Play) -> None:
    """On Friday afternoon a word keeps Zalo open until Sunday: no reason to ask. What waits is said with Monday's first word."""
    zalo.clock.set("2026-11-27 07:00")
    head = await zalo.official("CT01")
    zalo.clock.set("2026-11-27 15:00")
    await tick(zalo)
    await head.hears_nothing()
    zalo.clock.set("2026-11-30 07:31")
    await tick(zalo)
    await head.hears_nothing()
    zalo.clock.set("2026-11-30 07:40")
    await head.says("/diemdanh")
    await head.hears("BẢN TIN TUẦN")
    await head.hears("có mặt")


async def test_mondays_words_reach_officials_who_were_silent_since_friday(usual: Play) -> None:
    """Beyond the free hours Zalo bills what officials are told; citizens' news wait."""
    usual.clock.set("2026-11-27 15:00")
    head, official, citizen = await usual.official("CT01"), await usual.official("MC02"), await usual.citizen()
    code = await tell_and_send(citizen, day="thứ Sáu 27/11")
    await head.hears("phản ánh mới")
    await tick(usual)
    await head.hears_nothing()
    usual.clock.set("2026-11-30 07:29")
    await tick(usual)
    await head.hears("bắt đầu lúc 07:30")
    await official.hears("bắt đầu lúc 07:30")
    usual.clock.set("2026-11-30 07:31")
    await tick(usual)
    await head.hears("BẢN TIN TUẦN", "Phản ánh mới: 1")
    await head.taps("Đã xem")
    await head.hears()
    desk = await usual.official("CT01", on="browser")
    await desk.says("/phananh")
    await desk.hears("đang mở")
    await desk.taps("Số")
    await desk.hears("quát to")
    await answered(desk)
    await citizen.hears_nothing()
    await citizen.says("/trogiup")
    await citizen.hears(code, "xin lỗi bà con")
    await citizen.hears("Anh/chị có thể")


async def test_who_was_silent_all_week_is_asked_on_friday(usual: Play) -> None:
    """Heard on Monday: seven days end half an hour before the next Monday's work."""
    usual.clock.set("2026-11-23 07:45")
    head = await usual.official("CT01")
    await tick(usual)
    await head.hears("BẢN TIN TUẦN")
    usual.clock.set("2026-11-27 09:00")
    await tick(usual)
    await head.hears_nothing()
    usual.clock.set("2026-11-27 15:00")
    await tick(usual)
    await head.hears("Zalo sắp ngừng chuyển tin")
    await head.taps("Tiếp tục nhận tin")
    await head.hears("vẫn tiếp tục đến đây")
    usual.clock.set("2026-11-30 08:00")
    await tick(usual)
    await head.hears("BẢN TIN TUẦN")


@pytest.mark.parametrize(("identity", "told"), [("Giữ kín", True), ("Ẩn danh", False)])
async def test_who_files_is_told_that_zalo_falls_silent(usual: Play, identity: str, told: bool) -> None:
    """On this channel alone; who is anonymous is told nothing anyway, and hears so."""
    head = await usual.official("CT01", on="browser")
    for channel in ("zalo_oa", "browser"):
        citizen = await usual.citizen(on=channel)
        await tell_and_send(citizen, identity=identity)
        assert ("Nếu 2 ngày liền anh/chị không nhắn gì ở đây, Zalo" in citizen.seen[-1].text) is (told and channel == "zalo_oa")
        await head.hears("phản ánh mới")


async def test_what_the_head_reads_of_an_answer_is_the_same_for_all(usual: Play) -> None:
    """Whether somebody was reached, and where, would tell something of them."""
    head = await usual.official("CT01", on="browser")
    said = set()
    for identity in ("Giữ kín", "Ẩn danh"):
        for channel in ("zalo_oa", "browser"):
            citizen = await usual.citizen(on=channel)
            await tell_and_send(citizen, identity=identity, day="")
            await opened(head)
            usual.clock.forward(hours=49)
            await answered(head)
            said.add(re.sub(r"số \d+", "số", head.seen[-1].text))
            if identity == "Giữ kín" and channel == "browser":
                await citizen.hears("xin lỗi bà con")
            else:
                await citizen.hears_nothing()
    assert len(said) == 1, said
