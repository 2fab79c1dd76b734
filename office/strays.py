"""Notices that were planned for a channel which is switched off, found so that they can go through another door of the person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

from sqlalchemy import BindParameter, Integer, bindparam, exists, or_
from sqlalchemy.orm import aliased

from office import Session
from office.outbox import REPLY, Claimed, Sendable, claim_all, first_of_contact, sendable
from office.records import Contact, OutboxMessage


@dataclass(frozen=True)
class Stray:
    """A row and its contact, not claimed: who dies over it leaves no doubt that it may have been said."""

    id: int
    contact_id: int


async def strays(session: Session, now: dt.datetime, on: frozenset[str], *, after: int, limit: int) -> list[Stray]:
    """Notices for people who have a contact on one of the channels that are `on`, in the order of their numbers, those behind `after`.

    Not answers: they are said where they were asked for or not at all, so nothing waits behind them either.
    """
    wanted = _strays().with_only_columns(OutboxMessage.id, OutboxMessage.contact_id)
    given = {"now": now, "on": sorted(on), "after": after, "limit": limit}
    return [Stray(*row) for row in (await session.execute(wanted, given)).all()]


async def claim_stray(session: Session, stray: Stray, now: dt.datetime, on: frozenset[str]) -> Claimed | None:
    """Claim it; None if it is none any more, or somebody has it. Call with its contact locked, and let go of it in the same transaction."""
    this = (OutboxMessage.id == stray.id, OutboxMessage.contact_id == stray.contact_id)
    claimed = await claim_all(session, _strays().where(*this), {"now": now, "on": sorted(on), "after": stray.id - 1, "limit": 1})
    return claimed[0] if claimed else None


@cache
def _strays() -> Sendable:
    """The statement, built once."""
    earlier, mate = aliased(OutboxMessage), aliased(Contact)
    on: BindParameter[list[str]] = bindparam("on", expanding=True)
    same_person = or_(mate.party == Contact.party, mate.person_id == Contact.person_id)
    elsewhere = exists().where(same_person, mate.channel.in_(on), mate.gone_at.is_(None))
    strays = sendable(first_of_contact(earlier, earlier.kind != REPLY)).where(
        OutboxMessage.kind != REPLY, OutboxMessage.id > bindparam("after"), Contact.channel.not_in(on), elsewhere
    )
    return strays.order_by(OutboxMessage.id).limit(bindparam("limit", type_=Integer()))
