"""Hearing by long polling over real HTTP: in order, once, and confirmed only when it is kept."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram import TelegramHearing
from bot.channels.telegram_poll import BATCH, Ledger
from bot.channels.telegram_profile import COMMANDS
from office.records import Contact
from talk.texts import say
from tests.bot.telegram_kit import HASTE, SECRET, Office, open_office, picture, settings_for
from tests.standins.telegram import TelegramStandIn
from tests.standins.telegram.updates import Pending


@pytest.fixture
async def tg() -> AsyncIterator[TelegramStandIn]:
    async with await TelegramStandIn.start() as running:
        yield running


@pytest.fixture
async def office(tg: TelegramStandIn, tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tg, tmp_path) as opened:
        yield opened


def slip_in(tg: TelegramStandIn, **content: Any) -> int:
    """An update that the stand-in's own people could not cause."""
    updates = tg.world.updates
    number = updates._next_id
    updates._next_id += 1
    updates._waiting.append(Pending(number, {"update_id": number, **content}, "strange", float("inf")))
    tg.world.bell.ring()
    return number


async def test_a_conversation(tg: TelegramStandIn, office: Office) -> None:
    user = tg.user("Trần Thị Mẫu")
    await user.starts("dv17")
    await office.settled()
    first = await user.next_message()
    assert (first.text, first.labels) == ("nghe: /start dv17", ("Đúng", "Khác"))
    assert office.turns[0].link == "dv17"
    tap = await user.taps("Khác")
    assert await user.answer_to(tap) == ""
    await office.settled()
    assert (await user.next_message()).text == "bấm no"
    assert user.unread == []
    assert {call.status for call in tg.requests if call.status is not None} == {200}


async def test_what_waited_while_we_were_away_is_heard(tg: TelegramStandIn, tmp_path: Path) -> None:
    user = tg.user()
    for words in ("một", "hai", "ba"):
        await user.says(words)
    async with open_office(tg, tmp_path) as office:
        await office.settled()
    assert [post.text for post in user.inbox] == ["nghe: một", "nghe: hai", "nghe: ba"]


async def test_an_update_is_confirmed_only_once_it_is_kept(tg: TelegramStandIn, tmp_path: Path) -> None:
    user = tg.user()
    async with open_office(tg, tmp_path) as office:
        office.database.away = True
        await user.says("một")
        await user.says("hai")
        asked = len(tg.calls("getUpdates"))
        await tg.until(lambda: len(tg.calls("getUpdates")) > asked + 2)
        assert tg.world.updates.pending == 2
        assert office.turns == []
        office.database.away = False
        await office.settled()
    assert [post.text for post in user.inbox] == ["nghe: một", "nghe: hai"]


async def test_what_stands_behind_a_failed_update_comes_again_in_order(tg: TelegramStandIn, tmp_path: Path) -> None:
    user, another = tg.user(), tg.user()
    for words in ("một", "hai", "ba", "bốn"):
        await user.says(words)
    await another.says("khác")
    async with open_office(tg, tmp_path, hears=False) as office:
        office.database.falls_after = 2
        await office.hearing.start()
        await tg.until(lambda: len(tg.calls("getUpdates")) > 3)
        assert 0 < tg.world.updates.pending < 5
        office.database.falls_after, office.database.away = -1, False
        await office.settled()
        assert await office.claims() == 5
    assert [post.text for post in user.inbox] == ["nghe: một", "nghe: hai", "nghe: ba", "nghe: bốn"]
    assert [post.text for post in another.inbox] == ["nghe: khác"]


async def test_killed_before_confirming_hears_nothing_twice(tg: TelegramStandIn, tmp_path: Path) -> None:
    user = tg.user()
    await user.says("một")
    async with open_office(tg, tmp_path) as office:
        await office.settled()
    tg.repeat_update()
    await user.says("hai")
    async with open_office(tg, tmp_path) as office:
        await office.settled()
        assert [turn.text for turn in office.turns] == ["hai"]
    assert [post.text for post in user.inbox] == ["nghe: một", "nghe: hai"]


async def test_a_large_file_of_one_keeps_nobody_else_waiting(tg: TelegramStandIn, office: Office) -> None:
    slow, quick = tg.user(), tg.user()
    held = tg.faults.slow("file", seconds=2.0)
    await slow.sends_photo(picture())
    await slow.says("sau ảnh")
    await tg.until(lambda: held.struck)
    for words in ("một", "hai"):
        await quick.says(words)
        await tg.until(lambda words=words: words in [turn.text for turn in office.turns], timeout=1.9)  # type: ignore[misc]
    assert [turn.text for turn in office.turns] == ["một", "hai"]
    assert tg.world.updates.waiting()[0].data["message"]["chat"]["id"] == slow.id  # not confirmed while it is under way
    await office.settled()
    assert [post.text for post in slow.inbox] == ["nghe:  picture", "nghe: sau ảnh"]


async def test_an_update_that_nobody_can_read_blocks_nobody(tg: TelegramStandIn, office: Office) -> None:
    user = tg.user()
    slip_in(tg, message="???")
    slip_in(tg, kind_of_tomorrow={"a": 1})
    chat = {"id": user.id, "type": "private", "first_name": "A"}
    strange = {"message_id": 1, "date": 1, "chat": chat, "text": "lạ", "entities": 5, "from": "?"}
    user.chat.opened = True
    slip_in(tg, message=strange)
    await user.says("thường")
    await office.settled()
    assert sorted(post.text for post in user.inbox) == ["nghe: lạ", "nghe: thường"]


async def test_numbers_that_begin_again_lower(tg: TelegramStandIn, office: Office) -> None:
    """After a week of silence Telegram numbers updates anew, from anywhere."""
    user = tg.user()
    await user.says("trước")
    await office.settled()
    tg.world.updates._next_id = 17
    await user.says("sau")
    await office.settled()
    assert [post.text for post in user.inbox] == ["nghe: trước", "nghe: sau"]


async def test_telegram_away_at_the_start_and_in_between(tg: TelegramStandIn, tmp_path: Path) -> None:
    tg.faults.drops_before("getMe", times=2)
    tg.faults.server_error("deleteWebhook", times=2)
    tg.faults.drops_after("getUpdates", times=2)
    tg.faults.server_error("getUpdates", skip=1, times=2)
    tg.faults.too_many("setMyCommands", retry_after=30)
    user = tg.user()
    async with open_office(tg, tmp_path) as office:
        await user.says("có ai không")
        await office.settled()
        assert (await user.next_message()).text == "nghe: có ai không"
    assert tg.faults.unspent == []


async def test_the_bot_presents_itself(tg: TelegramStandIn, office: Office) -> None:
    await tg.until(lambda: tg.profile.short_description)
    shown = tg.profile.commands["default", ""]
    assert [command["command"] for command in shown] == list(COMMANDS)
    assert [command["description"] for command in shown] == [say(f"telegram-command-{name}") for name in COMMANDS]
    assert {"noikenh", "xoadulieu"} < set(COMMANDS)
    assert tg.profile.description == {"": say("telegram-description")}


async def test_a_webhook_left_over_is_taken_away_and_what_waits_is_kept(tg: TelegramStandIn, tmp_path: Path) -> None:
    tg.lead("https://old.example.vn", "http://127.0.0.1:9")
    user = tg.user()
    async with open_office(tg, tmp_path, webhook=True):
        await tg.until(lambda: tg.world.webhook.url)
    await user.says("trong lúc chuyển")
    async with open_office(tg, tmp_path) as office:
        await office.settled()
    assert tg.world.webhook.url == ""
    assert [post.text for post in user.inbox] == ["nghe: trong lúc chuyển"]


async def test_two_that_hear_are_told_what_to_do(tg: TelegramStandIn, office: Office, capfd: pytest.CaptureFixture[str]) -> None:
    await tg.until(lambda: tg.world.polling.busy)
    async with TelegramHearing.open(office.settings, office.talk, SECRET, patience=HASTE) as second:
        await second.start()
        await tg.until(lambda: [call for call in tg.calls("getUpdates") if call.status == 409])
        await second.stop()
    user = tg.user()
    await user.says("vẫn nghe")
    await office.settled()
    assert (await user.next_message()).text == "nghe: vẫn nghe"
    assert "stop it, or give each its own token" in capfd.readouterr().out
    tg.excuse("terminated by other getUpdates request")


@pytest.mark.parametrize("token", ["123456789:AAWrongTokenThatMustNotBeSeen", "no token at all MustNotBeSeen"])
async def test_a_wrong_token_is_said_and_the_program_runs_on(
    tg: TelegramStandIn, office: Office, tmp_path: Path, token: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    async with TelegramHearing.open(settings_for(tg, tmp_path, token=token), office.talk, SECRET, patience=HASTE) as hearing:
        await hearing.start()
        if ":" in token:
            await tg.until(lambda: len([call for call in tg.calls("getMe") if call.status == 401]) > 2)
        await hearing.stop()
    shown = caplog.text + "".join(capfd.readouterr())
    assert shown.count("TELEGRAM_TOKEN") == 1
    assert "MustNotBeSeen" not in shown


async def test_who_blocks_the_bot_is_gone_until_they_write(tg: TelegramStandIn, office: Office) -> None:
    user = tg.user()
    await user.says("chào")
    await office.settled()
    await user.blocks_bot()
    await tg.all_taken()
    contact = await office.contact(user.id)
    assert contact
    assert contact.gone_at
    await user.unblocks_bot()
    await user.says("tôi quay lại")
    await office.settled()
    contact = await office.contact(user.id)
    assert contact
    assert contact.gone_at is None
    assert user.inbox[-1].text == "nghe: tôi quay lại"


async def test_a_block_by_somebody_unknown_makes_no_contact(tg: TelegramStandIn, office: Office) -> None:
    await tg.user().blocks_bot()
    await tg.all_taken()
    assert await office.count(Contact) == 0


async def test_a_group_an_edit_a_forward(tg: TelegramStandIn, office: Office) -> None:
    place = tg.user().in_group(tg.group())
    await place.says("/tracuu")
    user = tg.user()
    first = await user.says("bản đầu")
    await user.edits(first, "bản sửa")
    await user.forwards("lời của người khác", hidden_name="Ai đó")
    await office.settled()
    heard = {(turn.text, turn.group, turn.edited) for turn in office.turns}
    assert heard == {("/tracuu", True, False), ("bản đầu", False, False), ("bản sửa", False, True), ("lời của người khác", False, False)}
    assert (await place.next_message()).text == "nghe: /tracuu"


async def test_a_tap_on_an_old_message(tg: TelegramStandIn, office: Office) -> None:
    user = tg.user()
    await user.says("chào")
    await office.settled()
    await user.taps("Đúng", long_ago=True)
    await office.settled()
    assert user.inbox[-1].text == "bấm yes"


async def test_a_tap_whose_little_clock_cannot_be_stopped_counts_all_the_same(tg: TelegramStandIn, office: Office) -> None:
    user = tg.user()
    await user.says("chào")
    await office.settled()
    tg.faults.server_error("answerCallbackQuery")
    await user.taps("Đúng")
    await office.settled()
    assert user.inbox[-1].text == "bấm yes"
    assert len(tg.unanswered_taps) == 1


async def test_stopping_lets_what_is_under_way_be_finished(tg: TelegramStandIn, tmp_path: Path) -> None:
    user = tg.user()
    held = tg.faults.slow("file", seconds=0.3)
    async with open_office(tg, tmp_path) as office:
        await user.sends_photo(picture())
        await tg.until(lambda: held.struck)
        await asyncio.wait_for(office.hearing.stop(), 2)
        assert await office.claims() == 1


class Queue:
    """Telegram's side of `getUpdates`, in memory."""

    def __init__(self, numbers: list[int]) -> None:
        self.waiting = numbers
        self.confirmed: list[int] = []

    def ask(self, offset: int | None) -> list[int]:
        self.confirmed += [number for number in self.waiting if offset is not None and number < offset]
        self.waiting = [number for number in self.waiting if number not in self.confirmed]
        return self.waiting[:BATCH]


@given(st.sets(st.integers(0, 400), max_size=250), st.data())
def test_whatever_fails_or_lags_nothing_is_confirmed_before_it_is_done(numbers: set[int], data: st.DataObject) -> None:
    telegram, ledger, done = Queue(sorted(numbers)), Ledger(), list[int]()
    under_way: set[int] = set()
    for step in range(600):
        offset = ledger.offset
        under_way |= ledger.receive(telegram.ask(offset), offset)
        assert set(telegram.confirmed) <= set(done)
        if not telegram.waiting:
            break
        for number in sorted(under_way):
            fate = data.draw(st.sampled_from(["done", "again", "lags"])) if step < 4 else "done"
            if fate == "lags":
                continue
            under_way.discard(number)
            if fate == "done":
                done.append(number)
                ledger.done(number)
            else:
                ledger.again(number)
    assert sorted(done) == sorted(numbers)


def test_an_update_that_failed_until_telegram_forgot_it_holds_up_nothing() -> None:
    ledger = Ledger()
    assert ledger.receive([5, 6], None) == {5, 6}
    ledger.again(5)
    ledger.done(6)
    assert ledger.offset == 5
    assert ledger.receive([6, 7], 5) == {7}
    ledger.done(7)
    assert ledger.offset == 8
