"""A long thought is had with nothing held; the turn that needs it is heard anew, and is kept once."""

from __future__ import annotations

import asyncio
import gc
from typing import Any

import pytest

from office.database import Database
from talk import thinking
from talk.filters import Wrote
from talk.reply import Reply
from talk.router import Router
from talk.talk import Talk
from talk.thinking import FREE, ThinkFirst, Thoughts
from tests.dialogue import TestClock
from tests.talk.test_hear import answers, turn


class Counter:
    """Counts letters, and notes whether that was done apart; a long count waits until it may end."""

    def __init__(self) -> None:
        self.apart: list[bool] = []
        self.begun, self.may_end = asyncio.Event(), asyncio.Event()

    def of_turn(self, thoughts: Thoughts) -> CountsInTurn:
        return CountsInTurn(self, thoughts)


class CountsInTurn:
    def __init__(self, counter: Counter, thoughts: Thoughts) -> None:
        self._counter, self._thoughts = counter, thoughts

    async def __call__(self, text: str) -> int:
        async def work(long: bool) -> int:
            self._counter.apart.append(long)
            if long or "lâu" in text:
                self._counter.begun.set()
                await self._counter.may_end.wait()
            if "vỡ" in text:
                raise RuntimeError(text)
            return len(text)

        return await self._thoughts.think(text, len(text), work)


@pytest.fixture
def counter() -> Counter:
    return Counter()


@pytest.fixture
def talk(database: Database, clock: TestClock, counter: Counter) -> Talk:
    router = Router()

    @router.turn(Wrote())
    async def count(turn: Any, state: Any, counter: CountsInTurn) -> Reply:
        heard = (await state.get_value("heard") or 0) + 1
        await state.update_data(heard=heard)
        return Reply(text=f"{await counter(turn.text)} {await counter(turn.text[::-1])} {heard}")

    return Talk(database, router, clock, parts={"counter": counter})


async def test_others_are_heard_meanwhile_and_the_turn_is_kept_once(talk: Talk, database: Database, counter: Counter) -> None:
    long = asyncio.create_task(talk.hear(turn(1, "a" * (FREE + 1) + "b")))
    async with asyncio.timeout(10):
        await counter.begun.wait()
        await talk.hear(turn(2, "kurz", "b"))
        counter.may_end.set()
        await long
    assert (await talk.hear(turn(1, "a"))).outcome == "repeated"
    assert sorted(await answers(database)) == ["4 4 1", f"{FREE + 2} {FREE + 2} 1"]
    assert counter.apart == [True, False, False, True]


async def test_a_short_one_that_takes_long_lets_go_of_the_database_too(
    talk: Talk, database: Database, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a machine that is busy. It is not begun a second time."""
    monkeypatch.setattr(thinking, "HELD", 0.01)
    slow = asyncio.create_task(talk.hear(turn(1, "lâu")))
    async with asyncio.timeout(10):
        await counter.begun.wait()
        await talk.hear(turn(2, "kurz", "b"))
        counter.may_end.set()
        await slow
    assert sorted(await answers(database)) == ["3 3 1", "4 4 1"]
    assert counter.apart.count(True) == 0
    assert len(counter.apart) == 4


async def test_a_fault_of_a_thought_that_takes_long_gives_a_reference(
    talk: Talk, database: Database, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thinking, "HELD", 0.01)
    slow = asyncio.create_task(talk.hear(turn(1, "lâu vỡ")))
    await talk.hear(turn(2, "kurz", "b"))
    counter.may_end.set()
    assert (await slow).outcome == "failed"


async def test_short_thoughts_together_are_long(talk: Talk, database: Database, counter: Counter) -> None:
    counter.may_end.set()
    await talk.hear(turn(1, "a" * (FREE // 2) + "bc"))
    assert counter.apart == [False, True]
    assert await answers(database) == [f"{FREE // 2 + 2} {FREE // 2 + 2} 1"]


async def test_a_fault_of_a_long_thought_gives_a_reference(talk: Talk, database: Database, counter: Counter) -> None:
    counter.may_end.set()
    assert (await talk.hear(turn(1, "vỡ" + "a" * FREE))).outcome == "failed"
    assert len(await answers(database)) == 1


async def test_a_turn_that_never_comes_to_an_end_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thinking, "_MOST", 3)
    thoughts, apart = Thoughts(), 0

    async def work(long: bool) -> int:
        return 1

    for key in range(10):
        thoughts.begin()
        try:
            await thoughts.think(key, FREE + 1, work)
        except ThinkFirst as first:
            await thoughts.think_over(first)
            apart += 1
    assert apart == 3


async def test_a_thought_that_nobody_waits_for_any_more_says_nothing_in_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as when the turn was heard elsewhere meanwhile. Python would write the fault's message, which may repeat a citizen's words."""
    monkeypatch.setattr(thinking, "HELD", 0.001)
    told: list[dict[str, Any]] = []
    loop, may_end = asyncio.get_running_loop(), asyncio.Event()
    loop.set_exception_handler(lambda _, context: told.append(context))
    ended = asyncio.Event()

    async def breaks(_long: bool) -> int:
        await may_end.wait()
        ended.set()
        raise ValueError("lời của người dân")

    thoughts = Thoughts()
    with pytest.raises(ThinkFirst):
        await thoughts.think("key", 1, breaks)
    may_end.set()
    await ended.wait()
    await asyncio.sleep(0)
    del thoughts
    gc.collect()
    assert told == []
