"""A notice that one channel does not take goes by another of the person's: only if it certainly did not arrive, and as if it had begun there."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.delivery.outcome import Failed, Gone, NeedsTemplate, Outcome, Sent, Unknown
from office import Session
from office.database import Database
from office.outbox import Claimed, claim_due
from talk.fit import Limits
from talk.reply import Choice, Reply
from tests.delivery.kit import ANSWER, LONG_SILENT, NUMBERED, WINDOW, Scripted, Stage, news
from tests.small_office import SmallOffice

LEASE_IS_OVER = dt.timedelta(seconds=61)


async def test_what_may_have_arrived_is_never_said_elsewhere(database: Database) -> None:
    telegram, bot = Scripted("telegram"), Scripted("zalo_bot")
    stage = Stage(database, telegram, bot)
    citizen = await stage.contact("telegram", party=7)
    await stage.contact("zalo_bot", party=7)
    telegram.ends = [Unknown("it arrived, its answer did not"), *[Failed("down")] * 11]
    await stage.tell(citizen, news("answered", 1))
    await stage.passes(12, hours=2)
    assert len(telegram.tried) == 12
    assert bot.tried == []
    assert await stage.states() == ["held"]


async def test_what_a_sender_had_when_it_died_is_not_said_elsewhere(database: Database) -> None:
    telegram, bot = Scripted("telegram"), Scripted("zalo_bot")
    stage = Stage(database, telegram, bot)
    citizen = await stage.contact("telegram", party=7)
    await stage.contact("zalo_bot", party=7)
    await stage.plan(citizen, "reporter", news("answered", 1))
    async with database.transaction() as session:
        assert len(await claim_due(session, stage.now)) == 1  # and nothing more is heard of that sender
    telegram.ends = [Gone("blocked since")]
    stage.now += LEASE_IS_OVER
    await stage.settle()
    assert bot.tried == []
    assert await stage.states() == ["held"]


async def test_a_new_channel_has_all_its_attempts(database: Database) -> None:
    """One slip there must not mark it as failing and pass it by."""
    telegram, bot, page = Scripted("telegram"), Scripted("zalo_bot"), Scripted("browser")
    stage = Stage(database, telegram, bot, page)
    citizen = await stage.contact("telegram", party=7)
    second = await stage.contact("zalo_bot", heard=stage.now - dt.timedelta(hours=3), party=7)
    await stage.contact("browser", heard=stage.now - dt.timedelta(hours=5), party=7)
    telegram.ends, bot.ends = [Failed("down")] * 6, [Failed("one slip")]
    await stage.tell(citizen, news("answered", 1))
    await stage.passes(8, minutes=10)
    assert bot.said == ["case_answered 1"]
    assert page.tried == []
    assert not (await stage.known(second)).failing
    assert (await stage.known(citizen)).failing


@pytest.mark.parametrize("failing", [False, True])
async def test_an_officials_notice_does_not_end_at_a_dead_account(database: Database, small_office: SmallOffice, failing: bool) -> None:
    """It was moved there from a channel that was only shut: at the next word on that it is said."""
    zalo, telegram = Scripted("zalo_oa", window=WINDOW), Scripted("telegram")
    stage = Stage(database, zalo, telegram)
    head = small_office.people["CT01"]
    first = await stage.contact("zalo_oa", heard=LONG_SILENT, person_id=head, failing=failing)
    await stage.contact("telegram", heard=LONG_SILENT - dt.timedelta(days=300), person_id=head)
    telegram.ends = [Gone("blocked long ago")]
    await stage.plan(first, "digest", {"texts": ["BẢN TIN"]})
    await stage.settle()
    assert await stage.states() == ["held"]
    await stage.word("zalo_oa")
    assert zalo.said == ["BẢN TIN", ANSWER]


async def test_an_officials_notice_ends_where_no_way_is_left(database: Database, small_office: SmallOffice) -> None:
    telegram = Scripted("telegram")
    stage = Stage(database, telegram)
    telegram.ends = [Gone("blocked")]
    await stage.plan(await stage.contact("telegram", person_id=small_office.people["CT01"]), "digest", {"texts": ["BẢN TIN"]})
    await stage.settle()
    (row,) = await stage.rows()
    assert (row.state, row.body) == ("gone", None)


@pytest.mark.parametrize("late", [NeedsTemplate("late"), Gone("late"), Failed("late"), Sent()])
async def test_a_sender_that_lost_its_row_does_not_bring_it_back(database: Database, small_office: SmallOffice, late: Outcome) -> None:
    zalo, again = Scripted("zalo_oa", window=WINDOW), Scripted("zalo_oa", window=WINDOW)
    stalled, other = Stage(database, zalo), Stage(database, again)
    head = await stalled.contact("zalo_oa", person_id=small_office.people["CT01"])
    await stalled.plan(head, "case_new", {"texts": ["Có phản ánh mới"]})

    async def another_sends_it() -> None:
        other.now = stalled.now + LEASE_IS_OVER
        await other.settle()

    zalo.meanwhile, zalo.ends = another_sends_it, [late]
    await stalled.courier.round()
    assert again.said == ["Có phản ánh mới"]
    assert await stalled.states() == ["sent"]
    zalo.tries.clear()
    await stalled.word("zalo_oa")
    assert zalo.said == [ANSWER]


async def test_each_channel_has_a_fit_of_its_own(database: Database) -> None:
    telegram, page = Scripted("telegram"), Scripted("browser", limits=Limits(text=8_000))
    bot = Scripted("zalo_bot", limits=NUMBERED)
    stage = Stage(database, telegram, page, bot)
    citizen = await stage.contact("telegram", party=7)
    await stage.contact("browser", heard=stage.now - dt.timedelta(hours=2), party=7)
    await stage.contact("zalo_bot", heard=stage.now - dt.timedelta(hours=5), party=7)
    telegram.ends, page.ends = [Gone("blocked")], [Gone("left")]
    words = " ".join(["lời"] * 1_500)
    await stage.tell(citizen, news("answered", 1, words=words))
    assert [len(each) for each in (*telegram.tried, *page.tried)] == [4_095, len(words)]
    assert " ".join(bot.said) == words
    assert max(len(each) for each in bot.said) <= NUMBERED.text


async def with_a_button(session: Session, claimed: Claimed, now: dt.datetime) -> list[Reply]:
    """An answer of the office: its citizen may say that they are not satisfied."""
    return [Reply(text="Trả lời", rows=((Choice.anytime("Chưa ổn", "add:CODE"),),))]


async def test_numbers_stay_on_the_channel_that_counts(database: Database) -> None:
    bot, telegram = Scripted("zalo_bot", limits=NUMBERED), Scripted("telegram")
    stage = Stage(database, bot, telegram, write=with_a_button)
    citizen = await stage.contact("zalo_bot", party=7)
    await stage.contact("telegram", party=7)
    bot.ends = [Gone("blocked")]
    await stage.tell(citizen, news("answered", 1))
    assert "1. Chưa ổn" in bot.tried[0]
    (arrived,) = telegram.tries
    assert arrived.reply.text == "Trả lời"
    assert [choice.label for choice in arrived.reply.choices] == ["Chưa ổn"]


async def test_a_number_means_only_what_was_shown(database: Database) -> None:
    """Until the answer is really said, 1 stays the first line of the menu before it."""
    bot = Scripted("zalo_bot", window=WINDOW, limits=NUMBERED)
    stage = Stage(database, bot, write=with_a_button)
    citizen = await stage.contact("zalo_bot")
    await stage.shown(citizen, "Điểm danh", "check_in")
    bot.ends = [NeedsTemplate("nothing left")]
    await stage.tell(citizen, news("answered", 1))
    assert len(bot.tried) == 1
    bot.ends = [NeedsTemplate("still nothing left")] * 2
    await stage.word("zalo_bot", said="1")
    assert bot.said == [f"{ANSWER} check_in"]
    await stage.word("zalo_bot")
    await stage.word("zalo_bot", said="Chưa ổn")
    assert bot.said[-1] == f"{ANSWER} add:CODE"


async def test_what_was_said_elsewhere_offers_nothing_here(database: Database) -> None:
    bot, telegram = Scripted("zalo_bot", limits=NUMBERED), Scripted("telegram")
    stage = Stage(database, bot, telegram, write=with_a_button)
    citizen = await stage.contact("zalo_bot", party=7)
    await stage.shown(citizen, "Điểm danh", "check_in")
    await stage.contact("telegram", party=7)
    bot.ends = [Gone("blocked")]
    await stage.tell(citizen, news("answered", 1))
    await stage.word("zalo_bot", said="1")
    assert bot.said == [f"{ANSWER} check_in"]


async def test_an_answer_to_somebodys_words_never_moves(database: Database) -> None:
    telegram, bot = Scripted("telegram"), Scripted("zalo_bot")
    stage = Stage(database, telegram, bot)
    await stage.contact("telegram", party=7)
    await stage.contact("zalo_bot", party=7)
    telegram.ends = [Failed("down")] * 12
    await stage.word("telegram")
    await stage.passes(12, hours=2)
    assert len(telegram.tried) == 12
    assert bot.tried == []
