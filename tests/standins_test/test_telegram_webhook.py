"""Delivery to a real webhook of aiogram's over HTTP: secret, order, repetition, what Telegram demands of the address."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from telegram.error import BadRequest, RetryAfter
from telegram.ext import ExtBot

from tests.standins.shared.bell import Bell
from tests.standins.telegram import Clock, Rates, TelegramStandIn, as_telegram

from .conftest import Ask

PUBLIC = "https://xa-mau.example.vn"


class Office:
    """A bot's web server that answers what the test wants and remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.answers: list[int] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.bell = Bell()
        self.url = ""

    async def hear(self, request: web.Request) -> web.Response:
        self.told.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.bell.ring()
        await self.gate.wait()
        status = self.answers.pop(0) if self.answers else 200
        return web.Response(status=status, headers={"Location": f"{self.url}/elsewhere"} if status == 302 else {})

    async def elsewhere(self, request: web.Request) -> web.Response:
        return web.Response()

    def ids(self) -> list[int]:
        return [update["update_id"] for update in self.told]

    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.told]


@asynccontextmanager
async def serving(app: web.Application) -> AsyncIterator[str]:
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    it = Office()
    app = web.Application()
    app.router.add_post("/telegram", it.hear)
    app.router.add_get("/elsewhere", it.elsewhere)
    async with serving(app) as url:
        it.url = url
        yield it


@pytest.fixture
async def told(tg: TelegramStandIn, office: Office, speaker: ExtBot[None]) -> Office:
    """The office with its webhook set."""
    tg.lead(PUBLIC, office.url)
    await speaker.set_webhook(f"{PUBLIC}/telegram", secret_token="s3cret_-")
    return office


async def test_a_conversation_by_webhook(tg: TelegramStandIn, speaker: ExtBot[None], hearer: Bot) -> None:
    dispatcher, app, user = Dispatcher(), web.Application(), tg.user()

    @dispatcher.message()
    async def answer(message: Message) -> None:
        await speaker.send_message(message.chat.id, f"nghe: {message.text}")

    SimpleRequestHandler(dispatcher, hearer, handle_in_background=False, secret_token="s3cret").register(app, "/telegram")
    async with serving(app) as url:
        tg.lead(PUBLIC, url)
        await speaker.set_webhook(f"{PUBLIC}/telegram", secret_token="s3cret")
        await user.says("một")
        assert (await user.next_message()).text == "nghe: một"
        await tg.all_taken()
        assert [delivery.status for delivery in tg.deliveries] == [200]
        assert (await speaker.get_webhook_info()).pending_update_count == 0


async def test_the_secret_comes_along(tg: TelegramStandIn, told: Office) -> None:
    await tg.user().says("một")
    await tg.all_taken()
    assert told.secrets == ["s3cret_-"]


async def test_in_a_chat_one_after_the_other_chats_side_by_side(tg: TelegramStandIn, told: Office) -> None:
    told.gate.clear()
    first, second = tg.user(), tg.user()
    for text in ("một", "hai"):
        await first.says(text)
    await second.says("ba")
    await told.bell.until(lambda: len(told.told) == 2, 5)
    assert sorted(told.texts()) == ["ba", "một"]
    told.gate.set()
    await tg.all_taken()
    assert told.texts().index("một") < told.texts().index("hai")


async def test_no_more_connections_than_agreed(tg: TelegramStandIn, told: Office, speaker: ExtBot[None]) -> None:
    tg.clock.advance(1)
    await speaker.set_webhook(f"{PUBLIC}/telegram", max_connections=2)
    told.gate.clear()
    for number in range(4):
        await tg.user().says(str(number))
    await told.bell.until(lambda: len(told.told) == 2, 5)
    for _ in range(20):
        await speaker.get_me()
    assert len(told.told) == 2
    told.gate.set()
    await tg.all_taken()
    assert len(told.told) == 4


@pytest.mark.parametrize("status", [500, 404, 302])
async def test_told_again_until_it_is_taken(status: int, tg: TelegramStandIn, told: Office, speaker: ExtBot[None]) -> None:
    told.answers = [status, status]
    await tg.user().says("một")
    await tg.all_taken()
    assert len(set(told.ids())) == 1
    assert [delivery.status for delivery in tg.deliveries] == [status, status, 200]
    assert (await speaker.get_webhook_info()).last_error_message == f"Wrong response from the webhook: {status}"


async def test_told_again_after_a_timeout() -> None:
    office, app = Office(), web.Application()
    app.router.add_post("/telegram", office.hear)
    office.gate.clear()
    started = TelegramStandIn.start(allow_http_webhook=True, webhook_timeout=0.1)
    async with serving(app) as url, await started as tg, ExtBot(tg.token, base_url=tg.ptb_base_url) as bot:
        await bot.set_webhook(f"{url}/telegram")
        await tg.user().says("một")
        await tg.until(lambda: tg.deliveries)
        office.gate.set()
        await tg.all_taken()
    assert len(office.ids()) >= 2
    assert len(set(office.ids())) == 1
    assert tg.deliveries[0].status is None


async def test_an_answer_that_gets_lost(tg: TelegramStandIn, told: Office) -> None:
    tg.faults.drops_after("webhook")
    await tg.user().says("một")
    await tg.all_taken()
    assert len(told.ids()) == 2
    assert len(set(told.ids())) == 1


async def test_a_delivery_that_never_arrives(tg: TelegramStandIn, told: Office) -> None:
    tg.faults.drops_before("webhook", times=3)
    await tg.user().says("một")
    await tg.all_taken()
    assert (len(told.ids()), len(tg.deliveries)) == (1, 4)


async def test_an_update_told_twice(tg: TelegramStandIn, told: Office) -> None:
    await tg.user().says("một")
    await tg.all_taken()
    tg.repeat_update()
    await tg.all_taken()
    assert len(told.ids()) == 2
    assert len(set(told.ids())) == 1


async def test_out_of_order(tg: TelegramStandIn, told: Office) -> None:
    user = tg.user()
    async with tg.out_of_order():
        for text in ("một", "hai", "ba"):
            await user.says(text)
        assert told.told == []
    await tg.all_taken()
    assert told.texts() == ["ba", "hai", "một"]
    assert told.ids() == sorted(told.ids(), reverse=True)


async def test_the_patience_of_the_real_server_on_a_clock_that_a_test_moves() -> None:
    office, app, clock = Office(), web.Application(), Clock(frozen=True)
    app.router.add_post("/telegram", office.hear)
    office.answers = [500, 500, 500]
    started = TelegramStandIn.start(clock=clock, backoff=as_telegram, allow_http_webhook=True)
    async with serving(app) as url, await started as tg, ExtBot(tg.token, base_url=tg.ptb_base_url) as bot:
        await bot.set_webhook(f"{url}/telegram")
        await tg.user().says("một")
        await tg.until(lambda: len(tg.deliveries) == 2)
        clock.advance(1.9)
        await bot.get_me()
        assert len(tg.deliveries) == 2
        clock.advance(0.1)
        await tg.until(lambda: len(tg.deliveries) == 3)
        clock.advance(4)
        await tg.all_taken()
    assert [delivery.status for delivery in tg.deliveries] == [500, 500, 500, 200]


async def test_what_waits_is_told_when_the_office_is_back(tg: TelegramStandIn, speaker: ExtBot[None]) -> None:
    office, app, user = Office(), web.Application(), tg.user()
    app.router.add_post("/telegram", office.hear)
    async with serving(app) as url:
        port = url.rsplit(":", 1)[1]
    tg.lead(PUBLIC, url)
    await speaker.set_webhook(f"{PUBLIC}/telegram")
    await user.says("một")
    await tg.until(lambda: tg.deliveries)
    assert tg.deliveries[0].status is None
    assert (await speaker.get_webhook_info()).pending_update_count == 1
    runner = web.AppRunner(web.Application(), access_log=None)
    runner.app.router.add_post("/telegram", office.hear)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", int(port)).start()
    await tg.all_taken()
    await runner.cleanup()
    assert office.texts() == ["một"]


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://127.0.0.1:80/telegram", "HTTPS URL must be provided"),
        ("https://elsewhere.example.vn/telegram", "Failed to resolve host"),
        ("https://xa-mau.example.vn:8080/telegram", "only on ports"),
        ("nonsense", "invalid webhook URL"),
    ],
)
async def test_addresses_telegram_does_not_take(url: str, reason: str, tg: TelegramStandIn, speaker: ExtBot[None]) -> None:
    with pytest.raises(BadRequest, match=rf"(?i){reason}"):
        await speaker.set_webhook(url)
    assert not (await speaker.get_webhook_info()).url


async def test_polling_and_webhook_exclude_each_other(tg: TelegramStandIn, told: Office, speaker: ExtBot[None], ask: Ask) -> None:
    status, answer = await ask("getUpdates")
    assert (status, "webhook is active" in answer["description"]) == (409, True)
    tg.excuse("webhook is active")
    told.answers = [500] * 1000
    await tg.user().says("một")
    await tg.until(lambda: tg.deliveries)
    await speaker.delete_webhook()
    assert len((await ask("getUpdates"))[1]["result"]) == 1


async def test_setting_a_webhook_ends_a_poll(tg: TelegramStandIn, office: Office, speaker: ExtBot[None], ask: Ask) -> None:
    waiting = asyncio.create_task(ask("getUpdates", json={"timeout": 20}))
    await tg.until(lambda: tg.world.polling.busy)
    tg.lead(PUBLIC, office.url)
    await speaker.set_webhook(f"{PUBLIC}/telegram")
    assert (await asyncio.wait_for(waiting, 2))[0] == 409
    tg.excuse("terminated by setWebhook")


async def test_a_webhook_is_set_at_most_once_a_second(tg: TelegramStandIn, told: Office, speaker: ExtBot[None]) -> None:
    with pytest.raises(RetryAfter):
        await speaker.set_webhook(f"{PUBLIC}/telegram")
    tg.clock.advance(1)
    await speaker.set_webhook(f"{PUBLIC}/telegram", drop_pending_updates=True)


async def test_dropping_what_waits() -> None:
    started = TelegramStandIn.start(clock=Clock(frozen=True), rates=Rates.unlimited())
    async with await started as tg, ExtBot(tg.token, base_url=tg.ptb_base_url) as bot:
        await tg.user().says("một")
        assert (await bot.get_webhook_info()).pending_update_count == 1
        await bot.delete_webhook(drop_pending_updates=True)
        assert (await bot.get_webhook_info()).pending_update_count == 0


async def _answered_with(tg: TelegramStandIn, speaker: ExtBot[None], answer: dict[str, object]) -> None:
    async def hear(request: web.Request) -> web.Response:
        return web.json_response(answer)

    app = web.Application()
    app.router.add_post("/telegram", hear)
    async with serving(app) as url:
        tg.lead(PUBLIC, url)
        await speaker.set_webhook(f"{PUBLIC}/telegram")
        await tg.user(id=1).says("một")
        await tg.all_taken()


async def test_a_method_in_the_answer_is_run(tg: TelegramStandIn, speaker: ExtBot[None]) -> None:
    await _answered_with(tg, speaker, {"method": "sendMessage", "chat_id": 1, "text": "x"})
    [request] = tg.calls("sendMessage")
    assert request.by_answer
    assert request.status == 200


async def test_a_method_in_the_answer_is_held_to_the_contract(tg: TelegramStandIn, speaker: ExtBot[None]) -> None:
    await _answered_with(tg, speaker, {"method": "sendMessage", "chat_id": 1, "txt": "x"})
    tg.excuse("txt")


async def test_an_unknown_method_in_the_answer_is_not_ignored_in_silence(tg: TelegramStandIn, speaker: ExtBot[None]) -> None:
    await _answered_with(tg, speaker, {"method": "sendMesage", "chat_id": 1, "text": "x"})
    tg.excuse("names no such method")
