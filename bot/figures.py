"""What an operator sees of the product in `/metrics`: how much is heard and sent, how long it takes, what waits. Never whose, and nothing said."""

from __future__ import annotations

import datetime as dt
import math
import time
from collections.abc import Callable

import structlog
from prometheus_client import Counter, Gauge, Histogram, disable_created_metrics

from bot.delivery.outcome import OUTCOMES, Outcome
from office.database import Database
from office.outbox_upkeep import Waiting, waiting
from talk.talk import without_words

log = structlog.get_logger()

disable_created_metrics()  # type: ignore[no-untyped-call]  # they would give away when exactly the first of a kind came

_LOOK_AGAIN = 5.0
"""Seconds that a look at the outbox is good for, however often the figures are asked for."""

_WAITS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

TURNS = Counter("congvu_turns", "Turns heard; failed: the person was given a reference, or the database was away", ("channel", "outcome"))
TURN_SECONDS = Histogram("congvu_turn_seconds", "Seconds from a turn's arrival until it and its answer were kept", buckets=_WAITS)
SENDS = Counter("congvu_sends", "Messages handed to a channel, by how that ended", ("channel", "outcome"))
DIGESTS = Counter("congvu_digests_sent", "Weekly digests that went out to heads of units")
OUTBOX = Gauge("congvu_outbox_rows", "What is to be said: due now, planned for later, held until the person's next word", ("state",))
OLDEST = Gauge("congvu_outbox_oldest_due_seconds", "Since when the oldest row is due, counted from the full hour; 0 if none is")

_NAMES = {kind: "".join("_" + letter.lower() if letter.isupper() else letter for letter in kind.__name__)[1:] for kind in OUTCOMES}


def turn_heard(channel: str, outcome: str, seconds: float) -> None:
    """A turn is over; `outcome` as in `talk.talk.Heard`."""
    TURNS.labels(channel, outcome).inc()
    TURN_SECONDS.observe(seconds)


def message_sent(channel: str, outcome: Outcome) -> None:
    """A channel was handed one message, and said what became of it."""
    SENDS.labels(channel, _NAMES[type(outcome)]).inc()


class OutboxFigures:
    """Looks at the outbox when the figures are read, and not again for a few seconds."""

    def __init__(self, database: Database, clock: Callable[[], dt.datetime], timer: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._clock = clock
        self._timer = timer
        self._good_until = -math.inf

    async def measure(self) -> None:
        """Bring the gauges up to date; not a number while the database is away."""
        if self._timer() < self._good_until:
            return
        self._good_until = self._timer() + _LOOK_AGAIN
        now = self._clock()
        try:
            async with self._database.reading() as session:
                self._show(await waiting(session, now), now)
        except Exception as fault:
            log.warning("the outbox could not be looked at", **without_words(fault))
            for gauge in (*(OUTBOX.labels(state) for state in ("due", "planned", "held")), OLDEST):
                gauge.set(math.nan)

    def _show(self, found: Waiting, now: dt.datetime) -> None:
        OUTBOX.labels("due").set(found.due)
        OUTBOX.labels("planned").set(found.planned)
        OUTBOX.labels("held").set(found.held)
        OLDEST.set((now - found.oldest).total_seconds() if found.oldest is not None else 0)
