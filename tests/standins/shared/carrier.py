"""Carries what happens to a Zalo webhook: in order within a lane, and again when it is not answered with 200 in time."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from aiohttp import ClientError, ClientSession, ClientTimeout

from .bell import Bell
from .clock import Clock
from .faults import Faults, Kind

UTMOST = ClientTimeout(total=60)  # real seconds, so that a test with a clock that stands still ends at all


@dataclass(frozen=True)
class Delivery:
    """One try. `status` is None when there was no answer."""

    name: str
    status: int | None
    problem: str = ""


class Told(Protocol):
    """Something on its way. `due` is when the next try begins (seconds of the clock); None while a try is under way or all is over."""

    lane: str
    tries: list[Delivery]
    due: float | None
    taken: bool
    lost: bool

    @property
    def name(self) -> str: ...


E = TypeVar("E", bound=Told)


class Carrier(ABC, Generic[E]):
    """One task for each event; the first tries within a lane go one after the other, retries beside them."""

    def __init__(self, clock: Clock, bell: Bell, faults: Faults, *, within: float) -> None:
        self.log: list[Delivery] = []
        self._clock = clock
        self._bell = bell
        self._faults = faults
        self._within = within
        self._lanes: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: ClientSession | None = None

    @abstractmethod
    def _next(self) -> E | None:
        """What nobody carries yet, taken out of its queue; None if there is nothing."""

    @abstractmethod
    async def _carry(self, event: E) -> None:
        """Every try, until it is taken or lost."""

    @abstractmethod
    def _envelope(self, event: E) -> tuple[str, bytes, dict[str, str]]:
        """Where it goes, the bytes, and the headers that prove them."""

    def start(self) -> None:
        """Begin to watch."""
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
            while (event := self._next()) is not None:
                self._spawn(self._carry(event))
            await self._bell.wait()

    async def _pause(self, event: E, seconds: float) -> None:
        event.due = self._clock.seconds() + seconds
        self._bell.ring()
        await self._clock.sleep(seconds)
        event.due = None

    async def _try(self, event: E) -> None:
        post = asyncio.create_task(self._post(event))
        limit = asyncio.create_task(self._clock.sleep(self._within))
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

    async def _post(self, event: E) -> Delivery:
        fault = self._faults.take("webhook", event.name)
        if fault is not None and fault.kind is Kind.DROP_BEFORE:
            return Delivery(event.name, None, "the connection broke before anything was said")
        if self._session is None:
            raise RuntimeError("not started")
        target, body, proof = self._envelope(event)
        headers = {"Content-Type": "application/json", **proof}
        try:
            async with self._session.post(target, data=body, headers=headers, allow_redirects=False) as answer:
                await answer.read()
        except (ClientError, TimeoutError) as error:
            return Delivery(event.name, None, type(error).__name__)
        if fault is not None:
            return Delivery(event.name, None, "the answer was lost")
        return Delivery(event.name, answer.status, "" if answer.status == 200 else "not 200")
