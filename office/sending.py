"""What a sender does with a row of the outbox that it has claimed: it notes each part that went, and ends the row or lets go of it.

It tells after each part that it went (`part_sent`), and ends the row: `sent`, `dropped`, `gone`, `failed` or `unknown`; or puts it off (`later`).
If it dies, whoever claims the row next goes on from the first part not known to be sent. Of a row that must not be said twice, the part that
was on its way is then passed over: it may have arrived (`about_to_send`).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update

from office import Session
from office.outbox import DOUBT, DUE, LEASE, UNTRACED, Claimed, over
from office.records import OutboxMessage
from office.vault import Vault, vault_of

_MINUTE = dt.timedelta(minutes=1)


def _ours(claimed: Claimed) -> tuple[ColumnElement[bool], ...]:
    """The condition that the row is still this claim's: its lease may have run out, or the row was taken to another contact (`office.unsaid`)."""
    return (*_there(claimed), OutboxMessage.attempts == claimed.attempts)


def _there(claimed: Claimed) -> tuple[ColumnElement[bool], ...]:
    """The condition that the row is still to be said where it was claimed, by whomever."""
    return (OutboxMessage.id == claimed.id, OutboxMessage.state == DUE, OutboxMessage.contact_id == claimed.contact_id)


async def still_ours(session: Session, claimed: Claimed) -> bool:
    """Whether nobody took the row from its sender; if so it stays locked until the transaction ends."""
    return (await session.execute(select(OutboxMessage.id).where(*_ours(claimed)).with_for_update())).scalar_one_or_none() is not None


async def still_there(session: Session, claimed: Claimed) -> bool:
    """Whether the row still stands where it was claimed, in whoever's hand: it was not taken to another contact, nor erased with its own."""
    return (await session.execute(select(OutboxMessage.id).where(*_there(claimed)))).scalar_one_or_none() is not None


async def keep_written(session: Session, claimed: Claimed, parts: list[dict[str, Any]]) -> None:
    """Keep the words of a notice that was written just now, so that a repeat says the same; what it is of stays beside them."""
    claimed.body["messages"] = parts
    body = vault_of(session).seal(claimed.body, "outbox")
    await session.execute(update(OutboxMessage).where(*_there(claimed)).values(body=body))


async def about_to_send(session: Session, claimed: Claimed, part: int) -> None:
    """Note that a part which must not be said twice goes out now."""
    await session.execute(update(OutboxMessage).where(*_there(claimed)).values(sending_part=part))


async def part_sent(session: Session, claimed: Claimed, parts: int, now: dt.datetime, *, in_doubt: bool = False) -> None:
    """One more part of a row of several is over, sent or `in_doubt`; the lease begins anew."""
    values = {"parts_sent": parts, "in_doubt": in_doubt, "lease_until": now + LEASE}
    await session.execute(update(OutboxMessage).where(*_there(claimed)).values(values))


async def end(session: Session, claimed: Claimed, state: str, now: dt.datetime, reason: str | None = None) -> None:
    """The row is over: it is deleted, or only its words are erased; see `UNTRACED`.

    If it was taken to another contact meanwhile, it is still to be said there, unless it must not be said twice.
    """
    once_and_said = not claimed.repeat_ok and state in ("sent", "unknown")
    this = (OutboxMessage.id == claimed.id, OutboxMessage.state == DUE) if once_and_said else _there(claimed)
    if claimed.kind in UNTRACED:
        await session.execute(delete(OutboxMessage).where(*this))
    else:
        await session.execute(update(OutboxMessage).where(*this).values(over(state, reason, now)))


async def later(session: Session, claimed: Claimed, now: dt.datetime, reason: str, *, doubt: bool = False) -> None:
    """The row failed; it is tried again after a pause that grows with its attempts. `doubt`: it may have arrived all the same."""
    body = claimed.body | {DOUBT: True} if doubt else None
    await reopened(session, claimed, reason, body, attempts=claimed.attempts, due_at=next_stroke(now, pause_after(claimed.attempts)))


async def not_now(session: Session, claimed: Claimed, reason: str) -> None:
    """The row could not go, through no failure of its own; it stays due."""
    await reopened(session, claimed, reason, attempts=claimed.attempts - 1)


async def not_before(session: Session, claimed: Claimed, moment: dt.datetime, reason: str) -> None:
    """The channel takes it only later, as after the night; through no failure of the row's own."""
    await reopened(session, claimed, reason, attempts=claimed.attempts - 1, due_at=next_stroke(moment - _MINUTE, _MINUTE))


async def reopened(session: Session, claimed: Claimed, reason: str | None, body: dict[str, Any] | None = None, **values: Any) -> None:
    """The row is let go of, to be claimed anew with these values, and this body if it has another one now; it has not ended.

    Not if somebody else has it or ended it meanwhile. What a sender's death left in doubt stays so, now that no lease tells of it any more.
    """
    values |= {"lease_until": None, "sending_part": None, "reason": reason and reason[:200]}
    if claimed.maybe_said:
        body = (body or claimed.body) | {DOUBT: True}
    if body is not None:
        values["body"] = vault_of(session).seal(body, "outbox")
    await session.execute(update(OutboxMessage).where(*_ours(claimed)).values(values))


def next_stroke(now: dt.datetime, pause: dt.timedelta) -> dt.datetime:
    """The first moment after the pause that is a whole number of pauses: counted back from it, one finds only about when the row was put here."""
    return dt.datetime.fromtimestamp(-(-(now + pause).timestamp() // pause.total_seconds()) * pause.total_seconds(), dt.UTC)


def pause_after(attempts: int) -> dt.timedelta:
    """How long to wait after so many failed attempts: 2 s, 4 s, … at most an hour."""
    return dt.timedelta(seconds=min(3600, 2**attempts))


def mark_of_part(vault: Vault, claimed: Claimed, part: int) -> str:
    """The name of one part of a row, the same at each try."""
    return vault.tag(f"{claimed.id}.{part}", "part")
