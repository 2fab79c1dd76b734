"""What those who run the system must know at once is told to its administrators, on a channel that works."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select

from office import Session
from office.moments import today
from office.outbox import plan_notice
from office.people import Role, held_on
from office.records import Contact, Post


async def tell_administrators(session: Session, key: str, kind: str, args: dict[str, Any], now: dt.datetime, *, not_by: str) -> int:
    """Plan a notice for everybody who administers today, on the contact that last worked but none of the channel `not_by`.

    Each is told once for a `key`. Returns how many were planned now.
    """
    wanted = (
        select(Contact)
        .join(Post, Post.person_id == Contact.person_id)
        .where(Post.role == Role.ADMIN, *held_on(today(now)), Contact.channel != not_by, Contact.gone_at.is_(None))
        .order_by(Contact.failing, Contact.heard_at.desc(), Contact.id)
    )
    best: dict[int | None, Contact] = {}
    for contact in (await session.execute(wanted)).scalars():
        best.setdefault(contact.person_id, contact)
    planned = 0
    for person, contact in best.items():
        planned += await plan_notice(session, f"{key}:person-{person}", contact, kind, args, now)
    return planned
