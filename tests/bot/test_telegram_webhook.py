"""Hearing by webhook over real HTTP: only Telegram is let in, each update counts once, 200 is said only for what is kept."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.channels.telegram import TelegramHearing
from bot.channels.telegram_hear import HEADER, MAX_UPDATE
from bot.channels.telegram_turns import KINDS
from tests.bot.telegram_kit import PUBLIC, SECRET, Office, open_office, picture
from tests.standins.telegram import TelegramStandIn


@pytest.fixture
async def tg() -> AsyncIterator[TelegramStandIn]:
    async with await TelegramStandIn.start() as running:
        yield running


@pytest.fixture
async def office(tg: TelegramStandIn, tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tg, tmp_path, webhook=True) as opened:
        await tg.until(lambda: tg.world.webhook.url)
        yield opened


async def deliver(office: Office, body: bytes | str, secret: str | None = SECRET) -> int:
    """A request to the webhook, as anybody could make it."""
    headers = {"Content-Type": "application/json"} | ({HEADER: secret} if secret is not None else {})
    async with aiohttp.ClientSession() as http, http.post(f"{office.url}/telegram", data=body, headers=headers) as answer:
        return answer.status


def update(number: int = 7, **message: Any) -> str:
    chat = {"id": 700, "type": "private", "first_name": "A"}
    person = {"id": 700, "is_bot": False, "first_name": "A"}
    return json.dumps({"update_id": number, "message": {"message_id": 1, "date": 1, "chat": chat, "from": person, **message}})


async def test_a_conversation(tg: TelegramStandIn, office: Office) -> None:
    user = tg.user("Trần Thị Mẫu")
    await user.starts("dv17")
    await office.settled()
    assert (await user.next_message()).text == "nghe: /start dv17"
    tap = await user.taps("Đúng")
    assert await user.answer_to(tap) == ""
    await office.settled()
    assert (await user.next_message()).text == "bấm yes"
    assert {delivery.status for delivery in tg.deliveries} == {200}
    assert tg.calls("getUpdates") == []


async def test_the_webhook_is_set_as_it_should_be(tg: TelegramStandIn, office: Office) -> None:
    [call] = tg.calls("setWebhook")
    assert call.params["url"] == f"{PUBLIC}/telegram"
    assert call.params["allowed_updates"] == KINDS
    assert call.params["secret_token"] == SECRET
    assert not call.params.get("drop_pending_updates")


async def test_what_waited_is_delivered_once_the_webhook_is_set(tg: TelegramStandIn, tmp_path: Path) -> None:
    tg.faults.server_error("setWebhook")
    user = tg.user()
    await user.says("trước khi mở cửa")
    async with open_office(tg, tmp_path, webhook=True) as office:
        await office.settled()
    assert [post.text for post in user.inbox] == ["nghe: trước khi mở cửa"]


async def test_without_a_public_address_there_is_no_webhook(tg: TelegramStandIn, tmp_path: Path) -> None:
    async with open_office(tg, tmp_path, hears=False) as office:
        assert await deliver(office, update(text="x")) == 404


@pytest.mark.parametrize("secret", [None, "", "sai", SECRET + "x", SECRET[:-1], "ă"])
async def test_nobody_else_is_let_in(office: Office, secret: str | None) -> None:
    assert await deliver(office, update(text="x"), secret) == 403
    assert office.turns == []


NO_UPDATES = [
    *(b"", b"{", b"[]", b"null", b'"x"', b"{}", b"[" * 100_000, b"\xff\xfe{}"),
    *(b'{"update_id": %s}' % number for number in (b'"7"', b"true", b"-1", b"1.5", b"9" * 30, b"9" * 5_000)),
]


@pytest.mark.parametrize("body", NO_UPDATES, ids=lambda body: f"{len(body)} bytes")
async def test_what_is_no_update_is_refused(office: Office, body: bytes) -> None:
    assert await deliver(office, body) == 400
    assert await office.claims() == 0


async def test_a_body_larger_than_any_update_is_not_read(office: Office) -> None:
    assert await deliver(office, update(text="x" * MAX_UPDATE)) == 413

    async def without_length() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b" " * 65_536

    headers = {HEADER: SECRET}
    async with aiohttp.ClientSession() as http:
        try:
            async with http.post(f"{office.url}/telegram", data=without_length(), headers=headers) as answer:
                assert answer.status == 413
        except aiohttp.ClientOSError:  # the server hung up while we were still sending: just as good
            pass
    assert office.turns == []


async def test_an_update_of_a_kind_nobody_knows_is_taken_and_dropped(office: Office) -> None:
    assert await deliver(office, '{"update_id": 8, "kind_of_tomorrow": {"a": 1}}') == 200
    assert await deliver(office, '{"update_id": 9, "message": "???"}') == 200
    assert office.turns == []


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ('"\\ud800 nửa chữ"', "\ufffd nửa chữ"),
        ('"a\\u0000b\\u202ec"', "abc"),
        ('"👨‍👩‍👧"', "👨‍👩‍👧"),
        ('"' + "x" * 100_000 + '"', "x" * 4_000),
    ],
)
async def test_any_words_are_answered(office: Office, text: str, heard: str) -> None:
    body = update(text="TEXT").replace('"TEXT"', text)
    assert await deliver(office, body) == 200
    [turn] = office.turns
    assert turn.text == heard
    assert turn.cut == (len(heard) == 4_000)


async def test_the_whole_of_a_cut_text_is_kept(office: Office) -> None:
    words = "Chuyện dài. " * 500
    assert await deliver(office, update(text=words)) == 200
    [attachment] = office.turns[0].attachments
    kept, content = await office.stored(attachment.file_id)
    assert (kept.kind, kept.mime, content.decode()) == ("document", "text/plain", words.strip())


async def test_delivered_again_and_at_the_same_time_it_counts_once(tg: TelegramStandIn, office: Office) -> None:
    assert set(await asyncio.gather(*(deliver(office, update(text="một lần")) for _ in range(8)))) == {200}
    assert await deliver(office, update(text="một lần")) == 200
    assert [turn.text for turn in office.turns] == ["một lần"]
    user = tg.user()
    await user.says("hai lần")
    await office.settled()
    tg.repeat_update()
    await office.settled()
    assert [post.text for post in user.inbox] == ["nghe: hai lần"]


async def test_two_quick_messages_of_one_person_are_heard_in_order(tg: TelegramStandIn, office: Office) -> None:
    """Also when the first has a file to fetch, and Telegram does not wait for its answer."""
    held = tg.faults.slow("file", seconds=0.3)
    sent = await tg.user(id=700).sends_photo(picture())
    await tg.until(lambda: held.struck)
    assert await deliver(office, update(9_000, text="sau")) == 200
    await tg.all_taken()
    assert sent.media
    assert [turn.text or turn.attachments[0].kind for turn in office.turns] == ["picture", "sau"]


async def test_while_the_database_is_away_telegram_is_asked_to_come_again(tg: TelegramStandIn, office: Office) -> None:
    user = tg.user()
    office.database.away = True
    await user.says("đừng làm mất")
    await tg.until(lambda: len(tg.deliveries) > 1)
    assert {delivery.status for delivery in tg.deliveries} == {503}
    office.database.away = False
    await office.settled()
    assert [post.text for post in user.inbox] == ["nghe: đừng làm mất"]


async def test_a_file_stored_but_a_turn_not_kept_comes_again_whole(tg: TelegramStandIn, office: Office) -> None:
    user = tg.user()
    office.database.falls_after = 1
    await user.sends_photo(picture(), "ảnh chụp")
    await tg.until(lambda: len(tg.deliveries) > 1)
    office.database.falls_after, office.database.away = -1, False
    await office.settled()
    assert [post.text for post in user.inbox] == ["nghe: ảnh chụp picture"]


async def test_a_lost_answer_of_ours_changes_nothing(tg: TelegramStandIn, office: Office) -> None:
    tg.faults.drops_after("webhook")
    user = tg.user()
    await user.says("một")
    await office.settled()
    assert [post.text for post in user.inbox] == ["nghe: một"]
    assert len(tg.deliveries) == 2


async def test_updates_out_of_order_are_all_heard(tg: TelegramStandIn, office: Office) -> None:
    user = tg.user()
    async with tg.out_of_order():
        for words in ("một", "hai", "ba"):
            await user.says(words)
    await office.settled()
    assert sorted(post.text for post in user.inbox) == ["nghe: ba", "nghe: hai", "nghe: một"]


async def test_an_old_tap_is_heard_and_its_silence_excused(tg: TelegramStandIn, office: Office) -> None:
    user = tg.user()
    await user.says("chào")
    await office.settled()
    tg.faults.drops_before("answerCallbackQuery")
    await user.taps("Khác", long_ago=True)
    await office.settled()
    assert user.inbox[-1].text == "bấm no"


async def test_a_tap_is_acknowledged_in_the_answer_to_its_update(tg: TelegramStandIn, office: Office) -> None:
    user = tg.user()
    await user.says("chào")
    await office.settled()
    await user.taps("Khác")
    await office.settled()
    assert tg.unanswered_taps == []
    assert [request.by_answer for request in tg.calls("answerCallbackQuery")] == [True]


async def test_stopped_and_started_again_nothing_is_lost(tg: TelegramStandIn, tmp_path: Path) -> None:
    user = tg.user()
    async with open_office(tg, tmp_path, webhook=True) as office:
        await user.says("một")
        await office.settled()
    await user.says("hai")
    tg.clock.advance(5)
    assert tg.world.updates.pending == 1
    async with open_office(tg, tmp_path, webhook=True) as office:
        await office.settled()
    assert [post.text for post in user.inbox] == ["nghe: một", "nghe: hai"]


def test_the_route_is_where_readers_of_the_manual_expect_it(office: Office) -> None:
    [route] = office.hearing.routes()
    assert isinstance(office.hearing, TelegramHearing)
    assert (route.method, route.path) == ("POST", "/telegram")
