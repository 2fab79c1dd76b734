"""The outbox: everything that will be said, each thing once, in order for each person, and how it ended.

A row begins as `due`. A sender *claims* it (a lease; nobody else sends it meanwhile), tells after each part that it went (`part_sent`), and
ends it: `sent`, `dropped`, `gone`, `failed` or `unknown`; or puts it off (`later`). A sender that dies leaves a lease that runs out, and the
row is due again, from the first part not known to be sent. Of a row that must not be said twice, the part that was on its way when the sender
died is passed over: it may have arrived (`about_to_send`).

An answer, or a notice to a reporter, leaves nothing behind when it ends, and no number tells in which order the rows of different people came:
beside the notice of a new case stands the receipt for it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    func,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased

from office import Session
from office.contacts import reach
from office.database import insert_once
from office.moments import whole_hour
from office.records import ChannelPause, Contact, OutboxMessage
from office.vault import SealBroken, Vault, vault_of

LEASE = dt.timedelta(seconds=60)
"""Longer than any send may take (channels give up after 45 s at most), so a living sender never loses its row."""

_MINUTE = dt.timedelta(minutes=1)
GIVE_UP_AFTER = 12
"""Attempts. With the growing pauses of `pause_after` this is one to two hours."""

BLOCKS_FOR = 4
"""Attempts during which a row that failed keeps the person's later rows waiting, for the sake of order; then they pass it."""

REPLY, REPORTER = "reply", "reporter"
UNTRACED = (REPLY, REPORTER)
"""Kinds of which nothing stays when they end: who was answered when, and who is the reporter of something, is nobody's business. An answer's
update is claimed, a reporter's notice is planned together with its event: neither can be planned twice."""

DOUBT = "doubt"
"""Under the seal of a row that may have arrived, though its sender did not hear so."""

DUE: ColumnElement[str] = literal_column("'due'")  # in the words of the partial indexes, or the database does not use them

Sendable = Select[OutboxMessage, str, str, int | None]
"""Rows with channel, address and person."""


@dataclass(frozen=True)
class Claimed:
    """A row to send now. `body` holds `messages` (already written) or `notice` (to be written now)."""

    id: int
    kind: str
    channel: str
    address: str
    contact_id: int
    person_id: int | None
    body: dict[str, Any]
    parts_sent: int
    sending_part: int | None
    in_doubt: bool
    attempts: int
    repeat_ok: bool
    expires_at: dt.datetime | None
    maybe_said: bool
    """An earlier try may have reached the person here: it must not be said elsewhere."""


async def put_replies(session: Session, contact: Contact, update_key: str, messages: list[dict[str, Any]], now: dt.datetime) -> None:
    """The answer to one update. It is better said twice than never."""
    key = f"reply:{contact.channel}:{update_key}"
    await _put(session, key, contact.id, REPLY, {"messages": messages}, now, due_at=now)


async def plan_notice(
    session: Session,
    key: str,
    contact: Contact | None,
    kind: str,
    args: dict[str, Any],
    now: dt.datetime,
    *,
    due_at: dt.datetime | None = None,
    expires_at: dt.datetime | None = None,
    repeat_ok: bool = True,
) -> bool:
    """Plan a notice once. It is written when it is sent, so that need and permission are judged at that moment.

    `key` names (what, for whom, for which period). Returns True if it was planned now; False if it was before or nobody can be reached.
    """
    if contact is None:
        return False
    return await _put(
        session, key, contact.id, kind, {"notice": args}, now, due_at=due_at or now, expires_at=expires_at, repeat_ok=repeat_ok
    )


async def plan_for_person(
    session: Session, key: str, person_id: int, kind: str, args: dict[str, Any], now: dt.datetime, **how: Any
) -> bool:
    """Plan a notice for an official on the contact that reaches them; see `plan_notice`."""
    return await plan_notice(session, f"{key}:person-{person_id}", await reach(session, person_id, now), kind, args, now, **how)


async def _put(
    session: Session,
    key: str,
    contact_id: int,
    kind: str,
    body: dict[str, Any],
    now: dt.datetime,
    *,
    due_at: dt.datetime,
    expires_at: dt.datetime | None = None,
    repeat_ok: bool = True,
) -> bool:
    vault = vault_of(session)
    values = {
        "key": vault.tag(key, "outbox"),
        "contact_id": contact_id,
        "kind": kind,
        "body": vault.seal(body, "outbox"),
        "repeat_ok": repeat_ok,
        "state": "due",
        "parts_sent": 0,
        "in_doubt": False,
        "attempts": 0,
        "due_at": whole_hour(now) if due_at <= now else due_at,
        "expires_at": expires_at,
        "created_at": whole_hour(now),
    }
    return await insert_once(session, OutboxMessage.__table__, values, _next_place, {"of_contact": contact_id})  # type: ignore[arg-type]


def _next_place() -> dict[str, ScalarSelect[int]]:
    """Behind all that is still due for the contact. Two that are put there at the same moment may share a place: either may go first."""
    due = OutboxMessage.__table__.alias("before")
    return {
        "place": select(func.coalesce(func.max(due.c.place), 0) + 1)
        .where(due.c.contact_id == bindparam("of_contact"), due.c.state == DUE)
        .scalar_subquery()
    }


async def next_place(session: Session, contact_id: int) -> int:
    """The place behind all that is still due for the contact."""
    counted = select(func.coalesce(func.max(OutboxMessage.place), 0) + 1).where(
        OutboxMessage.contact_id == contact_id, OutboxMessage.state == DUE
    )
    return int((await session.execute(counted)).scalar_one())


async def claim_due(session: Session, now: dt.datetime, *, limit: int = 20, channels: frozenset[str] | None = None) -> list[Claimed]:
    """Claim rows that may be sent now: the first of each contact, none of whose earlier rows is still to be sent; whose, is drawn by lot.

    Only on these `channels`, if they are given.
    """
    given: dict[str, Any] = {"now": now, "limit": limit}
    if channels is not None:
        given["channels"] = sorted(channels)
    return await claim_all(session, _firsts(some_channels=channels is not None), given)


NOW: BindParameter[dt.datetime] = bindparam("now", type_=OutboxMessage.__table__.c.due_at.type)


@cache
def _firsts(*, some_channels: bool) -> Sendable:
    """The statement of `claim_due`, built once: it is asked in every round of the courier, and building it takes longer than asking."""
    wanted = sendable(first_of_contact(aliased(OutboxMessage))).order_by(OutboxMessage.due_at, func.random())
    if some_channels:
        wanted = wanted.where(Contact.channel.in_(bindparam("channels", expanding=True)))
    return wanted.limit(bindparam("limit", type_=Integer()))


def first_of_contact(earlier: type[OutboxMessage], *which: ColumnElement[bool]) -> ColumnElement[bool]:
    """That none of the contact's earlier rows (of those `which` count) is still to be sent."""
    put_off = and_(earlier.attempts > 0, earlier.attempts <= BLOCKS_FOR)
    return ~exists().where(
        earlier.contact_id == OutboxMessage.contact_id,
        earlier.state == DUE,
        or_(earlier.place < OutboxMessage.place, and_(earlier.place == OutboxMessage.place, earlier.id < OutboxMessage.id)),
        or_(earlier.due_at <= NOW, put_off),
        *which,
    )


def sendable(first: ColumnElement[bool]) -> Sendable:
    """Those of the `first` rows that may be sent `NOW`, each with where it goes to."""
    return (
        select(OutboxMessage, Contact.channel, Contact.address, Contact.person_id)
        .join(Contact, Contact.id == OutboxMessage.contact_id)
        .where(
            OutboxMessage.state == DUE,
            OutboxMessage.due_at <= NOW,
            or_(OutboxMessage.lease_until.is_(None), OutboxMessage.lease_until < NOW),
            first,
            Contact.channel.not_in(select(ChannelPause.channel).where(ChannelPause.until > NOW)),
        )
        .with_for_update(of=OutboxMessage, skip_locked=True)
    )


async def claim_all(session: Session, wanted: Sendable, given: dict[str, Any]) -> list[Claimed]:
    """Claim the rows wanted, the parameters `given` (`now` among them), but for those that cannot be unsealed: they are over."""
    claimed, now = [], given["now"]
    for row, channel, address, person_id in (await session.execute(wanted, given)).all():
        try:
            claimed.append(_claim(session, row, channel, address, person_id, now))
        except SealBroken:  # this row is lost, the others must go
            await end_unreadable(session, row.id, row.kind, now)
    return claimed


def _claim(session: Session, row: OutboxMessage, channel: str, address: str, person_id: int | None, now: dt.datetime) -> Claimed:
    died = row.lease_until is not None  # whoever held it
    row.lease_until = now + LEASE
    row.attempts += 1
    assert row.body is not None
    body = vault_of(session).open(row.body, "outbox")
    return Claimed(
        id=row.id,
        kind=row.kind,
        channel=channel,
        address=address,
        contact_id=row.contact_id,
        person_id=person_id,
        body=body,
        parts_sent=row.parts_sent,
        sending_part=row.sending_part,
        in_doubt=row.in_doubt,
        attempts=row.attempts,
        repeat_ok=row.repeat_ok,
        expires_at=row.expires_at,
        maybe_said=died or DOUBT in body,
    )


def _ours(claimed: Claimed) -> tuple[ColumnElement[bool], ...]:
    """The condition that the row is still this claim's: its lease may have run out, or the row was taken to another contact (`office.unsaid`)."""
    return (*_there(claimed), OutboxMessage.attempts == claimed.attempts)


def _there(claimed: Claimed) -> tuple[ColumnElement[bool], ...]:
    """The condition that the row is still to be said where it was claimed, by whomever."""
    return (OutboxMessage.id == claimed.id, OutboxMessage.state == DUE, OutboxMessage.contact_id == claimed.contact_id)


async def still_ours(session: Session, claimed: Claimed) -> bool:
    """Whether nobody took the row from its sender; if so it stays locked until the transaction ends."""
    return (await session.execute(select(OutboxMessage.id).where(*_ours(claimed)).with_for_update())).scalar_one_or_none() is not None


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


async def end_unreadable(session: Session, row_id: int, kind: str, now: dt.datetime) -> None:
    """The row was sealed with another key, as after a restore: nobody can ever read it. What is held may be a citizen's, and leaves nothing."""
    this = OutboxMessage.id == row_id
    if kind in (*UNTRACED, "held"):
        await session.execute(delete(OutboxMessage).where(this))
    else:
        await session.execute(update(OutboxMessage).where(this).values(over("failed", "sealed with another key", now)))


def over(state: str, reason: str | None, now: dt.datetime) -> dict[str, Any]:
    """What a row is that has ended so."""
    hour = whole_hour(now)
    return {"state": state, "reason": reason and reason[:200], "ended_at": hour, "due_at": hour, "body": None, "lease_until": None}


async def later(session: Session, claimed: Claimed, now: dt.datetime, reason: str, *, doubt: bool = False) -> None:
    """The row failed; it is tried again after a pause that grows with its attempts. `doubt`: it may have arrived all the same."""
    values = {"body": vault_of(session).seal(claimed.body | {DOUBT: True}, "outbox")} if doubt else {}
    await reopened(session, claimed, reason, attempts=claimed.attempts, due_at=next_stroke(now, pause_after(claimed.attempts)), **values)


async def not_now(session: Session, claimed: Claimed, reason: str) -> None:
    """The row could not go, through no failure of its own; it stays due."""
    await reopened(session, claimed, reason, attempts=claimed.attempts - 1)


async def not_before(session: Session, claimed: Claimed, moment: dt.datetime, reason: str) -> None:
    """The channel takes it only later, as after the night; through no failure of the row's own."""
    await reopened(session, claimed, reason, attempts=claimed.attempts - 1, due_at=next_stroke(moment - _MINUTE, _MINUTE))


async def reopened(session: Session, claimed: Claimed, reason: str | None, **values: Any) -> None:
    """The row is let go of, to be claimed anew with these values; it has not ended. Not if somebody else has it or ended it meanwhile."""
    values |= {"lease_until": None, "sending_part": None, "reason": reason and reason[:200]}
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
