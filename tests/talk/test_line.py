"""Several processes on one database hear one person in order, though an earlier message has to be thought over while nothing is held."""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import pytest

from office.contacts import find_contact
from office.database import Database
from talk import line
from talk.filters import Wrote
from talk.memory import Memory
from talk.reply import Reply
from talk.router import Router
from talk.talk import Heard, Talk
from talk.thinking import FREE, Thoughts
from tests.delivery.race import until_somebody_waits
from tests.dialogue import TestClock
from tests.talk.test_hear import answers, turn

pytestmark = pytest.mark.postgresql_only

LONG = "dài " * (FREE // 4 + 1)


@dataclass
class Ponders:
    """Thinks over what is long, until it may end; and waits while the contact is held, if it is told to."""

    begun: asyncio.Event = field(default_factory=asyncio.Event)
    may_end: asyncio.Event = field(default_factory=asyncio.Event)
    holding: asyncio.Event = field(default_factory=asyncio.Event)
    let_go: asyncio.Event = field(default_factory=asyncio.Event)

    def of_turn(self, thoughts: Thoughts) -> Any:
        async def ponder(text: str, length: int) -> None:
            async def work(long: bool) -> None:
                if long:
                    self.begun.set()
                    await self.may_end.wait()
                if "vỡ" in text:
                    raise RuntimeError(text)

            self.holding.set()
            await self.let_go.wait()
            await thoughts.think(text, length, work)

        return ponder


class Province:
    """Two processes, `one` and `two`, and one person who writes to either."""

    def __init__(self, database: Database, clock: TestClock) -> None:
        self.database, self.clock, self.ponders = database, clock, Ponders()
        self.ponders.let_go.set()
        router = Router()

        @router.turn(Wrote())
        async def tell(turn: Any, state: Any, ponders: Any) -> Reply:
            await ponders(turn.text, FREE + 1 if turn.text.startswith(("dài", "stored")) else 1)
            told = [*(await state.get_value("told") or []), turn.update_key]
            await state.update_data(told=told)
            return Reply(text=" ".join(told))

        self.one, self.two = (Talk(database, router, clock, parts={"ponders": self.ponders}) for _ in range(2))

    def write(self, talk: Talk, number: int, text: str) -> asyncio.Task[Heard]:
        async def take() -> Heard:
            async with talk.in_order("browser", "a"):
                return await talk.hear(turn(number, text))

        return asyncio.create_task(take())

    async def line(self) -> list[str]:
        """Who stands in line."""
        async with self.database.reading() as session:
            contact = await find_contact(session, "browser", "a")
            return Memory(session, contact).line.get("keys", []) if contact is not None else []

    async def until_in_line(self, *keys: str) -> None:
        async with asyncio.timeout(10):
            while await self.line() != list(keys):
                pass


@pytest.fixture(autouse=True)
def quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "LOOK", 0.01)
    monkeypatch.setattr(line, "MOST_LOOKS", 10_000)


@pytest.fixture
def province(database: Database, clock: TestClock) -> Province:
    return Province(database, clock)


@pytest.mark.parametrize("known", [True, False])
async def test_a_long_message_is_not_overtaken(province: Province, known: bool) -> None:
    """Nor by a third one at its own process, which would be free before the second has looked again."""
    if known:
        await province.write(province.one, 0, "chào")
    first = province.write(province.one, 1, LONG)
    await province.ponders.begun.wait()
    second = province.write(province.two, 2, "ngắn")
    await province.until_in_line("1", "2")
    third = province.write(province.one, 3, "ngắn")
    province.ponders.may_end.set()
    async with asyncio.timeout(10):
        assert [heard.outcome for heard in await asyncio.gather(first, second, third)] == ["answered"] * 3
    assert (await answers(province.database))[-1] == ("0 1 2 3" if known else "1 2 3")
    assert await province.line() == []


async def test_nor_by_one_that_waits_for_the_contact_already(province: Province) -> None:
    await province.write(province.one, 0, "chào")
    province.ponders.let_go.clear()
    province.ponders.holding.clear()
    first = province.write(province.one, 1, LONG)
    await province.ponders.holding.wait()
    second = province.write(province.two, 2, "ngắn")
    await until_somebody_waits(province.database, second)
    province.ponders.let_go.set()
    await province.until_in_line("1", "2")
    province.ponders.may_end.set()
    async with asyncio.timeout(10):
        await asyncio.gather(first, second)
    assert (await answers(province.database))[-1] == "0 1 2"


async def test_what_did_not_look_long_keeps_its_place_too(province: Province) -> None:
    """As where the long text stands in the records."""
    first = province.write(province.one, 1, "stored")
    await province.ponders.begun.wait()
    second = province.write(province.two, 2, "ngắn")
    await province.until_in_line("1", "2")
    province.ponders.may_end.set()
    await asyncio.gather(first, second)
    assert (await answers(province.database))[-1] == "1 2"


async def test_a_fault_of_the_first_lets_the_next_go_on(province: Province) -> None:
    first = province.write(province.one, 1, LONG + "vỡ")
    await province.ponders.begun.wait()
    second = province.write(province.two, 2, "ngắn")
    await province.until_in_line("1", "2")
    province.ponders.may_end.set()
    async with asyncio.timeout(10):
        assert [(await each).outcome for each in (first, second)] == ["failed", "answered"]
    assert await province.line() == []


async def test_what_was_heard_by_another_meanwhile_takes_no_place(province: Province) -> None:
    """A channel may deliver an update twice; nobody would ever step out of that place, and the next words would wait for it."""
    await province.write(province.one, 1, "ngắn")
    await province.two._wait_in_line(turn(1, "ngắn"), first_look=True)
    assert await province.line() == []


async def test_a_process_that_dies_is_waited_for_only_a_while(province: Province) -> None:
    """Its update is delivered again, and heard then."""
    first = province.write(province.one, 1, LONG)
    await province.ponders.begun.wait()
    first.cancel()
    second = province.write(province.two, 2, "ngắn")
    await province.until_in_line("1", "2")
    province.clock.forward(seconds=(line.RUNS_OUT + dt.timedelta(seconds=1)).total_seconds())
    async with asyncio.timeout(10):
        assert (await second).outcome == "answered"
    province.ponders.may_end.set()
    assert (await province.write(province.two, 1, LONG)).outcome == "answered"
    assert (await answers(province.database))[-1] == "2 1"
    assert await province.line() == []


async def test_nobody_waits_for_ever_for_a_clock(province: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "MOST_LOOKS", 2)
    first = province.write(province.one, 1, LONG)
    await province.ponders.begun.wait()
    async with asyncio.timeout(10):
        assert (await province.write(province.two, 2, "ngắn")).outcome == "answered"
    province.ponders.may_end.set()
    await first
    assert (await answers(province.database))[-1] == "2 1"


async def test_the_repeat_of_the_first_is_no_second(province: Province) -> None:
    first = province.write(province.one, 1, LONG)
    await province.ponders.begun.wait()
    again = province.write(province.two, 1, LONG)
    province.ponders.may_end.set()
    async with asyncio.timeout(10):
        assert sorted([(await first).outcome, (await again).outcome]) == ["answered", "repeated"]
    assert await answers(province.database) == ["1"]
    assert await province.line() == []
