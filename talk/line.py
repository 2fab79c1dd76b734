"""What one person writes is heard in the order in which it came, though it comes to several processes: who has to think something over lets go of
the contact meanwhile but stays first in line, and the same person's next words wait behind.

The line stands in the sealed memory, by the marks of the updates. A process that dies leaves a line that runs out.
"""

from __future__ import annotations

import datetime as dt

from talk.memory import Memory
from talk.turn import Turn

RUNS_OUT = dt.timedelta(seconds=30)
"""After the last that was heard of the first in line. Longer than a thought takes, shorter than channels wait for an answer."""

LOOK = 0.2
"""Seconds between looks of those who wait."""
MOST_LOOKS = round(RUNS_OUT.total_seconds() / LOOK)
"""By then the line has run out, whatever the other machine's clock says."""

_SHORT = 700
"""Characters and bytes of memory with which nothing long can come together: a turn may be judged, searched and hidden."""


class Behind(Exception):
    """Somebody's earlier words are still being thought over."""


def may_think_long(turn: Turn, sealed_memory: bytes | None) -> bool:
    """Whether the turn may have much to think over: in its words or files, or in what was written before."""
    return bool(turn.attachments) or len(turn.text) + len(sealed_memory or b"") > _SHORT


def is_next(memory: Memory, key: str, now: dt.datetime) -> bool:
    """Whether the update with this key may be heard now."""
    keys = _keys(memory, now)
    return not keys or keys[0] == key


def stand_in(memory: Memory, key: str, now: dt.datetime) -> None:
    """Keep the place of this update, or take one behind all others."""
    keys = _keys(memory, now)
    keys = keys if key in keys else [*keys, key]
    if keys[0] == key:
        memory.line = {"keys": keys, "until": (now + RUNS_OUT).isoformat()}
    else:
        memory.line = memory.line | {"keys": keys}


def step_out(memory: Memory, key: str, now: dt.datetime) -> None:
    """This update was heard; the next in line has its time from now on."""
    keys = [each for each in _keys(memory, now) if each != key]
    memory.line = {"keys": keys, "until": (now + RUNS_OUT).isoformat()} if keys else {}


def _keys(memory: Memory, now: dt.datetime) -> list[str]:
    if not memory.line or now > dt.datetime.fromisoformat(memory.line["until"]):
        return []
    return list(memory.line["keys"])
