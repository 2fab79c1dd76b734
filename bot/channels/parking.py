"""What a webhook must confirm within two seconds, though its files are still to be fetched or somebody thinks it over for longer: kept at once,
confirmed, and heard in the order in which it came."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from typing import Any, Generic, Protocol, TypeVar

import structlog

from office import Session, parked
from office.contacts import was_heard
from talk.talk import Talk, without_words

log = structlog.get_logger()

IN_TIME = 1.2
"""Seconds after which an update that is not heard yet is kept instead. Zalo waits for 2; the rest is for keeping it, and for the road."""

RECOVER = 20.0
"""Seconds between looks for what another process has left behind."""

_FAREWELL = 5.0
"""Seconds that updates under way get to be heard when the program stops."""


class Told(Protocol):
    """What a channel was told: by whom, under which mark, and whether something must be fetched before it can be heard."""

    @property
    def address(self) -> str: ...
    @property
    def update_key(self) -> str: ...
    @property
    def waits(self) -> bool: ...


Forget = Callable[[Session], Awaitable[None]]
"""To be called in the transaction that hears an update: it need not be kept any longer."""

T = TypeVar("T", bound=Told)
Take = Callable[[T, str, Forget], Awaitable[None]]
"""Hears an update under this mark. Returns when it is heard, or was before; raises when the database is away."""


class _UnderWay(Generic[T]):
    """An update that is being heard, or will be as soon as it is its turn."""

    def __init__(self, told: T, raw: Any) -> None:
        self.told = told
        self.raw = raw
        self.is_parked = False
        self.in_hand = False
        self.task: asyncio.Task[None]


class Parking(Generic[T]):
    """One line for each address. Several processes may work on one database; a line belongs to one of them at a time.

    `understand` reads what was kept, `take` hears it.
    """

    def __init__(
        self,
        talk: Talk,
        channel: str,
        understand: Callable[[Any], T | None],
        take: Take[T],
        *,
        in_time: float = IN_TIME,
        recover: float = RECOVER,
    ) -> None:
        self._talk = talk
        self._channel = channel
        self._understand = understand
        self._take = take
        self.in_time = in_time
        self._recover = recover
        self._holder = secrets.token_hex(8)
        self._under_way: dict[str, dict[str, _UnderWay[T]]] = {}
        self._keeping: set[asyncio.Task[None]] = set()
        self._lines: dict[str, asyncio.Task[None]] = {}
        self._more: set[str] = set()
        self._looking: asyncio.Task[None] | None = None
        self._looked = False
        """Whether all that is kept is in our lines, or under way: then nobody need ask the database of one process alone."""
        self._stopping = False

    async def start(self) -> None:
        """Take up what an earlier process left behind, now and from time to time."""
        if self._talk.database.is_sqlite:  # one process alone: whoever held a row before us is dead
            async with self._talk.database.transaction() as session:
                await parked.release_leases(session, self._channel)
        await self.look()
        self._looking = asyncio.create_task(self._look_again(), name="parked")

    async def stop(self) -> None:
        """Take up nothing new. What cannot be heard soon stays parked, free for another process; or was not confirmed, and comes again."""
        self._stopping = True
        if tasks := self._tasks():
            await asyncio.wait(tasks, timeout=_FAREWELL)
        left = [*self._tasks(), *self._lines.values(), *([self._looking] if self._looking else [])]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        try:
            async with self._talk.database.transaction() as session:
                await parked.release_leases(session, self._channel, self._holder)
        except Exception as fault:  # the database is away: the lease runs out by itself
            log.warning("parked messages not given back", **without_words(fault))

    async def drained(self) -> None:
        """Return when nothing is under way in this process."""
        while tasks := [*self._tasks(), *self._lines.values()]:
            await asyncio.gather(*tasks, return_exceptions=True)

    async def hear(self, told: T, raw: Any) -> None:
        """Returns when it is heard, or kept and will be heard, whoever waits for that. Raises when the database is away."""
        one = self._under_way.get(told.address, {}).get(told.update_key) or self._begin(told, raw)
        await asyncio.wait({one.task}, timeout=self.in_time)
        if one.task.cancelled():
            raise ConnectionAbortedError("the program stops")
        if one.task.done():
            one.task.result()
            return
        keeping = asyncio.create_task(self._park(told.address, self._all_of(told.address)), name="parks")
        self._keeping.add(keeping)
        keeping.add_done_callback(self._kept)
        await asyncio.shield(keeping)

    def _begin(self, told: T, raw: Any) -> _UnderWay[T]:
        one = _UnderWay(told, raw)
        one.task = asyncio.create_task(self._hear(one), name="hears")
        self._under_way.setdefault(told.address, {})[told.update_key] = one
        one.task.add_done_callback(lambda _: self._ended(one))
        return one

    async def _hear(self, one: _UnderWay[T]) -> None:
        """Hear it in its turn; or keep it, and leave it to the line of those kept, which hears them in order, also after a fault."""
        if not self._is_behind(one):
            one.in_hand = True
            async with self._talk.in_order(
                self._channel, one.told.address
            ):  # asked for before anything is waited for: nobody comes between
                if await self._may_be_next(one):
                    await self._take(one.told, one.told.update_key, self._forget(one))
                    return
        await self._park(one.told.address, self._all_of(one.told.address))

    def _forget(self, one: _UnderWay[T]) -> Forget:
        async def forget(session: Session) -> None:
            if one.is_parked:
                await parked.heard(session, self._channel, one.told.update_key)

        return forget

    def _ended(self, one: _UnderWay[T]) -> None:
        address = one.told.address
        del self._under_way[address][one.told.update_key]
        if not self._under_way[address]:
            del self._under_way[address]
        if one.is_parked:
            self._take_up(address)  # what came behind it, and itself if it could not be heard
        if not one.task.cancelled() and (fault := one.task.exception()) and one.is_parked:
            log.error("parked message not heard yet", **without_words(fault))

    def _kept(self, keeping: asyncio.Task[None]) -> None:
        self._keeping.discard(keeping)
        if not keeping.cancelled():
            keeping.exception()  # whoever waited has it; Zalo may have stopped waiting

    def _is_behind(self, one: _UnderWay[T]) -> bool:
        """Whether this cannot be heard at once: it has files, or something of the same person is kept and still to be heard."""
        address = one.told.address
        return one.told.waits or address in self._lines or any(each.is_parked for each in self._under_way[address].values())

    async def _may_be_next(self, one: _UnderWay[T]) -> bool:
        """Whether nothing of the same person was kept before it, here or by another process; nor was it kept itself while it waited."""
        if not (one.is_parked or (self._looked and self._talk.database.is_sqlite)):
            async with self._talk.database.glance() as session:
                is_behind = await parked.is_anything_parked(session, self._channel, one.told.address)
            if is_behind and not one.is_parked:
                for each in self._under_way[one.told.address].values():
                    each.in_hand = False  # whoever has in hand what was kept before goes on with all of them
                return False
        return not one.is_parked

    def _all_of(self, address: str) -> list[_UnderWay[T]]:
        """All that is under way of this person, in the order in which it came; from now on what comes behind it waits."""
        ones = list(self._under_way.get(address, {}).values())
        for one in ones:
            one.is_parked = True
        return ones

    async def _park(self, address: str, ones: list[_UnderWay[T]]) -> None:
        """Keep them. Raises when the database is away.

        What is being heard, or next to be, is leased to us: another process that goes on with the rest must not hear it beside us.
        """
        async with self._talk.in_order(f"{self._channel} parked", address), self._talk.database.transaction() as session:
            for one in ones:
                key, holder = one.told.update_key, self._holder if one.in_hand else None
                if not await was_heard(session, self._channel, key):
                    await parked.park(session, self._channel, address, key, one.raw, self._talk.clock(), holder)
        if any(one.task.done() for one in ones):  # its end came before it was kept, and found nothing to take up
            self._take_up(address)

    def _take_up(self, address: str) -> None:
        if self._stopping:
            return
        self._more.add(address)  # its line may be looking at this very moment, and may have looked too early
        if address not in self._lines:
            self._lines[address] = asyncio.create_task(self._drain(address), name="parked line")

    async def _drain(self, address: str) -> None:
        try:
            while address in self._more:
                self._more.discard(address)
                while await self._hear_oldest(address):
                    pass
        except Exception as fault:  # the database is away; the next word or the look from time to time takes it up again
            self._looked = False  # till then nobody knows without asking whether something is kept
            log.error("parked message not heard yet", **without_words(fault))
        finally:
            del self._lines[address]

    async def _hear_oldest(self, address: str) -> bool:
        async with self._talk.in_order(self._channel, address):
            async with self._talk.database.transaction() as session:
                oldest = await parked.take_up(session, self._channel, address, self._holder, self._talk.clock())
            if oldest is None:
                return False
            is_forgotten = False

            async def forget(session: Session) -> None:
                nonlocal is_forgotten
                await parked.heard(session, self._channel, oldest.update_key)
                is_forgotten = True

            told = self._understand(oldest.body) if oldest.body is not None else None
            if told is not None:
                await self._take(told, oldest.update_key, forget)
            if not is_forgotten:
                async with self._talk.database.transaction() as session:
                    await forget(session)
        return True

    async def look(self) -> None:
        """Take up what no other process has in hand: what is ours, too, for it may have failed."""
        async with self._talk.database.reading() as session:
            waiting = await parked.left_behind(session, self._channel, self._holder, self._talk.clock())
        for address in waiting:
            self._take_up(address)
        self._looked = True

    async def _look_again(self) -> None:
        while True:
            await asyncio.sleep(self._recover)
            try:
                await self.look()
            except Exception as fault:  # the database may be away for a while
                log.warning("parked messages not looked up", **without_words(fault))

    def _tasks(self) -> list[asyncio.Task[None]]:
        return [*self._keeping, *(one.task for ones in self._under_way.values() for one in ones.values())]
