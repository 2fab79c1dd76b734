"""Notices that were planned for a channel which is switched off, found so that they can go through another door of the person."""

from __future__ import annotations

import datetime as dt
from functools import cache

from sqlalchemy import BindParameter, Integer, bindparam, exists, or_
from sqlalchemy.orm import aliased

from office import Session
from office.outbox import REPLY, Claimed, Sendable, claim_all, first_of_contact, sendable
from office.records import Contact, OutboxMessage


async def claim_strays(session: Session, now: dt.datetime, on: frozenset[str], *, after: int, limit: int) -> list[Claimed]:
    """Claim notices for people who have a contact on one of the channels that are `on`, in the order of their numbers, those behind `after`.

    Not answers: they are said where they were asked for or not at all, so nothing waits behind them either.
    """
    given = {"now": now, "on": sorted(on), "after": after, "limit": limit}
    return await claim_all(session, _strays(), given)


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
