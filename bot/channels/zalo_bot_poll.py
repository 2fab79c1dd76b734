"""Polling where an answer is one update and asking again confirms it: what cannot be kept yet stays with us, and is tried until it is."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

import structlog

from bot.channels.telegram_server import Patience
from bot.channels.zalo_bot_trouble import Trouble
from bot.channels.zalo_bot_turns import Said

log = structlog.get_logger()

MOST = 8
"""Updates in our hands at a time; while so many are not kept, such as when the database is away, we ask for no more."""

_GLANCE = 0.3
"""Seconds after which we ask for more although something is still under way, such as a long story."""

_FAREWELL = 5.0
"""Seconds that updates under way get to be finished when the program stops."""


class Poller:
    """Asks, hands out. Each person has a lane: one update after the other, and one that fails is tried again before those behind it.

    [?] There is no offset, so an answer that is lost may take its update along, and nothing can be asked for again. So we hold few at a
    time, and never hang up on an answer. Who must lose nothing sets PUBLIC_URL: by webhook an update is told until it is kept.
    """

    def __init__(self, ask: Callable[[], Awaitable[Said | None]], take: Callable[[Said], Awaitable[None]], patience: Patience) -> None:
        self._ask = ask
        self._take = take
        self._asking = Trouble(patience)
        self._keeping = Trouble(patience)
        self._lanes: dict[str, deque[Said]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def in_hand(self) -> int:
        """Updates that are not kept yet."""
        return sum(map(len, self._lanes.values()))

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            while self.in_hand >= MOST:
                await asyncio.wait(self._tasks, timeout=_GLANCE, return_when=asyncio.FIRST_COMPLETED)
            try:
                said = await self._ask()
            except Exception as fault:  # Zalo or the road to it may be away; the loop must outlive that
                await asyncio.sleep(self._asking.pause_after(fault))
                continue
            self._asking.over()
            if said is not None:
                self._hand_out(said)
                await asyncio.wait(self._tasks, timeout=_GLANCE)

    async def stop(self) -> None:
        """Let what is in hand be kept, for a few seconds. What then is not is lost, and that is said."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_FAREWELL)
        if self.in_hand:
            log.error("updates not kept are lost; by webhook (PUBLIC_URL) they would come again", count=self.in_hand)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _hand_out(self, said: Said) -> None:
        if (lane := self._lanes.get(said.address)) is not None:
            lane.append(said)
            return
        self._lanes[said.address] = deque([said])
        task = asyncio.create_task(self._work(said.address))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work(self, address: str) -> None:
        lane = self._lanes[address]
        while lane:
            try:
                await self._take(lane[0])
            except Exception as fault:  # the database is away: the update is nowhere but here
                await asyncio.sleep(self._keeping.pause_after(fault))
            else:
                self._keeping.over()
                lane.popleft()
        del self._lanes[address]
