"""The browser conversations' own history: each bubble stands once, in order, sealed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from office import Session
from office.database import insert_once
from office.records import BrowserMessage
from office.vault import vault_of


@dataclass(frozen=True)
class Bubble:
    """One bubble. `seq` grows with time; `mine` is what the person said."""

    seq: int
    mine: bool
    mark: str
    body: dict[str, Any]
    at: dt.datetime


async def add_bubble(session: Session, contact_id: int, mark: str, body: dict[str, Any], now: dt.datetime, *, mine: bool) -> bool:
    """Add a bubble. False if one with this mark is there already."""
    values = {"contact_id": contact_id, "mine": mine, "mark": mark, "body": vault_of(session).seal(body, "bubble"), "at": now}
    return await insert_once(session, BrowserMessage.__table__, values)  # type: ignore[arg-type]


async def bubbles_after(session: Session, contact_id: int, seq: int, *, limit: int = 500) -> list[Bubble]:
    """The bubbles after `seq`, oldest first; of a longer history the newest `limit`."""
    wanted = (
        select(BrowserMessage)
        .where(BrowserMessage.contact_id == contact_id, BrowserMessage.id > seq)
        .order_by(BrowserMessage.id.desc())
        .limit(limit)
    )
    vault = vault_of(session)
    rows = (await session.execute(wanted)).scalars().all()
    return [Bubble(row.id, row.mine, row.mark, vault.open(row.body, "bubble"), row.at) for row in reversed(rows)]
