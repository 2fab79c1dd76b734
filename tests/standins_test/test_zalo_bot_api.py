"""The Zalo Bot Platform's methods: token, envelope, parameters, polling one by one, text and pictures, blocks, faults."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import pytest
from aiohttp import ClientSession, ServerDisconnectedError

from tests.standins.zalo_bot import Person, ZaloBotPlatform, captured
from tests.standins.zalo_oa.bare import Office
from tests.standins.zalo_oa.captured import shape

from .conftest import picture

Ask = Callable[..., Coroutine[Any, Any, dict[str, Any]]]


@pytest.fixture
async def bot() -> AsyncIterator[ZaloBotPlatform]:
    async with ZaloBotPlatform.open() as running:
        yield running


@pytest.fixture
async def ask(bot: ZaloBotPlatform) -> AsyncIterator[Ask]:
    """`await ask("sendMessage", chat_id=…, text=…)` gives the envelope."""
    async with ClientSession() as session:

        async def call(method: str, *, token: str = bot.token, **params: Any) -> dict[str, Any]:
            async with session.post(f"{bot.base_url}/bot{token}/{method}", json=params) as answer:
                assert answer.status == 200
                found: dict[str, Any] = await answer.json()
                return found

        yield call


@pytest.fixture
async def an(bot: ZaloBotPlatform, ask: Ask) -> Person:
    person = bot.person("Trần Thị An")
    await person.says("chào")
    await ask("getUpdates")
    return person


async def test_get_me(ask: Ask) -> None:
    answer = await ask("getMe")
    assert answer["ok"] is True
    assert shape(answer["result"]) == shape(captured.ME)


async def test_a_wrong_token_and_a_wrong_method(bot: ZaloBotPlatform, ask: Ask) -> None:
    assert (await ask("getMe", token="1:falsch"))["error_code"] == 401
    assert bot.violations == [], "whose token was taken away has made no mistake"
    for method in ("getme", "sendVideo", "editMessageText"):
        assert (await ask(method))["error_code"] == 404
    bot.excuse("is not there")


async def test_errors_as_http_by_the_switch(bot: ZaloBotPlatform) -> None:
    bot.doubts.errors_as_http = True
    async with ClientSession() as session, session.post(f"{bot.base_url}/bot1:x/getMe") as answer:
        assert (answer.status, (await answer.json())["ok"]) == (401, False)


@pytest.mark.parametrize(("verb", "query", "body"), [("GET", "", None), ("POST", "?timeout=1", None), ("POST", "", b"timeout=1")])
async def test_only_post_with_json(bot: ZaloBotPlatform, verb: str, query: str, body: bytes | None) -> None:
    async with ClientSession() as session, session.request(verb, f"{bot.base_url}/bot{bot.token}/getUpdates{query}", data=body) as answer:
        assert (await answer.json())["error_code"] == 400
    bot.excuse("getUpdates: 400")


async def test_polling_gives_one_object_at_a_time(bot: ZaloBotPlatform, ask: Ask) -> None:
    an, binh = bot.person("An"), bot.person("Bình")
    await an.says("một")
    await binh.says("hai")
    first, second = await ask("getUpdates", timeout="5"), await ask("getUpdates")
    assert shape(first) == shape(captured.WRAPPED_TEXT)
    assert [answer["result"]["message"]["text"] for answer in (first, second)] == ["một", "hai"]
    assert first["result"]["message"]["chat"]["id"] == first["result"]["message"]["from"]["id"] == an.id
    assert len(an.id) == 20
    assert int(an.id, 16)
    await bot.all_taken()


async def test_polling_waits_and_then_has_nothing(bot: ZaloBotPlatform, ask: Ask) -> None:
    waiting = asyncio.create_task(ask("getUpdates"))
    await bot.until(lambda: bot.calls("getUpdates"))
    await ask("getMe")
    bot.clock.advance(29)
    await ask("getMe")
    assert not waiting.done()
    bot.clock.advance(1)
    assert (await waiting)["error_code"] == 408
    assert (await ask("getUpdates", timeout="0"))["error_code"] == 408
    waiting = asyncio.create_task(ask("getUpdates"))
    await bot.until(lambda: len(bot.calls("getUpdates")) == 3)
    await bot.person().says("đây")
    assert (await waiting)["result"]["message"]["text"] == "đây"


async def test_a_newer_poll_ends_an_older_one(bot: ZaloBotPlatform, ask: Ask) -> None:
    older = asyncio.create_task(ask("getUpdates"))
    await bot.until(lambda: bot.calls("getUpdates"))
    await ask("getMe")
    newer = asyncio.create_task(ask("getUpdates"))
    assert (await asyncio.wait_for(older, 5))["error_code"] == 408
    await bot.person().says("đây")
    assert (await newer)["ok"] is True


@pytest.mark.parametrize("params", [{"timeout": 30}, {"timeout": "soon"}, {"timeout": ""}, {"offset": 1}, {"limit": 5}])
async def test_polling_knows_its_parameters(bot: ZaloBotPlatform, ask: Ask, params: dict[str, Any]) -> None:
    assert (await ask("getUpdates", **params))["error_code"] == 400
    bot.excuse("getUpdates: 400")


@pytest.mark.parametrize(("loses", "texts"), [(True, ["hai"]), (False, ["một", "hai"])])
async def test_an_answer_that_is_lost(bot: ZaloBotPlatform, ask: Ask, loses: bool, texts: list[str]) -> None:
    bot.doubts.lost_answer_loses_update = loses
    an = bot.person()
    await an.says("một")
    bot.faults.drops_after(calls="getUpdates")
    with pytest.raises(ServerDisconnectedError):
        await ask("getUpdates")
    await an.says("hai")
    assert [(await ask("getUpdates"))["result"]["message"]["text"] for _ in texts] == texts


async def test_a_text_arrives(bot: ZaloBotPlatform, ask: Ask, an: Person) -> None:
    answer = await ask("sendMessage", chat_id=an.id, text="ế" * 2000)
    assert set(answer["result"]) == {"message_id", "date"}
    assert answer["result"]["date"] > 10**12
    assert (await an.next_message()).text == "ế" * 2000
    assert (await ask("sendChatAction", chat_id=an.id, action="typing")) == {"ok": True}
    assert an.typing == ["typing"]


@pytest.mark.parametrize(
    "params",
    [
        {"text": ""},
        {"text": " "},
        {"text": "x" * 2001},
        {"text": 5},
        {},
        {"text": "a", "parse_mode": "html"},
        {"text": "a", "reply_markup": {}},
        {"text": "a", "chat_id": 5},
        {"text": "a", "chat_id": "0" * 20},
    ],
)
async def test_a_text_that_is_refused(bot: ZaloBotPlatform, ask: Ask, an: Person, params: dict[str, Any]) -> None:
    assert (await ask("sendMessage", **{"chat_id": an.id, **params}))["error_code"] == 400
    assert an.inbox == []
    bot.excuse("sendMessage: 400")


async def test_who_has_not_written_or_has_blocked(bot: ZaloBotPlatform, ask: Ask, an: Person) -> None:
    assert (await ask("sendMessage", chat_id=bot.person().id, text="a"))["error_code"] == 400
    an.blocks()
    assert (await ask("sendMessage", chat_id=an.id, text="a"))["error_code"] == 403
    await an.says("lại đây")
    assert (await ask("sendMessage", chat_id=an.id, text="a"))["ok"] is True


async def test_a_photo_is_fetched_from_its_public_address(bot: ZaloBotPlatform, ask: Ask, an: Person) -> None:
    async with Office.open() as office:
        bot.lead("https://xa-mau.example.vn", office.url)
        office.pages = {"/a.png": ("image/png", picture()), "/b.png": ("image/png", b"no picture")}
        answer = await ask("sendPhoto", chat_id=an.id, photo="https://xa-mau.example.vn/a.png", caption="Biểu đồ")
        assert set(answer["result"]) == {"message_id", "date"}
        heard = await an.next_message()
        assert (heard.text, heard.picture) == ("Biểu đồ", picture())
        for wrong in ("https://xa-mau.example.vn/b.png", "https://xa-mau.example.vn/c.png", f"{office.url}/a.png", "x"):
            assert (await ask("sendPhoto", chat_id=an.id, photo=wrong))["error_code"] == 400
        bot.excuse("photo: ")
        long = await ask("sendPhoto", chat_id=an.id, photo="https://xa-mau.example.vn/a.png", caption="x" * 2001)
        assert long["error_code"] == 400
        bot.excuse("caption has 2001")


async def test_other_actions_are_refused(bot: ZaloBotPlatform, ask: Ask, an: Person) -> None:
    assert (await ask("sendChatAction", chat_id=an.id, action="upload_photo"))["error_code"] == 400
    bot.excuse("typing")


async def test_faults(bot: ZaloBotPlatform, ask: Ask, an: Person) -> None:
    bot.faults.answers(429, "Too many requests", calls="sendMessage", to=an.id)
    assert (await ask("sendMessage", chat_id=an.id, text="a")) == {"ok": False, "error_code": 429, "description": "Too many requests"}
    bot.faults.drops_after(calls="send*")
    with pytest.raises(ServerDisconnectedError):
        await ask("sendMessage", chat_id=an.id, text="b")
    assert [post.text for post in an.inbox] == ["b"]
    bot.faults.server_error(502, calls="*")
    async with ClientSession() as session, session.post(f"{bot.base_url}/bot{bot.token}/getMe") as answer:
        assert answer.status == 502
    assert bot.faults.unspent == []
