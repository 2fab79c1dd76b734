"""Whom to invite: the person behind a staff code, or all of a list who have no account linked yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select

from office import Session, audit
from office.moments import today
from office.people import held_on, invite
from office.records import Contact, Person, Post, Unit


@dataclass(frozen=True)
class Invited:
    """A person with their new invitation code, to be shown once: only its tag is kept."""

    staff_code: str
    name: str
    unit: str
    code: str


async def invite_by_code(session: Session, staff_code: str, now: dt.datetime) -> Invited | None:
    """Invite the person with this staff code (case does not matter); None if there is none who holds a post today."""
    found = await _people(session, [staff_code], now)
    return await _invite(session, *found[0], now) if found else None


async def to_invite(session: Session, staff_codes: Iterable[str], now: dt.datetime) -> list[Invited]:
    """Invite everyone among these who holds a post today and has no account linked."""
    linked = set((await session.execute(select(Contact.person_id).where(Contact.person_id.is_not(None)))).scalars())
    return [
        await _invite(session, person, unit, now) for person, unit in await _people(session, staff_codes, now) if person.id not in linked
    ]


async def _people(session: Session, staff_codes: Iterable[str], now: dt.datetime) -> list[tuple[Person, str]]:
    """The people with the unit of their first post today, each once, in the order of the codes."""
    wanted = [code.strip().upper() for code in staff_codes]
    rows = (
        await session.execute(
            select(Person, Unit.name)
            .join(Post, Post.person_id == Person.id)
            .join(Unit, Unit.id == Post.unit_id)
            .where(*held_on(today(now)))
            .where(func.upper(Person.staff_code).in_(wanted) if len(wanted) < 500 else Person.id.is_not(None))
            .order_by(Post.id)
        )
    ).all()
    first: dict[str, tuple[Person, str]] = {}
    for person, unit in rows:
        first.setdefault(person.staff_code.upper(), (person, unit))
    return [first[code] for code in dict.fromkeys(wanted) if code in first]


async def _invite(session: Session, person: Person, unit: str, now: dt.datetime) -> Invited:
    audit.note(session, None, "invite", f"person:{person.id}", now)
    return Invited(person.staff_code, person.full_name, unit, await invite(session, person.id, now))
