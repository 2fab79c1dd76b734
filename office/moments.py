"""Time as the office sees it: moments are kept in UTC, days and hours are those of Vietnam."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def local(moment: dt.datetime) -> dt.datetime:
    """The moment on a clock in Vietnam."""
    return moment.astimezone(VIETNAM)


def today(now: dt.datetime) -> dt.date:
    """The day it is in Vietnam."""
    return local(now).date()


def at(day: dt.date, time: dt.time) -> dt.datetime:
    """That day at that time in Vietnam, as a moment."""
    return dt.datetime.combine(day, time, VIETNAM)


def monday(day: dt.date) -> dt.date:
    """The Monday of the day's week."""
    return day - dt.timedelta(days=day.weekday())


def whole_hour(moment: dt.datetime) -> dt.datetime:
    """The beginning of the hour. What stands beside a contact is kept no finer, or equal times would lead from a case to its reporter."""
    return moment.replace(minute=0, second=0, microsecond=0)


def whole_month(moment: dt.datetime) -> dt.datetime:
    """The beginning of the month (UTC), for what stays beside a contact for months; see `whole_hour`."""
    return whole_day(moment).replace(day=1)


def whole_day(moment: dt.datetime) -> dt.datetime:
    """The beginning of the day (UTC); see `whole_hour`."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
