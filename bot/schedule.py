"""The clock that ticks: every half minute it lets the office plan what is due, and once a day it tidies up. Rules get the time from here."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Mapping, Sequence

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.digests import Digests
from office.contacts import forget_old_claims, forget_silent
from office.database import Database
from office.files import forget_unused
from office.mingling import mingle
from office.moments import today
from office.nudges import plan_nudges
from office.outbox_upkeep import forget_ended, forget_held, give_up_waiting
from office.parties import forget_codes
from office.reminders import Reminders
from talk.talk import without_words

log = structlog.get_logger()

TICK = 30
"""Seconds. A reminder is at most so late; nobody notices."""

_KEEP_ENDED = dt.timedelta(days=60)
_KEEP_CLAIMS = dt.timedelta(days=30)
_KEEP_SILENT = dt.timedelta(days=30)
_KEEP_UNUSED_FILES = dt.timedelta(days=90)
"""Longer than any half-written complaint is taken up again."""
_MINGLE = dt.timedelta(days=2)
"""A day on which it failed is made up for on the next."""
_KEEP_WAITING = dt.timedelta(days=60)
"""So long what is to be said waits for a channel that is switched off."""
_KEEP_HELD = dt.timedelta(days=180)
"""So long it waits for a person who has gone silent; the case itself can be followed by its code."""


class Schedule:
    """Ticks while started. Any number may tick on one database: each thing is planned under one key."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], dt.datetime],
        *,
        wake: Callable[[], None] = lambda: None,
        upkeep: Sequence[Callable[[], Awaitable[object]]] = (),
        windows: Mapping[str, dt.timedelta] | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._wake = wake
        self._upkeep = tuple(upkeep)
        self._windows = dict(windows or {})
        self._digests = Digests(database)
        self._reminders = Reminders()
        self._tidied: dt.date | None = None
        self._scheduler: AsyncIOScheduler | None = None
        self._ticking = asyncio.Lock()

    def start(self) -> None:
        """Begin to tick; a tick that takes too long is followed by one, not by many."""
        self._scheduler = AsyncIOScheduler(timezone=dt.UTC)
        self._scheduler.add_job(
            self._tick_now, "interval", seconds=TICK, next_run_time=dt.datetime.now(dt.UTC), coalesce=True, max_instances=1
        )
        self._scheduler.start()

    async def stop(self) -> None:
        """Tick no more; a tick under way is let finish."""
        if self._scheduler is None:
            return
        self._scheduler.pause()
        async with self._ticking:
            self._scheduler.shutdown(wait=False)

    async def _tick_now(self) -> None:
        await self.tick(self._clock())

    async def tick(self, now: dt.datetime) -> None:
        """Plan what is due. What fails is logged; the rest and the next tick go on."""
        async with self._ticking:
            for work in (self._remind, self._digest, self._nudge, self._keep_up, self._tidy):
                await self._try(work, now)
        self._wake()

    async def _try(self, work: Callable[[dt.datetime], Awaitable[None]], now: dt.datetime) -> None:
        try:
            await work(now)
        except Exception as fault:  # the database may be away, one unit's tables may be wrong: tomorrow's tick must come
            log.error("tick failed", work=work.__name__.strip("_"), **without_words(fault))

    async def _remind(self, now: dt.datetime) -> None:
        async with self._database.transaction() as session:
            remember = await self._reminders.plan(session, now)
        remember()

    async def _digest(self, now: dt.datetime) -> None:
        await self._digests.plan(now)

    async def _nudge(self, now: dt.datetime) -> None:
        if self._windows:
            async with self._database.transaction() as session:
                await plan_nudges(session, self._windows, now)

    async def _keep_up(self, _now: dt.datetime) -> None:
        """What channels need to stay able to speak."""
        for work in self._upkeep:
            await work()

    async def _tidy(self, now: dt.datetime) -> None:
        if self._tidied == today(now):  # soon after midnight in Vietnam, when hardly anybody writes
            return
        async with self._database.transaction() as session:
            await forget_ended(session, now - _KEEP_ENDED)
            await forget_old_claims(session, now - _KEEP_CLAIMS)
            await forget_unused(session, now - _KEEP_UNUSED_FILES)
            await forget_silent(session, now - _KEEP_SILENT)
            await give_up_waiting(session, now - _KEEP_WAITING, now)
            await forget_codes(session, now)
            await forget_held(session, now - _KEEP_HELD, now)
        async with self._database.transaction() as session:
            await mingle(session, now - _MINGLE)
        self._tidied = today(now)
