"""The browser conversations' own history: each bubble stands once, in order, sealed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ScalarSelect, bindparam, func, select

from office import Session
from office.database import insert_once
from office.moments import whole_day
from office.records import BrowserMessage, Contact
from office.vault import SealBroken, Vault, vault_of

_AT_ONCE = 500
"""Contacts asked for in one statement."""


@dataclass(frozen=True)
class Bubble:
    """One bubble. `seq` counts the bubbles of its conversation; `mine` is what the person said."""

    seq: int
    mine: bool
    mark: str
    body: dict[str, Any]
    at: dt.datetime
    anew: bool = False
    """The conversation was deleted and begins with this: what a page showed before is no more."""


async def add_bubble(session: Session, contact_id: int, mark: str, body: dict[str, Any], now: dt.datetime, *, mine: bool) -> bool:
    """Add a bubble to the conversation of a contact that is locked. False if one with this mark is there already."""
    values = {"contact_id": contact_id, "mine": mine, "mark": mark, "at": whole_day(now)}
    values["body"] = vault_of(session).seal({"at": now.isoformat(), "said": body}, "bubble")  # the exact time would lead to a case
    return await insert_once(session, BrowserMessage.__table__, values, _next_seq, {"of_contact": contact_id})  # type: ignore[arg-type]


def _next_seq() -> dict[str, ScalarSelect[int]]:
    there = BrowserMessage.__table__.alias("before")
    counted = select(func.coalesce(func.max(there.c.seq), 0) + 1).where(there.c.contact_id == bindparam("of_contact"))
    return {"seq": counted.scalar_subquery()}


async def bubbles_after(session: Session, contact_id: int, seq: int, *, limit: int = 500) -> list[Bubble]:
    """The bubbles after `seq`, oldest first; of a longer history the newest `limit`. All, `anew`, where a page has seen more than there is now."""
    found = await _after(session, contact_id, seq, limit)
    if found or not seq or (await newest_bubbles(session, [contact_id])).get(contact_id, 0) >= seq:
        return found
    return [replace(bubble, anew=place == 0) for place, bubble in enumerate(await _after(session, contact_id, 0, limit))]


async def _after(session: Session, contact_id: int, seq: int, limit: int) -> list[Bubble]:
    wanted = (
        select(BrowserMessage)
        .where(BrowserMessage.contact_id == contact_id, BrowserMessage.seq > seq)
        .order_by(BrowserMessage.seq.desc())
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
    return Bubble(row.seq, row.mine, row.mark, kept["said"], dt.datetime.fromisoformat(kept["at"]))


async def newest_bubbles(session: Session, contact_ids: Sequence[int]) -> dict[int, int]:
    """The number of the newest bubble of each of these contacts; 0 where there is none."""
    newest = select(func.max(BrowserMessage.seq)).where(BrowserMessage.contact_id == Contact.id).scalar_subquery()
    found: dict[int, int] = {}
    for start in range(0, len(contact_ids), _AT_ONCE):
        wanted = select(Contact.id, func.coalesce(newest, 0)).where(Contact.id.in_(contact_ids[start : start + _AT_ONCE]))
        found |= {row[0]: row[1] for row in (await session.execute(wanted)).all()}
    return found
