"""The audit: who looked at or changed what, written in the transaction of the act."""

from __future__ import annotations

import datetime as dt

from office import Session
from office.records import AuditEntry


def note(session: Session, person_id: int | None, action: str, subject: str, now: dt.datetime, reason: str = "") -> None:
    """Write one entry. `person_id` is None for the system itself; `subject` is like `case:17`, never a name."""
    session.add(AuditEntry(at=now, person_id=person_id, action=action, subject=subject, reason=reason[:300]))
