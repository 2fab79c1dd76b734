"""What waits for somebody's next word is the first thing they hear, whichever way they come back; and it keeps nothing else from going."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.delivery.outcome import Failed, Gone, NeedsTemplate, Outcome
from office.database import Database
from office.outbox import GIVE_UP_AFTER
from tests.delivery.kit import ANSWER, LONG_SILENT, NOW, WINDOW, Scripted, Stage, news, waiting
from tests.small_office import SmallOffice


async def test_a_word_on_any_channel_brings_it(database: Database) -> None:
    """It was held where the person has blocked us; they come back by the other way."""
    telegram, zalo = Scripted("telegram"), Scripted("zalo_oa", window=WINDOW)
    stage = Stage(database, telegram, zalo)
    blocked = await stage.contact("telegram", heard=NOW - dt.timedelta(hours=50), party=7)
    await stage.contact("zalo_oa", heard=LONG_SILENT, party=7)
    telegram.ends = [Gone("blocked")]
    await stage.tell(blocked, news("answered", 1))
    await stage.word("zalo_oa")
    assert zalo.said == ["case_answered 1", ANSWER]
    assert await stage.rows() == []


async def test_a_word_on_any_channel_of_an_official_brings_it(database: Database, small_office: SmallOffice) -> None:
    """But not what waits for the citizen on the other: an invitation makes no two contacts one citizen."""
    zalo, telegram = Scripted("zalo_oa", window=WINDOW), Scripted("telegram")
    stage = Stage(database, zalo, telegram)
    first = await stage.contact("zalo_oa", heard=LONG_SILENT)
    await stage.tell(first, news("answered", 1))
    await stage.linked("zalo_oa", small_office.people["CT01"])
    await stage.plan(first, "digest", {"texts": ["BẢN TIN"]})
    await stage.settle()
    assert await stage.states() == ["held", "held"]
    await stage.contact("telegram", heard=LONG_SILENT)
    await stage.linked("telegram", small_office.people["CT01"])
    await stage.word("telegram")
    assert telegram.said == ["BẢN TIN", ANSWER]
    await stage.word("zalo_oa")
    assert zalo.said == ["case_answered 1", ANSWER]


async def test_a_word_that_came_while_it_was_refused_brings_it(database: Database) -> None:
    zalo = Scripted("zalo_oa", window=WINDOW)
    stage = Stage(database, zalo)
    citizen = await stage.contact("zalo_oa", heard=NOW - dt.timedelta(hours=47))

    async def speaks() -> None:
        await stage.word("zalo_oa", carried=False)

    zalo.meanwhile, zalo.ends = speaks, [NeedsTemplate("silent for too long")]
    await stage.tell(citizen, news("answered", 1))
    assert zalo.said == ["case_answered 1", ANSWER]
    assert (zalo.knocks, await stage.rows()) == (0, [])


@pytest.mark.parametrize("outcome", [NeedsTemplate("the account's quota", quota=True), Failed("the words make it fall over")])
async def test_what_still_cannot_go_lets_the_answer_pass(database: Database, outcome: Outcome) -> None:
    """It is tried before the answer, and not again and again while the answer waits."""
    stage, zalo, _ = await waiting(database)
    zalo.never["case_answered 1"] = outcome
    for count in (1, 2, 3):
        await stage.word("zalo_oa")
        await stage.passes(GIVE_UP_AFTER + 1, hours=2)
        assert zalo.said == [ANSWER] * count
        assert await stage.states() == ["held"]


async def test_what_fails_for_the_last_time_behind_which_an_answer_waits_lets_it_pass(database: Database) -> None:
    zalo = Scripted("zalo_oa")
    stage = Stage(database, zalo)
    zalo.never["case_answered 1"] = Failed("the words make it fall over")
    await stage.tell(await stage.contact("zalo_oa"), news("answered", 1))
    await stage.passes(GIVE_UP_AFTER - 2, hours=2)
    stage.now += dt.timedelta(hours=2)
    await stage.word("zalo_oa")
    await stage.passes(3, hours=2)
    assert zalo.said == [ANSWER]
    assert await stage.states() == ["held"]


async def test_many_that_nobody_would_be_told_of_are_said_one_by_one(database: Database, small_office: SmallOffice) -> None:
    """One word tells how many cases wait; withdrawn, none does, and four news of that are news all the same."""
    zalo = Scripted("zalo_oa", window=WINDOW)
    stage = Stage(database, zalo)
    head = await stage.contact("zalo_oa", heard=LONG_SILENT, person_id=small_office.people["CT01"])
    told = [f"phản ánh {number} đã được rút" for number in range(4)]
    for words in told:
        await stage.plan(head, "case_withdrawn", {"words": words})
    await stage.settle()
    await stage.word("zalo_oa")
    assert zalo.said == [*told, ANSWER]


@pytest.mark.postgresql_only
async def test_two_rows_of_one_person_are_held_at_once(database: Database) -> None:
    """Each lets all contacts of the person look for it: neither stands in the other's way."""
    zalo, telegram = Scripted("zalo_oa", window=WINDOW), Scripted("telegram", window=WINDOW)
    stage = Stage(database, zalo, telegram)
    contacts = [await stage.contact(channel, heard=LONG_SILENT, party=7) for channel in stage.channels]
    for event in range(6):
        for contact in contacts:
            await stage.plan(contact, "reporter", news("answered", event, case=contact))
    for _ in range(6):
        assert await stage.courier.round() == 2
    assert await stage.states() == ["held"] * 12
    assert {row.attempts for row in await stage.rows()} == {1}
