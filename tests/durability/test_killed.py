"""The program is killed (SIGKILL) at every point that matters; after the restart nothing is lost, no case is double, the digest is one."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import func, select

from bot.settings import Settings
from office.records import Case, OutboxMessage
from tests.dialogue import TestClock, settle
from tests.dialogues.test_complaint import to_the_summary
from tests.durability.stage import open_stage, press_again, press_while_it_dies
from tests.small_office import SmallOffice

POINTS = ("received", "before commit", "after commit", "before send", "after send")

KILLED_ON = ["browser", "telegram", "zalo_oa", "zalo_bot"]


@pytest.mark.parametrize("channel", KILLED_ON)
@pytest.mark.parametrize("point", POINTS)
async def test_the_tap_that_sends_a_complaint(
    point: str, channel: str, settings: Settings, clock: TestClock, small_office: SmallOffice
) -> None:
    async with open_stage(channel, settings, clock, small_office) as stage:
        async with stage.program() as play:
            citizen = await play.citizen()
            await to_the_summary(citizen)
        async with stage.doomed(point) as life:
            await press_while_it_dies(stage, citizen, "📨 Gửi", life, "send")
            assert await life.ends() == -9
        clock.forward(minutes=2)  # with PostgreSQL a dead sender's lease must run out first
        async with stage.program(citizen) as play:
            await press_again(citizen, "📨 Gửi", "send")
            await settle(play.app)
            receipts = [message for message in await citizen.line.receive() if "Mã biên nhận" in message.text]
            async with play.app.database.reading() as session:
                cases = (await session.execute(select(func.count()).select_from(Case))).scalar_one()
                left = (await session.execute(select(func.count()).where(OutboxMessage.state == "due"))).scalar_one()
    assert cases == 1
    assert left == 0
    twice_is_allowed = channel != "browser" and point == "after send"  # an answer is better said twice than never
    assert len(receipts) == 1 or (twice_is_allowed and len(receipts) == 2)


@pytest.mark.parametrize("channel", KILLED_ON)
@pytest.mark.parametrize("point", ["before send", "after send"])
async def test_the_digest_is_one(point: str, channel: str, settings: Settings, clock: TestClock, small_office: SmallOffice) -> None:
    """Also after three hours of downtime; a picture and words, each once."""
    async with open_stage(channel, settings, clock, small_office) as stage:
        async with stage.program() as play:
            head, official = await play.official("CT01"), await play.official("MC01")
            await official.says("/diemdanh")
            await official.hears("có mặt")
            clock.set("2026-11-27 16:00")
            await head.says("/trogiup")  # Zalo takes messages for a week after the last word
            await head.hears("Anh/chị có thể")
        clock.set("2026-11-30 10:30")
        async with stage.doomed(point, plan=True) as life:
            assert await life.ends() == -9
        clock.forward(minutes=2)
        async with stage.program(head) as play:
            await play.app.schedule.tick(clock())
            await settle(play.app)
            heard = await head.line.receive()
    assert [bool(message.files) for message in heard] == [True, False]
    assert "BẢN TIN TUẦN" in heard[1].text


@pytest.mark.sqlite_only  # with PostgreSQL others may be alive; there the lease decides
async def test_leases_of_the_dead_are_freed_at_once_on_the_embedded_database(
    settings: Settings, clock: TestClock, small_office: SmallOffice
) -> None:
    """One process alone: what its predecessor held goes out at once, not after the lease."""
    from office.outbox import claim_due
    from office.outbox_upkeep import release_leases

    async with open_stage("browser", settings, clock, small_office) as stage, stage.program() as play:
        citizen = await play.citizen()
        await citizen.line.say("/trogiup")
        async with play.app.database.transaction() as session:
            assert len(await claim_due(session, clock())) == 1
        async with play.app.database.transaction() as session:
            assert not await claim_due(session, clock() + dt.timedelta(seconds=1))
            await release_leases(session, clock())
        await citizen.hears("Anh/chị có thể")
