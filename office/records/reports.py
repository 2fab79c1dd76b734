"""What the office made of its records: the weekly digests, who read them, and the audit of who did what."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from office.records.base import Key, Record


class Digest(Record):
    """The figures of one unit for one week (Monday to Sunday), fixed when they were first made."""

    __tablename__ = "digest"
    __table_args__ = (UniqueConstraint("unit_id", "week_start"),)

    id: Mapped[Key]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    week_start: Mapped[dt.date]
    figures: Mapped[dict[str, Any]]
    made_at: Mapped[dt.datetime]


class DigestReading(Record):
    """That a head said "đã xem" to a digest."""

    __tablename__ = "digest_reading"

    digest_id: Mapped[int] = mapped_column(ForeignKey("digest.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    seen_at: Mapped[dt.datetime]


class AuditEntry(Record):
    """Who looked at or changed what, and why. Written in the transaction of the act itself; never changed."""

    __tablename__ = "audit_entry"

    id: Mapped[Key]
    at: Mapped[dt.datetime] = mapped_column(index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(60), index=True)
    reason: Mapped[str] = mapped_column(String(300), default="")
