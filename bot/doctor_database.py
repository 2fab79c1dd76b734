"""The doctor's look into the database: reachable, whole, up to date, readable with this key; people in it; and no row from the future."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, text

from bot.database_faults import explain
from bot.migrate import standing
from bot.settings import Settings
from office import Session
from office.database import Database
from office.moments import local, today
from office.people import Role, held_on
from office.records import BrowserMessage, Contact, OutboxMessage, Person, Post, SealedReporter, StoredFile, Unit
from office.units import parent_ids
from office.vault import SealBroken, Vault

Seen = tuple[tuple[str, str], dict[str, Any]]
"""State and name of a check, and what belongs in its words."""

_AHEAD = dt.timedelta(minutes=2)
_LISTED = 5
_SEALED = ((SealedReporter.sealed, "reporter"), (StoredFile.sealed_name, "file-name"), (BrowserMessage.body, "bubble"))


async def look_into_database(settings: Settings, vault: Vault, now: dt.datetime) -> list[Seen]:
    """Everything that can be said of the database without changing it."""
    database = Database(settings.database, vault)
    path = Path(str(database.url.database))
    kind = "SQLite" if database.is_sqlite else "PostgreSQL"
    try:
        if database.is_sqlite and not path.exists():  # noqa: ASYNC240
            return [(("ok", "database-new"), {}), _clock(now, None)]
        if not (await standing(database)).up_to_date:
            return [(("fail", "database-old"), {"kind": kind})]
        async with database.reading() as session:
            if database.is_sqlite and (await session.execute(text("PRAGMA quick_check"))).scalar_one() != "ok":
                return [(("fail", "database-broken"), {})]
            return [(("ok", "database-ok"), {"kind": kind}), *await _inside(session, settings, vault, now)]
    except Exception as fault:
        key = explain(fault)
        if key == "cli-database-damaged":
            return [(("fail", "database-broken"), {})]
        return [(("fail", "database-away"), {})]
    finally:
        await database.close()


async def _inside(session: Session, settings: Settings, vault: Vault, now: dt.datetime) -> list[Seen]:
    seen: list[Seen] = []
    if not await _key_fits(session, vault):
        seen.append((("fail", "key-other"), {}))
    seen += await _people(session, settings, now)
    newest = [
        (await session.execute(select(func.max(column)))).scalar_one_or_none() for column in (Contact.heard_at, OutboxMessage.created_at)
    ]
    seen.append(_clock(now, max((each for each in newest if each is not None), default=None)))
    return seen


async def _key_fits(session: Session, vault: Vault) -> bool:
    for column, purpose in _SEALED:
        sealed = (await session.execute(select(column).limit(1))).scalar_one_or_none()
        if sealed is not None:
            try:
                vault.open(sealed, purpose)
            except SealBroken:
                return False
    return True


async def _people(session: Session, settings: Settings, now: dt.datetime) -> list[Seen]:
    units = (await session.execute(select(Unit).where(Unit.closed_on.is_(None)))).scalars().all()
    people = (await session.execute(select(func.count()).select_from(Person))).scalar_one()
    if not units:
        return [(("ok" if settings.sample_mode else "warn", "people-none"), {})]
    if any(unit.sample for unit in units) and settings.public_url is not None:
        return [(("fail", "people-sample"), {})]
    seen: list[Seen] = [(("ok", "people-ok"), {"units": len(units), "people": people})]
    parents = await parent_ids(session, today(now))
    wanted = select(Post.unit_id).where(Post.role.in_((Role.HEAD, Role.HOME_AFFAIRS, Role.INSPECTOR)), *held_on(today(now)))
    answered = set((await session.execute(wanted)).scalars())
    lost = [unit.name for unit in units if unit.kind != "province" and not _is_answered(unit.id, parents, answered)]
    if lost and not all(unit.sample for unit in units):
        names = "; ".join(lost[:_LISTED]) + ("…" if len(lost) > _LISTED else "")
        seen.append((("warn", "people-no-head"), {"units": names}))
    return seen


def _is_answered(unit_id: int, parents: dict[int, int], answered: set[int]) -> bool:
    passed: set[int] = set()
    here: int | None = unit_id
    while here is not None and here not in passed:
        if here in answered:
            return True
        passed.add(here)
        here = parents.get(here)
    return False


def _clock(now: dt.datetime, newest: dt.datetime | None) -> Seen:
    shown = f"{local(now):%H:%M %d/%m/%Y}"
    if newest is not None and newest > now + _AHEAD:
        return ("fail", "clock-behind"), {"now": shown, "seen": f"{local(newest):%H:%M %d/%m/%Y}"}
    return ("ok", "clock-ok"), {"now": shown}
