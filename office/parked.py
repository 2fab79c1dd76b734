"""Updates that were confirmed before they could be heard: kept in order for each address, and each taken up by one process at a time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, or_, select, update

from office import Session
from office.database import insert_once, rows_of
from office.moments import whole_hour
from office.records import ParkedUpdate
from office.vault import SealBroken, vault_of

LEASE = dt.timedelta(seconds=120)
"""Longer than fetching the files of one update, or thinking over what it says, may take."""

_SEAL = "parked"


@dataclass(frozen=True)
class Parked:
    """The oldest update of an address. `body` is None if it was sealed with another key and nobody can read it."""

    update_key: str
    body: Any


async def park(
    session: Session, channel: str, address: str, update_key: str, body: Any, now: dt.datetime, holder: str | None = None
) -> bool:
    """Keep an update; `holder` is hearing it at this moment. False if it is kept already."""
    values = {
        "channel": channel,
        "address": address,
        "update_key": update_key,
        "sealed": vault_of(session).seal(body, _SEAL),
        "created_at": whole_hour(now),
        "lease_holder": holder,
        "lease_until": now + LEASE if holder else None,
    }
    return await insert_once(session, ParkedUpdate.__table__, values)  # type: ignore[arg-type]


async def is_anything_parked(session: Session, channel: str, address: str) -> bool:
    """Whether something of this address is still to be heard."""
    return bool(await rows_of(session, _OF_ADDRESS, channel=channel, address=address))


_OF_ADDRESS = (
    select(ParkedUpdate.id).where(ParkedUpdate.channel == bindparam("channel"), ParkedUpdate.address == bindparam("address")).limit(1)
)


async def take_up(session: Session, channel: str, address: str, holder: str, now: dt.datetime) -> Parked | None:
    """Take up the oldest update of an address; None if there is none, or if another process has it and goes on with the rest."""
    wanted = (
        select(ParkedUpdate)
        .where(ParkedUpdate.channel == channel, ParkedUpdate.address == address)
        .order_by(ParkedUpdate.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = (await session.execute(wanted)).scalar_one_or_none()
    if row is None or (row.lease_until is not None and row.lease_until > now and row.lease_holder != holder):
        return None
    row.lease_holder, row.lease_until = holder, now + LEASE
    try:
        return Parked(row.update_key, vault_of(session).open(row.sealed, _SEAL))
    except SealBroken:
        return Parked(row.update_key, None)


async def heard(session: Session, channel: str, update_key: str) -> None:
    """The update has been heard, in this transaction or before."""
    await session.execute(delete(ParkedUpdate).where(ParkedUpdate.channel == channel, ParkedUpdate.update_key == update_key))


async def left_behind(session: Session, channel: str, holder: str, now: dt.datetime) -> list[str]:
    """Addresses with updates that nobody but this holder has."""
    free = or_(ParkedUpdate.lease_until.is_(None), ParkedUpdate.lease_until <= now, ParkedUpdate.lease_holder == holder)
    wanted = select(ParkedUpdate.address).where(ParkedUpdate.channel == channel, free).distinct()
    return list((await session.execute(wanted)).scalars())


async def release_leases(session: Session, channel: str, holder: str | None = None) -> None:
    """Free what one holder has; all that anybody held only for the one process of an embedded database, when it starts."""
    wanted = update(ParkedUpdate).where(ParkedUpdate.channel == channel)
    if holder is not None:
        wanted = wanted.where(ParkedUpdate.lease_holder == holder)
    await session.execute(wanted.values(lease_holder=None, lease_until=None))
