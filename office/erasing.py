"""Deletes on request what is kept of a person: all that stands beside the contact, and every way from it to the cases filed there.

A case goes on, since the unit owes it an answer. It then stands as one filed without a name: only its receipt code opens it, nothing of it may
teach, and what was sealed of it is gone. No moment of the deletion is kept anywhere: it would be the same for the contact and for its cases.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from sqlalchemy import delete, or_, select

from office import Session
from office.contacts import whole_party
from office.learning import MAY_LEARN
from office.linking import lent_alone, take_office
from office.moments import whole_hour
from office.outbox import REPORTER
from office.records import BrowserMessage, Case, CaseFile, Contact, Guess, JoiningCode, OutboxMessage, SealedNames, SealedWords, StoredFile
from office.reporters import bring_home, forget_reporter
from office.unsaid import OF_THE_CITIZEN, unsaid_on
from office.vault import SealBroken, vault_of


async def contacts_to_erase(session: Session, contact: Contact, *, all_joined: bool) -> list[Contact]:
    """This contact, and if so wished those that the same person joined to it, locked."""
    if not all_joined or contact.party is None:
        return [contact]
    others = select(Contact).where(Contact.party == contact.party, Contact.id != contact.id).order_by(Contact.id)
    locked = others.with_for_update(key_share=True).execution_options(populate_existing=True)
    return [contact, *(await session.execute(locked)).scalars()]


async def erase(session: Session, contacts: Sequence[Contact], file_ids: Collection[int], now: dt.datetime) -> None:
    """Make these contacts, locked, as if nobody had ever spoken there. `file_ids` are the files that their memories name.

    What an official is and did as one stays; so do updates' claims, which know but the day. A joined contact that is not erased keeps its own:
    news of what was filed there that waits on an erased one goes back to it, and the office's notices go to a contact that is still the official's.
    """
    staying = [each for each in await whole_party(session, contacts[0]) if each not in contacts]
    officials = [contact for contact in contacts if contact.person_id is not None]
    files = {*file_ids, *[file_id for contact in contacts for file_id in await _files_shown(session, contact)]}
    cases = await forget_reporter(session, contacts)
    await _cut_off(session, cases)
    await _forget_news_elsewhere(session, staying, cases, now)
    for contact in contacts:
        contact.party = None  # the one who is left of two is a party of one, which leads nowhere: its row tells nothing of this moment
    await take_office(session, [*(each for each in contacts if each.borrowed), *lent_alone(staying)], now)
    await bring_home(session, [*contacts, *staying], now)
    for contact in contacts:
        await _empty(session, contact, now, all_news=contact not in officials)
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


async def _forget_news_elsewhere(session: Session, staying: Sequence[Contact], case_ids: Sequence[int], now: dt.datetime) -> None:
    """News of these cases that waits on a joined contact which stays."""
    rows = await unsaid_on(session, [each.id for each in staying], now)
    news = [row.id for row in rows if row.kind == REPORTER and row.body["notice"]["case"] in case_ids]
    await session.execute(delete(OutboxMessage).where(OutboxMessage.id.in_(news)))


async def _empty(session: Session, contact: Contact, now: dt.datetime, *, all_news: bool) -> None:
    """Delete what stands beside the contact; of what was or will be said there all, or only what is a citizen's."""
    for record in (BrowserMessage, Guess, JoiningCode):
        await session.execute(delete(record).where(record.contact_id == contact.id))
    waiting = delete(OutboxMessage).where(OutboxMessage.contact_id == contact.id)
    if not all_news:
        unsaid = [row.id for row in await unsaid_on(session, [contact.id], now) if row.kind in OF_THE_CITIZEN]
        waiting = waiting.where(or_(OutboxMessage.kind.in_(OF_THE_CITIZEN), OutboxMessage.id.in_(unsaid)))
    await session.execute(waiting)
    contact.state = contact.memory = contact.noticed_at = contact.allowance = None
    contact.created_at = whole_hour(now)
    contact.holds = contact.knocked = contact.failing = False
