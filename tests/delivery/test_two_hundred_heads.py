"""Monday's digest for two hundred heads on Zalo, with the charts that their units' weeks give; the account's token dies in the middle of it.

Fifty heads read the digest of one commune, so four charts are drawn: one for a unit, as the program does it.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import AsyncIterator

import pytest
from PIL import Image
from sqlalchemy import func, select

from bot.judge import Judging
from bot.settings import Settings
from office import Session
from office.attendance import check_in
from office.cases import Filing, file_case
from office.contacts import contact_at
from office.database import Database
from office.digest import figures_in
from office.files import content_of
from office.moments import VIETNAM
from office.people import Role
from office.records import Digest, OutboxMessage, Person, Post, Unit, UnitParent
from tests.dialogue import TestClock, settle
from tests.play import Play, open_play
from tests.small_office import LONG_AGO, SmallOffice
from tests.standins.zalo_oa.people import Person as OnZalo

UNITS, HEADS, OFFICIALS = 4, 50, 3
MONDAY = dt.datetime(2026, 11, 23, tzinfo=VIETNAM)
CATEGORIES = ("COMMUNICATION", "DELAY", "FACILITIES", "DRESS")


@pytest.fixture
async def stage(settings: Settings, clock: TestClock, judge: Judging, small_office: SmallOffice) -> AsyncIterator[Play]:
    clock.set("2026-11-30 07:00")
    async with open_play("zalo_oa", settings, clock, judge, small_office) as play:
        assert play.zalo is not None
        play.zalo.doubts.echoes = False  # four hundred, which say nothing here
        yield play


async def a_week_of(session: Session, number: int, province: int) -> list[int]:
    """A commune with its week: who came when, and what was complained of. Gives its heads' ids."""
    unit = Unit(code=f"xa-{number}", name=f"Ủy ban nhân dân xã Số {number}", kind="commune", aliases=[])
    session.add(unit)
    await session.flush()
    session.add(UnitParent(unit_id=unit.id, parent_id=province, valid_from=LONG_AGO))
    people = [Person(staff_code=f"X{number}-{each}", full_name=f"Người Số {each}") for each in range(HEADS + OFFICIALS)]
    session.add_all(people)
    await session.flush()
    for each, person in enumerate(people):
        role = Role.HEAD if each < HEADS else Role.OFFICIAL
        session.add(Post(person_id=person.id, unit_id=unit.id, role=role, title="", valid_from=LONG_AGO))
    await session.flush()
    for day in range(5):
        for each in range(HEADS, HEADS + OFFICIALS):
            if (day + each + number) % 4:
                at = MONDAY + dt.timedelta(days=day, hours=7, minutes=50 if (day + number) % 3 == 0 else 20)
                await check_in(session, people[each].id, unit.id, at)
    citizen = await contact_at(session, "browser", f"citizen of {number}", MONDAY)
    for each in range(number + 1):
        filing = Filing(unit.id, "…", "", "confidential", CATEGORIES[(each + number) % len(CATEGORIES)])
        await file_case(session, filing, citizen, MONDAY + dt.timedelta(days=each % 5, hours=10))
    return [person.id for person in people[:HEADS]]


async def heads_on_zalo(play: Play) -> dict[int, list[OnZalo]]:
    """The heads of each unit, by the unit's number; all wrote to the account this morning."""
    assert play.zalo is not None
    heads: dict[int, list[OnZalo]] = {}
    play.zalo.sets_webhook("")
    async with play.app.database.transaction() as session:
        for number in range(UNITS):
            heads[number] = []
            for person_id in await a_week_of(session, number, play.office.units["tinh"]):
                head = play.zalo.person(f"Thủ trưởng {person_id}")
                await head.says("chào")
                (await contact_at(session, "zalo_oa", head.id, play.clock())).person_id = person_id
                heads[number].append(head)
        await session.execute(OutboxMessage.__table__.delete())  # the notices of the week's cases were read when they came
    play.zalo.sets_webhook(f"{play.app.address}zalo/oa")
    return heads


async def charts(database: Database) -> dict[str, bytes]:
    """The chart that was drawn for each unit, by its code."""
    async with database.reading() as session:
        found = (await session.execute(select(Unit.code, Digest).join(Digest, Digest.unit_id == Unit.id))).all()
        return {code: await content_of(session, figures_in(digest).chart_file or 0) for code, digest in found if code.startswith("xa-")}


async def test_the_token_dies_in_the_middle_and_every_head_reads_it_once(stage: Play) -> None:
    assert stage.zalo is not None
    heads = await heads_on_zalo(stage)
    assert sum(map(len, heads.values())) == 200
    stage.clock.set("2026-11-30 10:30")  # the reminders of the morning are over
    await stage.app.schedule.tick(stage.clock())
    drawn = await charts(stage.app.database)
    assert len(set(drawn.values())) == UNITS
    assert all(Image.open(io.BytesIO(chart)).width == 1080 for chart in drawn.values())
    used = len(stage.zalo.requests)
    stage.zalo.tokens.die_after(200)
    await settle(stage.app)
    for number, of_unit in heads.items():
        for head in of_unit:
            picture, words = head.inbox
            assert picture.picture == drawn[f"xa-{number}"]
            assert f"BẢN TIN TUẦN 23/11 – 29/11\nỦy ban nhân dân xã Số {number}\n" in words.text
            assert f"Phản ánh mới: {number + 1}" in words.text
            assert "✅ Đã xem" in words.titles
    asked = stage.zalo.requests[used:]
    assert len([each for each in asked if each.call == "token"]) == 1
    assert [each.error for each in asked if each.error] != []  # the dead token was tried
    assert not stage.zalo.tokens.locked
    async with stage.app.database.reading() as session:
        states = (await session.execute(select(OutboxMessage.state, func.count()).group_by(OutboxMessage.state))).all()
    assert [tuple(row) for row in states] == [("sent", 200)]
    await stage.app.schedule.tick(stage.clock())
    await settle(stage.app)
    assert {len(head.inbox) for of_unit in heads.values() for head in of_unit} == {2}
