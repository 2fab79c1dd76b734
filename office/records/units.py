"""The units as a tree with dates, their working hours, their days off and worked, and the rules in force."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from office.records.base import Key, Record


class Unit(Record):
    """A public body or a part of one. A unit that merged keeps its row, so that old cases keep their name."""

    __tablename__ = "unit"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))  # province | commune | department | desk
    aliases: Mapped[list[str]] = mapped_column(default=list)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    closed_on: Mapped[dt.date | None]
    sample: Mapped[bool] = mapped_column(default=False)


class UnitParent(Record):
    """That one unit stood under another from a day until before another day."""

    __tablename__ = "unit_parent"

    id: Mapped[Key]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    parent_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    valid_from: Mapped[dt.date]
    valid_to: Mapped[dt.date | None]


class SessionHours(Record):
    """When a session of the working day runs, for a unit and those under it, in a season (`MM-DD`, may wrap over the new year)."""

    __tablename__ = "session_hours"
    __table_args__ = (UniqueConstraint("unit_id", "session", "season_from"),)

    id: Mapped[Key]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    session: Mapped[str] = mapped_column(String(10))  # morning | afternoon
    starts: Mapped[dt.time]
    ends: Mapped[dt.time]
    season_from: Mapped[str] = mapped_column(String(5), default="01-01")
    season_to: Mapped[str] = mapped_column(String(5), default="12-31")


class DayOverride(Record):
    """An official swap or a local day off, over the general calendar. Without a unit it holds for all."""

    __tablename__ = "day_override"
    __table_args__ = (UniqueConstraint("unit_id", "day"),)

    id: Mapped[Key]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    day: Mapped[dt.date] = mapped_column(index=True)
    works: Mapped[bool]
    note: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(String(200))


class Rule(Record):
    """A rule that has a number: its value, where it comes from and since when. The unit's own goes before the general one."""

    __tablename__ = "rule"
    __table_args__ = (UniqueConstraint("code", "unit_id", "in_force_from"),)

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(60))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    value: Mapped[Any] = mapped_column(JSON)
    source: Mapped[str] = mapped_column(String(300))
    in_force_from: Mapped[dt.date]
