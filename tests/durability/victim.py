"""The program as a process of its own that kills itself (SIGKILL) at a named point: `python -m tests.durability.victim` with JSON on standard input.

It prints its address, then works until it is killed from outside, kills itself, or everything due has been said (`until_quiet`).
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import os
import signal
import sys
from collections.abc import Sequence
from typing import Any

import structlog

from bot.app import open_app, running
from bot.settings import Settings
from nlp.classify import Judgement
from nlp.entities import Entities, PersonName, UnitName, find
from nlp.track import Kind, Track

JUDGED = Judgement(label="DELAY", also=(), confidence=0.9, sure=True, flags=(), reasons=(), top=(("DELAY", 0.9),), version="test")


class QuickJudge:
    """Always the same. What is tested here is durability; loading the model for each of many short lives would only cost time."""

    async def __call__(self, _text: str) -> Judgement:
        return JUDGED

    async def track(self, _text: str, _judgement: Judgement) -> Track:
        return Track(Kind.FEEDBACK, "", grave=False, emergency=None)

    async def find(self, text: str, today: dt.date, units: Sequence[UnitName] = (), people: Sequence[PersonName] = ()) -> Entities:
        return find(text, today, units, people)

    async def redact(self, text: str, _keep_people: object = ()) -> str:
        return text


judge = QuickJudge()


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


async def live(order: dict[str, Any]) -> None:
    """One life of the program."""
    moment = dt.datetime.fromisoformat(order["now"])
    killer = Killer(order.get("kill"), order.get("after", 1))
    settings = Settings(_env_file=None, **order["settings"])  # type: ignore[call-arg]
    async with (
        open_app(settings, clock=lambda: moment, judge=judge, moment=killer) as app,
        running(app, frozenset(order.get("roles", ["web", "deliver"]))),
    ):
        print(json.dumps({"address": app.address}), flush=True)
        if order.get("plan"):
            await app.schedule.tick(moment)
            app.courier.wake()
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)  # until the test says that it is enough


if __name__ == "__main__":
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))  # standard output is for the test
    asyncio.run(live(json.loads(sys.stdin.readline())))
