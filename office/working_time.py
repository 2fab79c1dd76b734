"""When a deadline is near, in working hours: a warning on Friday evening for Monday morning would help nobody."""

from __future__ import annotations

import datetime as dt

from office.calendar import UnitCalendar
from office.moments import local


def warn_from(calendar: UnitCalendar, since: dt.datetime, due: dt.datetime) -> dt.datetime:
    """From when one should be warned of a deadline: so many working hours before it (rule `deadline_warning_hours`), but not in the first
    half of the time given, or a short deadline would be "near" at once.

    The calendar must have been read from the day on which one asks: what lies before that day counts as warned already.
    """
    return max(_hours_before(calendar, due, float(calendar.number("deadline_warning_hours"))), since + (due - since) / 2)


def is_near(calendar: UnitCalendar, since: dt.datetime, due: dt.datetime, now: dt.datetime) -> bool:
    """Whether the deadline is still ahead and the warning is due; `since` is when its time began."""
    return warn_from(calendar, since, due) <= now < due


def _hours_before(calendar: UnitCalendar, due: dt.datetime, hours: float) -> dt.datetime:
    """The moment before `due` from which so many working hours remain; looks back at most ten days."""
    rest = dt.timedelta(hours=hours)
    day = local(due).date()
    for _ in range(10):
        for session in reversed(calendar.sessions_on(day)):
            ends = min(session.ends_at, due)
            if ends - rest >= session.starts_at:
                return ends - rest
            rest -= max(dt.timedelta(), ends - session.starts_at)
        day -= dt.timedelta(days=1)
    return due - dt.timedelta(days=10)
