"""On which contact they are now for whom a notice was planned: they may have left its contact in the very moment in which it was planned there.

Then nobody who parted, erased or left could see it, so it is looked at before it is written (docs/decisions/0012).
"""

from __future__ import annotations

import datetime as dt

from office import Session
from office.contacts import reach
from office.outbox import PERSON, REPORTER, Claimed
from office.records import Contact
from office.reporters import home_of_news


async def addressee(session: Session, claimed: Claimed, contact: Contact, now: dt.datetime) -> Contact | None:
    """The contact where the notice belongs: this one, on which it stands, or another; None if it was for an official whom none is left to reach."""
    if claimed.kind == REPORTER:
        return await home_of_news(session, claimed.body["notice"]["case"], contact, now) or contact
    meant_for: int | None = claimed.body.get(PERSON)
    return contact if meant_for in (None, contact.person_id) else await reach(session, meant_for, now)
