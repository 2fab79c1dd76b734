"""Hearing on Zalo Bot by webhook over real HTTP: only Zalo is let in, each update counts once, 200 is said only for what is kept."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import httpx
import pytest

from bot.channels.zalo_bot_hear import HEADER, MAX_UPDATE
from bot.channels.zalo_bot_turns import understand
from tests.bot.telegram_kit import PUBLIC, picture
from tests.bot.zalo_bot_kit import Office, open_office
from tests.standins.zalo_bot import Body, ZaloBotPlatform, captured


@pytest.fixture
async def zalo() -> AsyncIterator[ZaloBotPlatform]:
    async with ZaloBotPlatform.open() as running:
        yield running


@pytest.fixture
async def office(zalo: ZaloBotPlatform, tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(zalo, tmp_path, webhook=True) as opened:
        yield opened


def update(number: int = 7, event: str = "text", **message: Any) -> dict[str, Any]:
    """A flat update of somebody the stand-in does not know."""
    ends = {"from": {"id": "a" * 20, "display_name": "A", "is_bot": False}, "chat": {"id": "a" * 20, "chat_type": "PRIVATE"}}
    return {"event_name": f"message.{event}.received", "message": {**ends, "message_id": f"m{number}", "date": 1, **message}}


def test_what_no_database_keeps_is_no_mark_and_no_address() -> None:
    """Half a letter, as JSON can write it: such an update could neither be heard nor confirmed."""
    said = understand(update(message_id="\ud800"))
    assert said is not None
    assert said.update_key.isprintable()
    assert understand(update(chat={"id": "a\ud800", "chat_type": "PRIVATE"})) is None


@pytest.mark.parametrize("body", list(Body))
async def test_a_conversation(zalo: ZaloBotPlatform, office: Office, body: Body) -> None:
    zalo.doubts.body = body
    an = zalo.person("Trần Thị An")
    await an.says("/start dv17")
    await office.settled()
    assert (await an.next_message()).text == "nghe: /start dv17\n\n1. Đúng\n2. Khác\nTrả lời bằng số của mục anh/chị chọn."
    assert (office.turns[0].link, office.turns[0].display_name) == ("dv17", "Trần Thị An")
    for answer in ("2", "Khác", "khac"):
        await an.says(answer)
        await office.settled()
        assert (await an.next_message()).text == "bấm no"
    assert {delivery.status for delivery in zalo.deliveries} == {200}
    assert zalo.calls("getUpdates") == []


async def test_the_webhook_is_set_as_it_should_be_and_the_probe_is_answered(zalo: ZaloBotPlatform, office: Office) -> None:
    [call] = zalo.calls("setWebhook")
    assert call.params["url"] == f"{PUBLIC}/zalo/bot"
    assert len(call.params["secret_token"]) == 40
    assert await zalo.probed() == 200


async def test_the_probe_with_the_secret_and_the_empty_object(zalo: ZaloBotPlatform, office: Office) -> None:
    for body in (b"", b"{}"):
        assert await office.delivered(body) == 200
        assert await office.delivered(body, None) == 200
    assert await office.claims() == 0


async def test_the_secret_is_the_offices_own_and_stays_the_same(zalo: ZaloBotPlatform, office: Office, tmp_path: Path) -> None:
    async with open_office(zalo, tmp_path, webhook=True, hears=False) as again:
        assert again.hearing._secret == office.hearing._secret
    assert office.hearing._secret == zalo.webhook.secret


async def test_without_a_public_address_there_is_no_webhook(zalo: ZaloBotPlatform, tmp_path: Path) -> None:
    async with open_office(zalo, tmp_path, hears=False) as office:
        assert await office.delivered(json.dumps(update(text="x"))) == 404


@pytest.mark.parametrize("secret", [None, "sai", "ă", "0" * 40])
async def test_nobody_else_is_let_in(office: Office, secret: str | None) -> None:
    assert await office.delivered(json.dumps(update(text="x")), secret) == 403
    assert office.turns == []


@pytest.mark.parametrize("body", [b"{", b"[]", b"null", b'"x"', b"[" * 100_000, b"\xff\xfe{}"], ids=lambda body: f"{len(body)} bytes")
async def test_what_is_no_update_is_refused(office: Office, body: bytes) -> None:
    assert await office.delivered(body) == 400
    assert await office.claims() == 0


STRANGE: list[Any] = [
    {"a": 1},
    {"event_name": "message.unsupported.received"},
    {"event_name": 5, "message": "???"},
    {"ok": True, "result": None},
    {"ok": True, "result": [update(text="x")]},
    update(text="x", chat={"id": "g", "chat_type": "GROUP"}),
    update(text="x", **{"from": {"id": "b", "is_bot": True}}),
    update(text="x", chat={"id": ["a"]}, **{"from": None}),
    update(text="x", chat={"id": "a" * 5_000}),
]


@pytest.mark.parametrize("given", STRANGE, ids=str)
async def test_what_nobody_said_is_taken_and_dropped(office: Office, given: Any) -> None:
    assert await office.delivered(json.dumps(given)) == 200
    assert office.turns == []


@pytest.mark.parametrize(
    ("given", "heard"),
    [
        ('"\\ud800 nửa chữ"', "\ufffd nửa chữ"),
        ('"a\\u0000b\\u202ec"', "abc"),
        ('"👨‍👩‍👧"', "👨‍👩‍👧"),
        ("null", ""),
        ('{"a": 1}', ""),
        ('"' + "x" * 100_000 + '"', "x" * 4_000),
    ],
)
async def test_any_words_are_answered(office: Office, given: str, heard: str) -> None:
    assert await office.delivered(json.dumps(update(text="TEXT")).replace('"TEXT"', given)) == 200
    await office.kept()
    [turn] = office.turns
    assert (turn.text, turn.cut) == (heard, len(heard) == 4_000)


async def test_the_whole_of_a_cut_text_is_kept(office: Office) -> None:
    words = "Chuyện dài. " * 500
    assert await office.delivered(json.dumps(update(text=words))) == 200
    await office.kept()
    kept, content = await office.stored(office.turns[0].attachments[0].file_id)
    assert (kept.kind, kept.mime, content.decode()) == ("document", "text/plain", words.strip())


async def test_captured_payloads(zalo: ZaloBotPlatform, office: Office) -> None:
    assert await office.delivered(json.dumps(captured.WRAPPED_TEXT)) == 200
    assert await office.delivered(json.dumps(captured.FLAT_IMAGE)) == 200  # its address is cut short: it cannot be fetched
    await office.kept()
    text, image = office.turns
    assert (text.address, text.text, text.update_key) == ("6ede9afa66b88fe6d6a9", "Xin chao", "2d758cb5e222177a4e35")
    assert (image.text, image.attachments[0].problem) == ("…", "not_fetched")
    zalo.excuse("chat not found")  # they are none of the stand-in's people, to whom it could be shown that we type


async def test_an_update_without_an_id_is_known_again_by_its_words(office: Office) -> None:
    given = update(text="khong so")
    del given["message"]["message_id"]
    for _ in range(2):
        assert await office.delivered(json.dumps(given)) == 200
    assert await office.delivered(json.dumps(given).replace("khong so", "khac")) == 200
    await office.kept()
    assert len(office.turns) == 2


async def test_10_mb_are_not_read(office: Office) -> None:
    assert await _posted(office, json.dumps(update(text="x" * 10_000_000)).encode(), office.hearing._secret) in (413, None)
    assert await _posted(office, b"x" * 10_000_000, "sai") in (403, None)

    async def without_length() -> AsyncIterator[bytes]:
        for _ in range(160):
            yield b" " * 65_536

    assert await _posted(office, without_length(), office.hearing._secret) in (413, None)
    assert await _posted(office, without_length(), None) in (403, None)
    assert office.turns == []
    assert await office.delivered(json.dumps(update(text="x" * (MAX_UPDATE - 500)))) == 200


async def _posted(office: Office, body: Any, secret: str | None) -> int | None:
    headers = {HEADER: secret} if secret else {}
    async with aiohttp.ClientSession() as http:
        try:
            async with http.post(f"{office.url}/zalo/bot", data=body, headers=headers) as answer:
                return answer.status
        except aiohttp.ClientOSError:  # the server hung up while we were still sending: just as good
            return None


async def test_delivered_five_times_it_counts_once(zalo: ZaloBotPlatform, office: Office) -> None:
    zalo.person(id="a" * 20)
    body = json.dumps(update(text="một lần"))
    assert set(await asyncio.gather(*(office.delivered(body) for _ in range(5)))) == {200}
    an = zalo.person()
    await an.says("hai lần")
    zalo.repeats(4)
    await office.settled()
    assert [turn.text for turn in office.turns] == ["một lần", "hai lần"]
    assert len(zalo.deliveries) == 5
    assert [heard.text.splitlines()[0] for heard in an.inbox] == ["nghe: hai lần"]


async def test_out_of_order_all_are_heard(zalo: ZaloBotPlatform, office: Office) -> None:
    an = zalo.person()
    with zalo.out_of_order():
        for words in ("một", "hai", "ba"):
            await an.says(words)
    await office.settled()
    assert sorted(turn.text for turn in office.turns) == ["ba", "hai", "một"]
    assert len(an.inbox) == 3


async def test_a_lost_answer_of_ours_changes_nothing(zalo: ZaloBotPlatform, office: Office) -> None:
    zalo.faults.drops_after(calls="webhook")
    an = zalo.person()
    await an.says("một")
    await zalo.passes(minutes=1)
    await office.settled()
    assert (len(an.inbox), len(zalo.deliveries)) == (1, 2)


async def test_while_the_database_is_away_zalo_is_asked_to_come_again(zalo: ZaloBotPlatform, office: Office) -> None:
    an = zalo.person()
    office.database.away = True
    await an.says("đừng làm mất")
    await zalo.passes(minutes=1)
    assert [delivery.status for delivery in zalo.deliveries] == [503, 503]
    office.database.away = False
    await zalo.passes(minutes=5)
    await office.settled()
    assert [turn.text for turn in office.turns] == ["đừng làm mất"]
    assert len(an.inbox) == 1


async def test_stopped_and_started_again_nothing_is_lost(zalo: ZaloBotPlatform, tmp_path: Path) -> None:
    an = zalo.person()
    async with open_office(zalo, tmp_path, webhook=True) as office:
        await an.says("một")
        await office.settled()
    await an.says("hai")
    await zalo.settled()
    async with open_office(zalo, tmp_path, webhook=True) as office:
        await zalo.passes(minutes=6)
        await office.settled()
    assert [heard.text.splitlines()[0] for heard in an.inbox] == ["nghe: một", "nghe: hai"]


async def test_what_waited_for_the_poller_comes_by_webhook(zalo: ZaloBotPlatform, tmp_path: Path) -> None:
    zalo.faults.server_error(calls="setWebhook")
    zalo.faults.drops_before(calls="getMe")
    an = zalo.person()
    await an.says("trước khi mở cửa")
    async with open_office(zalo, tmp_path, webhook=True) as office:
        await office.settled()
    assert len(an.inbox) == 1
    assert zalo.faults.unspent == []


async def test_two_quick_messages_are_heard_in_order_also_behind_a_picture(zalo: ZaloBotPlatform, office: Office) -> None:
    an = zalo.person(id="a" * 20)
    held = zalo.faults.slow(30, calls="file")
    await an.sends_picture(picture())
    await zalo.until(lambda: held.struck)
    for _ in range(2):
        assert await office.delivered(json.dumps(update(text="sau"))) == 200
    assert office.turns == []
    await zalo.passes(seconds=31)
    await office.settled()
    assert [turn.text or turn.attachments[0].kind for turn in office.turns] == ["picture", "sau"]


def test_the_route_is_where_readers_of_the_manual_expect_it(office: Office) -> None:
    [route] = office.hearing.routes()
    assert (route.method, route.path) == ("POST", "/zalo/bot")


async def test_told_again_while_it_is_still_under_way_it_is_one_work(zalo: ZaloBotPlatform, office: Office) -> None:
    office.hearing._fetching.downloads.client.timeout = httpx.Timeout(60)
    zalo.person(id="a" * 20)
    held = zalo.faults.slow(30, calls="file")
    body = json.dumps(update(event="image", photo_url=zalo.world.host("anh.jpg", picture())))
    assert [await office.delivered(body) for _ in range(5)] == [200] * 5
    await zalo.until(lambda: held.struck)
    zalo.clock.advance(30)
    await office.kept()
    assert await office.delivered(body) == 200
    assert (len(zalo.calls("file")), len(office.turns)) == (1, 1)


@pytest.mark.parametrize("where", ["name", "caption", "address"])
async def test_half_a_letter_keeps_no_picture_from_being_kept_and_heard(zalo: ZaloBotPlatform, office: Office, where: str) -> None:
    """As where a name was cut in the middle of an emoji: JSON can say it, UTF-8 cannot. Before, Zalo was told 503 for ever, or nobody was heard."""
    zalo.person(id="a" * 20)
    told = update(event="image", photo_url=zalo.world.host("anh.jpg", picture()))
    message = told["message"]
    match where:
        case "name":
            message["from"]["display_name"] = "An \ud83d"
        case "caption":
            message["caption"] = "ảnh \ud83d"
        case _:
            message["photo_url"] += "?\ud83d"
    assert await office.delivered(json.dumps(told)) == 200
    assert await office.delivered(json.dumps(update(8, text="sau"))) == 200
    await office.settled()
    first, then = office.turns
    assert (first.attachments[0].problem, then.text) == ("not_fetched" if where == "address" else None, "sau")
