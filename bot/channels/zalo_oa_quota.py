"""Shows an operator what Zalo last said the Official Account may still send."""

from __future__ import annotations

import math

import structlog
from prometheus_client import Gauge

from bot.channels.zalo_oa_server import NAME
from office.channel_quota import quota_of
from office.database import Database
from talk.talk import without_words

log = structlog.get_logger()

LEFT = Gauge("congvu_zalo_oa_quota_left", "Messages that Zalo last said the Official Account has left; not a number if it never said")


class QuotaFigure:
    """Looks in the database, so every process shows the same."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def measure(self) -> None:
        """Bring the gauge up to date; not a number while the database is away."""
        try:
            async with self._database.reading() as session:
                known = await quota_of(session, NAME)
        except Exception as fault:
            log.warning("the quota could not be looked at", **without_words(fault))
            known = None
        LEFT.set(math.nan if known is None else known.left)
