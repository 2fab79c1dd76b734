"""Zalo waits two seconds for its answer. What takes longer is kept by then, and heard afterwards: in order, once, and also after a kill."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.channels import parking
from bot.channels.zalo_oa_events import Said, understand
from bot.judge import Judging
from bot.settings import Settings
from office import Session
from office.database import Database
from office.records import HeardUpdate, ParkedUpdate
from talk.talk import Heard
from talk.turn import Turn
from tests.bot.zalo_oa_kit import HASTE, Office, opened
from tests.dialogue import TestClock, settle
from tests.dialogues.test_complaint import STORY
from tests.durability.stage import open_stage
from tests.hesitating import Hesitating
from tests.play import Play, open_play
from tests.small_office import SmallOffice
from tests.standins.zalo_oa import ZaloOfficialAccount
from tests.standins.zalo_oa.people import Person
from tests.zalo_bot_line import ZaloBotLine
from tests.zalo_line import ZaloLine

BOTH = ["zalo_oa", "zalo_bot"]
ZALO_WAITS = 2.0
"""Seconds, of the real clock."""


@pytest.fixture
def hesitating(judge: Judging) -> Hesitating:
    return Hesitating(judge)


@pytest.fixture(params=BOTH)
async def stage(
    request: pytest.FixtureRequest, settings: Settings, clock: TestClock, hesitating: Hesitating, small_office: SmallOffice
) -> AsyncIterator[Play]:
    async with open_play(request.param, settings, clock, hesitating, small_office) as play:  # type: ignore[arg-type]
        yield play
        hesitating.may_end.set()  # however the test ends, the program can


async def parked(database: Database) -> int:
    async with database.reading() as session:
        return (await session.execute(select(func.count()).select_from(ParkedUpdate))).scalar_one()


async def test_a_turn_that_takes_long_is_kept_confirmed_and_heard_afterwards(stage: Play, hesitating: Hesitating) -> None:
    """Told again meanwhile, and with words behind it. Before this was so, Zalo had no answer as long as somebody thought."""
    citizen = await stage.citizen()
    assert isinstance(citizen.line, ZaloLine | ZaloBotLine)
    zalo, person, loop = citizen.line._zalo, citizen.line._person, asyncio.get_running_loop()
    began = loop.time()
    await person.says(STORY)
    await zalo.all_taken()
    assert loop.time() - began < ZALO_WAITS
    assert (hesitating.begun.is_set(), await parked(stage.app.database)) == (True, 1)
    zalo.repeats(2)
    await person.says("/trogiup")
    began = loop.time()
    await zalo.all_taken()
    assert loop.time() - began < ZALO_WAITS
    assert not hesitating.may_end.is_set()
    hesitating.may_end.set()
    for hearing in (stage.app.zalo_oa, stage.app.zalo_bot):
        if hearing is not None:
            await hearing.drained()
    await citizen.hears(buttons=("Loại khác",))
    await citizen.hears("Anh/chị có thể")
    assert {delivery.status for delivery in zalo.deliveries if not delivery.name.startswith("oa_send")} == {200}
    assert await parked(stage.app.database) == 0


@pytest.mark.parametrize("channel", BOTH)
async def test_what_was_confirmed_is_heard_though_the_program_was_killed_over_it(
    channel: str, settings: Settings, clock: TestClock, small_office: SmallOffice
) -> None:
    async with open_stage(channel, settings, clock, small_office) as stage:
        async with stage.program() as play:
            citizen = await play.citizen()
            await citizen.says("/trogiup")
            await citizen.hears("Anh/chị có thể")
        assert isinstance(citizen.line, ZaloLine | ZaloBotLine)
        zalo, person = citizen.line._zalo, citizen.line._person
        async with stage.doomed("never", judge="never ends") as life:
            await person.says(STORY)
            await zalo.all_taken()
            zalo.repeats(1)
            await person.says("/trogiup")
            await zalo.all_taken()
            life.process.kill()
            assert await life.ends() == -9
        clock.forward(minutes=3)  # with PostgreSQL the dead one's lease must run out first
        async with stage.program(citizen) as play:
            await settle(play.app)
            heard = [message.text for message in await citizen.line.receive()]
            assert await parked(play.app.database) == 0
    assert len(heard) == 2
    assert "Anh/chị có thể" in heard[1]


# The channel alone, with a person whose turns have to wait


@pytest.fixture
async def oa(zalo: ZaloOfficialAccount, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Office]:
    monkeypatch.setattr(parking, "_FAREWELL", 0.05)
    async with opened(zalo, tmp_path, patience=IMPATIENT) as office:
        yield office


IMPATIENT = replace(HASTE, answer=0.05)


async def told(zalo: ZaloOfficialAccount, person: Person, *words: str) -> None:
    for each in words:
        await person.says(each)
        await zalo.all_taken()


async def test_the_order_outlives_the_process(oa: Office, zalo: ZaloOfficialAccount, tmp_path: Path) -> None:
    an = zalo.person("An")
    async with oa.talk.in_order("zalo_oa", an.id):
        await told(zalo, an, "một", "hai")
        await an.unfollows()
        await an.says("ba")
        await zalo.all_taken()
        assert (await oa.parked(), oa.turns) == (4, [])
        await oa.hearing.stop()
    assert (await oa.parked(), oa.turns) == (4, [])
    async with opened(zalo, tmp_path, connected=False) as again:
        await again.settled()
        assert [turn.text for turn in again.turns] == ["một", "hai", "ba"]
        assert await again.parked() == 0


async def test_others_do_not_wait_and_each_is_heard_once(oa: Office, zalo: ZaloOfficialAccount) -> None:
    an, binh = zalo.person("An"), zalo.person("Bình")
    async with oa.talk.in_order("zalo_oa", an.id):
        await told(zalo, an, "một")
        zalo.repeats(4)
        await told(zalo, binh, "tôi không chờ ai")
        assert [turn.text for turn in oa.turns] == ["tôi không chờ ai"]
        await told(zalo, an, "hai")
    await oa.settled()
    zalo.repeats(2)
    await oa.settled()
    assert [turn.text for turn in oa.turns] == ["tôi không chờ ai", "một", "hai"]
    assert {delivery.status for delivery in zalo.deliveries if not delivery.name.startswith("oa_send")} == {200}
    assert await oa.parked() == 0
    async with oa.database.reading() as session:
        assert (await session.execute(select(func.count()).select_from(HeardUpdate))).scalar_one() == 3


@pytest.mark.parametrize("first", ["the next word", "the look"])
async def test_the_order_outlives_a_database_that_was_away(oa: Office, zalo: ZaloOfficialAccount, first: str) -> None:
    """What was kept and could then not be heard is not overtaken, nor does it wait until our own lease has run out."""
    an = zalo.person("An")
    async with oa.talk.in_order("zalo_oa", an.id):
        await told(zalo, an, "một")
        assert await oa.parked() == 1
        oa.database.away = True
    await oa.hearing.drained()
    oa.database.away = False
    if first == "the look":
        await oa.hearing._parking.look()
        await oa.settled()
        assert [turn.text for turn in oa.turns] == ["một"]
    await told(zalo, an, "hai")
    await oa.settled()
    assert ([turn.text for turn in oa.turns], await oa.parked()) == (["một", "hai"], 0)


async def at_once(oa: Office, *words: str) -> list[asyncio.Task[None]]:
    """One person's words, told before the first of them is answered."""
    tasks = []
    for number, each in enumerate(words):
        raw = {"event_name": "user_send_text", "sender": {"id": "7"}, "message": {"msg_id": f"m{number}", "text": each}}
        happened = understand(raw, b"")
        assert isinstance(happened, Said)
        tasks.append(asyncio.create_task(oa.hearing._parking.hear(happened, raw)))
        await oa.parked()  # and the program has begun with it
    return tasks


async def test_what_fails_is_not_overtaken_by_what_waited_behind_it(oa: Office) -> None:
    hear, fails = oa.talk.hear, asyncio.Event()

    async def fails_once(turn: Turn, **how: Any) -> Heard:
        oa.talk.hear = hear  # type: ignore[method-assign]
        await fails.wait()
        raise ConnectionRefusedError("the database is away")

    oa.talk.hear = fails_once  # type: ignore[method-assign, assignment]
    await asyncio.gather(*await at_once(oa, "một", "hai"))
    assert await oa.parked() == 2
    fails.set()
    await oa.hearing.drained()
    assert ([turn.text for turn in oa.turns], await oa.parked()) == (["một", "hai"], 0)


async def test_an_address_that_cannot_be_one_keeps_nobody_waiting(oa: Office) -> None:
    """Half a letter, as JSON can write it. Before, nothing of this person was ever heard again."""
    link = {"type": "image", "payload": {"url": "https://cdn.example.vn/\ud800.jpg"}}
    raw = {"event_name": "user_send_image", "sender": {"id": "7"}, "message": {"msg_id": "p", "attachments": [link]}}
    happened = understand(raw, b"")
    assert isinstance(happened, Said)
    await oa.hearing._parking.hear(happened, raw)
    await asyncio.gather(*await at_once(oa, "sau đó"))
    await oa.hearing.drained()
    assert ([turn.text for turn in oa.turns], await oa.parked()) == (["", "sau đó"], 0)
    assert oa.turns[0].attachments[0].problem is not None


@pytest.mark.parametrize("given", ["\ud800", "m\x001"])
async def test_a_mark_that_cannot_be_one_is_heard_once_all_the_same(oa: Office, given: str) -> None:
    """Half a letter, or what PostgreSQL does not keep. Before, it was never confirmed and came for ever."""
    raw = {"event_name": "user_send_text", "sender": {"id": "7"}, "message": {"msg_id": given, "text": "một"}}
    for _ in range(2):
        happened = understand(raw, b"the same bytes")
        assert isinstance(happened, Said)
        assert happened.update_key.isprintable()
        await oa.hearing._parking.hear(happened, raw)
    await oa.hearing.drained()
    async with oa.database.reading() as session:
        assert (await session.execute(select(func.count()).select_from(HeardUpdate))).scalar_one() == 1


async def test_two_that_come_at_once_stay_in_order_though_the_look_for_what_is_kept_takes_the_first_longer(
    zalo: ZaloOfficialAccount, tmp_path: Path
) -> None:
    """On PostgreSQL each asks on a connection of its own."""
    async with opened(zalo, tmp_path) as oa:
        oa.hearing._parking._looked = False
        glance, go_on = oa.database.glance, asyncio.Event()

        @asynccontextmanager
        async def slow_at_first() -> AsyncIterator[Session]:
            oa.database.glance = glance  # type: ignore[method-assign]
            await go_on.wait()
            async with glance() as session:
                yield session

        oa.database.glance = slow_at_first  # type: ignore[method-assign]
        tasks = await at_once(oa, "một", "hai")
        for _ in range(20):
            await oa.parked()
        go_on.set()
        await asyncio.gather(*tasks)
        await oa.hearing.drained()
        assert [turn.text for turn in oa.turns] == ["một", "hai"]


async def test_what_cannot_be_kept_is_not_confirmed(oa: Office, zalo: ZaloOfficialAccount) -> None:
    an = zalo.person("An")
    async with oa.talk.in_order("zalo_oa", an.id):
        oa.database.away = True
        await an.says("lời")
        await zalo.settled()
        assert [delivery.status for delivery in zalo.deliveries] == [503]
    await oa.hearing.drained()
    oa.database.away = False
    await zalo.passes(seconds=31)
    await oa.settled()
    assert [turn.text for turn in oa.turns] == ["lời"]


async def test_who_hangs_up_loses_nothing(oa: Office, zalo: ZaloOfficialAccount) -> None:
    """Zalo, or a proxy before us, may give up before we answer: the turn goes on, and the next delivery finds it."""
    an = zalo.person("An")
    oa.hearing._parking.in_time = 60
    async with oa.talk.in_order("zalo_oa", an.id):
        await an.says("lời")
        async with asyncio.timeout(10):
            while not oa.hearing._parking._under_way:
                await oa.parked()
        zalo.clock.advance(2.5)
        await zalo.settled()
        assert [delivery.status for delivery in zalo.deliveries] == [None]
    await oa.hearing.drained()
    await zalo.passes(seconds=31)
    await oa.settled()
    assert ([turn.text for turn in oa.turns], zalo.deliveries[1].status) == (["lời"], 200)
