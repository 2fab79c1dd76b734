"""The browser chat as a channel. Sending is adding a bubble, and a bubble stands once: a repeat is dropped by its mark."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
from collections.abc import AsyncIterator, Callable

import structlog

from bot.channels.base import Parcel
from bot.delivery.outcome import Outcome, Sent
from office.contacts import contact_by_id
from office.database import Database
from office.transcript import Bubble, add_bubble, bubbles_after, newest_bubbles
from talk.fit import Limits
from talk.talk import without_words

log = structlog.get_logger()

_LOOK = 0.5
"""Seconds between looks for bubbles that another process wrote; one look for all open pages of this process."""

_HEARTBEAT = 15.0
"""Seconds after which a page that heard nothing is shown that we live, and looks once by itself."""


class BrowserChannel:
    """Conversations in a browser, kept in our own database."""

    name = "browser"
    limits = Limits(text=8_000, caption=8_000, buttons=100)
    drops_repeats = True
    window: dt.timedelta | None = None
    staff_window: dt.timedelta | None = None
    free: dt.timedelta | None = None
    gathers = dt.timedelta(0)

    def __init__(self, database: Database, clock: Callable[[], dt.datetime]) -> None:
        self._database = database
        self._clock = clock
        self._watchers: dict[int, set[asyncio.Event]] = {}

    async def knock(self, address: str) -> Outcome | None:
        """No need: the channel takes messages at any time."""
        return None

    async def send(self, parcel: Parcel) -> Outcome:
        async with self._database.transaction() as session:
            await contact_by_id(session, parcel.contact_id)  # the lock makes bubbles visible in the order of their numbers
            await add_bubble(session, parcel.contact_id, parcel.mark, parcel.reply.to_json(), self._clock(), mine=False)
        self.stir(parcel.contact_id)
        return Sent()

    def stir(self, contact_id: int) -> None:
        """There is something new for the pages of this contact."""
        for watcher in self._watchers.get(contact_id, ()):
            watcher.set()

    async def watch(self) -> None:
        """Stir the pages for which another process wrote something; for PostgreSQL, until cancelled."""
        seen: dict[int, int] = {}
        while True:
            await asyncio.sleep(_LOOK)
            if not self._watchers:
                continue
            try:
                async with self._database.reading() as session:
                    newest = await newest_bubbles(session, [*self._watchers])
            except Exception as fault:  # the database may be away for a while; pages look by themselves meanwhile
                log.warning("browser watch failed", **without_words(fault))
                continue
            for contact_id, seq in newest.items():
                if seen.get(contact_id) != seq:
                    self.stir(contact_id)
            seen = newest

    async def follow(self, contact_id: int, seq: int) -> AsyncIterator[list[Bubble]]:
        """The bubbles after `seq` as they come, for as long as the page stays open; an empty list now and then shows that we live."""
        stirred = asyncio.Event()
        self._watchers.setdefault(contact_id, set()).add(stirred)
        try:
            while True:
                stirred.clear()
                async with self._database.reading() as session:
                    fresh = await bubbles_after(session, contact_id, seq)
                if fresh:
                    seq = fresh[-1].seq
                yield fresh
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(_HEARTBEAT):  # not wait_for: on Python 3.11 it can swallow a cancellation
                        await stirred.wait()
        finally:
            self._watchers[contact_id].discard(stirred)
            if not self._watchers[contact_id]:
                del self._watchers[contact_id]
