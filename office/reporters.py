"""Who filed a case. This file alone opens the seal (Law on Denunciation 2018, art. 9 and 56).

Every opening for an official, or to tell of a step, stands in the audit. One by which news goes home after its reporter parted channels does not:
its moment would be the reporter's own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select

from office import Session, audit
from office.contacts import companions, reach_reporter
from office.outbox import REPORTER, plan_notice
from office.records import Case, Contact, SealedReporter
from office.unsaid import Unsaid, take_to, unsaid_on
from office.vault import SealBroken, vault_of


async def seal_reporter(session: Session, case: Case, contact: Contact, said_of_self: str) -> None:
    """Keep who filed the case, sealed. Of an anonymous case nothing is kept: only its code leads back to it."""
    if case.identity == "anonymous":
        return
    vault = vault_of(session)
    session.add(
        SealedReporter(
            case_id=case.id,
            tag=_tag(session, contact.id),
            sealed=vault.seal({"contact": contact.id, "self": said_of_self if case.identity == "open" else ""}, "reporter"),
        )
    )


async def tell_reporter(session: Session, case: Case, kind: str, event_id: int, now: dt.datetime) -> None:
    """Plan a notice to whoever filed the case, if that is known. The notice names the case and the step, never the person."""
    known = await _open(session, case.id)
    if known is None:
        return
    audit.note(session, None, "notify_reporter", f"case:{case.id}", now)
    contact = await reach_reporter(session, known["contact"], now)
    args = {"kind": kind, "case": case.id, "event": event_id}
    await plan_notice(session, f"reporter:{case.id}:{event_id}", contact, "reporter", args, now)


async def name_given(session: Session, case: Case, reader_id: int, now: dt.datetime) -> str | None:
    """What an open reporter said of themselves, for the person who handles the case. None unless the reporter chose to be open."""
    if case.identity != "open":
        return None
    known = await _open(session, case.id)
    audit.note(session, reader_id, "read_open_reporter", f"case:{case.id}", now)
    return str(known["self"]) if known else None


async def cases_of(session: Session, contact: Contact, *, limit: int = 10) -> list[Case]:
    """The cases that this person filed under their own seal, from this contact or one joined to it; newest first."""
    wanted = (
        select(Case)
        .join(SealedReporter, SealedReporter.case_id == Case.id)
        .where(SealedReporter.tag.in_(await _tags(session, contact)))
        .order_by(Case.id.desc())
        .limit(limit)
    )
    return list((await session.execute(wanted)).scalars())


async def is_reporter(session: Session, case: Case, contact: Contact) -> bool:
    """Whether this person filed the case, from this contact or one joined to it."""
    return await _filed_by(session, case.id, contact)


async def _filed_by(session: Session, case_id: int, contact: Contact) -> bool:
    wanted = select(SealedReporter.case_id).where(SealedReporter.case_id == case_id, SealedReporter.tag.in_(await _tags(session, contact)))
    return (await session.execute(wanted)).scalar_one_or_none() is not None


async def home_of_news(session: Session, case_id: int, contact: Contact, now: dt.datetime) -> Contact | None:
    """The contact by which whoever filed the case is reached, if this one is not theirs any more and they are known."""
    if await _filed_by(session, case_id, contact) or (known := await _open(session, case_id)) is None:
        return None
    return await reach_reporter(session, known["contact"], now)


async def forget_reporter(session: Session, contacts: Sequence[Contact]) -> list[int]:
    """Nobody knows any more that these contacts filed anything. Returns the ids of the cases that they had filed under their seal."""
    tags = [_tag(session, each.id) for each in contacts]
    forgotten = delete(SealedReporter).where(SealedReporter.tag.in_(tags)).returning(SealedReporter.case_id)
    return sorted((await session.execute(forgotten)).scalars())


async def _open(session: Session, case_id: int) -> dict[str, Any] | None:
    sealed = (await session.execute(select(SealedReporter.sealed).where(SealedReporter.case_id == case_id))).scalar_one_or_none()
    if sealed is None:
        return None
    try:
        return dict(vault_of(session).open(sealed, "reporter"))
    except SealBroken:  # another key after a restore: nobody knows any more, but the case goes on
        return None


async def bring_home(session: Session, contacts: Sequence[Contact], now: dt.datetime) -> None:
    """News that waits on one of these contacts, locked, goes to that which filed the case, where the two are no longer one person."""
    of_each = {contact.id: contact for contact in contacts}
    going: dict[int, list[Unsaid]] = {}
    for row in await unsaid_on(session, of_each, now):
        if row.kind != REPORTER or (known := await _open(session, row.body["notice"]["case"])) is None:
            continue
        home, here = of_each.get(known["contact"]), of_each[row.contact_id]
        if home is not None and home is not here and (here.party is None or home.party != here.party):
            going.setdefault(home.id, []).append(row)
    for home_id, rows in going.items():
        await take_to(session, rows, home_id, now)


async def _tags(session: Session, contact: Contact) -> list[str]:
    joined = await companions(session, contact)
    return [_tag(session, each.id) for each in (contact, *joined)]


def _tag(session: Session, contact_id: int) -> str:
    return vault_of(session).tag(str(contact_id), "reporter")
