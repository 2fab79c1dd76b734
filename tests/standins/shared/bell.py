"""A bell that rings whenever anything changes, so that whoever waits looks again at once and nobody sleeps in a loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Bell:
    """Like `asyncio.Condition`, but ringing needs no `await`, so that a change and its ring can never be torn apart."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        """Wake everyone who waits."""
        event, self._event = self._event, asyncio.Event()
        event.set()

    async def wait(self) -> None:
        """Return at the next ring."""
        await self._event.wait()

    async def until(self, check: Callable[[], T], timeout: float) -> T:
        """The first true answer of `check`. Raises `TimeoutError` after `timeout` seconds of real time."""
        async with asyncio.timeout(timeout):
            while not (found := check()):
                await self.wait()
            return found
