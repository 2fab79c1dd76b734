"""Two processes meet the same person at once: the second sees what the first has changed, also who is behind the contact."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import text

from office import Session
from office.contacts import contact_at
from office.database import Database
from office.linking import redeem, unlink
from office.people import Who, invite, meet
from office.records import Contact
from office.vault import Vault
from tests.conftest import KEY_TEXT
from tests.dialogue import TestClock
from tests.small_office import SmallOffice

Met = tuple[Contact, Who] | None
Race = Callable[..., Awaitable[tuple[Met, Met]]]

SOMEBODY_WAITS = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")

pytestmark = pytest.mark.postgresql_only  # on the embedded database one process is alone


@pytest.fixture
async def race(database: Database, database_url: str, clock: TestClock) -> AsyncIterator[Race]:
    """Two turns: the second begins when the first has done its `act` and is not kept yet. What both met."""
    other = Database(database_url, Vault.from_text(KEY_TEXT))

    async def second(address: str, key: str) -> Met:
        async with other.transaction() as session:
            return await meet(session, "browser", address, key, clock())

    async def somebody_waits() -> bool:
        async with database.reading() as session:  # a new one each time: a transaction sees the activity of its beginning
            return bool((await session.execute(SOMEBODY_WAITS)).scalar_one())

    async def run(address: str, keys: tuple[str, str], act: Callable[[Session, Contact], Awaitable[Any]] | None = None) -> tuple[Met, Met]:
        async with database.transaction() as session, asyncio.timeout(20):
            met = await meet(session, "browser", address, keys[0], clock())
            assert met is not None
            if act is not None:
                await act(session, met[0])
            await session.flush()
            later = asyncio.create_task(second(address, keys[1]))
            while not await somebody_waits():
                assert not later.done(), "the second turn did not wait for the first"
        return met, await later

    yield run
    await other.close()


async def test_who_was_linked_just_now_is_an_official_in_the_next_message(
    race: Race, database: Database, small_office: SmallOffice, clock: TestClock
) -> None:
    person = small_office.people["MC01"]
    async with database.transaction() as session:
        await contact_at(session, "browser", "q", clock())
        code = await invite(session, person, clock())
    _, linked = await race("q", ("1", "2"), lambda session, contact: redeem(session, contact, code, clock()))
    assert linked is not None
    assert (linked[0].person_id, linked[1].person_id, linked[1].is_official) == (person, person, True)
    _, unlinked = await race("q", ("3", "4"), lambda session, contact: unlink(session, contact, clock()))
    assert unlinked is not None
    assert (unlinked[0].person_id, unlinked[1].person_id, unlinked[1].is_official) == (None, None, False)


async def test_an_update_that_comes_twice_is_met_once(race: Race, database: Database, clock: TestClock) -> None:
    async with database.transaction() as session:
        await contact_at(session, "browser", "q", clock())
    assert (await race("q", ("1", "1")))[1] is None


async def test_two_first_words_from_one_address_make_one_contact(race: Race) -> None:
    first, second = await race("new", ("1", "2"))
    assert first is not None
    assert second is not None
    assert first[0].id == second[0].id
