"""Deletes on request what is kept of a person: all that stands beside the contact, and every way from it to the cases filed there.

A case goes on, since the unit owes it an answer. It then stands as one filed without a name: only its receipt code opens it, nothing of it may
teach, and what was sealed of it is gone. No moment of the deletion is kept anywhere: it would be the same for the contact and for its cases.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from sqlalchemy import delete, or_, select

from office import Session
from office.contacts import companions
from office.held import HELD, OWN
from office.learning import MAY_LEARN
from office.moments import whole_hour
from office.outbox import REPORTER, UNTRACED
from office.records import BrowserMessage, Case, CaseFile, Contact, Guess, JoiningCode, OutboxMessage, SealedNames, SealedWords, StoredFile
from office.reporters import forget_reporter
from office.vault import SealBroken, vault_of

_OF_THE_CITIZEN = (*UNTRACED, *OWN)
"""Kinds of notices that an official was sent as a citizen; the others are the office's."""


async def contacts_to_erase(session: Session, contact: Contact, *, all_joined: bool) -> list[Contact]:
    """This contact, and if so wished those that the same person joined to it, locked."""
    if not all_joined or contact.party is None:
        return [contact]
    others = select(Contact).where(Contact.party == contact.party, Contact.id != contact.id).order_by(Contact.id)
    locked = others.with_for_update(key_share=True).execution_options(populate_existing=True)
    return [contact, *(await session.execute(locked)).scalars()]


async def erase(session: Session, contacts: Sequence[Contact], file_ids: Collection[int], now: dt.datetime) -> None:
    """Make these contacts, locked, as if nobody had ever spoken there. `file_ids` are the files that their memories name.

    What an official is and did as one stays; so do updates' claims, which know but the day.
    """
    files = {*file_ids, *[file_id for contact in contacts for file_id in await _files_shown(session, contact)]}
    cases = await forget_reporter(session, contacts)
    await _cut_off(session, cases)
    for contact in contacts:
        await _forget_news_elsewhere(session, contact, contacts, cases)
        await _take_back_what_was_lent(session, contact, contacts)
    for contact in contacts:
        await _empty(session, contact, now)
    await _delete_unused(session, files)


async def _files_shown(session: Session, contact: Contact) -> list[int]:
    """The files that the person sent, by the browser's history; other channels keep theirs themselves."""
    vault = vault_of(session)
    wanted = select(BrowserMessage.body).where(BrowserMessage.contact_id == contact.id, BrowserMessage.mine)
    found = []
    for body in (await session.execute(wanted)).scalars():
        try:
            said = vault.open(body, "bubble")["said"]
        except SealBroken:  # after a restore with another key
            continue
        found += [int(file["file_id"]) for file in said.get("files", [])]
    return found


async def _cut_off(session: Session, case_ids: Sequence[int]) -> None:
    """Delete what was sealed of the cases; to those who handle them they are now as if filed without a name."""
    for record in (SealedWords, SealedNames):
        await session.execute(delete(record).where(record.case_id.in_(case_ids)))
    originals = delete(CaseFile).where(CaseFile.case_id.in_(case_ids), CaseFile.sealed).returning(CaseFile.file_id)
    await _delete_unused(session, (await session.execute(originals)).scalars().all())
    cases = select(Case).where(Case.id.in_(case_ids)).order_by(Case.id).with_for_update()
    for case in (await session.execute(cases)).scalars():
        case.identity, case.judged = "anonymous", {**case.judged, MAY_LEARN: False}


async def _delete_unused(session: Session, file_ids: Collection[int]) -> None:
    """Delete those of the files that are no evidence."""
    evidence = select(CaseFile.file_id)
    await session.execute(delete(StoredFile).where(StoredFile.id.in_(file_ids), StoredFile.id.not_in(evidence)))


async def _forget_news_elsewhere(session: Session, contact: Contact, erased: Sequence[Contact], case_ids: Sequence[int]) -> None:
    """News of these cases that waits on a joined contact which stays."""
    staying = {each.id for each in await companions(session, contact)} - {each.id for each in erased}
    waiting = select(OutboxMessage.id, OutboxMessage.body).where(
        OutboxMessage.contact_id.in_(staying), OutboxMessage.kind.in_((REPORTER, HELD))
    )
    vault = vault_of(session)
    for row in (await session.execute(waiting)).all():
        try:
            body = vault.open(row.body or b"", "outbox")
        except SealBroken:
            continue
        if body.get("kind", REPORTER) == REPORTER and body.get("notice", {}).get("case") in case_ids:
            await session.execute(delete(OutboxMessage).where(OutboxMessage.id == row.id))


async def _take_back_what_was_lent(session: Session, contact: Contact, erased: Sequence[Contact]) -> None:
    """Contacts that spoke for the official only because they were joined to this one do so no longer."""
    staying = [each for each in await companions(session, contact) if each not in erased]
    if any(each.person_id is not None and not each.borrowed for each in staying):
        return
    for each in staying:
        if each.borrowed:
            each.person_id, each.borrowed = None, False


async def _held_of_the_citizen(session: Session, contact: Contact) -> list[int]:
    """What is held bears its kind under the seal."""
    held = select(OutboxMessage.id, OutboxMessage.body).where(OutboxMessage.contact_id == contact.id, OutboxMessage.kind == HELD)
    vault = vault_of(session)
    rows = (await session.execute(held)).all()
    return [row.id for row in rows if vault.open(row.body or b"", "outbox").get("kind") in _OF_THE_CITIZEN]


async def _empty(session: Session, contact: Contact, now: dt.datetime) -> None:
    for record in (BrowserMessage, Guess, JoiningCode):
        await session.execute(delete(record).where(record.contact_id == contact.id))
    waiting = delete(OutboxMessage).where(OutboxMessage.contact_id == contact.id)
    if contact.person_id is not None:
        waiting = waiting.where(
            or_(OutboxMessage.kind.in_(_OF_THE_CITIZEN), OutboxMessage.id.in_(await _held_of_the_citizen(session, contact)))
        )
    await session.execute(waiting)
    contact.state = contact.memory = contact.noticed_at = contact.allowance = None
    contact.created_at = whole_hour(now)
    contact.holds = contact.knocked = contact.failing = False
    if contact.borrowed:
        contact.person_id, contact.borrowed = None, False
    contact.party = None  # the one who is left of two is a party of one, which leads nowhere: its row tells nothing of this moment
