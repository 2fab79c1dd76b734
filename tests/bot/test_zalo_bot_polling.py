"""Hearing on Zalo Bot by polling over real HTTP: one update an answer, kept before much more is asked for, tried until it is kept."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.channels import zalo_bot_poll
from bot.channels.telegram_server import Patience
from bot.channels.zalo_bot_poll import MOST, Poller
from bot.channels.zalo_bot_turns import Said
from talk.turn import Turn
from tests.bot.telegram_kit import picture
from tests.bot.zalo_bot_kit import Office, open_office
from tests.standins.zalo_bot import ZaloBotPlatform


@pytest.fixture
async def zalo() -> AsyncIterator[ZaloBotPlatform]:
    async with ZaloBotPlatform.open() as running:
        yield running


@pytest.fixture
async def office(zalo: ZaloBotPlatform, tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(zalo, tmp_path) as opened:
        yield opened


async def test_a_conversation(zalo: ZaloBotPlatform, office: Office) -> None:
    an = zalo.person("Trần Thị An")
    await an.says("/start dv17")
    await office.settled()
    assert (await an.next_message()).text.startswith("nghe: /start dv17\n\n1. Đúng\n2. Khác")
    await an.says("dung")
    await office.settled()
    assert (await an.next_message()).text == "bấm yes"
    assert office.turns[0].link == "dv17"
    assert {call.params["timeout"] for call in zalo.calls("getUpdates")} == {"5"}


async def test_what_waited_while_we_were_away_is_heard_in_order(zalo: ZaloBotPlatform, tmp_path: Path) -> None:
    an, binh = zalo.person("An"), zalo.person("Bình")
    for words in ("một", "hai", "ba"):
        await an.says(words)
        await binh.says(words)
    async with open_office(zalo, tmp_path) as office:
        await office.settled()
        assert [turn.text for turn in office.turns if turn.address == an.id] == ["một", "hai", "ba"]
    assert len(an.inbox) == len(binh.inbox) == 3


async def test_nothing_new_is_no_trouble(zalo: ZaloBotPlatform, office: Office, capfd: pytest.CaptureFixture[str]) -> None:
    for number in range(1, 4):
        await zalo.until(lambda number=number: len(zalo.calls("getUpdates")) == number)  # type: ignore[misc]
        await office.hearing._api.ask("getMe")  # a way there and back, in which the poll begins to wait
        await zalo.passes(seconds=6)
    await zalo.until(lambda: len(zalo.calls("getUpdates")) == 4)
    assert [call.error for call in zalo.calls("getUpdates")[:3]] == [408, 408, 408]
    await zalo.person().says("có đây")
    await office.settled()
    assert [turn.text for turn in office.turns] == ["có đây"]
    assert "trying again" not in capfd.readouterr().out


async def test_nothing_new_said_by_the_http_status(zalo: ZaloBotPlatform, office: Office) -> None:
    zalo.doubts.errors_as_http = True
    await zalo.until(lambda: zalo.calls("getUpdates"))
    await office.hearing._api.ask("getMe")
    await zalo.passes(seconds=6)
    await zalo.person().says("có đây")
    await office.settled()
    assert [turn.text for turn in office.turns] == ["có đây"]


async def test_while_the_database_is_away_what_came_stays_with_us(zalo: ZaloBotPlatform, office: Office) -> None:
    people = [zalo.person(str(number)) for number in range(MOST + 4)]
    office.database.away = True
    for person in people:
        await person.says("một")
        await person.says("hai")
    await zalo.until(lambda: office.hearing._poller.in_hand >= MOST or len(zalo.world.updates.waiting) <= 2 * len(people) - MOST, 10)
    office.database.away = False
    await office.settled()
    assert sorted((turn.address, turn.text) for turn in office.turns) == sorted((p.id, words) for p in people for words in ("một", "hai"))
    for person in people:
        assert [turn.text for turn in office.turns if turn.address == person.id] == ["một", "hai"]


async def test_no_more_is_asked_for_than_we_may_hold() -> None:
    """The database is away for good: what is not asked for waits at Zalo's."""
    asked = 0
    refused = asyncio.Event()

    async def ask() -> Said:
        nonlocal asked
        asked += 1
        return Said(Turn(channel="zalo_bot", address=str(asked % 3), update_key=str(asked)))

    async def take(said: Said) -> None:
        if asked >= MOST:
            refused.set()
        raise ConnectionRefusedError

    poller = Poller(ask, take, Patience(first_pause=0.01, longest_pause=0.02))
    running = asyncio.create_task(poller.run())
    await asyncio.wait_for(refused.wait(), 20)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert asked == poller.in_hand == MOST


async def test_what_is_lost_at_the_end_is_said(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(zalo_bot_poll, "_FAREWELL", 0.05)

    async def ask() -> Said:
        await asyncio.sleep(0)
        return Said(Turn(channel="zalo_bot", address="a", update_key="1"))

    async def take(said: Said) -> None:
        raise ConnectionRefusedError

    poller = Poller(ask, take, Patience(first_pause=0.01, longest_pause=0.02))
    poller._hand_out(await ask())
    await poller.stop()
    assert "updates not kept are lost" in capfd.readouterr().out


async def test_a_large_picture_of_one_keeps_nobody_else_waiting(zalo: ZaloBotPlatform, office: Office) -> None:
    slow, quick = zalo.person("Chậm"), zalo.person("Nhanh")
    office.hearing._fetching.downloads.client.timeout = httpx.Timeout(60)
    office.hearing._fetching._seconds = 60
    held = zalo.faults.slow(2, calls="file")
    await slow.sends_picture(picture())
    await slow.says("sau ảnh")
    await zalo.until(lambda: held.struck)
    await quick.says("một")
    await zalo.all_taken()
    await zalo.until(lambda: zalo.calls("getUpdates")[-1].status is None)
    assert [turn.text for turn in office.turns] == ["một"]
    zalo.clock.advance(2)
    await office.settled()
    assert [turn.text or turn.attachments[0].kind for turn in office.turns] == ["một", "picture", "sau ảnh"]


async def test_killed_and_told_again_it_hears_nothing_twice(zalo: ZaloBotPlatform, tmp_path: Path) -> None:
    an = zalo.person()
    await an.says("một")
    async with open_office(zalo, tmp_path) as office:
        await office.settled()
    zalo.repeats(4)
    async with open_office(zalo, tmp_path) as office:
        await office.settled()
        assert office.turns == []
    assert len(an.inbox) == 1


@pytest.mark.parametrize("loses", [True, False])
async def test_an_answer_lost_on_the_road(zalo: ZaloBotPlatform, tmp_path: Path, loses: bool) -> None:
    zalo.doubts.lost_answer_loses_update = loses
    zalo.faults.drops_after(calls="getUpdates")
    an = zalo.person()
    await an.says("mất trên đường")
    await an.says("vẫn đến")
    async with open_office(zalo, tmp_path) as office:
        await office.settled()
        heard = [turn.text for turn in office.turns]
    assert heard == (["vẫn đến"] if loses else ["mất trên đường", "vẫn đến"])


async def test_zalo_away_at_the_start_and_in_between(zalo: ZaloBotPlatform, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    zalo.faults.drops_before(calls="getMe", times=2)
    zalo.faults.not_json(calls="getMe")
    zalo.faults.server_error(calls="deleteWebhook", times=2)
    zalo.faults.server_error(503, calls="getUpdates", times=2)
    zalo.faults.too_many(calls="getUpdates", seconds=0)
    zalo.faults.answers(500, "Internal", calls="getUpdates")
    an = zalo.person()
    async with open_office(zalo, tmp_path) as office:
        await an.says("có ai không")
        await office.settled()
        assert (await an.next_message()).text.startswith("nghe: có ai không")
    assert zalo.faults.unspent == []
    assert zalo.token not in "".join(capfd.readouterr())


async def test_a_webhook_left_over_is_taken_away(zalo: ZaloBotPlatform, tmp_path: Path) -> None:
    async with open_office(zalo, tmp_path, webhook=True):
        pass
    an = zalo.person()
    await an.says("trong lúc chuyển")
    async with open_office(zalo, tmp_path) as office:
        await zalo.until(lambda: not zalo.webhook.url)
        await zalo.passes(minutes=1)
        await office.settled()
    assert [heard.text.splitlines()[0] for heard in an.inbox] == ["nghe: trong lúc chuyển"]


@pytest.mark.parametrize("errors_as_http", [True, False])
async def test_a_wrong_token_is_said_once_and_the_program_runs_on(
    zalo: ZaloBotPlatform, tmp_path: Path, errors_as_http: bool, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    zalo.doubts.errors_as_http = errors_as_http
    async with open_office(zalo, tmp_path, token="12345:MustNotBeSeen"):
        await zalo.until(lambda: len(zalo.calls("getMe")) > 2)
    shown = caplog.text + "".join(capfd.readouterr())
    assert shown.count("ZALO_BOT_TOKEN") == 1
    assert "MustNotBeSeen" not in shown


async def test_strange_updates_block_nobody(zalo: ZaloBotPlatform, office: Office) -> None:
    an = zalo.person()
    strange: list[Any] = [{}, {"message": "???"}, {"event_name": "x"}, {"event_name": "message.text.received", "message": {"text": 5}}]
    for content in strange:
        zalo.world.updates.add({"event_name": "?", **content}, "strange")
    await an.says("thường")
    await office.settled()
    assert [turn.text for turn in office.turns] == ["thường"]


async def test_stopped_while_a_picture_is_fetched_it_is_heard_after_the_start(zalo: ZaloBotPlatform, tmp_path: Path) -> None:
    """Polling has confirmed it: nobody tells it again."""
    held = zalo.faults.slow(2, calls="file")
    async with open_office(zalo, tmp_path) as office:
        await zalo.person().sends_picture(picture())
        await zalo.until(lambda: held.struck)
    assert office.turns == []
    async with open_office(zalo, tmp_path) as office:
        await office.settled()
        assert [turn.attachments[0].problem for turn in office.turns] == [None]
        assert await office.claims() == 1
