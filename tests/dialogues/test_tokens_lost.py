"""When the Official Account's tokens are lost, whoever administers hears it on a channel that works, once for each loss."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator

import pytest

from bot.judge import Judging
from bot.settings import Settings
from office.people import Role
from office.records import Person, Post
from office.token_pairs import note_trouble, pair_of
from tests.dialogue import Someone, TestClock
from tests.play import Play, connect_zalo, open_play
from tests.small_office import LONG_AGO, SmallOffice


@pytest.fixture
async def stage(settings: Settings, clock: TestClock, judge: Judging, small_office: SmallOffice) -> AsyncIterator[Play]:
    """Zalo beside Telegram and the page."""
    async with open_play("zalo_oa+telegram+browser", settings, clock, judge, small_office) as play:
        yield play


async def administrator(play: Play, code: str, *, on: str, until: dt.date | None = None) -> Someone:
    async with play.app.database.transaction() as session:
        person = Person(staff_code=code, full_name="Bùi Thị Quản Trị")
        session.add(person)
        await session.flush()
        unit = play.office.units["an-binh"]
        session.add(Post(person_id=person.id, unit_id=unit, role=Role.ADMIN, title="", valid_from=LONG_AGO, valid_to=until))
    play.office.people[code] = person.id
    return await play.official(code, on=on)


async def lose(play: Play) -> None:
    """The refresh token is refused for good, as the next renewal finds out; then the schedule ticks."""
    assert play.zalo is not None
    play.clock.forward(hours=25)
    play.zalo.faults.answers(-14014, "Invalid refresh token", calls="token")
    await tick(play)
    await tick(play)


async def tick(play: Play) -> None:
    await play.app.schedule.tick(play.clock())


async def connected(play: Play) -> str:
    """What the metrics say of the account."""
    async with play.http.get(f"{play.app.address}metrics") as answer:
        lines = (await answer.text()).splitlines()
    return next(line.partition(" ")[2] for line in lines if line.startswith("congvu_zalo_oa_connected "))


async def test_administrators_hear_of_each_loss_once(stage: Play) -> None:
    assert stage.zalo is not None
    tells = "mất quyền gửi"
    admin = await administrator(stage, "QT01", on="telegram")
    on_the_page = await administrator(stage, "QT02", on="browser")
    on_zalo = await administrator(stage, "QT03", on="zalo_oa")
    official, citizen = await stage.official("YT02", on="telegram"), await stage.citizen(on="browser")
    await citizen.says("xin chào")
    await citizen.hears()
    while citizen._waiting:
        await citizen.hears()
    assert await connected(stage) == "1.0"
    await lose(stage)
    assert await connected(stage) == "0.0"
    for one in (admin, on_the_page):
        await one.hears(tells, "congvu zalo login")
    for other in (official, citizen, on_zalo):
        await other.hears_nothing()
    stage.clock.forward(hours=3)
    await tick(stage)
    await admin.hears_nothing()

    stage.zalo.faults.clear()
    await connect_zalo(stage.app, stage.zalo)
    await tick(stage)
    assert await connected(stage) == "1.0"
    await admin.hears_nothing()
    await lose(stage)
    await admin.hears(tells)
    await on_the_page.hears(tells)


async def test_who_hears_too_late_or_administers_no_more_is_left_in_peace(stage: Play) -> None:
    """Judged when it is sent: one whose post has ended, and a loss that was mended meanwhile."""
    assert stage.zalo is not None
    former = await administrator(stage, "QT01", on="telegram", until=dt.date(2026, 11, 24))
    admin = await administrator(stage, "QT02", on="browser")
    await lose_by_hand(stage)
    await tick(stage)
    await connect_zalo(stage.app, stage.zalo)
    await admin.hears_nothing()
    stage.clock.set("2026-11-24 09:00")
    await lose_by_hand(stage)
    await tick(stage)
    await admin.hears("mất quyền gửi")
    await former.hears_nothing()


async def lose_by_hand(play: Play) -> None:
    """As another process would have noted it."""
    assert play.zalo is not None
    account = f"zalo_oa:{play.zalo.app_id}"
    async with play.app.database.transaction() as session:
        pair = await pair_of(session, account)
        assert pair is not None
        await note_trouble(session, account, pair.version, "lost", lost=True, until=None)
