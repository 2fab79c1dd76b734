"""Who may look at a piece of evidence now: only those who handle its case today, whoever was shown it before."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from office import Session
from office.cases import handles
from office.people import who_is
from office.records import CaseFile, Contact


async def cases_with(session: Session, file_id: int) -> list[int]:
    """The cases in which the file is evidence; of a chart or of a story not sent there are none."""
    return list((await session.execute(select(CaseFile.case_id).where(CaseFile.file_id == file_id))).scalars())


async def handled_at(session: Session, case_ids: list[int], contact_id: int, now: dt.datetime) -> bool:
    """Whether the person who speaks at this contact today handles one of the cases."""
    contact = await session.get(Contact, contact_id)
    if contact is None:
        return False
    who = await who_is(session, contact, now)
    for case_id in case_ids:
        if await handles(session, case_id, who, now):
            return True
    return False
