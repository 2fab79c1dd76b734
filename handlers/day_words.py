"""Days and clock times in the official's conversations: «07:28», «thứ Hai 23/11»."""

from __future__ import annotations

import datetime as dt

from handlers.when import weekday
from office.moments import local
from talk.texts import say


def clock(moment: dt.datetime) -> str:
    """«07:28», as a clock in Vietnam shows the moment."""
    return f"{local(moment):%H:%M}"


def day_said(day: dt.date) -> str:
    """«thứ Hai 23/11»."""
    return say("when-day", weekday=weekday(day), date=f"{day.day}/{day.month}")


def picked_day(text: str) -> dt.date | None:
    """The day in a button's data; None where there is none that can be read."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
