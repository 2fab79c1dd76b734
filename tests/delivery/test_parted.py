"""Who is joined to whom: one code joins one, an invitation is nobody else's to take, and what was lent by joining ends with it."""

from __future__ import annotations

import asyncio
import datetime as dt
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, update

from bot.backup import write_backup
from bot.delivery.outcome import Failed, Gone, Outcome, Sent, Unknown
from office import parties
from office.contacts import contact_by_id
from office.database import Database
from office.linking import redeem
from office.mingling import mingle
from office.outbox import claim_due
from office.people import CodeRefused, invite
from office.records import Contact, JoiningCode, OutboxMessage
from tests.delivery.kit import ANSWER, LONG_SILENT, NOW, Scripted, Stage, news
from tests.delivery.race import until_somebody_waits
from tests.small_office import SmallOffice


async def code_of(stage: Stage, contact_id: int) -> str:
    async with stage.database.transaction() as session:
        return await parties.begin_joining(session, await contact_by_id(session, contact_id), stage.now)


async def joins(stage: Stage, contact_id: int, code: str) -> None:
    async with stage.database.transaction() as session:
        await parties.join(session, await contact_by_id(session, contact_id), code, stage.now)


async def parts(stage: Stage, contact_id: int, which: int) -> Contact | None:
    async with stage.database.transaction() as session:
        return await parties.part(session, await contact_by_id(session, contact_id), which, stage.now)


async def contacts_of(stage: Stage, *names: str) -> list[int]:
    return [await stage.contact("telegram", name) for name in names]


async def persons(stage: Stage, *contact_ids: int) -> list[int | None]:
    return [(await stage.known(each)).person_id for each in contact_ids]


@pytest.mark.postgresql_only
async def test_of_two_confirmations_at_once_one_counts(database: Database) -> None:
    stage = Stage(database)
    asked, first, second = await contacts_of(stage, "asked", "first", "second")
    code = await code_of(stage, asked)
    async with database.transaction() as session:
        await parties.join(session, await contact_by_id(session, first), code, NOW)
        late = asyncio.create_task(joins(stage, second, code))
        await until_somebody_waits(database, late)
    with pytest.raises(CodeRefused, match="unknown"):
        await late
    parties_now = [(await stage.known(each)).party for each in (asked, first, second)]
    assert parties_now[0] == parties_now[1] is not None
    assert parties_now[2] is None


async def test_a_code_joins_once(database: Database) -> None:
    stage = Stage(database)
    asked, first, second = await contacts_of(stage, "asked", "first", "second")
    code = await code_of(stage, asked)
    await joins(stage, first, code)
    with pytest.raises(CodeRefused, match="unknown"):
        await joins(stage, second, code)


async def test_two_officials_do_not_meet_through_a_third(database: Database, small_office: SmallOffice) -> None:
    """Nobody's office is overwritten by that of somebody whom another contact of theirs joins."""
    stage = Stage(database)
    mine, other, boss = await contacts_of(stage, "mine", "other", "boss")
    await joins(stage, other, await code_of(stage, mine))
    await stage.linked("telegram", small_office.people["MC02"], "mine")
    await stage.linked("telegram", small_office.people["CT01"], "boss")
    with pytest.raises(CodeRefused, match="two_officials"):
        await joins(stage, other, await code_of(stage, boss))
    assert await persons(stage, mine, other, boss) == [small_office.people["MC02"], None, small_office.people["CT01"]]


@pytest.mark.parametrize("code_from", ["head", "guest"])
@pytest.mark.parametrize("presses", ["head", "guest"])
@pytest.mark.parametrize("parted", ["head", "guest"])
async def test_the_office_stays_with_the_invitation(
    database: Database, small_office: SmallOffice, code_from: str, presses: str, parted: str
) -> None:
    """Whoever saw a head's code must not throw the head out and keep the office."""
    stage = Stage(database)
    head, guest = await contacts_of(stage, "head", "guest")
    of = {"head": head, "guest": guest}
    await stage.linked("telegram", small_office.people["CT01"], "head")
    typed_on = guest if code_from == "head" else head
    await joins(stage, typed_on, await code_of(stage, of[code_from]))
    assert await persons(stage, head, guest) == [small_office.people["CT01"]] * 2
    taken = await parts(stage, of[presses], of[parted])
    assert taken is not None
    assert taken.id == of[parted]
    assert await persons(stage, head, guest) == [small_office.people["CT01"], None]
    assert [(await stage.known(each)).party for each in (head, guest)] == [None, None]


async def test_without_the_invitation_nobody_is_the_official(database: Database, small_office: SmallOffice) -> None:
    stage = Stage(database)
    head, guest, third = await contacts_of(stage, "head", "guest", "third")
    await stage.linked("telegram", small_office.people["CT01"], "head")
    for each in (guest, third):
        await joins(stage, each, await code_of(stage, head))
    await parts(stage, guest, third)
    assert await persons(stage, head, guest, third) == [small_office.people["CT01"], small_office.people["CT01"], None]
    await joins(stage, third, await code_of(stage, guest))
    await parts(stage, third, head)
    assert await persons(stage, head, guest, third) == [small_office.people["CT01"], None, None]
    joined = [(await stage.known(each)).party for each in (guest, third)]
    assert joined[0] == joined[1] is not None


async def test_ones_own_invitation_is_not_lent(database: Database, small_office: SmallOffice) -> None:
    """Joined first and invited afterwards, it stays an official's when it is taken out."""
    stage = Stage(database)
    head, second = await contacts_of(stage, "head", "second")
    await stage.linked("telegram", small_office.people["CT01"], "head")
    await joins(stage, second, await code_of(stage, head))
    async with database.transaction() as session:
        invitation = await invite(session, small_office.people["CT01"], NOW)
        await redeem(session, await contact_by_id(session, second), invitation, NOW)
    await parts(stage, head, second)
    assert await persons(stage, head, second) == [small_office.people["CT01"]] * 2


@pytest.mark.parametrize("state", ["due", "held"])
async def test_an_officials_notices_stay_with_the_official(database: Database, small_office: SmallOffice, state: str) -> None:
    telegram = Scripted("telegram")
    stage = Stage(database, telegram)
    head, guest = await contacts_of(stage, "head", "guest")
    await stage.linked("telegram", small_office.people["CT01"], "head")
    await joins(stage, guest, await code_of(stage, head))
    await stage.plan(guest, "digest", {"texts": ["BẢN TIN"], "official": True})
    if state == "held":
        telegram.window = telegram.staff_window = dt.timedelta(0)  # it takes nothing for anybody
        await stage.settle()
        telegram.window = telegram.staff_window = None
    assert await stage.states() == [state]
    await parts(stage, guest, guest)
    await stage.word("telegram", "guest")
    await stage.word("telegram", "head")
    assert [(each.address, each.reply.text) for each in telegram.tries if each.reply.text != ANSWER] == [("head", "BẢN TIN")]


async def test_codes_are_forgotten_and_never_stand_in_a_backup(database: Database, tmp_path: Path) -> None:
    """When somebody asked for one is known to the second."""
    stage = Stage(database)
    old, new = await contacts_of(stage, "old", "new")
    await code_of(stage, old)
    stage.now += parties.JOINING_LASTS
    async with database.transaction() as session:
        fresh = await parties.begin_joining(session, await contact_by_id(session, new), stage.now + dt.timedelta(minutes=1))
        await parties.forget_codes(session, stage.now)
        assert (await session.execute(select(func.count()).select_from(JoiningCode))).scalar_one() == 1
    await write_backup(database, tmp_path / "all.zip", stage.now)
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert not [name for name in archive.namelist() if "joining" in name]
    await joins(stage, old, fresh)


async def guest_at_home(stage: Stage) -> tuple[int, int]:
    """Two joined contacts; the second is about to be taken out."""
    home, guest = await stage.contact("telegram", "home"), await stage.contact("browser", "guest")
    await joins(stage, guest, await code_of(stage, home))
    return home, guest


async def test_news_in_a_senders_hand_is_said_at_home_too(database: Database, small_office: SmallOffice) -> None:
    """Whoever was just taken out was not the reporter: twice rather than never."""
    telegram, page = Scripted("telegram"), Scripted("browser")
    stage = Stage(database, telegram, page)
    home, guest = await guest_at_home(stage)
    case = await stage.filed(home, small_office.units["an-binh-mot-cua"])

    async def is_parted() -> None:
        await parts(stage, home, guest)

    page.meanwhile = is_parted
    await stage.tell(guest, news("answered", 1, case=case))
    assert page.said == telegram.said == ["case_answered 1"]
    assert await stage.rows() == []


@pytest.mark.parametrize("outcome", [Sent(), Unknown("no answer"), Failed("down"), Gone("left")])
async def test_a_digest_in_a_senders_hand_is_said_once(database: Database, small_office: SmallOffice, outcome: Outcome) -> None:
    """Here, or, if it did not go, at home when its sender's time is over."""
    telegram, page = Scripted("telegram"), Scripted("browser")
    stage = Stage(database, telegram, page)
    home, guest = await guest_at_home(stage)
    await stage.linked("telegram", small_office.people["CT01"], "home")
    await parts(stage, home, guest)
    await joins(stage, guest, await code_of(stage, home))

    async def is_parted() -> None:
        await parts(stage, home, guest)

    page.meanwhile, page.ends = is_parted, [outcome]
    await stage.plan(guest, "digest", {"texts": ["BẢN TIN"], "official": True}, repeat_ok=False)
    await stage.settle()
    assert telegram.said == []
    await stage.passes(seconds=61)
    assert len(page.tried) == 1
    assert telegram.said == ([] if isinstance(outcome, Sent | Unknown) else ["BẢN TIN"])
    assert len(await stage.rows()) == 1


async def test_what_was_taken_from_a_sender_before_it_wrote_is_not_said_there(database: Database, small_office: SmallOffice) -> None:
    telegram, page = Scripted("telegram"), Scripted("browser")
    stage = Stage(database, telegram, page)
    home, guest = await guest_at_home(stage)
    case = await stage.filed(home, small_office.units["an-binh-mot-cua"])
    await stage.plan(guest, "reporter", news("answered", 1, case=case))
    async with database.transaction() as session:
        (row,) = await claim_due(session, stage.now)
    await parts(stage, home, guest)
    await stage.courier._deliver(row)
    await stage.settle()
    assert (telegram.said, page.said) == (["case_answered 1"], [])


@pytest.mark.postgresql_only
@pytest.mark.parametrize("night", [False, True])
async def test_parting_waits_for_who_has_a_row_in_hand(database: Database, small_office: SmallOffice, night: bool) -> None:
    """The courier notes that it was said; or the night lays it down anew."""
    telegram, page = Scripted("telegram"), Scripted("browser")
    stage = Stage(database, telegram, page)
    home, guest = await guest_at_home(stage)
    case = await stage.filed(home, small_office.units["an-binh-mot-cua"])
    await stage.plan(guest, "reporter", news("answered", 1, case=case))
    async with database.transaction() as session:  # or the night would have the contacts in hand as well
        await session.execute(update(Contact).values(holds=False, heard_at=LONG_SILENT, created_at=LONG_SILENT))
    async with database.transaction() as session:
        if night:
            assert await mingle(session, NOW - dt.timedelta(days=2))
        else:
            await session.execute(delete(OutboxMessage))
        parting = asyncio.create_task(parts(stage, home, guest))
        await until_somebody_waits(database, parting)
    assert await parting is not None
    await stage.settle()
    assert telegram.said == (["case_answered 1"] if night else [])
    assert page.said == []
