"""What the Bot Platform tells the webhook: secret, wrapped and flat, probe, retries, kinds of events, switching from polling."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession

from tests.standins.zalo_bot import Body, Person, ZaloBotPlatform, captured
from tests.standins.zalo_oa.bare import Office
from tests.standins.zalo_oa.captured import shape

from .conftest import picture
from .test_zalo_bot_api import Ask, ask

__all__ = ["ask"]
PUBLIC = "https://xa-mau.example.vn"
HOOK = f"{PUBLIC}/hook"
SECRET = "bi-mat-8"


@pytest.fixture
async def bot() -> AsyncIterator[ZaloBotPlatform]:
    async with ZaloBotPlatform.open() as running:
        yield running


@pytest.fixture
async def office(bot: ZaloBotPlatform, ask: Ask) -> AsyncIterator[Office]:
    async with Office.open() as running:
        bot.lead(PUBLIC, running.url)
        await ask("setWebhook", url=HOOK, secret_token=SECRET)
        assert await bot.probed() == 200
        running.told.clear()
        yield running


@pytest.fixture
def an(bot: ZaloBotPlatform) -> Person:
    return bot.person("Trần Thị An")


async def test_setting_and_taking_back(bot: ZaloBotPlatform, ask: Ask) -> None:
    async with Office.open() as office:
        bot.lead(PUBLIC, office.url)
        assert (await ask("getWebhookInfo"))["result"]["url"] == ""
        answer = await ask("setWebhook", url=HOOK, secret_token=SECRET)
        assert set(answer["result"]) == {"url", "updated_at"}
        assert await bot.probed() == 200
        assert office.told[0].body == b""
        assert "X-Bot-Api-Secret-Token" not in office.told[0].headers
        assert (await ask("getWebhookInfo"))["result"]["url"] == HOOK
        assert (await ask("getUpdates", timeout="0"))["error_code"] == 400
        assert (await ask("deleteWebhook"))["result"]["url"] == ""
        assert (await ask("getUpdates", timeout="0"))["error_code"] == 408
    assert bot.violations == []


@pytest.mark.parametrize(
    "params",
    [
        {"secret_token": "1234567"},
        {"secret_token": "x" * 257},
        {"secret_token": None},
        {"url": "http://127.0.0.1:1/hook"},
        {"url": "https://khac.example.vn/hook"},
        {"max_connections": 5},
    ],
)
async def test_a_webhook_that_is_refused(bot: ZaloBotPlatform, ask: Ask, params: dict[str, Any]) -> None:
    bot.lead(PUBLIC, "http://127.0.0.1:1")
    assert (await ask("setWebhook", **{"url": HOOK, "secret_token": SECRET, **params}))["error_code"] == 400
    assert bot.webhook.url == ""
    bot.excuse("setWebhook: 400")


async def test_plain_http_only_if_a_test_allows_it() -> None:
    async with ZaloBotPlatform.open(allow_http=True) as bot, Office.open() as office, ClientSession() as session:
        body = {"url": f"{office.url}/hook", "secret_token": SECRET}
        async with session.post(f"{bot.base_url}/bot{bot.token}/setWebhook", json=body) as answer:
            assert (await answer.json())["ok"] is True
        await bot.person().says("chào")
        await bot.all_taken()


async def test_wrapped_with_the_secret(bot: ZaloBotPlatform, office: Office, an: Person) -> None:
    await an.says("Xin chao")
    await bot.all_taken()
    assert shape(office.told[0].json) == shape(captured.WRAPPED_TEXT)
    assert office.told[0].headers["X-Bot-Api-Secret-Token"] == SECRET


async def test_flat_with_a_picture(bot: ZaloBotPlatform, office: Office, an: Person) -> None:
    bot.doubts.body = Body.FLAT
    await an.sends_picture(picture(), "Ổ gà")
    await bot.all_taken()
    found = office.told[0].json
    assert shape(found) == shape(captured.FLAT_IMAGE)
    async with ClientSession() as session, session.get(found["message"]["photo_url"]) as answer:
        assert await answer.read() == picture()
    bot.doubts.picture_field = "photo"
    assert "photo" in (await an.sends_picture(picture())).content["message"]


async def test_every_kind_of_event(bot: ZaloBotPlatform, office: Office, an: Person) -> None:
    bot.doubts.body = Body.FLAT
    await an.says("một")
    await an.sends_voice(b"aac")
    await an.sends_sticker()
    await an.sends_file("don.pdf", b"%PDF")
    bot.doubts.unsupported_has_message = False
    await an.sends_location(21.0, 105.8)
    await bot.all_taken()
    told = [heard.json for heard in office.told]
    assert [event["event_name"].split(".")[1] for event in told] == ["text", "voice", "sticker", "unsupported", "unsupported"]
    assert told[1]["message"]["voice_url"].endswith(".aac")
    assert set(told[3]["message"]) == {"from", "chat", "message_id", "date"}
    assert "message" not in told[4]


async def test_told_again_until_it_is_taken(bot: ZaloBotPlatform, office: Office, an: Person) -> None:
    office.statuses = [500, 404]
    update = await an.says("một")
    await bot.passes(seconds=29)
    assert len(office.told) == 1
    await bot.passes(minutes=6)
    assert (update.taken, len(office.told)) == (True, 3)
    assert [delivery.status for delivery in bot.deliveries] == [500, 404, 200]


async def test_lost_after_the_last_try(bot: ZaloBotPlatform, office: Office, an: Person) -> None:
    office.statuses = [500] * 6
    update = await an.says("một")
    await bot.passes(days=1)
    assert (update.lost, len(office.told)) == (True, 6)


async def test_too_late_after_two_seconds(bot: ZaloBotPlatform, office: Office, an: Person) -> None:
    office.gate.clear()
    update = await an.says("một")
    await office.bell.until(lambda: office.told, 5)
    bot.clock.advance(2)
    await bot.until(lambda: update.tries)
    office.gate.set()
    await bot.passes(seconds=30)
    assert (update.taken, len(office.told)) == (True, 2)


async def test_repeats_and_disorder(bot: ZaloBotPlatform, office: Office, an: Person) -> None:
    bot.doubts.body = Body.FLAT
    with bot.out_of_order():
        await an.says("một")
        await an.says("hai")
    await bot.all_taken()
    bot.repeats(4)
    await bot.all_taken()
    assert [told.json["message"]["text"] for told in office.told] == ["hai", "một", *["hai"] * 4]


async def test_what_the_webhook_did_not_take_goes_to_the_poller(bot: ZaloBotPlatform, office: Office, ask: Ask, an: Person) -> None:
    office.statuses = [500]
    await an.says("một")
    await bot.settled()
    await ask("deleteWebhook")
    await bot.passes(seconds=30)
    await bot.until(lambda: bot.world.updates.waiting)
    assert (await ask("getUpdates"))["result"]["message"]["text"] == "một"


async def test_what_came_before_the_webhook_is_told_to_it(bot: ZaloBotPlatform, ask: Ask, an: Person) -> None:
    await an.says("một")
    async with Office.open() as office:
        bot.lead(PUBLIC, office.url)
        await ask("setWebhook", url=HOOK, secret_token=SECRET)
        await bot.all_taken()
        await bot.probed()
        assert [told.json["result"]["message"]["text"] for told in office.told if told.body] == ["một"]


async def test_strangers_can_send_anything(bot: ZaloBotPlatform, office: Office) -> None:
    assert (await bot.posts(b"", {"X-Bot-Api-Secret-Token": "falsch"})).status == 200
    assert office.told[0].headers["X-Bot-Api-Secret-Token"] == "falsch"
