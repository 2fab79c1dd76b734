"""Today at a glance for a unit and all under it: who is in, who came late, who is away, who is not yet seen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from sqlalchemy import select

from office import Session
from office.calendar import WorkSession
from office.moments import local
from office.records import Attendance
from office.roll_up import calendars, subtrees
from office.workforce import people_of, staff_of


@dataclass(frozen=True)
class Seen:
    """One person's arrival at a session."""

    name: str
    at: dt.datetime
    late_minutes: int
    left_at: dt.datetime | None
    corrected: bool = False
    """The arrival was added afterwards, approved by the head; so `left_corrected` the departure."""
    left_corrected: bool = False


@dataclass
class SessionBoard:
    """One session as it begins at one time: who came, whom one still waits for. Units with other hours have their own.

    Names are in the order of the staff list.
    """

    session: str
    starts_at: dt.datetime
    begun: bool
    seen: list[Seen] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def late(self) -> list[Seen]:
        return [each for each in self.seen if each.late_minutes]

    @property
    def corrected(self) -> list[Seen]:
        return [each for each in self.seen if each.corrected]


@dataclass
class Board:
    """The day of a unit: of all who work in it or under it, which is where they check in. Without sessions it is a day off."""

    day: dt.date
    sessions: list[SessionBoard]
    away: list[tuple[str, str]]  # name and kind of leave
    people: int


async def board_of(session: Session, unit_id: int, now: dt.datetime) -> Board:
    """Today's board of the unit and all under it, with the sessions that are open for check-in or have begun."""
    day = local(now).date()
    units = (await subtrees(session, unit_id, day, day))[day]
    staff = await staff_of(session, units, day, day)
    of_units = await calendars(session, units, day, day, rules=("check_in_opens_minutes",))
    wanted = select(Attendance).where(Attendance.person_id.in_(people_of(units, day, day)), Attendance.day == day)
    came = {(row.person_id, row.session): row for row in (await session.execute(wanted)).scalars()}
    board = Board(day, [], [], 0)
    boards: dict[tuple[dt.datetime, str], SessionBoard] = {}
    for person, name in staff.names.items():
        unit = staff.unit_of(person, day)
        if unit is None or unit not in of_units:
            continue
        board.people += 1
        if kind := staff.leave_on(person, day):
            board.away.append((name, kind))
            continue
        opens = dt.timedelta(minutes=int(of_units[unit].number("check_in_opens_minutes")))
        for each in of_units[unit].sessions_on(day):
            if each.starts_at - opens <= now:
                _enter(boards, each, name, came.get((person, each.name)), now)
    board.sessions = [boards[key] for key in sorted(boards)]
    return board


def _enter(
    boards: dict[tuple[dt.datetime, str], SessionBoard], each: WorkSession, name: str, row: Attendance | None, now: dt.datetime
) -> None:
    key = (each.starts_at, each.name)
    on_board = boards.setdefault(key, SessionBoard(each.name, each.starts_at, each.starts_at <= now))
    if row is None:
        on_board.missing.append(name)
    else:
        on_board.seen.append(Seen(name, row.arrived_at, row.late_minutes, row.left_at, row.corrected, row.left_corrected))
