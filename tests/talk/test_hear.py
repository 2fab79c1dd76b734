"""One turn is one transaction: repeats are dropped, quick messages keep their order, a fault leaves a reference and no trace of words."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import select

from office.database import Database
from office.records import Contact, OutboxMessage
from office.vault import Vault
from talk.filters import Wrote
from talk.reply import Reply
from talk.router import Router
from talk.talk import Talk
from talk.turn import Turn
from tests.conftest import KEY_TEXT
from tests.dialogue import TestClock


def echo() -> Router:
    router = Router()

    @router.turn(Wrote())
    async def say_again(turn: Turn, state: Any) -> Reply:
        if "vỡ" in turn.text:
            raise RuntimeError(turn.text)
        said = [*(await state.get_value("said") or []), turn.text]
        await state.update_data(said=said)
        return Reply(text=" ".join(said))

    return router


@pytest.fixture
def talk(database: Database, clock: TestClock) -> Talk:
    return Talk(database, echo(), clock)


def turn(key: int, text: str, address: str = "a") -> Turn:
    return Turn(channel="browser", address=address, update_key=str(key), text=text)


async def answers(database: Database) -> list[str]:
    async with database.reading() as session:
        rows = (await session.execute(select(OutboxMessage).order_by(OutboxMessage.place))).scalars().all()
    return [message["text"] for row in rows for message in database.vault.open(row.body or b"", "outbox")["messages"]]


async def test_the_same_update_five_times_at_once(talk: Talk, database: Database) -> None:
    outcomes = await asyncio.gather(*(talk.hear(turn(1, "chào")) for _ in range(5)))
    assert sorted(heard.outcome for heard in outcomes) == ["answered"] + ["repeated"] * 4
    assert await answers(database) == ["chào"]


async def test_quick_messages_keep_their_order(talk: Talk, database: Database) -> None:
    async def message(number: int) -> None:
        async with talk.in_order("browser", "a"):
            await talk.hear(turn(number, f"m{number}"))

    await asyncio.gather(*(message(number) for number in range(12)))
    assert (await answers(database))[-1] == " ".join(f"m{number}" for number in range(12))


async def test_two_processes_on_one_database_lose_no_words(database_url: str, database: Database, clock: TestClock) -> None:
    """Two programs hear the same person at once: the contact's lock makes it one after the other."""
    other = Database(database_url, Vault.from_text(KEY_TEXT), synchronous="NORMAL")
    first, second = Talk(database, echo(), clock), Talk(other, echo(), clock)
    await first.hear(turn(0, "m0"))
    await asyncio.gather(*((first, second)[number % 2].hear(turn(number, f"m{number}")) for number in range(1, 11)))
    longest = max(await answers(database), key=len)
    assert sorted(longest.split()) == sorted(f"m{number}" for number in range(11))
    await other.close()


async def test_two_first_messages_at_once_make_one_contact(database: Database, database_url: str, clock: TestClock) -> None:
    other = Database(database_url, Vault.from_text(KEY_TEXT), synchronous="NORMAL")
    talks = (Talk(database, echo(), clock), Talk(other, echo(), clock))
    await asyncio.gather(*(talks[number % 2].hear(turn(number, "chào", "mới")) for number in range(4)))
    async with database.reading() as session:
        assert len((await session.execute(select(Contact).where(Contact.address == "mới"))).all()) == 1
    await other.close()


async def test_a_fault_gives_a_reference_once_and_the_log_repeats_no_words(
    talk: Talk, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    heard = await talk.hear(turn(1, "chuyện riêng làm vỡ"))
    assert heard.outcome == "failed"
    assert heard.reference is not None
    assert heard.reference in (await answers(database))[0]
    assert (await talk.hear(turn(1, "chuyện riêng làm vỡ"))).outcome == "repeated"
    out, err = capsys.readouterr()
    assert heard.reference in out + err
    assert "RuntimeError" in out + err
    assert "chuyện riêng" not in out + err
    await talk.hear(turn(2, "ổn rồi"))
    assert (await answers(database))[-1] == "ổn rồi"
