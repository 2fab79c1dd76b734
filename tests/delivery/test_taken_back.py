"""Whoever leaves, is erased or is somebody else's now hears nothing more of the office; and what waited there is said to whom it is for."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import update

from bot.delivery.outcome import Failed
from office.contacts import contact_by_id
from office.database import Database
from office.erasing import contacts_to_erase, erase
from office.linking import unlink
from office.moments import whole_hour
from office.people import CodeRefused
from office.records import OutboxMessage
from office.vault import Vault
from tests.delivery.kit import ANSWER, GATHERS, NOW, WINDOW, Scripted, Stage, news
from tests.delivery.test_parted import code_of, joins, parts, persons
from tests.small_office import SmallOffice

NEW_CASE = {"words": "phản ánh mới", "official": True}


async def erased(stage: Stage, contact_id: int, *, all_joined: bool = False) -> None:
    async with stage.database.transaction() as session:
        contacts = await contacts_to_erase(session, await contact_by_id(session, contact_id), all_joined=all_joined)
        await erase(session, contacts, [], stage.now)


async def leaves(stage: Stage, contact_id: int) -> None:
    async with stage.database.transaction() as session:
        await unlink(session, await contact_by_id(session, contact_id), stage.now)


async def official_on_two(stage: Stage, person_id: int) -> tuple[int, int]:
    """Invited on Telegram, lent to the page joined to it."""
    invited, lent = await stage.contact("telegram"), await stage.contact("browser")
    await stage.linked("telegram", person_id)
    await joins(stage, lent, await code_of(stage, invited))
    assert await persons(stage, invited, lent) == [person_id] * 2
    return invited, lent


@pytest.mark.parametrize("which", ["invited", "lent", "both"])
async def test_the_offices_notices_outlive_an_erased_channel(database: Database, small_office: SmallOffice, which: str) -> None:
    telegram, page = Scripted("telegram"), Scripted("browser")
    stage = Stage(database, telegram, page)
    invited, lent = await official_on_two(stage, small_office.people["CT01"])
    await stage.plan(lent, "case_new", NEW_CASE)
    await erased(stage, lent if which == "lent" else invited, all_joined=which == "both")
    await stage.settle()
    assert (telegram.said, page.said) == (["phản ánh mới"], [])
    assert await persons(stage, invited, lent) == [small_office.people["CT01"], None]


async def test_what_an_official_was_told_is_not_planned_again_after_erasing(database: Database, small_office: SmallOffice) -> None:
    """Its row stays, on the page that was the official's only by joining."""
    page = Scripted("browser")
    stage = Stage(database, Scripted("telegram"), page)
    _, lent = await official_on_two(stage, small_office.people["CT01"])
    await stage.plan(lent, "digest", {"texts": ["BẢN TIN"]})
    await stage.settle()
    await erased(stage, lent)
    assert await stage.states() == ["sent"]


async def test_news_of_a_case_filed_here_outlives_the_other_channel(database: Database, small_office: SmallOffice) -> None:
    """It was being gathered there; what was filed there is not spoken of again."""
    telegram, zalo = Scripted("telegram"), Scripted("zalo_oa", window=WINDOW, gathers=GATHERS)
    stage = Stage(database, telegram, zalo)
    home, other = await stage.contact("telegram"), await stage.contact("zalo_oa")
    await joins(stage, other, await code_of(stage, home))
    mine, theirs = [await stage.filed(each, small_office.units["an-binh-mot-cua"]) for each in (home, other)]
    await stage.tell(other, news("accepted", 1, case=mine), news("closed", 2, case=theirs))
    await erased(stage, other)
    await stage.passes(2, minutes=11)
    assert (telegram.said, zalo.said) == (["case_accepted 1"], [])
    assert await stage.rows() == []


async def test_the_night_finds_what_erasing_moved(database: Database, small_office: SmallOffice) -> None:
    """However long it has waited: the number of the transaction on it would tell whose cases were cut off (decision 0007)."""
    stage = Stage(database, Scripted("telegram"))
    home, other = await stage.contact("telegram"), await stage.contact("zalo_oa")
    await joins(stage, other, await code_of(stage, home))
    mine = await stage.filed(home, small_office.units["an-binh-mot-cua"])
    await stage.plan(other, "reporter", news("answered", 1, case=mine))
    stage.now += dt.timedelta(days=30)
    await erased(stage, other)
    (row,) = await stage.rows()
    assert (row.contact_id, row.created_at) == (home, whole_hour(stage.now))


@pytest.mark.parametrize("held", [False, True])
async def test_an_official_who_leaves_one_account_hears_it_on_the_other(database: Database, small_office: SmallOffice, held: bool) -> None:
    """It was written already, and its first try failed; or it waited for a word."""
    telegram, zalo = Scripted("telegram"), Scripted("zalo_oa")
    stage = Stage(database, telegram, zalo)
    for channel in ("telegram", "zalo_oa"):
        await stage.linked(channel, small_office.people["CT01"])
    zalo.ends = [Failed("down")]
    if held:
        zalo.window = zalo.staff_window = telegram.window = telegram.staff_window = NOW - NOW
    on_zalo = await stage.contact("zalo_oa")
    await stage.plan(on_zalo, "case_new", NEW_CASE)
    await stage.settle()
    zalo.window = zalo.staff_window = telegram.window = telegram.staff_window = None
    await leaves(stage, on_zalo)
    await stage.word("telegram")
    await stage.passes(3, minutes=1)
    assert telegram.said == ["phản ánh mới", ANSWER] if held else sorted(telegram.said) == [ANSWER, "phản ánh mới"]
    assert zalo.said == []


async def test_an_official_who_leaves_the_last_account_is_told_nothing_there(database: Database, small_office: SmallOffice) -> None:
    telegram = Scripted("telegram")
    stage = Stage(database, telegram)
    await stage.linked("telegram", small_office.people["CT01"])
    account = await stage.contact("telegram")
    telegram.ends = [Failed("down")]
    await stage.plan(account, "case_new", NEW_CASE)
    await stage.settle()
    await leaves(stage, account)
    await stage.passes(3, minutes=1)
    assert telegram.said == []
    assert [(row.state, row.reason) for row in await stage.rows()] == [("dropped", "no longer needed")]


async def test_what_was_lent_ends_with_the_invitation_behind_it(database: Database, small_office: SmallOffice) -> None:
    stage = Stage(database, Scripted("telegram"), Scripted("browser"))
    invited, lent = await official_on_two(stage, small_office.people["CT01"])
    await leaves(stage, invited)
    assert await persons(stage, invited, lent) == [None, None]


async def test_who_leaves_the_lent_account_leaves_but_that(database: Database, small_office: SmallOffice) -> None:
    stage = Stage(database, Scripted("telegram"), Scripted("browser"))
    invited, lent = await official_on_two(stage, small_office.people["CT01"])
    await leaves(stage, lent)
    assert await persons(stage, invited, lent) == [small_office.people["CT01"], None]


async def test_another_persons_invitation_takes_back_what_the_first_had_lent(database: Database, small_office: SmallOffice) -> None:
    telegram, page = Scripted("telegram"), Scripted("browser")
    stage = Stage(database, telegram, page)
    invited, lent = await official_on_two(stage, small_office.people["CT01"])
    await stage.plan(lent, "case_new", NEW_CASE)
    await stage.linked("telegram", small_office.people["MC02"])
    assert await persons(stage, invited, lent) == [small_office.people["MC02"], None]
    await stage.settle()
    assert telegram.said == page.said == []


async def test_another_persons_invitation_is_refused_beside_an_official(database: Database, small_office: SmallOffice) -> None:
    """Two officials never meet in one party; the code can still be used."""
    stage = Stage(database, Scripted("telegram"), Scripted("browser"))
    invited, lent = await official_on_two(stage, small_office.people["CT01"])
    with pytest.raises(CodeRefused, match="two_officials"):
        await stage.linked("browser", small_office.people["MC02"])
    assert await persons(stage, invited, lent) == [small_office.people["CT01"]] * 2
    await parts(stage, lent, lent)
    await stage.linked("browser", small_office.people["MC02"])
    assert await persons(stage, invited, lent) == [small_office.people["CT01"], small_office.people["MC02"]]


@pytest.mark.parametrize("how", ["word", "parts", "leaves", "erased"])
async def test_what_another_key_sealed_stops_nobody(database: Database, small_office: SmallOffice, how: str) -> None:
    """It can never be read again; the rest of what waits is said."""
    telegram, page = Scripted("telegram", window=WINDOW), Scripted("browser", window=WINDOW)
    stage = Stage(database, telegram, page)
    invited, lent = await official_on_two(stage, small_office.people["CT01"])
    stage.now += WINDOW
    await stage.plan(lent, "case_new", NEW_CASE | {"words": "với khoá khác"})
    await stage.settle()
    async with database.transaction() as session:
        await session.execute(update(OutboxMessage).values(body=Vault(b"z" * 32).seal({"notice": {}}, "outbox")))
    await stage.plan(lent, "case_new", NEW_CASE)
    await stage.settle()
    assert await stage.states() == ["held"] * 2
    match how:
        case "parts":
            await parts(stage, lent, lent)
        case "leaves":
            await leaves(stage, lent)
        case "erased":
            await erased(stage, lent)
    await stage.word("telegram")
    assert telegram.said == ["phản ánh mới", ANSWER]
    assert await stage.states() == ["sent"]
    assert not (await stage.known(invited)).holds
