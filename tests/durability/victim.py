"""The program as a process of its own that kills itself (SIGKILL) at a named point.

It tells its address, then works until it is killed from outside, kills itself, or is told to stop.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import os
import signal
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import Any

from bot import lean_aiogram  # noqa: F401 # isort: skip  # as `congvu run` does, before anything else loads aiogram
from bot.app import open_app, running
from bot.judge import JudgingInTurn
from bot.settings import Settings
from nlp.classify import Judgement
from nlp.entities import Entities, PersonName, UnitName, find
from nlp.track import Kind, Track
from talk.thinking import Thoughts

JUDGED = Judgement(label="DELAY", also=(), confidence=0.9, sure=True, flags=(), reasons=(), top=(("DELAY", 0.9),), version="test")


class QuickJudge:
    """Always the same. What is tested here is durability; loading the model for each of many short lives would only cost time."""

    async def __call__(self, _text: str) -> Judgement:
        return JUDGED

    async def track(self, _text: str, _judgement: Judgement) -> Track:
        return Track(Kind.FEEDBACK, "", grave=False, emergency=None)

    async def find(self, text: str, today: dt.date, units: Sequence[UnitName] = (), people: Sequence[PersonName] = ()) -> Entities:
        return find(text, today, units, people)

    async def redact(self, text: str, _keep_people: object = (), _names: set[str] | None = None) -> str:
        return text


class NeverEnds(QuickJudge):
    """Ponders for ever, with nothing held."""

    def of_turn(self, thoughts: Thoughts) -> JudgingInTurn:
        return JudgingInTurn(self, thoughts)  # type: ignore[arg-type]

    async def __call__(self, _text: str, *, long: bool = False) -> Judgement:
        await asyncio.Event().wait()
        return JUDGED


judge = QuickJudge()
never_ends = NeverEnds()


class Killer:
    """Dies when a point is passed for the `after`-th time since it was armed."""

    def __init__(self, point: str | None, after: int) -> None:
        self.point = point
        self.left = after

    def __call__(self, point: str) -> None:
        if point == self.point:
            self.left -= 1
            if self.left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)


async def live(order: dict[str, Any], line: Connection) -> None:
    """One life of the program."""
    moment = dt.datetime.fromisoformat(order["now"])
    killer = Killer(order.get("kill"), order.get("after", 1))
    settings = Settings(_env_file=None, **order["settings"])  # type: ignore[call-arg]
    async with (
        open_app(settings, clock=lambda: moment, judge=never_ends if order.get("judge") == "never ends" else judge, moment=killer) as app,
        running(app, frozenset(order.get("roles", ["web", "deliver"]))),
    ):
        line.send(app.address)
        if order.get("plan"):
            await app.schedule.tick(moment)
            app.courier.wake()
        with contextlib.suppress(EOFError):
            await asyncio.get_running_loop().run_in_executor(None, line.recv)  # until the test says that it is enough


def lives(order: dict[str, Any], line: Connection) -> None:
    """The process: with nothing of the machine's own environment."""
    for name in set(os.environ) - {"PATH", "HOME", "LANG", "TMPDIR"}:
        del os.environ[name]
    asyncio.run(live(order, line))
