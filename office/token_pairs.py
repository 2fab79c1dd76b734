"""Tokens that serve once: kept sealed before they are used, and refreshed by one process at a time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import or_, select, update

from office import Session
from office.database import insert_once
from office.records import TokenPair
from office.vault import SealBroken, vault_of

LEASE = dt.timedelta(seconds=60)
"""Longer than a refresh may take, so that a living process never loses its turn in the middle."""

LOGIN = dt.timedelta(minutes=15)
"""How long an operator may take for the consent."""

_TOKENS, _LOGIN = "token-pair", "token-login"


@dataclass(frozen=True)
class Pair:
    """The tokens of an account, or why there are none that work."""

    version: int
    access: str = field(default="", repr=False)
    refresh: str = field(default="", repr=False)
    expires_at: dt.datetime | None = None
    renewed_at: dt.datetime | None = None
    held_until: dt.datetime | None = None
    trouble: str | None = None
    lost: bool = False


async def pair_of(session: Session, account: str) -> Pair | None:
    """The account's pair; None if there never was one, or if it was sealed with another key."""
    row = (await session.execute(select(TokenPair).where(TokenPair.account == account))).scalar_one_or_none()
    if row is None or row.sealed is None:
        return None
    try:
        access, refresh = vault_of(session).open(row.sealed, _TOKENS)
    except SealBroken:
        return None
    return Pair(row.version, access, refresh, row.expires_at, row.renewed_at, row.lease_until, row.trouble, row.lost)


async def take_turn(session: Session, account: str, version: int, holder: str, now: dt.datetime) -> bool:
    """Take the turn to refresh this very pair. False while another process has it, or when the pair has been renewed meanwhile."""
    free = or_(TokenPair.lease_until.is_(None), TokenPair.lease_until <= now)
    wanted = update(TokenPair).where(TokenPair.account == account, TokenPair.version == version, TokenPair.lost.is_(False), free)
    done = await session.execute(wanted.values(lease_holder=holder, lease_until=now + LEASE))
    return bool(done.rowcount)  # type: ignore[attr-defined]


async def leave_turn(session: Session, account: str, holder: str, until: dt.datetime | None = None) -> None:
    """Give the turn back; nobody takes it before `until`."""
    mine = (TokenPair.account == account, TokenPair.lease_holder == holder)
    await session.execute(update(TokenPair).where(*mine).values(lease_holder=None, lease_until=until))


async def keep_pair(session: Session, account: str, access: str, refresh: str, expires_at: dt.datetime, now: dt.datetime) -> None:
    """Keep a new pair, whatever was before: it is the only one that works now."""
    await _row(session, account)
    values: dict[str, Any] = {
        "sealed": vault_of(session).seal([access, refresh], _TOKENS),
        "version": TokenPair.version + 1,
        "expires_at": expires_at,
        "renewed_at": now,
        "lost": False,
    }
    values |= dict.fromkeys(("lease_holder", "lease_until", "trouble", "login", "login_until"))
    await session.execute(update(TokenPair).where(TokenPair.account == account).values(values))


async def note_trouble(session: Session, account: str, version: int, trouble: str, *, lost: bool, until: dt.datetime | None) -> None:
    """The pair of that version was refused. `lost`: for good. Otherwise nobody tries again before `until`."""
    values = {"trouble": trouble[:200], "lost": lost, "lease_holder": None, "lease_until": until}
    await session.execute(update(TokenPair).where(TokenPair.account == account, TokenPair.version == version).values(values))


async def begin_login(session: Session, account: str, secret: dict[str, str], now: dt.datetime) -> None:
    """Keep our half of a consent until the operator comes back with the other. An earlier one that was never finished ends."""
    await _row(session, account)
    values = {"login": vault_of(session).seal(secret, _LOGIN), "login_until": now + LOGIN}
    await session.execute(update(TokenPair).where(TokenPair.account == account).values(values))


async def login_of(session: Session, account: str, now: dt.datetime) -> dict[str, str] | None:
    """Our half of the consent under way; None if there is none or it took too long."""
    wanted = select(TokenPair.login).where(TokenPair.account == account, TokenPair.login_until > now)
    sealed = (await session.execute(wanted)).scalar_one_or_none()
    if sealed is None:
        return None
    try:
        return dict(vault_of(session).open(sealed, _LOGIN))
    except SealBroken:
        return None


async def _row(session: Session, account: str) -> None:
    await insert_once(session, TokenPair.__table__, {"account": account, "version": 0, "lost": False})  # type: ignore[arg-type]
