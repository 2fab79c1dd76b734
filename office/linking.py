"""An account speaks for an official: an invitation links it, `/thoat` takes the link away, and with it what joining had lent to other accounts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select

from office import Session
from office.contacts import reach, whole_party
from office.people import CodeRefused, invitation_tag, note_guess, too_many_guesses
from office.records import Contact, Invitation, Person
from office.unsaid import OF_THE_CITIZEN, take_to, unsaid_on


async def redeem(session: Session, contact: Contact, typed: str, now: dt.datetime) -> Person:
    """Link the contact to the person whom the code invites. Raises CodeRefused: `too_many`, `unknown`, `used`, `expired`, `two_officials`."""
    if await too_many_guesses(session, contact.id, now):
        raise CodeRefused("too_many")
    tag = invitation_tag(session, typed)
    found = (await session.execute(select(Invitation).where(Invitation.code_tag == tag).with_for_update())).scalar_one_or_none()
    if found is None:
        note_guess(session, contact.id, now)
        raise CodeRefused("unknown")
    if found.used_at is not None:
        raise CodeRefused("used")
    if found.expires_at <= now:
        raise CodeRefused("expired")
    others = [each for each in await whole_party(session, contact) if each is not contact]
    if any(_is_invited(each) and each.person_id != found.person_id for each in others):
        raise CodeRefused("two_officials")
    if contact.person_id not in (None, found.person_id):
        await unlink(session, contact, now)
    found.used_at = now
    contact.person_id, contact.borrowed = found.person_id, False
    contact.holds = True  # what waits on another contact of theirs is said with the next word here
    return (await session.execute(select(Person).where(Person.id == found.person_id))).scalar_one()


async def unlink(session: Session, contact: Contact, now: dt.datetime) -> None:
    """The account no longer speaks for an official; nor does any that did so only because it was joined to this one."""
    await take_office(session, [contact, *await leave_with(session, contact)], now)


async def leave_with(session: Session, contact: Contact) -> list[Contact]:
    """The joined accounts that speak for the official only through this one, locked: they stop when it does."""
    return lent_alone([each for each in await whole_party(session, contact) if each is not contact])


def lent_alone(group: Sequence[Contact]) -> list[Contact]:
    """Those of the contacts, all that are left together of one person, that speak for an official though no invitation stands behind it any more."""
    return [] if any(map(_is_invited, group)) else [each for each in group if each.borrowed]


async def take_office(session: Session, contacts: Sequence[Contact], now: dt.datetime) -> None:
    """These contacts, locked, no longer speak for their official. What waits there for the official goes to the contact that now reaches them.

    If there is none it stays: judged anew, it is not said.
    """
    lost = [(contact, contact.person_id) for contact in contacts]
    for contact in contacts:
        contact.person_id, contact.borrowed = None, False
    await session.flush()
    for contact, person_id in lost:
        if person_id is not None:
            of_the_office = [row for row in await unsaid_on(session, [contact.id], now) if row.kind not in OF_THE_CITIZEN]
            heir = await reach(session, person_id, now) or contact
            await take_to(session, of_the_office, heir.id, now)


def _is_invited(contact: Contact) -> bool:
    return contact.person_id is not None and not contact.borrowed
