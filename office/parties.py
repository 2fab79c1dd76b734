"""One person on many channels: contacts joined by a short code, shown on one channel and typed on the other.

Who joined them is one person for what a citizen may follow and for where a notice goes. An invitation makes two contacts the same official, but
never the same citizen: whoever hands out invitations must not come to see what an official filed as a citizen.
"""

from __future__ import annotations

import datetime as dt
import secrets

from sqlalchemy import delete, select, update

from office import Session
from office.held import hand_over
from office.people import CODE_LETTERS, CodeRefused, note_guess, too_many_guesses
from office.records import Contact, JoiningCode
from office.units import fold
from office.vault import vault_of

JOINING_LASTS = dt.timedelta(minutes=10)
MOST = 6
"""Contacts of one person: more would be a mistake or mischief."""

_PREFIX = "NK"
_LENGTH = 8


async def begin_joining(session: Session, contact: Contact, now: dt.datetime) -> str:
    """A code that joins this contact with the one where it is typed, once and within ten minutes. Earlier ones of the contact end."""
    await session.execute(delete(JoiningCode).where((JoiningCode.contact_id == contact.id) | (JoiningCode.expires_at <= now)))
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(_LENGTH))
    session.add(JoiningCode(code_tag=_tag(session, code), contact_id=contact.id, expires_at=now + JOINING_LASTS))
    return f"{_PREFIX}-{code[:4]}-{code[4:]}"


def read_joining_code(typed: str) -> str | None:
    """The code in what was typed, with or without dashes, spaces and capitals; None if it cannot be one."""
    plain = "".join(letter for letter in fold(typed).upper() if letter.isalnum())
    code = plain.removeprefix(_PREFIX)
    return code if plain.startswith(_PREFIX) and len(code) == _LENGTH and set(code) <= set(CODE_LETTERS) else None


async def other_end(session: Session, contact: Contact, typed: str, now: dt.datetime) -> Contact:
    """The contact that asked for the code. Raises CodeRefused: `unknown`, `too_many`, `own`, `joined`, `two_officials`, `full`."""
    if await too_many_guesses(session, contact.id, now):
        raise CodeRefused("too_many")
    code = read_joining_code(typed)
    found = await session.get(JoiningCode, _tag(session, code)) if code else None
    if found is None or found.expires_at <= now:
        note_guess(session, contact.id, now)
        raise CodeRefused("unknown")
    other = await session.get_one(Contact, found.contact_id)
    if other.id == contact.id:
        raise CodeRefused("own")
    if contact.party is not None and contact.party == other.party:
        raise CodeRefused("joined")
    if contact.person_id and other.person_id and contact.person_id != other.person_id:
        raise CodeRefused("two_officials")
    if len(await _members(session, contact)) + len(await _members(session, other)) > MOST:
        raise CodeRefused("full")
    return other


async def join(session: Session, contact: Contact, typed: str, now: dt.datetime) -> Contact:
    """Make the two contacts one person; an official is then one on both. Returns the other end. Raises CodeRefused.

    What waited on the other channels for the person's next word is said here now.
    """
    other = await other_end(session, contact, typed, now)
    await session.execute(delete(JoiningCode).where(JoiningCode.contact_id == other.id))
    all_of_them = {*await _members(session, contact), *await _members(session, other)}
    who = {"party": contact.party or other.party or secrets.randbits(56), "person_id": contact.person_id or other.person_id}
    await session.execute(update(Contact).where(Contact.id.in_(all_of_them)).values(who))
    await session.refresh(contact, list(who))
    await hand_over(session, [each for each in all_of_them if each != contact.id], contact, now)
    return other


async def part(session: Session, contact: Contact, which: int) -> Contact | None:
    """Take one of the person's contacts out of the party, and out of the office; one that is left alone is no party.

    Returns the contact that was taken out; None if it is no longer in this party.
    """
    members = await _members(session, contact)
    if contact.party is None or which not in members:
        return None
    alone = {"party": None, "person_id": None}
    await session.execute(update(Contact).where(Contact.id == which).values(alone))
    if len(members) == 2:
        await session.execute(update(Contact).where(Contact.id.in_(members)).values(party=None))
    await session.refresh(contact, list(alone))
    return await session.get_one(Contact, which, populate_existing=True)


async def _members(session: Session, contact: Contact) -> list[int]:
    """The ids of all contacts of the person, this one among them."""
    if contact.party is None:
        return [contact.id]
    return list((await session.execute(select(Contact.id).where(Contact.party == contact.party))).scalars())


def _tag(session: Session, code: str) -> str:
    return vault_of(session).tag(code, "joining")
