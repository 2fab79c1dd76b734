"""Every misfortune the stand-in can bring about, met by the real libraries."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramForbiddenError, TelegramNetworkError, TelegramRetryAfter
from telegram.error import Forbidden, NetworkError, RetryAfter, TimedOut
from telegram.ext import ExtBot

from tests.standins.telegram import Clock, Person, Rates, TelegramStandIn


@pytest.fixture
async def user(tg: TelegramStandIn) -> Person:
    """Somebody who has started the bot."""
    person = tg.user()
    await person.starts()
    return person


async def test_429_bans_the_bot_until_its_time(tg: TelegramStandIn, speaker: ExtBot[None], hearer: Bot, user: Person) -> None:
    other = tg.user()
    await other.starts()
    fault = tg.faults.too_many("sendMessage", retry_after=7)
    with pytest.raises(RetryAfter) as caught:
        await speaker.send_message(user.id, "một")
    assert caught.value.retry_after == timedelta(seconds=7)
    tg.clock.advance(2)
    with pytest.raises(TelegramRetryAfter) as again:
        await hearer.send_message(other.id, "hai")
    assert 4 <= again.value.retry_after <= 5
    tg.clock.advance(5)
    await speaker.send_message(user.id, "ba")
    assert [post.text for post in user.inbox] == ["ba"]
    assert (fault.struck, tg.faults.unspent) == (1, [])
    assert [(call.status, call.fault) for call in tg.calls("sendMessage")] == [(429, "429"), (429, ""), (200, "")]


async def test_429_for_one_chat_leaves_the_others_alone(tg: TelegramStandIn, speaker: ExtBot[None], user: Person) -> None:
    other = tg.user()
    await other.starts()
    tg.faults.too_many("send*", retry_after=7, chat_id=user.id)
    await speaker.send_message(other.id, "không")
    with pytest.raises(RetryAfter):
        await speaker.send_message(user.id, "một")
    await speaker.send_message(other.id, "hai")
    with pytest.raises(RetryAfter):
        await speaker.send_message(user.id, "ba")


async def test_403_out_of_the_blue(tg: TelegramStandIn, speaker: ExtBot[None], hearer: Bot, user: Person) -> None:
    tg.faults.forbidden("sendMessage", times=2)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await speaker.send_message(user.id, "một")
    with pytest.raises(TelegramForbiddenError):
        await hearer.send_message(user.id, "hai")
    assert user.inbox == []


@pytest.mark.parametrize("status", [500, 502])
async def test_a_page_of_html(status: int, tg: TelegramStandIn, speaker: ExtBot[None], user: Person) -> None:
    tg.faults.server_error("sendMessage", status=status, skip=1)
    await speaker.send_message(user.id, "một")
    with pytest.raises(NetworkError, match="<html>"):
        await speaker.send_message(user.id, "hai")
    await speaker.send_message(user.id, "ba")
    assert [post.text for post in user.inbox] == ["một", "ba"]


async def test_a_connection_dropped_before(tg: TelegramStandIn, speaker: ExtBot[None], hearer: Bot, user: Person) -> None:
    tg.faults.drops_before("sendMessage", times=2)
    with pytest.raises(NetworkError):
        await speaker.send_message(user.id, "một")
    with pytest.raises(TelegramNetworkError):
        await hearer.send_message(user.id, "hai")
    assert user.inbox == []
    assert [call.status for call in tg.calls("sendMessage")] == [None, None]


async def test_a_connection_dropped_after(tg: TelegramStandIn, speaker: ExtBot[None], hearer: Bot, user: Person) -> None:
    tg.faults.drops_after("sendMessage", times=2)
    with pytest.raises(NetworkError):
        await speaker.send_message(user.id, "một")
    with pytest.raises(TelegramNetworkError):
        await hearer.send_message(user.id, "hai")
    assert [post.text for post in user.inbox] == ["một", "hai"]
    assert [call.status for call in tg.calls("sendMessage")] == [None, None]


async def test_no_answer_after_acceptance(tg: TelegramStandIn, speaker: ExtBot[None], user: Person) -> None:
    tg.faults.hangs("sendMessage")
    with pytest.raises(TimedOut):
        await speaker.send_message(user.id, "một", read_timeout=0.05)
    assert [post.text for post in user.inbox] == ["một"]
    await speaker.send_message(user.id, "hai")


async def test_a_hanging_request_does_not_hinder_the_end() -> None:
    tg = await TelegramStandIn.start()
    user = tg.user()
    await user.starts()
    tg.faults.hangs("sendMessage")
    async with ExtBot(tg.token, base_url=tg.ptb_base_url) as bot:
        waiting = asyncio.create_task(bot.send_message(user.id, "một"))
        await user.next_message()
        await asyncio.wait_for(tg.stop(), 2)
        with pytest.raises(NetworkError):
            await waiting


async def test_a_slow_answer(speaker: ExtBot[None]) -> None:
    clock = Clock(frozen=True)
    async with await TelegramStandIn.start(clock=clock) as tg, ExtBot(tg.token, base_url=tg.ptb_base_url) as bot:
        user = tg.user()
        await user.starts()
        tg.faults.slow("sendMessage", seconds=3)
        sending = asyncio.create_task(bot.send_message(user.id, "một"))
        await user.next_message()
        clock.advance(2.9)
        await bot.get_me()
        assert not sending.done()
        clock.advance(0.1)
        assert (await sending).text == "một"


async def test_a_download_that_fails(tg: TelegramStandIn, speaker: ExtBot[None], user: Person) -> None:
    sent = await user.sends_document("a.txt", b"abc")
    tg.faults.server_error("file")
    tg.faults.drops_before("file")
    file = await speaker.get_file(sent.data["document"]["file_id"])
    for _ in range(2):
        with pytest.raises(NetworkError):
            await file.download_as_bytearray()
    assert bytes(await file.download_as_bytearray()) == b"abc"


async def test_too_fast_in_one_chat() -> None:
    clock = Clock(frozen=True)
    async with await TelegramStandIn.start(clock=clock, rates=Rates(chat_burst=5)) as tg, ExtBot(tg.token, base_url=tg.ptb_base_url) as bot:
        user, other = tg.user(), tg.user()
        await user.starts()
        await other.starts()
        for number in range(5):
            await bot.send_message(user.id, str(number))
        with pytest.raises(RetryAfter):
            await bot.send_message(user.id, "một quá")
        await bot.send_message(other.id, "vẫn được")
        clock.advance(2)
        with pytest.raises(RetryAfter):
            await bot.send_message(user.id, "còn cấm")
        clock.advance(1)
        for number in range(3):
            await bot.send_message(user.id, str(number))
        with pytest.raises(RetryAfter):
            await bot.send_message(user.id, "lại quá")


async def test_more_than_thirty_a_second_over_all() -> None:
    clock = Clock(frozen=True)
    async with await TelegramStandIn.start(clock=clock) as tg, ExtBot(tg.token, base_url=tg.ptb_base_url) as bot:
        users = [tg.user() for _ in range(31)]
        for user in users:
            await user.starts()
        for user in users[:30]:
            await bot.send_message(user.id, "x")
        with pytest.raises(RetryAfter):
            await bot.send_message(users[30].id, "x")
        with pytest.raises(RetryAfter):
            await bot.send_message(users[0].id, "cả người khác cũng bị cấm")
        clock.advance(3)
        await bot.send_message(users[30].id, "x")


async def test_a_group_takes_twenty_a_minute() -> None:
    clock = Clock(frozen=True)
    rates = Rates(chat_burst=100)
    async with await TelegramStandIn.start(clock=clock, rates=rates) as tg, ExtBot(tg.token, base_url=tg.ptb_base_url) as bot:
        group = tg.group()
        for number in range(20):
            await bot.send_message(group.chat.id, str(number))
        with pytest.raises(RetryAfter):
            await bot.send_message(group.chat.id, "quá")
        clock.advance(60)
        await bot.send_message(group.chat.id, "được")


async def test_without_limits_if_a_test_is_not_about_them() -> None:
    rates = Rates.unlimited()
    async with await TelegramStandIn.start(clock=Clock(frozen=True), rates=rates) as tg, ExtBot(tg.token, base_url=tg.ptb_base_url) as bot:
        user = tg.user()
        await user.starts()
        for number in range(60):
            await bot.send_message(user.id, str(number))
        assert len(user.inbox) == 60
