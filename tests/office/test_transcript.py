"""What a page is told that comes back after a while: what is new; or everything, if the conversation it shows was deleted meanwhile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import pytest

from office.contacts import contact_at
from office.database import Database
from office.erasing import erase
from office.transcript import add_bubble, bubbles_after

NOW = dt.datetime(2026, 11, 23, 2, 17, tzinfo=dt.UTC)


async def say(database: Database, words: Iterable[str]) -> int:
    """Bubbles with these words, in order; the number of the newest."""
    async with database.transaction() as session:
        contact = await contact_at(session, "browser", "a", NOW)
        for each in words:
            assert await add_bubble(session, contact.id, each, {"text": each}, NOW, mine=True)
        return (await bubbles_after(session, contact.id, 0))[-1].seq


async def told(database: Database, seen: int, limit: int = 500) -> list[tuple[str, bool]]:
    """The words that a page gets which has seen so much, each with whether it begins anew there."""
    async with database.transaction() as session:
        contact = await contact_at(session, "browser", "a", NOW)
        return [(bubble.mark, bubble.anew) for bubble in await bubbles_after(session, contact.id, seen, limit=limit)]


async def delete_all(database: Database) -> None:
    async with database.transaction() as session:
        await erase(session, [await contact_at(session, "browser", "a", NOW)], [], NOW)


@pytest.mark.parametrize("since", [1, 2, 3, 5])
async def test_a_page_that_slept_through_an_erasure_empties_itself(database: Database, since: int) -> None:
    """However much was said since: fewer bubbles than it shows, as many, or more."""
    seen = await say(database, ["old 0", "old 1", "old 2"])
    await delete_all(database)
    assert await told(database, seen) == []
    newest = await say(database, [f"new {number}" for number in range(since)])
    assert await told(database, seen) == [(f"new {number}", number == 0) for number in range(since)]
    assert await told(database, newest) == []


async def test_a_page_gets_what_it_has_not_seen(database: Database) -> None:
    assert await told(database, 0) == []
    seen = await say(database, ["0", "1", "2"])
    await say(database, ["3", "4"])
    assert await told(database, seen) == [("3", False), ("4", False)]
    assert await told(database, 0) == [(f"{number}", False) for number in range(5)]


async def test_of_a_long_history_the_newest_part(database: Database) -> None:
    seen = await say(database, ["first"])
    await say(database, [f"{number}" for number in range(5)])
    newest = [(f"{number}", False) for number in range(2, 5)]
    assert await told(database, seen, limit=3) == newest
    assert await told(database, 0, limit=3) == newest
    assert await told(database, seen, limit=5) == [(f"{number}", False) for number in range(5)]
    await delete_all(database)
    await say(database, [f"new {number}" for number in range(6)])
    assert await told(database, seen, limit=3) == [("new 3", True), ("new 4", False), ("new 5", False)]
