"""Carries events to the webhook, signed; again after 30 s, 5 min, 15 min, 30 min and 1 h of the clock when it isn't answered in 2 s."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Coroutine

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.standins.telegram.bell import Bell
from tests.standins.telegram.clock import Clock

from .doubts import RETRY_DELAYS
from .faults import Faults, Kind
from .told import Delivery, Event, Outbox

ANSWER_WITHIN = 2.0
UTMOST = ClientTimeout(total=60)  # real seconds, so that a test with a clock that stands still ends at all
Headers = Callable[[Event], dict[str, str]]


class Courier:
    """One task for each event; the first tries within a lane go one after the other, retries beside them."""

    def __init__(self, outbox: Outbox, clock: Clock, bell: Bell, faults: Faults, headers: Headers) -> None:
        self.log: list[Delivery] = []
        self.url = ""
        self._outbox = outbox
        self._clock = clock
        self._bell = bell
        self._faults = faults
        self._headers = headers
        self._lanes: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: ClientSession | None = None

    def start(self) -> None:
        """Begin to watch for events."""
        self._session = ClientSession(timeout=UTMOST)
        self._spawn(self._watch())

    async def stop(self) -> None:
        """End all deliveries. Raises what went wrong in one, apart from the end itself."""
        for task in self._tasks:
            task.cancel()
        results = await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
        for result in results:
            if isinstance(result, Exception):
                raise result

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and task.exception() is None:
            self._tasks.discard(task)

    async def _watch(self) -> None:
        while True:
            while self._outbox.fresh:
                self._spawn(self._carry(self._outbox.fresh.pop(0)))
            await self._bell.wait()

    async def _carry(self, event: Event) -> None:
        async with self._lanes[event.lane]:
            await self._try(event)
        for pause in RETRY_DELAYS:
            if event.taken:
                break
            event.due = self._clock.seconds() + pause
            self._bell.ring()
            await self._clock.sleep(pause)
            event.due = None
            await self._try(event)
        event.lost = not event.taken
        self._bell.ring()

    async def _try(self, event: Event) -> None:
        post = asyncio.create_task(self._post(event))
        limit = asyncio.create_task(self._clock.sleep(ANSWER_WITHIN))
        try:
            await asyncio.wait({post, limit}, return_when=asyncio.FIRST_COMPLETED)
            done = post.result() if post.done() else Delivery(event.name, None, "not answered in time")
        finally:
            for task in (post, limit):
                task.cancel()
            await asyncio.gather(post, limit, return_exceptions=True)
        event.tries.append(done)
        event.taken = not done.problem
        self.log.append(done)
        self._bell.ring()

    async def _post(self, event: Event) -> Delivery:
        fault = self._faults.take("webhook", event.name)
        if fault is not None and fault.kind is Kind.DROP_BEFORE:
            return Delivery(event.name, None, "the connection broke before anything was said")
        if self._session is None:
            raise RuntimeError("not started")
        headers = {"Content-Type": "application/json", **self._headers(event)}
        try:
            async with self._session.post(self.url, data=event.body, headers=headers, allow_redirects=False) as answer:
                await answer.read()
        except (ClientError, TimeoutError) as error:
            return Delivery(event.name, None, type(error).__name__)
        if fault is not None:
            return Delivery(event.name, None, "the answer was lost")
        return Delivery(event.name, answer.status, "" if answer.status == 200 else "not 200")
