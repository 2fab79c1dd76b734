"""Days and hours as people say them."""

from __future__ import annotations

import datetime as dt

from office.moments import local
from talk.texts import say


def deadline(moment: dt.datetime, *, with_time: bool = True) -> str:
    """«17 giờ, thứ Hai 23/11», or without the hour «thứ Hai 23/11»."""
    here = local(moment)
    day = say("when-day", weekday=say(f"when-weekday-{here.weekday()}"), date=f"{here.day}/{here.month}")
    if not with_time:
        return day
    hour = say("when-hour", hour=here.hour) if here.minute == 0 else say("when-hour-minute", hour=here.hour, minute=f"{here.minute:02d}")
    return say("when-moment", hour=hour, day=day)


def weekday(day: dt.date) -> str:
    """«thứ Hai»."""
    return say(f"when-weekday-{day.weekday()}")


def duration(time: dt.timedelta) -> str:
    """«2 ngày», or «36 giờ» where days do not come out even."""
    hours = round(time.total_seconds() / 3600)
    return say("when-hours", count=hours) if hours % 24 else say("when-days", count=hours // 24)
