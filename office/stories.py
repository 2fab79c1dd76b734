"""What a citizen told: those who handle a case read it with names and numbers taken out; the whole is sealed, and opened only with a reason.

Who reports is to be protected by all who know (Law on Denunciation 2018, art. 9 and 56); a story often tells it by the way.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from office import Session, audit
from office.moments import today
from office.people import Role, Who
from office.records import Case, SealedWords
from office.units import lineage
from office.vault import vault_of

MAY_OPEN = frozenset({Role.INSPECTOR, Role.HOME_AFFAIRS, Role.ADMIN})
"""Who looks on from outside the unit may open the whole; never who heads those complained of, whatever else that person is."""

LEAST_REASON = 10
"""Characters of a reason; it stands in the audit."""


async def keep_whole(session: Session, case: Case, event_id: int | None, shown: str, whole: str) -> None:
    """Seal the words as they were told, if they differ from those shown. `event_id` is None for the story itself."""
    if whole and whole != shown:
        sealed = vault_of(session).seal(whole, "words")
        session.add(SealedWords(case_id=case.id, event_id=event_id, sealed=sealed))


async def may_open(session: Session, case: Case, who: Who, now: dt.datetime) -> bool:
    """Whether something of the case was hidden and this person, who handles it, may see it."""
    if not any(role in MAY_OPEN for _, role in who.posts) or {*who.heads} & {*await lineage(session, case.unit_id, today(now))}:
        return False
    wanted = select(SealedWords.id).where(SealedWords.case_id == case.id).limit(1)
    return (await session.execute(wanted)).scalar_one_or_none() is not None


async def open_whole(session: Session, case: Case, who: Who, reason: str, now: dt.datetime) -> list[str]:
    """All words of the case of which something was hidden, as they were told; the opening stands in the audit with its reason.

    Raises PermissionError for who may not, ValueError for a reason too short to be one.
    """
    if not await may_open(session, case, who, now):
        raise PermissionError(f"case {case.id}")
    if len(reason.strip()) < LEAST_REASON:
        raise ValueError("a reason is needed")
    audit.note(session, who.person_id, "unseal_words", f"case:{case.id}", now, reason.strip())
    wanted = select(SealedWords.sealed).where(SealedWords.case_id == case.id).order_by(SealedWords.id)
    return [str(vault_of(session).open(sealed, "words")) for sealed in (await session.execute(wanted)).scalars()]
