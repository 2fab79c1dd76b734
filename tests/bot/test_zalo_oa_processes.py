"""Several processes on one PostgreSQL: one refreshes the tokens, and one person's messages stay in order whichever process is told of them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from bot.delivery.outcome import Sent
from office import parked
from talk.reply import Reply
from tests.bot.zalo_oa_kit import HASTE, opened, picture
from tests.postgres_server import postgres_server, postgres_url  # noqa: F401
from tests.standins.zalo_oa import ZaloOfficialAccount


async def test_two_processes_refresh_once(zalo: ZaloOfficialAccount, tmp_path: Path, postgres_url: str) -> None:  # noqa: F811
    zalo.doubts.free_messages = None
    an = zalo.person("An")
    await an.says("chào")
    async with opened(zalo, tmp_path, url=postgres_url) as one, opened(zalo, tmp_path, url=postgres_url, connected=False) as other:
        for _ in range(3):
            zalo.tokens.kill_access()
            work = [office.channel.speech.send(office.parcel(an.id, Reply(text="chào"))) for office in (one, other) * 5]
            assert all(isinstance(outcome, Sent) for outcome in await asyncio.gather(*work))
        assert len(zalo.calls("token")) == 3
        assert not zalo.tokens.locked


async def test_words_told_to_another_process_wait_for_the_picture_before(
    zalo: ZaloOfficialAccount,
    tmp_path: Path,
    postgres_url: str,  # noqa: F811
) -> None:
    an = zalo.person("An")
    zalo.faults.hangs(calls="file", times=3)
    async with opened(zalo, tmp_path, url=postgres_url) as one, opened(zalo, tmp_path, url=postgres_url, connected=False) as other:
        zalo.sets_webhook(f"{one.url}/zalo/oa")
        await an.sends_picture(picture(), "ảnh trước")
        await zalo.all_taken()
        zalo.sets_webhook(f"{other.url}/zalo/oa")
        await an.says("lời sau")
        await zalo.all_taken()
        assert (one.turns, other.turns) == ([], [])
        await one.settled()
        await other.settled()
        heard = [turn.text for turn in (*one.turns, *other.turns)]
        assert sorted(heard) == ["lời sau", "ảnh trước"]
        assert one.turns[0].text == "ảnh trước"
        assert [message.text for message in an.takes_unread()] == ["Tôi nghe: ảnh trước", "Tôi nghe: lời sau"]


async def test_words_told_to_another_process_wait_for_a_long_turn_before(
    zalo: ZaloOfficialAccount,
    tmp_path: Path,
    postgres_url: str,  # noqa: F811
) -> None:
    """Also when the first are told again to that other process."""
    an, soon = zalo.person("An"), replace(HASTE, answer=0.4)
    async with (
        opened(zalo, tmp_path, url=postgres_url, patience=soon) as one,
        opened(zalo, tmp_path, url=postgres_url, connected=False) as other,
    ):
        zalo.sets_webhook(f"{one.url}/zalo/oa")
        await an.says("chào")  # and the connections to the database are there
        await one.settled()
        one.turns.clear()
        async with one.talk.in_order("zalo_oa", an.id):
            await an.says("dài")
            await zalo.all_taken()
            zalo.sets_webhook(f"{other.url}/zalo/oa")
            zalo.repeats(2)
            await an.says("lời sau")
            await zalo.all_taken()
            await other.hearing.drained()
            assert (one.turns, other.turns, await one.parked()) == ([], [], 2)
        await one.settled()
        assert ([turn.text for turn in one.turns], other.turns, await one.parked()) == (["dài", "lời sau"], [], 0)


async def test_what_a_dead_process_left_is_taken_up_by_another(
    zalo: ZaloOfficialAccount,
    tmp_path: Path,
    postgres_url: str,  # noqa: F811
) -> None:
    an = zalo.person("An")
    zalo.faults.hangs(calls="file", times=9)
    async with opened(zalo, tmp_path, url=postgres_url, connected=False) as living:
        async with opened(zalo, tmp_path, url=postgres_url) as leaving:
            await an.sends_picture(picture(), "ảnh")
            await zalo.all_taken()
            assert leaving.turns == []
        zalo.faults.clear()
        async with living.database.transaction() as session:  # as by a process that was killed after it had taken it up
            assert await parked.take_up(session, "zalo_oa", an.id, "killed", living.clock()) is not None
        await living.hearing._parking.look()
        await living.hearing.drained()
        assert living.turns == []
        living.clock.forward(seconds=121)
        await living.hearing._parking.look()
        await living.hearing.drained()
        assert [turn.text for turn in living.turns] == ["ảnh"]
        assert await living.parked() == 0


async def test_what_a_process_that_stops_was_fetching_goes_on_at_once(
    zalo: ZaloOfficialAccount,
    tmp_path: Path,
    postgres_url: str,  # noqa: F811
) -> None:
    zalo.faults.hangs(calls="file", times=1)
    async with opened(zalo, tmp_path, url=postgres_url, connected=False) as staying:
        async with opened(zalo, tmp_path, url=postgres_url) as stopping:
            await zalo.person("An").sends_picture(picture(), "ảnh")
            await zalo.all_taken()
            assert stopping.turns == []
        await staying.hearing._parking.look()
        await staying.hearing.drained()
        assert [turn.text for turn in staying.turns] == ["ảnh"]
