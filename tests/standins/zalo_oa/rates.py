"""Zalo's limit on how many requests an app may make in a minute."""

from __future__ import annotations

from collections import deque

from tests.standins.shared.clock import Clock

from .refused import Refused

PER_MINUTE = 4_000
MINUTE = 60.0


class Rates:
    """Counts the requests of the last minute of the stand-in's clock."""

    def __init__(self, clock: Clock, per_minute: int = PER_MINUTE) -> None:
        self.per_minute = per_minute
        self._clock = clock
        self._seen: deque[float] = deque()

    def admit(self) -> None:
        """Count one request. Raises -32 when the minute is full."""
        if self.remain <= 0:
            raise Refused(-32)
        self._seen.append(self._clock.seconds())

    @property
    def remain(self) -> int:
        """How many requests are left now."""
        now = self._clock.seconds()
        while self._seen and self._seen[0] <= now - MINUTE:
            self._seen.popleft()
        return max(0, self.per_minute - len(self._seen))

    def headers(self) -> dict[str, str]:
        """The headers that every answer carries."""
        return {"X-RateLimit-Limit": str(self.per_minute), "X-RateLimit-Remain": str(self.remain)}
