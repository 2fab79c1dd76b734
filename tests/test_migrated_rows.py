"""Rows that an older program left come through the change of their tables: nothing due is lost, said twice or out of order, and nothing tells on."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.migrate import migrate, sqlite_for_change, standing
from office.contacts import contact_at
from office.database import Database
from office.outbox import claim_due, put_replies
from office.transcript import add_bubble, bubbles_after
from office.vault import Vault
from tests.postgres_server import postgres_server, postgres_url  # noqa: F401
from tests.test_migrations import config_on

NOW = dt.datetime(2026, 11, 23, 2, 17, 23, 456000, tzinfo=dt.UTC)
VAULT = Vault(b"k" * 32)


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """No tables yet."""
    url = f"sqlite:///{tmp_path}/old.db" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    made = Database(url, VAULT)
    yield made
    await made.close()


async def step(database: Database, to: str, *, down: bool = False) -> None:
    def run(sync: Connection) -> None:
        (command.downgrade if down else command.upgrade)(config_on(sync), to)

    if database.is_sqlite:
        async with sqlite_for_change(database.url) as connection:
            await connection.run_sync(run)
    else:
        async with database.engine.begin() as connection:
            await connection.run_sync(run)


async def put(connection: AsyncConnection, table: str, **values: Any) -> None:
    names = ", ".join(values)
    await connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({', '.join(':' + name for name in values)})"), values)


async def left_by_an_old_program(database: Database) -> None:
    """Contact 1 is a head, 2 a reporter on a page: an answer said, one half said, a notice to come; 3 is a reporter who is gone."""
    now = NOW.replace(tzinfo=None) if database.is_sqlite else NOW
    async with database.engine.begin() as connection:
        for number in (1, 2, 3):
            gone = now if number == 3 else None
            times = {"created_at": now, "heard_at": now, "gone_at": gone}
            await put(connection, "contact", channel="browser", address=f"a{number}", serial=0, **times)
        rows = [
            (1, "case_new", "sent"),
            (2, "reply", "sent"),
            (3, "reporter", "gone"),
            (2, "reply", "due"),
            (2, "reporter", "due"),
            (1, "digest", "due"),
        ]
        for number, (contact, kind, state) in enumerate(rows, 1):
            body = VAULT.seal({"messages": [{"text": f"{number}"}]}, "outbox") if state == "due" else None
            known: dict[str, Any] = {"key": f"k{number}", "contact_id": contact, "kind": kind, "state": state, "body": body}
            times = {"due_at": now, "created_at": now, "ended_at": None if body else now}
            await put(connection, "outbox", **known, **times, repeat_ok=True, parts_sent=0, attempts=0)
        for contact, mine, mark in ((2, True, "said"), (1, False, "1.0"), (2, False, "2.0"), (2, False, "4.0")):
            sealed = VAULT.seal({"at": NOW.isoformat(), "said": {"text": mark}}, "bubble")
            await put(connection, "browser_message", contact_id=contact, mine=mine, mark=mark, body=sealed, at=now)
        await put(connection, "heard_update", channel="browser", update_key="u1", heard_at=now)


async def values(database: Database, statement: str) -> list[Any]:
    async with database.engine.connect() as connection:
        return [tuple(row) if len(row) > 1 else row[0] for row in (await connection.execute(text(statement))).all()]


async def claimed(database: Database) -> list[tuple[str, int]]:
    async with database.transaction() as session:
        return sorted((row.body["messages"][0]["text"], row.parts_sent) for row in await claim_due(session, NOW))


async def test_up_with_rows(database: Database) -> None:
    await step(database, "0001")
    await left_by_an_old_program(database)
    await migrate(database)
    assert (await standing(database)).up_to_date
    assert sorted(await values(database, "SELECT kind, state FROM outbox")) == [
        ("case_new", "sent"), ("digest", "due"), ("reply", "due"), ("reporter", "due"),
    ]  # fmt: skip
    assert min(await values(database, "SELECT id FROM outbox UNION SELECT id FROM browser_message")) > 1_000_000
    marks = await values(database, "SELECT mark FROM browser_message")
    assert "said" in marks
    assert not [mark for mark in marks if "." in mark]
    assert await values(database, "SELECT update_key FROM heard_update") == ["u1"]
    gone = (await values(database, "SELECT gone_at FROM contact WHERE gone_at IS NOT NULL"))[0]
    assert str(gone).startswith("2026-11-23 02:00:00")
    assert await claimed(database) == [("4", 1), ("6", 0)]  # the half said answer goes on behind the bubble that stands; its follower waits
    await the_conversation_goes_on(database)


async def the_conversation_goes_on(database: Database) -> None:
    async with database.transaction() as session:
        reporter = await contact_at(session, "browser", "a2", NOW)
        assert await add_bubble(session, reporter.id, "new", {"text": "new"}, NOW, mine=True)
        bubbles = await bubbles_after(session, reporter.id, 0)
        assert [bubble.body["text"] for bubble in bubbles] == ["said", "2.0", "4.0", "new"]
        assert bubbles[-1].seq > 4  # an open page that has seen bubble 4 asks for what comes after it
        newcomer = await contact_at(session, "browser", "a4", NOW)
        await put_replies(session, newcomer, "u2", [{"text": "7"}], NOW)


async def test_down_with_rows_and_up_again(database: Database) -> None:
    await migrate(database)
    async with database.transaction() as session:
        for address in ("a", "b"):
            contact = await contact_at(session, "browser", address, NOW)
            for number in range(3):
                await put_replies(session, contact, f"{address}{number}", [{"text": f"{address}{number}"}], NOW)
                await add_bubble(session, contact.id, f"{address}{number}", {"text": f"{address}{number}"}, NOW, mine=True)
    await step(database, "0001", down=True)
    in_order = "SELECT mark FROM browser_message ORDER BY contact_id, id"
    assert sorted(await values(database, in_order)) == sorted(before := [f"{a}{n}" for a in "ab" for n in range(3)])
    assert await values(database, in_order) in (before, before[3:] + before[:3])
    await put_one_more(database)
    await migrate(database)
    async with database.transaction() as session:
        contact = await contact_at(session, "browser", "a", NOW)
        assert [bubble.mark for bubble in await bubbles_after(session, contact.id, 0)] == ["a0", "a1", "a2"]
    assert await claimed(database) == [("a0", 0), ("b0", 0)]


async def put_one_more(database: Database) -> None:
    """The old program counts on by itself."""
    now = NOW.replace(tzinfo=None) if database.is_sqlite else NOW
    async with database.engine.begin() as connection:
        await put(connection, "contact", channel="browser", address="c", serial=0, created_at=now, heard_at=now)
    assert len(await values(database, "SELECT id FROM contact")) == 3
