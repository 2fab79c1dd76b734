"""The rules of `getUpdates`: what an offset confirms, who may ask, what is told twice."""

from __future__ import annotations

import asyncio

import pytest
from aiogram import Bot, Dispatcher
from aiogram.types import Message, Update
from aiohttp import ClientError

from tests.standins.telegram import TelegramStandIn

from .conftest import Ask, polling


def ids(answer: dict[str, list[dict[str, int]]]) -> list[int]:
    return [update["update_id"] for update in answer["result"]]


async def test_only_an_offset_confirms(tg: TelegramStandIn, ask: Ask) -> None:
    user = tg.user()
    for text in ("một", "hai", "ba"):
        await user.says(text)
    _, all_three = await ask("getUpdates")
    first, second, third = ids(all_three)
    assert (second, third) == (first + 1, first + 2)
    assert ids((await ask("getUpdates"))[1]) == [first, second, third]
    assert ids((await ask("getUpdates", json={"limit": 1}))[1]) == [first]
    assert ids((await ask("getUpdates", json={"offset": second}))[1]) == [second, third]
    assert ids((await ask("getUpdates", json={"offset": first}))[1]) == [second, third]
    assert ids((await ask("getUpdates", json={"offset": -1}))[1]) == [third]
    assert ids((await ask("getUpdates", json={"offset": third + 1}))[1]) == []
    await tg.all_taken()


async def test_an_offset_from_another_life_confirms_nothing(tg: TelegramStandIn, ask: Ask) -> None:
    await tg.user().says("một")
    assert len(ids((await ask("getUpdates", json={"offset": 999_999_999_999}))[1])) == 1


async def test_a_long_poll_ends_when_something_happens(tg: TelegramStandIn, ask: Ask) -> None:
    waiting = asyncio.create_task(ask("getUpdates", json={"timeout": 30}))
    await tg.until(lambda: tg.world.polling.busy)
    await tg.user().says("một")
    _, answer = await asyncio.wait_for(waiting, 2)
    assert len(ids(answer)) == 1


async def test_two_who_ask_at_once_are_a_violation(tg: TelegramStandIn, ask: Ask) -> None:
    first = asyncio.create_task(ask("getUpdates", json={"timeout": 30}))
    await tg.until(lambda: tg.world.polling.busy)
    second = asyncio.create_task(ask("getUpdates", json={"timeout": 30}))
    status, answer = await asyncio.wait_for(first, 2)
    assert status == 409
    assert "terminated by other getUpdates" in answer["description"]
    await tg.user().says("một")
    assert len(ids((await asyncio.wait_for(second, 2))[1])) == 1
    tg.excuse("terminated by other getUpdates")


async def test_who_hangs_up_and_asks_again_is_no_second_poller(tg: TelegramStandIn, ask: Ask) -> None:
    offset = 0
    for _ in range(10):
        waiting = asyncio.create_task(ask("getUpdates", json={"timeout": 30, "offset": offset}))
        await tg.until(lambda: tg.world.polling.busy)
        waiting.cancel()
        asking_again = asyncio.create_task(ask("getUpdates", json={"timeout": 30, "offset": offset}))
        await asyncio.gather(waiting, return_exceptions=True)
        await tg.user().says("một")
        status, answer = await asking_again
        assert (status, len(ids(answer))) == (200, 1)
        offset = ids(answer)[0] + 1


async def test_only_the_kinds_asked_for(tg: TelegramStandIn, ask: Ask) -> None:
    user = tg.user()
    await ask("getUpdates", json={"allowed_updates": ["message"]})
    first = await user.says("một")
    await user.edits(first, "hai")
    await user.blocks_bot()
    assert [list(update) for update in (await ask("getUpdates"))[1]["result"]] == [["update_id", "message"]]
    assert (await ask("getWebhookInfo"))[1]["result"]["allowed_updates"] == ["message"]


async def test_updates_expire_after_a_day_and_taps_much_sooner(tg: TelegramStandIn, ask: Ask) -> None:
    user = tg.user()
    await user.starts()
    await ask(
        "sendMessage", json={"chat_id": user.id, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}}
    )
    await user.taps("a")
    tg.clock.advance(150)
    assert [list(update)[1] for update in (await ask("getUpdates"))[1]["result"]] == ["message"]
    tg.clock.advance(86_400)
    assert (await ask("getUpdates"))[1]["result"] == []


async def test_an_update_told_twice(tg: TelegramStandIn, hearer: Bot) -> None:
    heard: list[int] = []
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def note(message: Message, event_update: Update) -> None:
        heard.append(event_update.update_id)

    async with polling(dispatcher, hearer):
        await tg.user().says("một")
        await tg.all_taken()
        repeated = tg.repeat_update()
        await tg.all_taken()
        await tg.user().says("hai")
        await tg.all_taken()
    assert heard == [repeated.update_id, repeated.update_id, repeated.update_id + 1]


async def test_an_answer_that_gets_lost_is_given_again(tg: TelegramStandIn, ask: Ask) -> None:
    await tg.user().says("một")
    tg.faults.drops_after("getUpdates")
    with pytest.raises(ClientError):
        await ask("getUpdates")
    assert len(ids((await ask("getUpdates"))[1])) == 1


async def test_telegram_is_away_for_a_while(tg: TelegramStandIn, ask: Ask) -> None:
    tg.faults.drops_before("*", times=1000)
    for method in ("getMe", "getUpdates"):
        with pytest.raises(ClientError):
            await ask(method)
    tg.faults.clear()
    assert (await ask("getMe"))[0] == 200


async def test_polling_survives_every_misfortune(tg: TelegramStandIn, hearer: Bot) -> None:
    heard = asyncio.Queue[Message]()
    dispatcher = Dispatcher()
    dispatcher.message.register(heard.put)
    tg.faults.server_error("getUpdates", status=502)
    tg.faults.drops_before("getUpdates")
    tg.faults.drops_after("getUpdates")
    tg.faults.too_many("getUpdates", retry_after=1)
    await tg.user().says("một")
    async with polling(dispatcher, hearer):
        await asyncio.wait_for(heard.get(), 10)
        await tg.all_taken()
    assert [call.status for call in tg.calls("getUpdates")][:5] == [502, None, None, 429, 200]
    assert heard.empty()
