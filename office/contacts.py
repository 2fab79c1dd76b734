"""Contacts: a person's address on a channel, locked for the length of one step so that two messages never mix."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from sqlalchemy import Update, and_, bindparam, case, delete, exists, or_, select, update
from sqlalchemy.orm import aliased
from sqlalchemy.orm.attributes import set_committed_value

from office import Session
from office.database import Also, changed_by, insert_once
from office.moments import whole_day, whole_hour
from office.records import BrowserMessage, Contact, Guess, HeardUpdate, JoiningCode, OutboxMessage


async def claim_update(session: Session, channel: str, update_key: str, now: dt.datetime) -> bool:
    """Claim an update for this transaction. False if it was handled before."""
    return await insert_once(session, HeardUpdate.__table__, {"channel": channel, "update_key": update_key, "heard_at": whole_day(now)})  # type: ignore[arg-type]


async def unclaim_update(session: Session, channel: str, update_key: str) -> None:
    """Undo the claim that this transaction made: the update is to be handled later."""
    these = (HeardUpdate.channel == channel, HeardUpdate.update_key == update_key)
    await session.execute(delete(HeardUpdate).where(*these))


async def was_heard(session: Session, channel: str, update_key: str) -> bool:
    """Whether an update was handled before: asked ahead of costly work, such as fetching its files. The claim alone decides."""
    wanted = select(HeardUpdate.channel).where(HeardUpdate.channel == channel, HeardUpdate.update_key == update_key)
    return (await session.execute(wanted)).scalar_one_or_none() is not None


async def contact_at(session: Session, channel: str, address: str, now: dt.datetime) -> Contact:
    """The contact at this address, made on the first word, locked until the transaction ends."""
    given = {"channel": channel, "address": address}
    contact = (await session.execute(_AT, given)).scalar_one_or_none()
    if contact is None:
        await insert_once(
            session,
            Contact.__table__,  # type: ignore[arg-type]
            {"channel": channel, "address": address, "serial": 0, "created_at": whole_hour(now), "heard_at": whole_hour(now)},
        )
        contact = (await session.execute(_AT, given)).scalar_one()
    return contact


_AT = (
    select(Contact).where(Contact.channel == bindparam("channel"), Contact.address == bindparam("address")).with_for_update(key_share=True)
)


async def remember(session: Session, contact: Contact, **kept: Any) -> None:
    """Write these fields of a locked contact, if they differ; past the ORM's flush, since every turn does it."""
    if (written := remembering(contact, kept)) is not None:
        await changed_by(session, lambda _: written[0], written[1])


def remembering(contact: Contact, kept: dict[str, Any]) -> Also | None:
    """What `remember` writes, for who writes it along with something else; None if nothing differs. The contact is taken to be so from now on."""
    if all(getattr(contact, name) == value for name, value in kept.items()):
        return None
    for name, value in kept.items():
        set_committed_value(contact, name, value)
    return _remember(tuple(kept)), {f"contact_{name}": value for name, value in kept.items()} | {"this_contact": contact.id}


@cache
def _remember(names: tuple[str, ...]) -> Update:
    columns = Contact.__table__.c
    values = {name: bindparam(f"contact_{name}", type_=columns[name].type) for name in names}
    return update(Contact.__table__).where(columns.id == bindparam("this_contact")).values(values)  # type: ignore[arg-type]


async def find_contact(session: Session, channel: str, address: str) -> Contact | None:
    """The contact at this address, if it has ever spoken; not locked."""
    return (await session.execute(select(Contact).where(Contact.channel == channel, Contact.address == address))).scalar_one_or_none()


async def contact_by_id(session: Session, contact_id: int) -> Contact:
    """The contact, locked until the transaction ends."""
    return (await session.execute(select(Contact).where(Contact.id == contact_id).with_for_update(key_share=True))).scalar_one()


async def with_their_others(session: Session, contact_id: int) -> Contact:
    """The contact, and with it all others of the same person, locked until the transaction ends.

    Locked in the order of their numbers: of two who want them at once, one waits for the other.
    """
    party, person = (select(column).where(_asked.id == contact_id).scalar_subquery() for column in (_asked.party, _asked.person_id))
    theirs = select(Contact).where(or_(Contact.id == contact_id, Contact.party == party, Contact.person_id == person)).order_by(Contact.id)
    locked = (await session.execute(theirs.with_for_update(key_share=True))).scalars()
    return next(each for each in locked if each.id == contact_id)


_asked = aliased(Contact)


async def whole_party(session: Session, contact: Contact) -> list[Contact]:
    """All contacts that the same person joined, this one among them, locked, as they stand now, in the order of their numbers."""
    if contact.party is None:
        return [contact]
    those = select(Contact).where(Contact.party == contact.party).order_by(Contact.id).with_for_update(key_share=True)
    return list((await session.execute(those.execution_options(populate_existing=True))).scalars())


LOOKED_AT = dt.timedelta(days=7)
"""A browser page rings nobody's telephone: it is a way to a person only while they come back to it."""


def _best_first(now: dt.datetime) -> tuple[Any, ...]:
    """The contact that last worked: none where sending failed since and no page long closed, then the one heard last."""
    closed = and_(Contact.channel == "browser", Contact.heard_at < now - LOOKED_AT)
    return (Contact.failing, case((closed, 1), else_=0), Contact.heard_at.desc())


async def reach(session: Session, person_id: int, now: dt.datetime) -> Contact | None:
    """The contact by which an official is reached, of those that are not gone."""
    those = select(Contact).where(Contact.person_id == person_id, Contact.gone_at.is_(None))
    return (await session.execute(those.order_by(*_best_first(now), Contact.id).limit(1))).scalar_one_or_none()


async def reach_reporter(session: Session, contact_id: int, now: dt.datetime) -> Contact | None:
    """The contact by which whoever filed from this one is reached: this, or another that the same person joined to it and used since.

    When each was used is known by the hour only: within one, it is this.
    """
    asked = await session.get(Contact, contact_id)  # not locked: their own turn may be under way
    if asked is None or asked.party is None:
        return asked
    those = select(Contact).where(Contact.party == asked.party, Contact.gone_at.is_(None))
    itself = case((Contact.id == contact_id, 0), else_=1)
    return (await session.execute(those.order_by(*_best_first(now), itself, Contact.id).limit(1))).scalar_one_or_none() or asked


async def other_ways(session: Session, contact: Contact, now: dt.datetime, *, as_official: bool) -> list[Contact]:
    """The other contacts of the same person that are not gone, best first: of the official, or of the citizen who joined them."""
    mate = Contact.person_id == contact.person_id if as_official else Contact.party == contact.party
    if (contact.person_id if as_official else contact.party) is None:
        return []
    those = select(Contact).where(mate, Contact.id != contact.id, Contact.gone_at.is_(None)).order_by(*_best_first(now), Contact.id)
    return list((await session.execute(those)).scalars())


async def companions(session: Session, contact: Contact) -> list[Contact]:
    """The contacts that the same person joined to this one (`office.parties`), the one heard last first."""
    if contact.party is None:
        return []
    others = select(Contact).where(Contact.party == contact.party, Contact.id != contact.id)
    return list((await session.execute(others.order_by(Contact.heard_at.desc(), Contact.id))).scalars())


async def mark_gone(session: Session, contact_id: int, now: dt.datetime) -> None:
    """The channel says that this person cannot be reached there any more (blocked the bot, left). The exact time would lead to a case."""
    await session.execute(update(Contact).where(Contact.id == contact_id, Contact.gone_at.is_(None)).values(gone_at=whole_hour(now)))


async def knocked(session: Session, contact_id: int) -> None:
    """A template tells the person that something waits; until their next word no other does."""
    await session.execute(update(Contact).where(Contact.id == contact_id).values(knocked=True))


async def mark_failing(session: Session, contact_id: int) -> None:
    """Sending here failed several times: until the person is heard here again, another contact of theirs is tried first."""
    await session.execute(update(Contact).where(Contact.id == contact_id).values(failing=True))


async def note_allowance(session: Session, contact_id: int, left: int) -> None:
    """The channel said how many messages it still takes for this person before their next word."""
    await session.execute(update(Contact).where(Contact.id == contact_id).values(allowance=left))


async def forget_old_claims(session: Session, before: dt.datetime) -> None:
    """Drop claims so old that no channel repeats their updates (Telegram keeps updates for 24 hours)."""
    await session.execute(HeardUpdate.__table__.delete().where(HeardUpdate.heard_at < before))  # type: ignore[attr-defined]


async def forget_silent(session: Session, before: dt.datetime) -> int:
    """Delete browser conversations begun before then in which nothing was ever said: opening one costs nothing. Returns how many."""
    said = exists().where(BrowserMessage.contact_id == Contact.id)
    waits = exists().where(OutboxMessage.contact_id == Contact.id)
    guessed = exists().where(Guess.contact_id == Contact.id)
    joins = exists().where(JoiningCode.contact_id == Contact.id)
    silent = (Contact.channel == "browser", Contact.created_at < before, Contact.person_id.is_(None), ~said, ~waits, ~guessed, ~joins)
    gone = await session.execute(delete(Contact).where(*silent).execution_options(synchronize_session=False))
    return int(gone.rowcount)  # type: ignore[attr-defined]
