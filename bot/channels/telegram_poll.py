"""Long polling that confirms an update only after what it says is kept: what fails comes again, and nobody else waits for it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from enum import Enum

from bot.channels.telegram_trouble import Trouble
from bot.channels.telegram_turns import Left, Said

BATCH = 100
"""Updates in one answer of `getUpdates`, at most."""

_GLANCE = 0.3
"""Seconds after which we ask for more although something of the last batch is still under way, such as a large file."""

_FAREWELL = 5.0
"""Seconds that updates under way get to be finished when the program stops."""

Happened = Said | Left | None
Batch = Sequence[tuple[int, Happened]]
"""Updates by number, in order. None: nothing for us, confirmed with the rest."""


class _State(Enum):
    UNDER_WAY = 1
    DONE = 2
    AGAIN = 3


class Ledger:
    """Which updates are under way, done, or to come again; from it follows what may be confirmed.

    Telegram forgets all updates below the offset that we ask from, and gives again those from it on.
    """

    def __init__(self) -> None:
        self._states: dict[int, _State] = {}

    @property
    def offset(self) -> int | None:
        """The first update not done; after the last one if all are; None if none is known."""
        waiting = [number for number, state in self._states.items() if state is not _State.DONE]
        if waiting:
            return min(waiting)
        return max(self._states) + 1 if self._states else None

    def receive(self, numbers: Sequence[int], offset: int | None) -> set[int]:
        """What of an answer to `offset` is to be done now: not what is under way or done already."""
        here = set(numbers)
        horizon = max(numbers) if len(numbers) >= BATCH else float("inf")
        for number, state in list(self._states.items()):
            confirmed = offset is not None and number < offset
            expired = state is _State.AGAIN and number <= horizon and number not in here
            if confirmed or expired:
                del self._states[number]
        fresh = {number for number in here if self._states.get(number, _State.AGAIN) is _State.AGAIN}
        self._states |= dict.fromkeys(fresh, _State.UNDER_WAY)
        return fresh

    def done(self, number: int) -> None:
        """What it says is kept."""
        self._states[number] = _State.DONE

    def again(self, number: int) -> None:
        """It could not be kept, or its turn did not come: Telegram shall give it again."""
        self._states[number] = _State.AGAIN


class Poller:
    """Asks, hands out, confirms. Each chat has a lane: one update after the other, and when one fails, those behind it come again too."""

    def __init__(
        self,
        ask: Callable[[int | None], Awaitable[Batch]],
        take: Callable[[Said | Left], Awaitable[None]],
        trouble: Trouble,
    ) -> None:
        self._ask = ask
        self._take = take
        self._trouble = trouble
        self._ledger = Ledger()
        self._lanes: dict[str, deque[tuple[int, Said | Left]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._fault: Exception | None = None

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            offset = self._ledger.offset
            try:
                self._hand_out(await self._ask(offset), offset)
                await self._settle()
            except Exception as fault:  # Telegram, the road to it or the database may be away; the loop must outlive that
                await asyncio.sleep(self._trouble.pause_after(fault))
            else:
                self._trouble.over()

    async def stop(self) -> None:
        """Let what is under way be finished, for a few seconds; what is not comes again at the next start."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_FAREWELL)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _hand_out(self, batch: Batch, offset: int | None) -> None:
        fresh = self._ledger.receive([number for number, _ in batch], offset)
        for number, happened in batch:
            if number not in fresh:
                continue
            if happened is None:
                self._ledger.done(number)
            elif (lane := self._lanes.get(happened.address)) is not None:
                lane.append((number, happened))
            else:
                self._open_lane(happened.address, number, happened)

    def _open_lane(self, address: str, number: int, happened: Said | Left) -> None:
        self._lanes[address] = deque([(number, happened)])
        task = asyncio.create_task(self._work(address))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work(self, address: str) -> None:
        lane = self._lanes[address]
        try:
            while lane:
                number, happened = lane[0]
                await self._take(happened)
                self._ledger.done(number)
                lane.popleft()
        except Exception as fault:
            self._fault = fault
        finally:
            for number, _ in lane:
                self._ledger.again(number)
            del self._lanes[address]

    async def _settle(self) -> None:
        """Wait for the batch, but not long for a slow one. Raises what kept an update from being kept."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_GLANCE)
        fault, self._fault = self._fault, None
        if fault is not None:
            raise fault
