"""Keeps the program's memory together, so that it fits the small machine of a commune.

glibc gives every thread an arena of its own and keeps what was freed for later. One arena, given back early, made `congvu run` with every
channel and a drawn digest 264 MB instead of 355 (docs/decisions/0008-what-a-tap-costs.md); Python's threads hardly ever ask at the same time.
"""

from __future__ import annotations

import ctypes

_ARENA_MAX, _TRIM_THRESHOLD = -8, -1
"""The names of mallopt(3)."""
_GIVEN_BACK_FROM = 8 * 1024 * 1024
"""Bytes at the end of the heap. Far less, and a start takes longer by giving back what it needs again at once."""


def keep_together() -> None:
    """To be called once, before there are threads. Where the C library is not glibc, nothing happens."""
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return
    mallopt(_ARENA_MAX, 1)
    mallopt(_TRIM_THRESHOLD, _GIVEN_BACK_FROM)
