"""Which way to a person is open: not a page closed long ago, not a channel switched off; and what concerns one channel stays on it."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.delivery.outcome import Failed, NeedsTemplate
from office.contacts import reach, reach_reporter
from office.database import Database
from office.outbox import put_replies
from office.outbox_upkeep import give_up_waiting
from office.records import Contact
from tests.delivery.kit import ANSWER, LONG_SILENT, NOW, WINDOW, Scripted, Stage, news, waiting
from tests.small_office import SmallOffice

MONTH = dt.timedelta(days=30)


async def test_news_leaves_a_channel_that_is_switched_off(database: Database) -> None:
    telegram = Scripted("telegram")
    stage = Stage(database, telegram)
    await stage.contact("telegram", heard=NOW - dt.timedelta(hours=5), party=7)
    zalo = await stage.contact("zalo_oa", party=7)
    await stage.tell(zalo, news("answered", 1))
    assert telegram.said == ["case_answered 1"]


async def test_without_another_way_it_waits_until_the_channel_is_on_again(database: Database) -> None:
    stage = Stage(database, Scripted("telegram"))
    await stage.tell(await stage.contact("zalo_oa"), news("answered", 1))
    await stage.passes(5, minutes=2)
    again = Stage(database, zalo := Scripted("zalo_oa"))
    again.now = stage.now
    (row,) = await again.rows()
    assert (row.state, row.attempts) == ("due", 0)
    await again.settle()
    assert zalo.said == ["case_answered 1"]


async def test_many_without_another_way_do_not_keep_one_that_has_it(database: Database) -> None:
    telegram = Scripted("telegram")
    stage = Stage(database, telegram)
    for number in range(25):
        await stage.tell(await stage.contact("zalo_oa", f"{number}"), news("answered", number))
    stage.now += dt.timedelta(days=1)
    await stage.contact("telegram", party=7)
    await stage.tell(await stage.contact("zalo_oa", "late", party=7), news("answered", 99))
    await stage.passes(2, minutes=2)
    assert telegram.said == ["case_answered 99"]


@pytest.mark.parametrize("failing", [False, True])
async def test_many_that_find_every_way_shut_do_not_keep_one_that_is_open(database: Database, failing: bool) -> None:
    """People with a page closed long ago, or another channel that fails, stand before somebody whose page is open."""
    page = Scripted("browser")
    stage = Stage(database, page)
    heard = NOW if failing else NOW - MONTH
    for number in range(45):
        await stage.contact("browser", f"page {number}", heard=heard, party=1_000 + number, failing=failing)
        zalo = await stage.contact("zalo_oa", f"{number}", party=1_000 + number)
        await stage.plan(zalo, "reporter", news("answered", number))
    await stage.passes(hours=2)
    await stage.contact("browser", "open", heard=stage.now, party=7)
    await stage.tell(await stage.contact("zalo_oa", "late", heard=stage.now, party=7), news("answered", 99))
    await stage.passes(3, minutes=1)
    assert page.said == ["case_answered 99"]
    again = Stage(database, zalo_again := Scripted("zalo_oa"))
    again.now = stage.now
    await again.settle()
    assert len(zalo_again.said) == 45


async def test_answers_that_cannot_move_keep_nothing_from_moving(database: Database) -> None:
    """Neither the news of other people, nor that of their own."""
    page = Scripted("browser")
    stage = Stage(database, page)
    for number in range(25):
        zalo = await stage.contact("zalo_oa", f"{number}", party=1_000 + number)
        await stage.contact("browser", f"page {number}", party=1_000 + number)
        async with database.transaction() as session:
            await put_replies(session, await session.get_one(Contact, zalo), f"{number}", [{"text": "Vâng."}], stage.now)
    await stage.passes(hours=2)
    await stage.plan(zalo, "reporter", news("answered", 1))
    await stage.passes(2, minutes=1)
    assert page.said == ["case_answered 1"]


async def test_what_never_found_a_way_is_given_up(database: Database) -> None:
    stage = Stage(database, Scripted("telegram"))
    await stage.tell(await stage.contact("zalo_oa"), news("answered", 1))
    async with database.transaction() as session:
        await give_up_waiting(session, NOW - dt.timedelta(days=1), NOW)
    assert await stage.states() == ["due"]
    async with database.transaction() as session:
        await give_up_waiting(session, NOW + dt.timedelta(days=60), NOW)
    assert await stage.rows() == []


@pytest.mark.parametrize(("closed", "channel"), [(MONTH, "telegram"), (dt.timedelta(days=1), "browser")])
async def test_a_page_is_a_way_while_people_come_back_to_it(
    database: Database, small_office: SmallOffice, closed: dt.timedelta, channel: str
) -> None:
    stage = Stage(database)
    head = small_office.people["CT01"]
    asked = await stage.contact("telegram", heard=NOW - MONTH - dt.timedelta(days=1), party=7, person_id=head)
    await stage.contact("browser", heard=NOW - closed, party=7, person_id=head)
    async with database.reading() as session:
        ways = [await reach_reporter(session, asked, NOW), await reach(session, head, NOW)]
    assert [way and way.channel for way in ways] == [channel, channel]


async def test_nothing_moves_to_a_page_closed_long_ago(database: Database) -> None:
    """There all counts as said, though nobody sees it."""
    zalo, page = Scripted("zalo_oa", window=WINDOW), Scripted("browser")
    stage = Stage(database, zalo, page)
    citizen = await stage.contact("zalo_oa", heard=LONG_SILENT, party=7)
    await stage.contact("browser", heard=NOW - MONTH, party=7)
    await stage.tell(citizen, news("answered", 1))
    assert page.tried == []
    await stage.word("browser")
    assert page.said == ["case_answered 1", ANSWER]


async def test_a_failing_channel_is_no_way_until_it_is_heard_again(database: Database) -> None:
    zalo, telegram = Scripted("zalo_oa", window=WINDOW), Scripted("telegram")
    stage = Stage(database, zalo, telegram)
    citizen = await stage.contact("zalo_oa", heard=LONG_SILENT, party=7)
    await stage.contact("telegram", party=7, failing=True)
    await stage.tell(citizen, news("answered", 1))
    assert (telegram.tried, await stage.states()) == ([], ["held"])
    await stage.word("telegram")
    await stage.tell(citizen, news("closed", 2))
    assert telegram.said == ["case_answered 1", ANSWER, "case_closed 2"]


@pytest.mark.parametrize("kind", ["channel_joined", "channel_parted"])
@pytest.mark.parametrize("trouble", ["nothing left", "refused", "failing"])
async def test_a_warning_about_a_channel_never_goes_to_another(database: Database, kind: str, trouble: str) -> None:
    """The other is the very one that it warns of."""
    zalo, telegram = Scripted("zalo_oa", window=WINDOW), Scripted("telegram")
    stage = Stage(database, zalo, telegram)
    owner = await stage.contact("zalo_oa", party=7, allowance=0 if trouble == "nothing left" else None)
    await stage.contact("telegram", party=7)
    if trouble != "nothing left":
        zalo.ends = [NeedsTemplate("silent")] if trouble == "refused" else [Failed("down")] * 12
    await stage.plan(owner, kind, {"words": "vừa được nối"})
    await stage.settle()
    await stage.passes(13, hours=1)
    await stage.word("telegram")
    assert telegram.said == [ANSWER]
    await stage.word("zalo_oa")
    assert zalo.said == ["vừa được nối", ANSWER]


async def test_one_template_for_a_silence_and_none_for_somebody_who_speaks(database: Database) -> None:
    """Each costs money, and whoever has just written need not be told that something waits."""
    stage, zalo, citizen = await waiting(database)
    await stage.tell(citizen, news("closed", 2))
    assert zalo.knocks == 1
    zalo.never = {
        words: NeedsTemplate("the account's quota", quota=True) for words in ("case_answered 1", "case_answered 1\n\ncase_closed 2")
    }
    for _ in range(5):
        await stage.word("zalo_oa")
    assert zalo.said == [ANSWER] * 5
    assert zalo.knocks == 1


async def test_no_template_where_another_way_is_open(database: Database) -> None:
    """It costs money and says less: the whole news goes by the other channel."""
    zalo, telegram = Scripted("zalo_oa", window=WINDOW), Scripted("telegram")
    stage = Stage(database, zalo, telegram)
    citizen = await stage.contact("zalo_oa", heard=LONG_SILENT, party=7)
    await stage.contact("telegram", heard=LONG_SILENT, party=7)
    await stage.tell(citizen, news("answered", 1))
    assert (telegram.said, zalo.tried, zalo.knocks) == (["case_answered 1"], [], 0)
