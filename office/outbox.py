"""The outbox: everything that will be said, each thing once, in order for each person. Here it is planned, and claimed to be said.

A row begins as `due`. A sender *claims* it (a lease; nobody else sends it meanwhile); what it notes then, and how the row ends, is
`office.sending`. A sender that dies leaves a lease that runs out, and the row is due again.

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
    union_all,
    update,
)
from sqlalchemy.orm import aliased

from office import Session
from office.contacts import reach
from office.database import Also, insert_once
from office.moments import whole_hour
from office.records import ChannelPause, Contact, OutboxMessage
from office.records.base import drawn
from office.vault import SealBroken, vault_of

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

PERSON = "person"
"""Under the seal of a notice for an official: the person it is meant for, who may have left its contact since."""

OFFERS = "offers"
"""Under the seal of an answer in which there is a menu."""

DUE: ColumnElement[str] = literal_column("'due'")  # in the words of the partial indexes, or the database does not use them
_HELD: ColumnElement[str] = literal_column("'held'")

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


async def put_replies(
    session: Session,
    contact: Contact,
    update_key: str,
    messages: list[dict[str, Any]],
    now: dt.datetime,
    also: Also | None = None,
    *,
    offers: bool = False,
) -> None:
    """The answer to one update; it is better said twice than never. `also` is written along with it. `offers`: there is a menu in it."""
    key = f"reply:{contact.channel}:{update_key}"
    body = {"messages": messages} | ({OFFERS: True} if offers else {})
    await _put(session, key, contact.id, REPLY, body, now, due_at=now, also=also)


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
    person_id: int | None = None,
) -> bool:
    """Plan a notice once. It is written when it is sent, so that need and permission are judged at that moment.

    `key` names (what, for whom, for which period). Returns True if it was planned now; False if it was before or nobody can be reached.
    What is for an official (`person_id`) goes after them if they leave the contact in this very moment (`office.addressees`).
    """
    if contact is None:
        return False
    body = {"notice": args} | ({} if person_id is None else {PERSON: person_id})
    return await _put(session, key, contact.id, kind, body, now, due_at=due_at or now, expires_at=expires_at, repeat_ok=repeat_ok)


async def plan_for_person(
    session: Session, key: str, person_id: int, kind: str, args: dict[str, Any], now: dt.datetime, **how: Any
) -> bool:
    """Plan a notice for an official on the contact that reaches them; see `plan_notice`."""
    contact = await reach(session, person_id, now)
    return await plan_notice(session, f"{key}:person-{person_id}", contact, kind, args, now, person_id=person_id, **how)


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
    also: Also | None = None,
) -> bool:
    vault = vault_of(session)
    values = {
        "id": drawn(),  # by ourselves: SQLAlchemy forgets a column's default where another statement goes along
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
    return await insert_once(session, OutboxMessage.__table__, values, _next_place, {"of_contact": contact_id}, also)  # type: ignore[arg-type]


def _next_place() -> dict[str, ScalarSelect[int]]:
    """Behind all that is still to be said to the contact. Two that are put there at the same moment may share a place: either may go first."""
    return {"place": _behind_all_of(bindparam("of_contact"))}


async def next_place(session: Session, contact_id: int) -> int:
    """The place behind all that is still to be said to the contact."""
    return int((await session.execute(select(_behind_all_of(contact_id)))).scalar_one())


def _behind_all_of(contact_id: BindParameter[int] | int) -> ScalarSelect[int]:
    """What is held counts too: due again, it goes out in its own place, and its number is drawn by lot."""
    row = OutboxMessage.__table__.alias("before")
    last = [
        select(func.max(row.c.place).label("place")).where(row.c.contact_id == contact_id, row.c.state == state) for state in (DUE, _HELD)
    ]
    found = union_all(*last).subquery("last")
    return select(func.coalesce(func.max(found.c.place), 0) + 1).scalar_subquery()


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
