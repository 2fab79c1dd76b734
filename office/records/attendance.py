"""The working day of officials: presence by session, corrections asked for afterwards, the day's self-check, and leave."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from office.records.base import Key, Record


class Attendance(Record):
    """That a person came to one session of one day. `late_minutes` is counted against the unit's hours at that moment."""

    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("person_id", "day", "session"), Index("ix_attendance_unit_day", "unit_id", "day"))

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    day: Mapped[dt.date]
    session: Mapped[str] = mapped_column(String(10))
    arrived_at: Mapped[dt.datetime]
    late_minutes: Mapped[int] = mapped_column(default=0)
    late_reason: Mapped[str | None] = mapped_column(String(500))
    left_at: Mapped[dt.datetime | None]
    early_minutes: Mapped[int] = mapped_column(default=0)
    proof: Mapped[str] = mapped_column(String(16), default="self_declared")
    corrected: Mapped[bool] = mapped_column(default=False)
    """The arrival was told afterwards and approved (`AttendanceCorrection`)."""
    left_corrected: Mapped[bool] = mapped_column(default=False)
    """The same of `left_at`."""


_WAITING = text("state = 'waiting'")


class AttendanceCorrection(Record):
    """What an official forgot to tap and asks to have added: when they came (`arrival`) or left (`departure`).

    `minutes` late or early by the unit's hours are fixed when it is asked, so that both sides agree on the same. One waits for a session at a
    time.
    """

    __tablename__ = "attendance_correction"
    __table_args__ = (
        Index(
            "ix_attendance_correction_waiting",
            "person_id",
            "day",
            "session",
            "kind",
            unique=True,
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
        Index("ix_attendance_correction_person_id_made_at", "person_id", "made_at"),
    )

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[str] = mapped_column(String(10))  # arrival | departure
    day: Mapped[dt.date]
    session: Mapped[str] = mapped_column(String(10))
    moment: Mapped[dt.datetime]
    minutes: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(String(300))
    state: Mapped[str] = mapped_column(String(10), default="waiting")  # waiting | approved | refused | withdrawn | overtaken
    made_at: Mapped[dt.datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[dt.datetime | None]
    answer: Mapped[str | None] = mapped_column(String(300))


class SelfCheck(Record):
    """The day's self-check, private to the person; others may count that it was done, never read it."""

    __tablename__ = "self_check"
    __table_args__ = (UniqueConstraint("person_id", "day"), Index("ix_self_check_unit_day", "unit_id", "day"))

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    day: Mapped[dt.date]
    answers: Mapped[dict[str, Any]]
    done_at: Mapped[dt.datetime]


class Leave(Record):
    """Days on which a person is not expected: leave, mission or study. Both days are included."""

    __tablename__ = "leave"

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    first_day: Mapped[dt.date]
    last_day: Mapped[dt.date]
    kind: Mapped[str] = mapped_column(String(16))  # leave | mission | study | sick
    note: Mapped[str | None] = mapped_column(String(300))
