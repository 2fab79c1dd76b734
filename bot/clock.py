"""The one place that asks the machine what time it is. Everything else is told."""

from __future__ import annotations

import datetime as dt


def now() -> dt.datetime:
    """This moment, aware, in UTC."""
    return dt.datetime.now(dt.UTC)
