"""What a citizen told: those who handle a case read it with names and numbers taken out; the whole is sealed, and opened only with a reason.

Who reports is to be protected by all who know (Law on Denunciation 2018, art. 9 and 56); a story often tells it by the way.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import and_, or_, select

from office import Session, audit
from office.files import store
from office.moments import today
from office.people import Role, Who
from office.records import Case, CaseFile, Post, SealedWords, StoredFile
from office.units import lineage, unit_standing_for
from office.vault import SealBroken, vault_of

MAY_OPEN = frozenset({Role.INSPECTOR, Role.HOME_AFFAIRS, Role.ADMIN})
"""Who looks on from outside the unit may open the whole; never who may be among those complained of or heads them, whatever else that person is."""

LEAST_REASON = 10
"""Characters of a reason; it stands in the audit."""

LONGEST_SAID = 40_000
"""Characters of words that are said as a message; longer ones are handed out as a file."""


async def keep_whole(session: Session, case: Case, event_id: int | None, shown: str, whole: str) -> None:
    """Seal the words as they were told, if they differ from those shown. `event_id` is None for the story itself."""
    if whole and whole != shown:
        sealed = vault_of(session).seal(whole, "words")
        session.add(SealedWords(case_id=case.id, event_id=event_id, sealed=sealed))


async def may_open(session: Session, case: Case, who: Who, now: dt.datetime) -> bool:
    """Whether something of the case was hidden and this person, who handles it, may see it."""
    if who.person_id is None or not any(role in MAY_OPEN for _, role in who.posts):
        return False
    words = select(SealedWords.id).where(SealedWords.case_id == case.id).limit(1)
    files = select(CaseFile.id).where(CaseFile.case_id == case.id, CaseFile.sealed).limit(1)
    hidden = (await session.execute(words)).first() or (await session.execute(files)).first()
    return hidden is not None and not await _is_complained_of(session, case, who.person_id, now)


async def _is_complained_of(session: Session, case: Case, person_id: int, now: dt.datetime) -> bool:
    """Whether the person may be among those complained of: had a post in the unit, or headed it or one above it, at any time since the filing.

    The unit and its line are those of the day of filing and those of today, which may be others since a merger or a move.
    """
    filed, day = today(case.created_at), today(now)
    standing = await unit_standing_for(session, case.unit_id)
    units = {case.unit_id, standing.id} if standing else {case.unit_id}
    lines = {*await lineage(session, case.unit_id, filed)}.union(*[await lineage(session, unit, day) for unit in units])
    held = (Post.person_id == person_id, Post.valid_from <= day, or_(Post.valid_to.is_(None), Post.valid_to > filed))
    place = or_(Post.unit_id.in_(units), and_(Post.unit_id.in_(lines), Post.role == Role.HEAD))
    return (await session.execute(select(Post.id).where(*held, place).limit(1))).first() is not None


@dataclass(frozen=True)
class Whole:
    """What was hidden of a case, as it was told: each part of the words, and the files."""

    words: list[str]
    files: list[StoredFile]
    lost: bool = False
    """Some of the words were sealed with another key, as after a restore: nobody can read them any more."""


async def open_whole(session: Session, case: Case, who: Who, reason: str, now: dt.datetime) -> Whole:
    """All of the case of which something was hidden, as it was told; the opening stands in the audit with its reason.

    Raises PermissionError for who may not, ValueError for a reason too short to be one.
    """
    if not await may_open(session, case, who, now):
        raise PermissionError(f"case {case.id}")
    if len(reason.strip()) < LEAST_REASON:
        raise ValueError("a reason is needed")
    audit.note(session, who.person_id, "unseal_words", f"case:{case.id}", now, reason.strip())
    words, lost = [], False
    wanted = select(SealedWords).where(SealedWords.case_id == case.id).order_by(SealedWords.id)
    for row in (await session.execute(wanted)).scalars():
        try:
            told = str(vault_of(session).open(row.sealed, "words"))
        except SealBroken:
            lost = True
            continue
        if len(told) <= LONGEST_SAID:
            words.append(told)
        else:
            await _keep_as_file(session, row, told, now)
    sealed = select(StoredFile).join(CaseFile, CaseFile.file_id == StoredFile.id).where(CaseFile.case_id == case.id, CaseFile.sealed)
    return Whole(words, list((await session.execute(sealed.order_by(CaseFile.id))).scalars()), lost)


async def _keep_as_file(session: Session, row: SealedWords, told: str, now: dt.datetime) -> None:
    """Words too long to be said, as earlier versions sealed them with the texts of whole files."""
    file = await store(session, "document", "", "text/plain", told.encode(), now)
    session.add(CaseFile(case_id=row.case_id, file_id=file.id, sealed=True))
    await session.delete(row)
    await session.flush()
