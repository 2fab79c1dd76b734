"""News of one case for its reporter, said together where every message counts: on a channel that limits them (feature T7)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlalchemy import delete, or_, select

from office import Session
from office.outbox import REPORTER, Claimed, reopened
from office.records import OutboxMessage
from office.vault import vault_of

ANSWER = "case_answered"
_CAN_WAIT = ("case_accepted", "case_closed")
_WAITED = "waited"


def can_wait(claimed: Claimed) -> bool:
    """Whether this is a step that may wait for the next one, and has not waited yet."""
    return claimed.kind == REPORTER and claimed.body["notice"]["kind"] in _CAN_WAIT and _WAITED not in claimed.body


def is_answer(claimed: Claimed) -> bool:
    """Whether this is what the citizen waits for: the last place that a channel leaves is kept for it."""
    return claimed.kind == REPORTER and claimed.body["notice"]["kind"] == ANSWER


async def wait_for_more(session: Session, claimed: Claimed, until: dt.datetime) -> None:
    """Put the row off, once: the next step may come, and would cost another message."""
    body = vault_of(session).seal(claimed.body | {_WAITED: True}, "outbox")
    await reopened(session, claimed, "more may come", attempts=claimed.attempts - 1, due_at=until, body=body)


async def taken_along(session: Session, claimed: Claimed, now: dt.datetime) -> list[Claimed]:
    """This row and all others to the same contact about the same case that nobody has begun to send, in the order of the steps.

    The others have ended: they are said with this one.
    """
    unsent = (OutboxMessage.state == "due", OutboxMessage.parts_sent == 0, OutboxMessage.id != claimed.id)
    free = or_(OutboxMessage.lease_until.is_(None), OutboxMessage.lease_until < now)
    wanted = select(OutboxMessage).where(OutboxMessage.contact_id == claimed.contact_id, OutboxMessage.kind == REPORTER, *unsent, free)
    packed = [claimed]
    for row in (await session.execute(wanted.with_for_update(skip_locked=True))).scalars().all():
        body = vault_of(session).open(row.body or b"", "outbox")
        if body.get("notice", {}).get("case") == claimed.body["notice"]["case"]:
            packed.append(replace(claimed, body=body))
            await session.execute(delete(OutboxMessage).where(OutboxMessage.id == row.id))
    return sorted(packed, key=lambda each: each.body["notice"]["event"])
