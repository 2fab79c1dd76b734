"""The working day of officials: presence by session, the day's self-check, and leave."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
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
