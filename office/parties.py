"""One person on many channels: contacts joined by a short code, shown on one channel and typed on the other.

Who joined them is one person for what a citizen may follow and for where a notice goes. An invitation makes two contacts the same official, but
never the same citizen: whoever hands out invitations must not come to see what an official filed as a citizen.
"""

from __future__ import annotations

import datetime as dt
import secrets

from sqlalchemy import delete, select, update

from office import Session
from office.contacts import whole_party
from office.held import held_on
from office.linking import lent_alone, take_office
from office.people import CODE_LETTERS, CodeRefused, note_guess, too_many_guesses
from office.records import Contact, JoiningCode
from office.reporters import bring_home
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
    both = [*await _members(session, contact), *await _members(session, other)]
    if other.id == contact.id:
        raise CodeRefused("own")
    if contact.party is not None and contact.party == other.party:
        raise CodeRefused("joined")
    if len({each.person_id for each in both} - {None}) > 1:
        raise CodeRefused("two_officials")
    if len(both) > MOST:
        raise CodeRefused("full")
    return other


async def join(session: Session, contact: Contact, typed: str, now: dt.datetime) -> Contact:
    """Make the two contacts one person; an official is then one on both. Returns the other end. Raises CodeRefused.

    What waits on the person's other channels is said with the next word on any.
    """
    other = await other_end(session, contact, typed, now)
    tag = _tag(session, read_joining_code(typed) or "")
    taken = await session.execute(delete(JoiningCode).where(JoiningCode.code_tag == tag).returning(JoiningCode.code_tag))
    if taken.scalar_one_or_none() is None:  # somebody else has just used it
        raise CodeRefused("unknown")
    await session.execute(select(Contact.id).where(Contact.id == other.id).with_for_update(key_share=True))
    members = [*await _members(session, contact), *await _members(session, other)]
    person = next((each.person_id for each in members if each.person_id is not None), None)
    party = contact.party or other.party or secrets.randbits(56)
    for each in members:
        lent = {"person_id": person, "borrowed": True} if each.person_id is None and person is not None else {}
        await session.execute(update(Contact).where(Contact.id == each.id).values(party=party, **lent))
    await held_on(session, [each.id for each in members])
    for each in members:
        await session.refresh(each)
    return other


async def part(session: Session, contact: Contact, which: int, now: dt.datetime) -> Contact | None:
    """Take one of the person's contacts out of the party; what an invitation gave stays, what was lent by joining goes.

    News of a case goes home to who filed it, an official's notices to a contact that is still theirs. Returns the contact that was taken out; None
    if it is no longer in this party.
    """
    members = await whole_party(session, contact)
    parted = next((each for each in members if each.id == which), None)
    if contact.party is None or parted is None:
        return None
    stay = [each for each in members if each.id != which]
    for group in ([parted], stay):
        if len(group) == 1:
            group[0].party = None
    await take_office(session, [*lent_alone([parted]), *lent_alone(stay)], now)
    await held_on(session, [each.id for each in members])
    await bring_home(session, members, now)
    return parted


async def _members(session: Session, contact: Contact) -> list[Contact]:
    """All contacts of the person, this one among them, as they stand now."""
    if contact.party is None:
        return [contact]
    those = select(Contact).where(Contact.party == contact.party).order_by(Contact.id)
    return list((await session.execute(those.execution_options(populate_existing=True))).scalars())


async def forget_codes(session: Session, now: dt.datetime) -> None:
    """Delete the codes that nobody can use any more."""
    await session.execute(delete(JoiningCode).where(JoiningCode.expires_at <= now))


def _tag(session: Session, code: str) -> str:
    return vault_of(session).tag(code, "joining")
