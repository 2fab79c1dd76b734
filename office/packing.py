"""News of one case for its reporter, said together where every message counts: on a channel that limits them (feature T7)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import delete, or_, select

from office import Session
from office.outbox import DOUBT, REPORTER, Claimed
from office.records import OutboxMessage
from office.sending import next_stroke, reopened
from office.unsaid import opened

ANSWER = "case_answered"
_CAN_WAIT = ("case_accepted", "case_closed")
WAITED = "waited"
"""Under the seal of a step that has waited for others once, or for its person: it is said now."""

_WITH = "with"


def can_wait(claimed: Claimed) -> bool:
    """Whether this is a step that may wait for the next one, and has not waited yet."""
    waits = claimed.kind == REPORTER and WAITED not in claimed.body
    return waits and all(notice["kind"] in _CAN_WAIT for notice in notices_of(claimed))


def is_answer(claimed: Claimed) -> bool:
    """Whether this is what the citizen waits for: the last place that a channel leaves is kept for it."""
    return claimed.kind == REPORTER and any(notice["kind"] == ANSWER for notice in notices_of(claimed))


def notices_of(claimed: Claimed) -> list[dict[str, Any]]:
    """The row's notice and those packed with it, in the order of the steps."""
    return sorted([claimed.body["notice"], *claimed.body.get(_WITH, [])], key=lambda each: int(each.get("event", 0)))


async def wait_for_more(session: Session, claimed: Claimed, now: dt.datetime, pause: dt.timedelta) -> None:
    """Put the row off, once: the next step may come, and would cost another message."""
    body = claimed.body | {WAITED: True}
    await reopened(session, claimed, None, body, attempts=claimed.attempts - 1, due_at=next_stroke(now, pause))


async def take_along(session: Session, claimed: Claimed, now: dt.datetime) -> None:
    """Pack into this row all others to the same contact about the same case that nobody has begun to send. Their own rows are over.

    Call where the row's body is kept in the same transaction: whatever becomes of this row, it holds them all.
    """
    unsent = (OutboxMessage.state == "due", OutboxMessage.parts_sent == 0, OutboxMessage.id != claimed.id)
    free = or_(OutboxMessage.lease_until.is_(None), OutboxMessage.lease_until < now)
    wanted = select(OutboxMessage).where(OutboxMessage.contact_id == claimed.contact_id, OutboxMessage.kind == REPORTER, *unsent, free)
    for row in (await session.execute(wanted.with_for_update(skip_locked=True))).scalars().all():
        if (body := await opened(session, row, now)) is None:
            continue
        if body.get("notice", {}).get("case") == claimed.body["notice"]["case"] and DOUBT not in body:
            claimed.body[_WITH] = [*claimed.body.get(_WITH, []), body["notice"], *body.get(_WITH, [])]
            await session.execute(delete(OutboxMessage).where(OutboxMessage.id == row.id))
