"""Who a person is in the office: roles by unit and date, and the invitation codes that link an account."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import BindParameter, ColumnElement, Date, and_, bindparam, func, or_, select, update

from office import Session
from office.contacts import contact_at
from office.database import rows_of
from office.moments import today
from office.records import Contact, Guess, Invitation, Person, Post
from office.vault import vault_of

INVITATION_LASTS = dt.timedelta(days=7)
GUESSES_AN_HOUR = 5
_CODE_LETTERS = "ABCDEFGHKLMNPQRSTUVXY3456789"  # none that look alike


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


async def meet(session: Session, channel: str, address: str, now: dt.datetime) -> tuple[Contact, Who]:
    """Who speaks at this address: the contact, made on the first word and locked until the transaction ends, and who is behind it."""
    rows = (await session.execute(_MEET, {"channel": channel, "address": address, "day": today(now)})).all()
    if not rows:
        return (contact := await contact_at(session, channel, address, now)), Who(contact.id)
    contact, name = rows[0][0], rows[0][1]
    posts = tuple((unit, Role(role)) for _, _, unit, role in rows if unit is not None)
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

_MEET = (
    select(Contact, Person.full_name, Post.unit_id, Post.role)
    .outerjoin(Person, Person.id == Contact.person_id)
    .outerjoin(Post, and_(Post.person_id == Person.id, *held_on(bindparam("day", type_=Date()))))
    .where(Contact.channel == bindparam("channel"), Contact.address == bindparam("address"))
    .order_by(Post.id)
    .with_for_update(key_share=True, of=Contact)
)


async def holders(session: Session, unit_id: int, day: dt.date, *roles: Role) -> list[int]:
    """The ids of the people who hold one of the roles (any, if none is named) in the unit on that day."""
    wanted = select(Post.person_id).where(Post.unit_id == unit_id, *held_on(day)).order_by(Post.id)
    if roles:
        wanted = wanted.where(Post.role.in_(roles))
    return list(dict.fromkeys((await session.execute(wanted)).scalars()))


async def invite(session: Session, person_id: int, now: dt.datetime) -> str:
    """A new invitation code for a person, good once and for seven days. Earlier unused codes of the person end."""
    await session.execute(update(Invitation).where(Invitation.person_id == person_id, Invitation.used_at.is_(None)).values(expires_at=now))
    code = "".join(secrets.choice(_CODE_LETTERS) for _ in range(8))
    session.add(Invitation(person_id=person_id, code_tag=_invitation_tag(session, code), created_at=now, expires_at=now + INVITATION_LASTS))
    return f"{code[:4]}-{code[4:]}"


class CodeRefused(ValueError):
    """The code cannot be used; `why` is `unknown`, `expired`, `used` or `too_many`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


async def redeem(session: Session, contact: Contact, typed: str, now: dt.datetime) -> Person:
    """Link the contact to the person whom the code invites. Raises CodeRefused."""
    if await too_many_guesses(session, contact.id, now):
        raise CodeRefused("too_many")
    tag = _invitation_tag(session, typed)
    found = (await session.execute(select(Invitation).where(Invitation.code_tag == tag).with_for_update())).scalar_one_or_none()
    if found is None:
        session.add(Guess(contact_id=contact.id, at=now))
        raise CodeRefused("unknown")
    if found.used_at is not None:
        raise CodeRefused("used")
    if found.expires_at <= now:
        raise CodeRefused("expired")
    found.used_at = now
    contact.person_id = found.person_id
    return (await session.execute(select(Person).where(Person.id == found.person_id))).scalar_one()


async def unlink(session: Session, contact: Contact) -> None:
    """The account no longer speaks for an official."""
    contact.person_id = None


async def too_many_guesses(session: Session, contact_id: int, now: dt.datetime) -> bool:
    """Whether this contact has typed so many wrong codes within the hour that it must wait."""
    recent = select(func.count()).select_from(Guess).where(Guess.contact_id == contact_id, Guess.at > now - dt.timedelta(hours=1))
    return bool((await session.execute(recent)).scalar_one() >= GUESSES_AN_HOUR)


def _invitation_tag(session: Session, typed: str) -> str:
    return vault_of(session).tag("".join(c for c in typed.upper() if c.isalnum()), "invitation")


def note_guess(session: Session, contact_id: int, now: dt.datetime) -> None:
    """A code that does not exist was typed."""
    session.add(Guess(contact_id=contact_id, at=now))


async def posts_of(session: Session, person_id: int, now: dt.datetime) -> list[tuple[int, Role]]:
    """The posts that a person holds today: unit and role, the first is where they work."""
    wanted = select(Post.unit_id, Post.role).where(Post.person_id == person_id, *held_on(today(now))).order_by(Post.id)
    return [(unit, Role(role)) for unit, role in (await session.execute(wanted)).all()]
