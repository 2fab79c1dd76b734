"""Who may look at a piece of evidence now: only those who handle its case today, whoever was shown it before; and at what is sealed, only those who
may open it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from office import Session
from office.cases import handles
from office.people import who_is
from office.records import Case, CaseFile, Contact
from office.stories import may_open


async def cases_with(session: Session, file_id: int) -> list[int]:
    """The cases in which the file is evidence; of a chart or of a story not sent there are none."""
    return list((await session.execute(select(CaseFile.case_id).where(CaseFile.file_id == file_id))).scalars())


async def may_be_seen_at(session: Session, file_id: int, contact_id: int, now: dt.datetime) -> bool:
    """Whether the person who speaks at this contact may see this evidence today."""
    contact = await session.get(Contact, contact_id)
    if contact is None:
        return False
    who = await who_is(session, contact, now)
    wanted = select(Case, CaseFile.sealed).join(CaseFile, CaseFile.case_id == Case.id).where(CaseFile.file_id == file_id)
    for case, sealed in (await session.execute(wanted)).all():
        if await handles(session, case.id, who, now) and (not sealed or await may_open(session, case, who, now)):
            return True
    return False
