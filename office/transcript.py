"""The browser conversations' own history: each bubble stands once, in order, sealed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from office import Session
from office.database import insert_once
from office.moments import whole_day
from office.records import BrowserMessage
from office.vault import SealBroken, Vault, vault_of


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
    values = {"contact_id": contact_id, "mine": mine, "mark": mark, "at": whole_day(now)}
    values["body"] = vault_of(session).seal({"at": now.isoformat(), "said": body}, "bubble")  # the exact time would lead to a case
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
    return [_bubble(row, vault) for row in reversed(rows)]


def _bubble(row: BrowserMessage, vault: Vault) -> Bubble:
    try:
        kept = vault.open(row.body, "bubble")
    except SealBroken:  # after a restore with another key: an empty bubble rather than no history
        kept = {"at": row.at.isoformat(), "said": {}}
    return Bubble(row.id, row.mine, row.mark, kept["said"], dt.datetime.fromisoformat(kept["at"]))


async def contacts_with_bubbles_after(session: Session, seq: int) -> tuple[int, set[int]]:
    """The newest bubble's number, and whose bubbles came after `seq` (or shortly before: a late commit may carry an earlier number)."""
    overlap = 200
    rows = (
        (await session.execute(select(BrowserMessage.id, BrowserMessage.contact_id).where(BrowserMessage.id > seq - overlap))).all()
        if seq
        else []
    )
    newest = (await session.execute(select(func.max(BrowserMessage.id)))).scalar_one() or 0
    return newest, {contact_id for _, contact_id in rows}
