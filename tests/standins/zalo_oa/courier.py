"""Carries events to the webhook, signed; again after 30 s, 5 min, 15 min, 30 min and 1 h of the clock when it isn't answered in 2 s."""

from __future__ import annotations

from collections.abc import Callable

from tests.standins.shared.bell import Bell
from tests.standins.shared.carrier import Carrier
from tests.standins.shared.clock import Clock
from tests.standins.shared.faults import Faults

from .doubts import RETRY_DELAYS
from .told import Event, Outbox

ANSWER_WITHIN = 2.0
Headers = Callable[[Event], dict[str, str]]


class Courier(Carrier[Event]):
    """Tells the address of the developers' page; without one nothing is told."""

    def __init__(self, outbox: Outbox, clock: Clock, bell: Bell, faults: Faults, headers: Headers) -> None:
        super().__init__(clock, bell, faults, within=ANSWER_WITHIN)
        self.url = ""
        self._outbox = outbox
        self._headers = headers

    def _next(self) -> Event | None:
        return self._outbox.fresh.pop(0) if self._outbox.fresh else None

    async def _carry(self, event: Event) -> None:
        async with self._lanes[event.lane]:
            await self._try(event)
        for pause in RETRY_DELAYS:
            if event.taken:
                break
            await self._pause(event, pause)
            await self._try(event)
        event.lost = not event.taken
        self._bell.ring()

    def _envelope(self, event: Event) -> tuple[str, bytes, dict[str, str]]:
        return self.url, event.body, self._headers(event)
