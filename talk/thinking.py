"""What takes long to think over must not hold the database, or everybody waits for one person's long letter, or for a machine that is busy.

A turn that needs such a thought is undone, the thought is had with nothing held, and the turn is heard anew: it then finds the thought there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Any, Protocol, TypeVar, runtime_checkable

FREE = 4_000
"""Characters that a turn may think over while it holds the database: as many as one message has."""

HELD = 0.5
"""Seconds that a thought of any length may hold the database. One that takes longer is had to its end with nothing held."""

_MOST = 100
"""Thoughts of one turn that are had apart; whatever is beyond them is had within it, so that every turn comes to an end."""

T = TypeVar("T")
Work = Callable[[bool], Awaitable[T]]
"""Thinks; it is told whether it may take long, because nobody waits for the database meanwhile."""


class ThinkFirst(Exception):
    """The turn cannot go on before this was thought over."""

    def __init__(self, key: Hashable, work: Work[Any]) -> None:
        super().__init__("a long thought")
        self.key = key
        self.work = work
        self.place_kept = False
        """Whether the same person's next words wait for the turn meanwhile, also at other processes (`talk.line`)."""


class Thoughts:
    """What was thought over for one turn, however often it was begun. `work` must come to the same whenever it is asked the same `key`."""

    def __init__(self) -> None:
        self._known: dict[Hashable, Any] = {}
        self._late: dict[Hashable, asyncio.Future[Any]] = {}
        self._left = FREE
        self._apart = 0

    def begin(self) -> None:
        """The turn is heard (anew)."""
        self._left = FREE

    async def think(self, key: Hashable, length: int, work: Work[T]) -> T:
        """What `work` comes to, over a text of `length` characters. Raises ThinkFirst."""
        if key not in self._known:
            if key in self._late or (length > self._left and self._apart < _MOST):
                raise ThinkFirst(key, work)
            self._left -= length
            self._known[key] = await self._think_now(key, work)
        known: T = self._known[key]
        return known

    async def _think_now(self, key: Hashable, work: Work[T]) -> T:
        if self._apart >= _MOST:
            return await work(False)
        thought = asyncio.ensure_future(work(False))
        try:
            await asyncio.wait({thought}, timeout=HELD)
        except asyncio.CancelledError:
            thought.cancel()
            raise
        if thought.done():
            return thought.result()
        self._late[key] = thought
        thought.add_done_callback(_looked_at)
        raise ThinkFirst(key, work)

    async def think_over(self, first: ThinkFirst) -> None:
        """Have the thought that was missing, or wait for the end of one that was begun; call with nothing held."""
        self._apart += 1
        late = self._late.pop(first.key, None)
        self._known[first.key] = await (first.work(True) if late is None else late)


def _looked_at(thought: asyncio.Future[Any]) -> None:
    """Should nobody ask for it any more: else Python writes its fault into the log, with a message that may repeat what a citizen wrote."""
    if not thought.cancelled():
        thought.exception()


@runtime_checkable
class ThinksLong(Protocol):
    """A part that may think long: each turn is handed one of its own."""

    def of_turn(self, thoughts: Thoughts) -> Any: ...
