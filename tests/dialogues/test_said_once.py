"""What was said is not said again because the database was busy when that was to be noted."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import Any

import pytest
from sqlalchemy import text

from bot.delivery import courier
from office.database import Database
from talk.reply import Reply
from tests.dialogue import settle
from tests.play import Play


def short_of_patience(database: Database) -> None:
    """A wait of half a minute for the database in small."""
    database._writer.sync_engine.pool._timeout = 0.2  # type: ignore[attr-defined]


class Busy:
    """Somebody who holds the database from the moment at which the first message has gone out, until told to let go."""

    def __init__(self, play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
        self._database, self.let_go, self.said = play.app.database, asyncio.Event(), list[str]()
        self._channel = play.app.courier._channels[play.channel]
        self._send, self._holding = self._channel.send, asyncio.Event()
        self.task: asyncio.Task[None] | None = None
        monkeypatch.setattr(self._channel, "send", self.send)

    async def send(self, parcel: Any) -> Any:
        outcome = await self._send(parcel)
        self.said.append(parcel.reply.text)
        if self.task is None:
            self.task = asyncio.create_task(self._hold())
            await self._holding.wait()
        return outcome

    async def _hold(self) -> None:
        async with AsyncExitStack() as held:
            for _ in range(self._database._writer.sync_engine.pool.size()):  # type: ignore[attr-defined]
                await (await held.enter_async_context(self._database.transaction())).execute(text("SELECT 1"))
            self._holding.set()
            await self.let_go.wait()


@pytest.mark.parametrize("play", ["telegram"], indirect=True)
async def test_a_busy_database_makes_nobody_hear_it_twice(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    citizen = await play.citizen()
    short_of_patience(play.app.database)
    busy = Busy(play, monkeypatch)
    await citizen.line.say("xin chào")
    asyncio.get_running_loop().call_later(0.5, busy.let_go.set)
    await settle(play.app)
    assert busy.task is not None
    await busy.task
    play.clock.forward(minutes=2)
    await settle(play.app)
    await citizen.hears("trợ lý tự động")
    await citizen.hears_nothing()
    assert len(busy.said) == 1


@pytest.mark.parametrize("play", ["telegram"], indirect=True)
async def test_given_up_on_it_is_still_known_what_was_said(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long answer of two parts: the first arrived, which could not be noted; only the second is sent later."""
    monkeypatch.setattr(courier, "_AGAIN_AFTER", (0.01,))
    citizen = await play.citizen()
    await citizen.says("xin chào")
    await citizen.hears("trợ lý tự động")
    await play.shows(citizen, "long", Reply(text="Phần một. " * 400 + "Phần hai. " * 300))
    short_of_patience(play.app.database)
    busy = Busy(play, monkeypatch)
    with pytest.raises(Exception, match="QueuePool"):
        await play.app.courier.round()  # even that it failed cannot be noted
    busy.let_go.set()
    assert busy.task is not None
    await busy.task
    play.clock.forward(minutes=2)
    await citizen.hears("Phần một")
    await citizen.hears("Phần hai")
    await citizen.hears_nothing()
    assert len(busy.said) == 2
    assert not play.app.courier._said
