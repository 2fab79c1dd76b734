"""The browser conversations' own history: each bubble stands once, in order, sealed.

The first bubble's number is drawn by lot, the others are counted from it. A conversation that was deleted so begins anew at another number, by
which a page that slept meanwhile finds that what it shows is no more; and nothing needs to be kept of the one before.
"""

from __future__ import annotations

import datetime as dt
import secrets
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

_FIRST_BELOW = 2**48
"""Numbers stay whole in a page's arithmetic (2**53), and two conversations of a contact hardly ever meet."""


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
    within = {"of_contact": contact_id, "first": 1 + secrets.randbelow(_FIRST_BELOW)}
    return await insert_once(session, BrowserMessage.__table__, values, _next_seq, within)  # type: ignore[arg-type]


def _next_seq() -> dict[str, ScalarSelect[int]]:
    there = BrowserMessage.__table__.alias("before")
    first = bindparam("first", type_=there.c.seq.type)
    counted = select(func.coalesce(func.max(there.c.seq) + 1, first)).where(there.c.contact_id == bindparam("of_contact"))
    return {"seq": counted.scalar_subquery()}


async def bubbles_after(session: Session, contact_id: int, seq: int, *, limit: int = 500) -> list[Bubble]:
    """The bubbles after `seq`, the last that a page has seen (0: none), oldest first; of a longer history the newest `limit`.

    All, `anew`, where that bubble is no more: the conversation was deleted since.
    """
    found = await _from(session, contact_id, seq, limit + 1)
    if not seq:
        return found[-limit:]
    if found and found[0].seq == seq:
        return found[1:]
    if len(found) > limit and await _is_there(session, contact_id, seq):
        return found[1:]
    whole = await _from(session, contact_id, 0, limit)
    return [replace(bubble, anew=place == 0) for place, bubble in enumerate(whole)]


async def _is_there(session: Session, contact_id: int, seq: int) -> bool:
    wanted = select(BrowserMessage.id).where(BrowserMessage.contact_id == contact_id, BrowserMessage.seq == seq)
    return (await session.execute(wanted)).scalar_one_or_none() is not None


async def _from(session: Session, contact_id: int, seq: int, limit: int) -> list[Bubble]:
    wanted = (
        select(BrowserMessage)
        .where(BrowserMessage.contact_id == contact_id, BrowserMessage.seq >= seq)
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
