"""The conflict firewall: whoever is accused never handles the case while there is anybody else."""

from __future__ import annotations

import datetime as dt

from office import Session
from office.database import Database
from office.people import Role
from office.records import Person, Post
from office.routing import Route, route
from tests.small_office import LONG_AGO, SmallOffice

DAY = dt.date(2026, 11, 23)


async def way(session: Session, office: SmallOffice, unit: str, category: str = "DELAY", *flags: str) -> Route:
    return await route(session, office.units[unit], category, [], list(flags), DAY)


async def test_as_a_rule_the_nearest_head(database: Database, small_office: SmallOffice) -> None:
    async with database.reading() as session:
        desk = await way(session, small_office, "an-binh-mot-cua")
        station = await way(session, small_office, "an-binh-tram-y-te")
    assert desk == Route(small_office.units["an-binh"], (small_office.people["CT01"],), False, False)
    assert station.handlers == (small_office.people["YT01"],)


async def test_grave_or_about_a_head_goes_to_those_who_watch(database: Database, small_office: SmallOffice) -> None:
    async with database.reading() as session:
        for unit in ("an-binh-mot-cua", "an-binh-tram-y-te", "an-binh"):
            for found in (
                await way(session, small_office, unit, "BRIBERY"),
                await way(session, small_office, unit, "DELAY", "names_the_head"),
            ):
                assert found.handlers == (small_office.people["NV01"],)
                assert found.above


async def test_a_watcher_in_the_same_unit_and_never_the_accused_chair(database: Database, small_office: SmallOffice) -> None:
    async with database.transaction() as session:
        inspector = Person(staff_code="TT01", full_name="Bùi Thị Thanh Tra")
        session.add(inspector)
        await session.flush()
        session.add(Post(person_id=inspector.id, unit_id=small_office.units["an-binh"], role=Role.INSPECTOR, title="", valid_from=LONG_AGO))
        watching = {"unit_id": small_office.units["so-noi-vu"], "role": Role.INSPECTOR, "title": "", "valid_from": LONG_AGO}
        chair_too = Post(person_id=small_office.people["CT01"], **watching)
        session.add(chair_too)
        await session.flush()
        found = await way(session, small_office, "an-binh", "BRIBERY")
    assert found.handlers == (inspector.id,)


async def test_where_nobody_watches_it_stays_and_says_so(database: Database, small_office: SmallOffice) -> None:
    async with database.transaction() as session:
        post = await session.get(Post, 1)
        assert post is not None
        post.valid_to = LONG_AGO
        await session.flush()
        found = await way(session, small_office, "an-binh", "BRIBERY")
    assert found.handlers == (small_office.people["CT01"],)
    assert not found.above
