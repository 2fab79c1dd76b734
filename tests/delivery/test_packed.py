"""News of one case said in one message: whatever becomes of that message, none of its news is lost."""

from __future__ import annotations

import datetime as dt

from bot.delivery.outcome import Failed, Gone, NeedsTemplate, Unknown
from office import Session
from office.database import Database
from office.outbox import BLOCKS_FOR, GIVE_UP_AFTER, Claimed
from talk.reply import Reply
from tests.delivery.kit import ANSWER, GATHERS, LONG_SILENT, NOW, WINDOW, Scripted, Stage, news, plainly

BOTH = "case_asked 1\n\ncase_answered 2"


async def test_a_refused_message_keeps_all_it_took_along(database: Database) -> None:
    zalo = Scripted("zalo_oa", window=WINDOW)
    stage = Stage(database, zalo)
    citizen = await stage.contact("zalo_oa", heard=LONG_SILENT)
    await stage.tell(citizen, news("asked", 1), news("answered", 2))
    assert await stage.states() == ["held", "held"]
    zalo.never[BOTH] = NeedsTemplate("the account's quota", quota=True)
    await stage.word("zalo_oa")
    assert BOTH in zalo.tried
    assert zalo.said == [ANSWER]
    zalo.never.clear()
    await stage.word("zalo_oa")
    assert zalo.said == [ANSWER, BOTH, ANSWER]
    assert await stage.rows() == []


async def test_an_answer_that_a_step_took_along_outlives_the_step(database: Database) -> None:
    async def as_to_a_citizen(session: Session, claimed: Claimed, now: dt.datetime) -> list[Reply] | None:
        """Of a case that is answered, that it was accepted is not said any more."""
        kind = claimed.body["notice"]["kind"]
        return None if kind == "case_accepted" else [Reply(text=kind)]

    zalo = Scripted("zalo_oa", window=WINDOW)
    stage = Stage(database, zalo, write=as_to_a_citizen)
    citizen = await stage.contact("zalo_oa", heard=LONG_SILENT)
    await stage.tell(citizen, news("accepted", 1), news("answered", 2))
    zalo.never["case_answered"] = Failed("Zalo is away")
    await stage.word("zalo_oa")
    await stage.passes(GIVE_UP_AFTER, hours=2)
    assert await stage.states() == ["held"]
    zalo.never.clear()
    await stage.word("zalo_oa")
    assert zalo.said == [ANSWER, "case_answered", ANSWER]


async def test_packed_news_moves_whole(database: Database) -> None:
    zalo, telegram = Scripted("zalo_oa", window=WINDOW), Scripted("telegram")
    stage = Stage(database, zalo, telegram)
    citizen = await stage.contact("zalo_oa", party=7)
    await stage.contact("telegram", party=7)
    zalo.ends = [Gone("blocked")]
    await stage.tell(citizen, news("answered", 2), news("asked", 1))
    assert zalo.tried == telegram.said == [BOTH]
    assert await stage.rows() == []


async def test_what_may_have_arrived_is_not_said_again_with_something_new(database: Database) -> None:
    zalo = Scripted("zalo_oa", window=WINDOW)
    stage = Stage(database, zalo)
    citizen = await stage.contact("zalo_oa")
    zalo.ends = [Unknown("no answer")] * (BLOCKS_FOR + 1)
    await stage.tell(citizen, news("asked", 1))
    await stage.passes(BLOCKS_FOR, minutes=5)
    await stage.tell(citizen, news("answered", 2))
    await stage.passes(minutes=5)
    assert zalo.said == ["case_answered 2", "case_asked 1"]


async def test_news_that_waited_for_the_person_does_not_wait_for_more(database: Database) -> None:
    """It is the first thing that somebody who comes back hears."""
    zalo = Scripted("zalo_oa", window=WINDOW, gathers=GATHERS)
    stage = Stage(database, zalo)
    citizen = await stage.contact("zalo_oa")
    await stage.tell(citizen, news("closed", 1))
    stage.now += WINDOW
    await stage.settle()
    assert await stage.states() == ["held"]
    await stage.word("zalo_oa")
    assert zalo.said == ["case_closed 1", ANSWER]


async def test_news_held_before_it_could_gather_is_the_first_thing_heard(database: Database) -> None:
    zalo = Scripted("zalo_oa", window=WINDOW, gathers=GATHERS)
    stage = Stage(database, zalo)
    await stage.tell(await stage.contact("zalo_oa", heard=LONG_SILENT), news("closed", 1))
    await stage.word("zalo_oa")
    assert zalo.said == ["case_closed 1", ANSWER]


async def test_a_step_moved_to_a_channel_that_gathers_is_said_there(database: Database) -> None:
    telegram, zalo = Scripted("telegram"), Scripted("zalo_oa", window=WINDOW, gathers=GATHERS)
    stage = Stage(database, telegram, zalo)
    citizen = await stage.contact("telegram", party=7)
    await stage.contact("zalo_oa", party=7)
    telegram.ends = [Gone("blocked")]
    await stage.tell(citizen, news("closed", 1))
    assert zalo.said == []
    await stage.passes(minutes=21)
    assert zalo.said == ["case_closed 1"]


async def test_a_waiting_step_does_not_tell_when_it_was_taken(database: Database) -> None:
    """Counted back from when it is due, one must not find the moment that stands in the case."""
    stage = Stage(database, Scripted("zalo_oa", window=WINDOW, gathers=GATHERS))
    await stage.tell(await stage.contact("zalo_oa"), news("accepted", 1))
    (row,) = await stage.rows()
    assert row.due_at.timestamp() % GATHERS.total_seconds() == 0
    assert GATHERS <= row.due_at - NOW < 2 * GATHERS


async def test_what_was_packed_into_news_that_could_not_be_written_is_said_once(database: Database) -> None:
    """It was undone with the writing, and stands there by itself."""
    zalo, broken = Scripted("zalo_oa", window=WINDOW), [1]

    async def falls_over(session: Session, claimed: Claimed, now: dt.datetime) -> list[Reply] | None:
        if claimed.body["notice"]["event"] in broken:
            raise RuntimeError
        return await plainly(session, claimed, now)

    stage = Stage(database, zalo, write=falls_over)
    await stage.tell(await stage.contact("zalo_oa"), news("asked", 1), news("answered", 2))
    await stage.passes(GIVE_UP_AFTER + 4, hours=2)
    assert zalo.said == ["case_answered 2"]
    broken.clear()
    await stage.word("zalo_oa")
    assert zalo.said == ["case_answered 2", "case_asked 1", ANSWER]
