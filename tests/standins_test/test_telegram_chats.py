"""Who the bot may speak to: people who wrote first and did not block it, groups that let it stay and show it little."""

from __future__ import annotations

import asyncio

import pytest
from aiogram import Bot, Dispatcher
from aiogram.types import Message
from telegram.error import BadRequest, Forbidden
from telegram.ext import ExtBot

from tests.standins.telegram import TelegramStandIn

from .conftest import polling


async def test_a_block_and_its_end_are_told(tg: TelegramStandIn, speaker: ExtBot[None], hearer: Bot) -> None:
    user, states = tg.user(), asyncio.Queue[str]()
    dispatcher = Dispatcher()

    @dispatcher.my_chat_member()
    async def note(event: object) -> None:
        await states.put(event.new_chat_member.status)  # type: ignore[attr-defined]

    async with polling(dispatcher, hearer):
        await user.starts()
        await user.blocks_bot()
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await speaker.send_message(user.id, "có ai không?")
        await user.says("tôi quay lại")
        await speaker.send_message(user.id, "chào")
        assert [await states.get(), await states.get()] == ["kicked", "member"]
    assert [post.text for post in user.inbox] == ["chào"]


async def test_the_bot_cannot_speak_first(tg: TelegramStandIn, speaker: ExtBot[None]) -> None:
    user = tg.user()
    with pytest.raises(BadRequest, match=r"[Cc]hat not found"):
        await speaker.send_message(user.id, "chào")
    with pytest.raises(BadRequest, match=r"[Cc]hat not found"):
        await speaker.send_message(42, "chào")
    await user.in_group(tg.group()).says("chào cả nhà")
    with pytest.raises(Forbidden, match="can't initiate conversation"):
        await speaker.send_message(user.id, "chào")


async def test_groups_have_privacy_and_their_own_numbers(tg: TelegramStandIn, speaker: ExtBot[None], hearer: Bot) -> None:
    group, heard = tg.group("Tổ dân phố"), asyncio.Queue[Message]()
    place = tg.user("Lê Mẫu").in_group(group)
    dispatcher = Dispatcher()
    dispatcher.message.register(heard.put)
    async with polling(dispatcher, hearer):
        await place.says("chuyện riêng của chúng tôi")
        await place.says("/tracuu@bot_khac")
        await place.says("/tracuu")
        await place.says("@xa_mau_bot giúp với")
        await tg.all_taken()
    assert [heard.get_nowait().text for _ in range(heard.qsize())] == ["/tracuu", "@xa_mau_bot giúp với"]

    private = await tg.user().says("chào")
    answer = await speaker.send_message(group.chat.id, "Xin nhắn riêng")
    assert (private.message_id, answer.message_id) == (1, 5)
    assert (await place.next_message()).text == "Xin nhắn riêng"
    await group.removes_bot()
    with pytest.raises(Forbidden, match="kicked"):
        await speaker.send_message(group.chat.id, "còn ai không")
