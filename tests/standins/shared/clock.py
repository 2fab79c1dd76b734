"""The stand-in's own time: it runs with the machine's or stands still, and a test may move it forward instead of waiting."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta


class Clock:
    """Seconds and dates of the stand-in. A frozen clock moves only by `advance`."""

    def __init__(self, start: datetime | None = None, *, frozen: bool = False) -> None:
        self.frozen = frozen
        self._start = start or datetime.now(UTC)
        self._base = time.monotonic()
        self._ahead = 0.0
        self._moved = asyncio.Event()

    def seconds(self) -> float:
        """Seconds since the clock was made."""
        running = 0.0 if self.frozen else time.monotonic() - self._base
        return running + self._ahead

    def now(self) -> datetime:
        """The date and time in UTC."""
        return self._start + timedelta(seconds=self.seconds())

    def timestamp(self) -> int:
        """Unix time in whole seconds, as the Bot API writes dates."""
        return int(self.now().timestamp())

    def advance(self, seconds: float) -> None:
        """Move time forward and wake whoever waited for that moment."""
        if seconds < 0:
            raise ValueError("time does not go back")
        self._ahead += seconds
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()

    async def sleep(self, seconds: float) -> None:
        """Return once `seconds` have passed on this clock, by themselves or by `advance`."""
        until = self.seconds() + seconds
        while (left := until - self.seconds()) > 0:
            moved = self._moved
            try:
                await asyncio.wait_for(moved.wait(), None if self.frozen else left)
            except TimeoutError:
                return
