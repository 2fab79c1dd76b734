"""Makes the weekly digests whose time has come: counts, draws the chart outside any transaction, then keeps and plans in one."""

from __future__ import annotations

import asyncio
import datetime as dt

import structlog

from handlers.digest_words import chart_of
from office.database import Database
from office.digest import keep_digest, kept_digest
from office.digest_chart import draw
from office.digest_due import DueDigest, due_digests, plan_digest
from office.digest_figures import Figures, figures_of
from talk.talk import without_words

log = structlog.get_logger()


class Digests:
    """Plans digests; remembers which it planned, so that a tick with nothing new costs one look."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._done: set[tuple[int, dt.date]] = set()

    async def plan(self, now: dt.datetime) -> int:
        """Plan all digests due at `now`. Returns how many notices were planned."""
        async with self._database.reading() as session:
            all_due = await due_digests(session, now)
        self._done &= {(each.unit_id, each.week_start) for each in all_due}  # those of earlier weeks are never asked for again
        due = [each for each in all_due if (each.unit_id, each.week_start) not in self._done]
        planned = 0
        for each in due:
            try:
                planned += await self._plan_one(each, now)
            except Exception as fault:  # one unit's trouble must not keep the other heads from their digest; the next tick tries again
                log.error("digest failed", unit=each.unit_id, **without_words(fault))
                continue
            self._done.add((each.unit_id, each.week_start))
        return planned

    async def _plan_one(self, due: DueDigest, now: dt.datetime) -> int:
        async with self._database.reading() as session:
            kept = await kept_digest(session, due.unit_id, due.week_start)
            figures = None if kept else await figures_of(session, due.unit_id, due.week_start, now)
        chart = await drawn(figures) if figures else None
        async with self._database.transaction() as session:
            digest = kept or await keep_digest(session, figures, chart, now)  # type: ignore[arg-type]  # one of the two is there
            return await plan_digest(session, digest, due.say_at, now)


async def drawn(figures: Figures) -> bytes | None:
    """The chart as PNG, drawn in a thread; None for a quiet week, which needs no picture."""
    return None if figures.is_quiet else await asyncio.to_thread(draw, chart_of(figures))
