"""A judge that takes as long over a story as a test wants: the real one, which may not begin before it is told to."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from bot.judge import Judging, JudgingInTurn
from nlp.classify import Judgement
from talk.thinking import Thoughts


class Hesitating:
    """`begun` is set when somebody waits for a judgement, which comes when `may_end` is."""

    def __init__(self, judge: Judging) -> None:
        self._judge = judge
        self.begun, self.may_end = asyncio.Event(), asyncio.Event()

    def of_turn(self, thoughts: Thoughts) -> JudgingInTurn:
        return JudgingInTurn(self, thoughts)  # type: ignore[arg-type]

    async def __call__(self, text: str, *, long: bool = False) -> Judgement:
        self.begun.set()
        await self.may_end.wait()
        return await self._judge(text, long=long)

    async def track(self, *given: Any, long: bool = False) -> Any:
        return await self._judge.track(*given, long=long)

    async def find(self, *given: Any, long: bool = False) -> Any:
        return await self._judge.find(*given, long=long)

    async def redact(self, text: str, keep_people: Sequence[str] = (), names: set[str] | None = None, *, long: bool = False) -> str:
        return await self._judge.redact(text, keep_people, names, long=long)
