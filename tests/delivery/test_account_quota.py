"""What Zalo says the whole account has left is kept for every process; once nothing is, what would be billed goes another way unasked."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.delivery.outcome import Allowance, NeedsTemplate, Sent
from office.channel_quota import Quota, note_quota, quota_of
from office.database import Database
from tests.delivery.kit import ANSWER, LONG_SILENT, NOW, Scripted, Stage, news

WEEK = dt.timedelta(days=7)
FREE = dt.timedelta(hours=48)
HOUR = NOW.replace(minute=0, second=0, microsecond=0)
SPENT = NeedsTemplate("-211", quota=True, of_account=True)


def zalo_of_a_week() -> Scripted:
    """Takes messages for a week, of which two days are free."""
    return Scripted("zalo_oa", window=WEEK, free=FREE)


async def known(database: Database) -> Quota | None:
    async with database.reading() as session:
        return await quota_of(session, "zalo_oa")


async def spent(database: Database, at: dt.datetime = NOW) -> None:
    async with database.transaction() as session:
        await note_quota(session, "zalo_oa", 0, None, at, refused=True)


async def test_what_zalo_says_is_kept_for_all(database: Database) -> None:
    zalo = zalo_of_a_week()
    stage = Stage(database, zalo)
    citizen = await stage.contact("zalo_oa", heard=LONG_SILENT)
    assert await known(database) is None
    zalo.ends = [Sent(Allowance(500, 500, of_account=True)), Sent(), Sent(Allowance(498, of_account=True)), Sent(Allowance(3, 8))]
    await stage.tell(citizen, news("answered", 1))
    assert await known(database) == Quota(500, 500, HOUR)
    await stage.tell(citizen, news("closed", 2))
    assert await known(database) == Quota(500, 500, HOUR)
    stage.now += dt.timedelta(hours=1)
    await stage.tell(citizen, news("answered", 3))
    assert await known(database) == Quota(498, 500, HOUR + dt.timedelta(hours=1))
    assert (await stage.known(citizen)).allowance is None
    await stage.tell(citizen, news("closed", 4))
    assert (await known(database), (await stage.known(citizen)).allowance) == (Quota(498, 500, HOUR + dt.timedelta(hours=1)), 3)


async def test_a_nought_in_an_answer_may_be_the_end_of_one_kind_only(database: Database) -> None:
    """Zalo is asked once more; its refusal is what counts, also in another process than the one that was told so."""
    zalo, telegram = zalo_of_a_week(), Scripted("telegram")
    stage = Stage(database, zalo, telegram)
    citizen = await stage.contact("zalo_oa", heard=LONG_SILENT, party=7)
    await stage.contact("telegram", heard=LONG_SILENT, party=7)
    zalo.ends = [Sent(Allowance(0, 500, of_account=True))]
    await stage.tell(citizen, news("answered", 1))
    zalo.ends = [Sent(Allowance(0, 500, of_account=True)), SPENT]
    await stage.tell(citizen, news("closed", 2))
    assert (zalo.said, telegram.said) == (["case_answered 1", "case_closed 2"], [])
    await stage.tell(citizen, news("answered", 3))
    tried = ["case_answered 1", "case_closed 2", "case_answered 3"]
    assert (zalo.tried, telegram.said) == (tried, ["case_answered 3"])
    again = Stage(database, zalo, telegram)
    await again.tell(citizen, news("closed", 4))
    assert (zalo.tried, telegram.said, zalo.knocks) == (tried, ["case_answered 3", "case_closed 4"], 0)


async def test_one_refusal_speaks_for_all(database: Database) -> None:
    zalo, telegram = zalo_of_a_week(), Scripted("telegram")
    stage = Stage(database, zalo, telegram)
    citizens = []
    for number in range(3):
        citizens.append(await stage.contact("zalo_oa", f"{number}", heard=LONG_SILENT, party=10 + number))
        await stage.contact("telegram", f"{number}", heard=LONG_SILENT, party=10 + number)
    zalo.ends = [SPENT]
    for number, citizen in enumerate(citizens):
        await stage.tell(citizen, news("answered", number))
    assert (zalo.tried, telegram.said) == (["case_answered 0"], [f"case_answered {number}" for number in range(3)])
    assert await known(database) == Quota(0, None, HOUR, refused=True)


async def test_a_persons_own_quota_is_not_the_accounts(database: Database) -> None:
    zalo = zalo_of_a_week()
    stage = Stage(database, zalo)
    zalo.ends = [NeedsTemplate("-218", quota=True)]
    await stage.tell(await stage.contact("zalo_oa", heard=LONG_SILENT), news("answered", 1))
    assert await known(database) is None


async def test_without_another_way_it_waits_for_the_next_word(database: Database) -> None:
    zalo = zalo_of_a_week()
    stage = Stage(database, zalo)
    await spent(database)
    await stage.tell(await stage.contact("zalo_oa", heard=LONG_SILENT), news("answered", 1))
    assert (zalo.tried, zalo.knocks, await stage.states()) == ([], 0, ["held"])
    await stage.word("zalo_oa")
    assert zalo.said == ["case_answered 1", ANSWER]


async def test_what_is_free_goes_all_the_same(database: Database) -> None:
    zalo = zalo_of_a_week()
    stage = Stage(database, zalo)
    await spent(database)
    await stage.tell(await stage.contact("zalo_oa", heard=NOW - FREE + dt.timedelta(hours=1)), news("answered", 1))
    assert zalo.said == ["case_answered 1"]


@pytest.mark.parametrize(("hours", "tried"), [(1, False), (2, True)])
async def test_it_is_asked_again_after_a_while(database: Database, hours: int, tried: bool) -> None:
    """Nobody tells when an account is given more."""
    zalo = zalo_of_a_week()
    stage = Stage(database, zalo)
    citizen = await stage.contact("zalo_oa", heard=LONG_SILENT)
    await spent(database, HOUR)
    stage.now = HOUR + dt.timedelta(hours=hours)
    zalo.ends = [Sent(Allowance(400, 400, of_account=True))]
    await stage.tell(citizen, news("answered", 1))
    assert (zalo.said == ["case_answered 1"]) is tried
    assert await known(database) == (Quota(400, 400, stage.now) if tried else Quota(0, None, HOUR, refused=True))


async def test_nothing_moves_to_an_account_that_is_spent(database: Database) -> None:
    zalo, telegram = zalo_of_a_week(), Scripted("telegram")
    stage = Stage(database, zalo, telegram)
    await stage.contact("zalo_oa", heard=LONG_SILENT, party=7)
    citizen = await stage.contact("telegram", heard=LONG_SILENT, party=7, allowance=0)
    telegram.window = telegram.staff_window = FREE
    await spent(database)
    await stage.tell(citizen, news("answered", 1))
    assert (zalo.tried, telegram.tried, await stage.states()) == ([], [], ["held"])
