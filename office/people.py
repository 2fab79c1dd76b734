"""Who a person is in the office: roles by unit and date, and the invitation codes by which an account is linked (`office.linking`)."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Date, Select, and_, bindparam, func, or_, select, true, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import aliased, outerjoin

from office import Session
from office.calendar_cache import STAMP_NOW, note_stamp
from office.contacts import claim_update, contact_at
from office.database import rows_of
from office.moments import today, whole_day
from office.records import Contact, Guess, HeardUpdate, Invitation, Person, Post
from office.vault import vault_of

INVITATION_LASTS = dt.timedelta(days=7)
GUESSES_AN_HOUR = 5
CODE_LETTERS = "ABCDEFGHKLMNPQRSTUVXY3456789"  # none that look alike


class Role(StrEnum):
    """What a post allows. `head` answers for the unit, `official` and `reception` work in it, the others look from above."""

    OFFICIAL = "official"
    RECEPTION = "reception"
    HEAD = "head"
    INSPECTOR = "inspector"
    HOME_AFFAIRS = "home_affairs"
    ADMIN = "admin"


@dataclass(frozen=True)
class Who:
    """The one who speaks: a citizen (nothing known), or an official with the posts held today."""

    contact_id: int
    person_id: int | None = None
    name: str = ""
    posts: tuple[tuple[int, Role], ...] = ()

    @property
    def is_official(self) -> bool:
        return self.person_id is not None and bool(self.posts)

    @property
    def unit_id(self) -> int | None:
        """The unit where the person works: where attendance counts."""
        return self.posts[0][0] if self.posts else None

    @property
    def heads(self) -> tuple[int, ...]:
        """The units that this person heads."""
        return tuple(unit for unit, role in self.posts if role is Role.HEAD)

    @property
    def oversees(self) -> tuple[int, ...]:
        """The units whose cases come to this person: those headed, watched (Home Affairs, inspectorate) or administered."""
        return tuple(unit for unit, role in self.posts if role in (Role.HEAD, Role.HOME_AFFAIRS, Role.INSPECTOR, Role.ADMIN))


async def meet(session: Session, channel: str, address: str, update_key: str, now: dt.datetime) -> tuple[Contact, Who] | None:
    """Claim the update, and tell who speaks: the contact, made on the first word and locked until the transaction ends, and who is behind it.

    None if the update was handled before. PostgreSQL is asked once for all of it: there each question costs a way over the network.
    The calendar's mark comes along, except for a new contact, so that the turn need not ask for a calendar that is known.
    """
    given = {"channel": channel, "address": address, "day": today(now)}
    if session.get_bind().dialect.name == "postgresql":
        rows = (await session.execute(_claim_and_meet(), given | {"update_key": update_key, "heard_at": whole_day(now)})).all()
        if not rows[0].claims:
            return None
    else:
        if not await claim_update(session, channel, update_key, now):
            return None
        rows = (await session.execute(_MEET, given)).all()
    if not rows or rows[0][0] is None:
        return (contact := await contact_at(session, channel, address, now)), await who_is(session, contact, now)
    note_stamp(session, rows[0].calendar_stamp)
    contact, name = rows[0][0], rows[0][1]
    posts = tuple((row.unit_id, Role(row.role)) for row in rows if row.unit_id is not None)
    return contact, Who(contact.id, contact.person_id, name, posts) if posts else Who(contact.id)


async def who_is(session: Session, contact: Contact, now: dt.datetime) -> Who:
    """The person behind a contact, with today's posts."""
    if contact.person_id is None:
        return Who(contact.id)
    rows = await rows_of(session, _WHO, person=contact.person_id, day=today(now))
    if not rows:
        return Who(contact.id)
    return Who(contact.id, contact.person_id, rows[0][0], tuple((unit, Role(role)) for _, unit, role in rows))


def held_on(day: dt.date | BindParameter[dt.date]) -> tuple[ColumnElement[bool], ...]:
    """The condition that a post is held on that day."""
    return (Post.valid_from <= day, or_(Post.valid_to.is_(None), Post.valid_to > day))


_WHO = (
    select(Person.full_name, Post.unit_id, Post.role)
    .join(Post, Post.person_id == Person.id)
    .where(Person.id == bindparam("person"), *held_on(bindparam("day", type_=Date())))
    .order_by(Post.id)
)


def _behind(contact: type[Contact], source: Any, *also: Any) -> Select[Any]:
    """The contact with the person and the posts behind it; several rows if there are several posts."""
    on_duty = and_(Post.person_id == Person.id, *held_on(bindparam("day", type_=Date())))
    return (
        select(contact, Person.full_name, Post.unit_id, Post.role, STAMP_NOW.label("calendar_stamp"), *also)
        .select_from(source)
        .outerjoin(Person, Person.id == contact.person_id)
        .outerjoin(Post, on_duty)
        .order_by(Post.id)
    )


_AT_ADDRESS = (Contact.channel == bindparam("channel"), Contact.address == bindparam("address"))
_MEET = _behind(Contact, Contact).where(*_AT_ADDRESS)


@cache
def _claim_and_meet() -> Select[Any]:
    """One row at least: `claims` is 1 if the update is ours; the contact is empty if nobody has spoken from there."""
    values = {name: bindparam(name, type_=HeardUpdate.__table__.c[name].type) for name in ("channel", "update_key", "heard_at")}
    claim = postgresql.insert(HeardUpdate).values(values).on_conflict_do_nothing().returning(HeardUpdate.update_key).cte("claim")
    locked = select(Contact).where(*_AT_ADDRESS).with_for_update(key_share=True).cte("locked")
    claims = select(func.count().label("claims")).select_from(claim).subquery("claims")
    here = aliased(Contact, locked)
    return _behind(here, outerjoin(claims, here, true()), claims.c.claims)


async def holders(session: Session, unit_id: int, day: dt.date, *roles: Role) -> list[int]:
    """The ids of the people who hold one of the roles (any, if none is named) in the unit on that day."""
    wanted = select(Post.person_id).where(Post.unit_id == unit_id, *held_on(day)).order_by(Post.id)
    if roles:
        wanted = wanted.where(Post.role.in_(roles))
    return list(dict.fromkeys((await session.execute(wanted)).scalars()))


@dataclass(frozen=True)
class Holder:
    """Somebody with a post: whom a story may speak of."""

    person_id: int
    full_name: str
    titles: tuple[str, ...]
    unit_id: int
    heads: bool


async def holders_along(session: Session, unit_ids: Collection[int], day: dt.date) -> list[Holder]:
    """Everybody who holds a post in these units on that day, with all titles held there."""
    wanted = (
        select(Post.person_id, Person.full_name, Post.title, Post.unit_id, Post.role)
        .join(Person, Person.id == Post.person_id)
        .where(Post.unit_id.in_(unit_ids), *held_on(day))
        .order_by(Post.id)
    )
    found: dict[int, Holder] = {}
    for person, name, title, unit, role in (await session.execute(wanted)).all():
        one = found.get(person, Holder(person, name, (), unit, False))
        found[person] = replace(one, titles=(*one.titles, title) if title else one.titles, heads=one.heads or role == Role.HEAD)
    return list(found.values())


async def invite(session: Session, person_id: int, now: dt.datetime) -> str:
    """A new invitation code for a person, good once and for seven days. Earlier unused codes of the person end."""
    await session.execute(update(Invitation).where(Invitation.person_id == person_id, Invitation.used_at.is_(None)).values(expires_at=now))
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(8))
    session.add(Invitation(person_id=person_id, code_tag=invitation_tag(session, code), created_at=now, expires_at=now + INVITATION_LASTS))
    return f"{code[:4]}-{code[4:]}"


class CodeRefused(ValueError):
    """The code cannot be used; `why` is one word, as said where it is raised."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


async def too_many_guesses(session: Session, contact_id: int, now: dt.datetime) -> bool:
    """Whether this contact has typed so many wrong codes within the hour that it must wait."""
    recent = select(func.count()).select_from(Guess).where(Guess.contact_id == contact_id, Guess.at > now - dt.timedelta(hours=1))
    return bool((await session.execute(recent)).scalar_one() >= GUESSES_AN_HOUR)


def invitation_tag(session: Session, typed: str) -> str:
    """The tag under which an invitation code is kept, however it was typed."""
    return vault_of(session).tag("".join(c for c in typed.upper() if c.isalnum()), "invitation")


def note_guess(session: Session, contact_id: int, now: dt.datetime) -> None:
    """A code that does not exist was typed."""
    session.add(Guess(contact_id=contact_id, at=now))


async def posts_of(session: Session, person_id: int, now: dt.datetime) -> list[tuple[int, Role]]:
    """The posts that a person holds today: unit and role, the first is where they work."""
    wanted = select(Post.unit_id, Post.role).where(Post.person_id == person_id, *held_on(today(now))).order_by(Post.id)
    return [(unit, Role(role)) for unit, role in (await session.execute(wanted)).all()]


async def name_of(session: Session, person_id: int) -> str:
    """The full name of an official."""
    return str((await session.execute(select(Person.full_name).where(Person.id == person_id))).scalar_one())
