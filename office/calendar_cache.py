"""Keeps what the calendar said under its mark, so that the second tap of a unit does not wait for it; a mark never stands for two calendars.

A turn has the mark of the moment when it began (`office.people.meet`) and sees the calendar of that moment, or a newer one if it had to read.
A turn that itself changes the calendar must `note_stamp(session, None)` first, or it would not see its own change; none does so far. Sessions
outside a turn (schedule, command line) have no mark, read each time and keep nothing.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

from sqlalchemy import select

from office import Session
from office.records import CalendarStamp

_PLACE = "calendar_stamp"
_Kept = TypeVar("_Kept")

STAMP_NOW = select(CalendarStamp.stamp).where(CalendarStamp.id == 1).scalar_subquery()
"""The mark in force, to be asked along in another statement; empty if the database has none."""


def note_stamp(session: Session, stamp: str | None) -> None:
    """From here on the session may be told what is kept under this mark."""
    session.info[_PLACE] = stamp


def stamp_of(session: Session) -> str | None:
    """The mark that the session goes by; None: it must read."""
    stamp: str | None = session.info.get(_PLACE)
    return stamp


class Cache(Generic[_Kept]):
    """The values used last, at most `limit` of them. They are shared: nobody may change one."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable) -> _Kept | None:
        """What is kept under the key."""
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def put(self, key: Hashable, value: _Kept) -> None:
        """Keep a value; what was not asked for the longest goes if there are too many."""
        self._kept[key] = value
        self._kept.move_to_end(key)
        if len(self._kept) > self.limit:
            self._kept.popitem(last=False)
