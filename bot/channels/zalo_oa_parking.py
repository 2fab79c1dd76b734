"""Messages whose files are still to be fetched: kept at once, so that Zalo has its answer in time, and heard in order when all is here."""

from __future__ import annotations

import asyncio
import json
import secrets
from typing import Any

import structlog

from bot.channels.zalo_oa_events import Said, understand
from bot.channels.zalo_oa_fetch import Fetching
from bot.channels.zalo_oa_server import NAME, ZaloPatience
from office import Session, parked
from office.contacts import was_heard
from office.records import Contact
from talk.talk import Talk, without_words

log = structlog.get_logger()


class Parking:
    """One line for each address. Several processes may work on one database; a line belongs to one of them at a time."""

    def __init__(self, talk: Talk, fetching: Fetching, patience: ZaloPatience) -> None:
        self._talk = talk
        self._fetching = fetching
        self._patience = patience
        self._holder = secrets.token_hex(8)
        self._lines: dict[str, asyncio.Task[None]] = {}
        self._more: set[str] = set()
        self._looking: asyncio.Task[None] | None = None
        self._looked = False

    async def start(self) -> None:
        """Take up what an earlier process left behind, now and from time to time."""
        if self._talk.database.is_sqlite:  # one process alone: whoever held a row before us is dead
            async with self._talk.database.transaction() as session:
                await parked.release_leases(session, NAME)
        await self._look()
        self._looking = asyncio.create_task(self._look_again(), name="zalo parked")

    async def stop(self) -> None:
        """Take up nothing new. What is under way stays parked, free for another process."""
        tasks = [*self._lines.values(), *([self._looking] if self._looking else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        try:
            async with self._talk.database.transaction() as session:
                await parked.release_leases(session, NAME, self._holder)
        except Exception as fault:  # the database is away: the lease runs out by itself
            log.warning("parked messages not given back", **without_words(fault))

    async def drained(self) -> None:
        """Return when nothing is under way in this process."""
        while self._lines:
            await asyncio.gather(*self._lines.values(), return_exceptions=True)

    async def must_wait(self, said: Said) -> bool:
        """Whether this cannot be heard at once: it has files, or something of the same person is still waiting."""
        if said.files or said.address in self._lines:
            return True
        if self._looked and self._talk.database.is_sqlite:
            return False
        async with self._talk.database.reading() as session:
            return await parked.is_anything_parked(session, NAME, said.address)

    async def park(self, said: Said, raw: dict[str, Any]) -> None:
        """Keep it; it will be heard. Raises when the database is away."""
        async with self._talk.database.transaction() as session:
            if await was_heard(session, NAME, said.turn.update_key):
                return
            await parked.park(session, NAME, said.address, said.turn.update_key, raw, self._talk.clock())
        self._take_up(said.address)

    def _take_up(self, address: str) -> None:
        self._more.add(address)  # its line may be looking at this very moment, and may have looked too early
        if address not in self._lines:
            self._lines[address] = asyncio.create_task(self._drain(address), name="zalo line")

    async def _drain(self, address: str) -> None:
        try:
            while address in self._more:
                self._more.discard(address)
                while await self._hear_oldest(address):
                    pass
        except Exception as fault:  # the database is away; the look from time to time takes it up again
            log.error("parked message not heard yet", **without_words(fault))
        finally:
            del self._lines[address]

    async def _hear_oldest(self, address: str) -> bool:
        async with self._talk.in_order(NAME, address):
            async with self._talk.database.transaction() as session:
                oldest = await parked.take_up(session, NAME, address, self._holder, self._talk.clock())
            if oldest is None:
                return False
            said = understand(oldest.body, json.dumps(oldest.body).encode()) if isinstance(oldest.body, dict) else None
            if isinstance(said, Said):
                turn = (await self._fetching.complete(said)).model_copy(update={"update_key": oldest.update_key})

                async def beside(session: Session, _contact: Contact) -> None:
                    await parked.heard(session, oldest.id)

                heard = await self._talk.hear(turn, beside=beside)
                if heard.outcome != "repeated":
                    return True
            async with self._talk.database.transaction() as session:
                await parked.heard(session, oldest.id)
        return True

    async def _look(self) -> None:
        async with self._talk.database.reading() as session:
            waiting = await parked.left_behind(session, NAME, self._talk.clock())
        for address in waiting:
            self._take_up(address)
        self._looked = True

    async def _look_again(self) -> None:
        while True:
            await asyncio.sleep(self._patience.recover)
            try:
                await self._look()
            except Exception as fault:  # the database may be away for a while
                log.warning("parked messages not looked up", **without_words(fault))
