"""What stands on a channel that is switched off is moved without standing in anybody's way, and only if it certainly was not said."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest
from sqlalchemy.exc import OperationalError

from bot.delivery.outcome import Gone, Outcome, Wait
from bot.delivery.outcome import Later as NotYet
from office import held
from office.contacts import contact_by_id
from office.database import Database
from office.outbox import claim_due
from office.unsaid import take_to, unsaid_on
from tests.delivery.kit import ANSWER, NOW, Scripted, Stage, news
from tests.delivery.race import until_somebody_waits

LEASE_IS_OVER = dt.timedelta(seconds=61)


@pytest.mark.postgresql_only
async def test_looking_for_strays_keeps_nobody_from_parting(database: Database) -> None:
    """Who parts holds the contacts and takes the rows; who moves a stray must not hold the row and want the contacts."""
    telegram = Scripted("telegram")
    stage = Stage(database, telegram)
    here, off = await stage.contact("telegram", party=7), await stage.contact("zalo_oa", party=7)
    await stage.plan(off, "reporter", news("answered", 1))
    async with database.transaction() as session:
        await contact_by_id(session, off)
        looking = asyncio.create_task(stage.courier._find_strays())
        await until_somebody_waits(database, looking)
        async with asyncio.timeout(20):
            await take_to(session, await unsaid_on(session, [off], NOW), here, NOW)
    await looking
    await stage.settle()
    assert telegram.said == ["case_answered 1"]


async def test_a_stray_whose_sender_died_waits_for_a_word(database: Database) -> None:
    """It may have arrived before its channel was switched off: it is not said elsewhere unasked, nor does it wait for that channel for ever."""
    before = Stage(database, Scripted("zalo_oa"))
    stage = Stage(database, telegram := Scripted("telegram"))
    await stage.contact("telegram", party=7)
    await before.plan(await before.contact("zalo_oa", party=7), "reporter", news("answered", 1))
    async with database.transaction() as session:
        assert len(await claim_due(session, NOW)) == 1  # and nothing more is heard of that sender
    stage.now += LEASE_IS_OVER
    await stage.passes(3, minutes=2)
    assert telegram.tried == []
    await stage.word("telegram")
    assert telegram.said == ["case_answered 1", ANSWER]


async def test_a_look_for_strays_that_fails_makes_nothing_doubtful(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody was about to say any of them: after a fault of the database, or a death, they go on their way as before."""
    stage = Stage(database, telegram := Scripted("telegram"))
    for number in range(3):
        address = f"{number}"
        await stage.contact("telegram", address, party=7 + number)
        off = await stage.contact("zalo_oa", address, party=7 + number)
        await stage.plan(off, "reporter", news("answered", number))

    async def fails(*_: object, **__: object) -> None:
        raise OperationalError("UPDATE", {}, ConnectionResetError("the database is away"))

    with monkeypatch.context() as away:
        away.setattr(held, "move", fails)
        with pytest.raises(OperationalError):
            await stage.courier.round()
    await stage.passes(minutes=2)
    assert sorted(telegram.said) == ["case_answered 0", "case_answered 1", "case_answered 2"]


@pytest.mark.parametrize("not_now", [Wait(5), NotYet(5, "at night it takes nothing")])
async def test_waiting_makes_no_doubt_smaller(database: Database, not_now: Outcome) -> None:
    """Its sender died; then the channel wanted silence for a while; then the person was gone."""
    telegram, bot = Scripted("telegram"), Scripted("zalo_bot")
    stage = Stage(database, telegram, bot)
    citizen = await stage.contact("telegram", party=7)
    await stage.contact("zalo_bot", party=7)
    await stage.plan(citizen, "reporter", news("answered", 1))
    async with database.transaction() as session:
        assert len(await claim_due(session, stage.now)) == 1
    telegram.ends = [not_now, Gone("blocked since")]
    stage.now += LEASE_IS_OVER
    await stage.settle()
    await stage.passes(2, minutes=2)
    assert len(telegram.tried) == 2
    assert bot.tried == []
    assert await stage.states() == ["held"]


@pytest.mark.postgresql_only
async def test_what_is_too_late_makes_no_courier_wait_for_a_turn(database: Database) -> None:
    """Two that wait for each other's rows would be a deadlock; it is dropped at the next look."""
    stage = Stage(database, telegram := Scripted("telegram"))
    citizen = await stage.contact("telegram")
    await stage.plan(citizen, "digest", {"texts": ["BẢN TIN"]}, expires_at=stage.now + dt.timedelta(minutes=1))
    stage.now += dt.timedelta(minutes=2)
    async with database.transaction() as session:
        assert len(await unsaid_on(session, [citizen], stage.now)) == 1
        async with asyncio.timeout(10):
            await stage.courier.round()
    await stage.settle()
    assert telegram.tried == []
    assert await stage.states() == ["dropped"]
