"""A channel that fails again and again: what was to be said there comes on the person's other channel, once, until the first works again."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.judge import Judging
from bot.settings import Settings
from tests.dialogue import Message, Someone, TestClock, settle
from tests.dialogues.test_budget import answered, opened
from tests.dialogues.test_join import joined, many_filed
from tests.play import Play, open_play
from tests.small_office import SmallOffice


@pytest.fixture
async def both(settings: Settings, clock: TestClock, judge: Judging, small_office: SmallOffice) -> AsyncIterator[Play]:
    """Telegram and Zalo, and a page for the head."""
    async with open_play("telegram+zalo_oa+browser", settings, clock, judge, small_office) as stage:
        yield stage


async def come(play: Play, someone: Someone, *, minutes: int) -> Message:
    """What the person hears once the tries of some minutes are over."""
    for _ in range(minutes * 6):
        await settle(play.app)
        someone._waiting += await someone.line.receive()
        if someone._waiting:
            break
        play.clock.forward(seconds=10)
    return await someone.hears()


def failing(play: Play, channel: str, times: int) -> None:
    assert play.telegram is not None
    assert play.zalo is not None
    if channel == "telegram":
        play.telegram.faults.server_error("sendMessage", times=times)
    else:
        play.zalo.faults.server_error(calls="send", times=times)


async def tries(play: Play) -> int:
    assert play.telegram is not None
    assert play.zalo is not None
    return sum(fault.struck for server in (play.telegram, play.zalo) for fault in server.faults.script)


WAYS = [("telegram", "zalo_oa"), ("zalo_oa", "telegram")]
"""The channel that fails, and the other."""


@pytest.mark.parametrize(("fails", "works"), WAYS)
async def test_after_six_failures_the_other_channel_tells_until_the_first_is_heard(both: Play, fails: str, works: str) -> None:
    head = await both.official("CT01", on="browser")
    other, failed = await joined(both, here=works, there=fails)
    both.clock.forward(hours=1)
    code = await many_filed(failed)
    await opened(head)
    failing(both, fails, times=1_000)
    await head.taps("Tiếp nhận")
    await head.hears("Đã tiếp nhận")
    begun = both.clock()
    told = await come(both, other, minutes=5)
    assert "đã được tiếp nhận" in told.text
    assert code in told.text
    assert await tries(both) == 6
    assert 60 < (both.clock() - begun).total_seconds() < 300
    assert (await both.contact_of(failed)).failing

    for server in (both.telegram, both.zalo):
        assert server is not None
        server.faults.clear()
    both.clock.forward(hours=1)
    await failed.hears_nothing()  # it came once: what failed is not said again
    await answered(head)
    await other.hears(code, "xin lỗi bà con")  # the first would work again, but nobody knows that yet
    await failed.hears_nothing()

    await failed.says("/trogiup")
    await failed.hears("Anh/chị có thể")
    assert not (await both.contact_of(failed)).failing
    await head.taps("Kết thúc")
    await head.hears("Đã kết thúc")
    await failed.hears("đã kết thúc", code)
    await other.hears_nothing()


@pytest.mark.parametrize(("fails", "works"), WAYS)
async def test_five_failures_are_waited_out(both: Play, fails: str, works: str) -> None:
    head = await both.official("CT01", on="browser")
    other, failed = await joined(both, here=works, there=fails)
    both.clock.forward(hours=1)
    code = await many_filed(failed)
    await opened(head)
    failing(both, fails, times=5)
    await head.taps("Tiếp nhận")
    await head.hears("Đã tiếp nhận")
    told = await come(both, failed, minutes=5)
    assert "đã được tiếp nhận" in told.text
    assert code in told.text
    await other.hears_nothing()
    assert not (await both.contact_of(failed)).failing
