"""The names of citizens that were hidden in a case: sealed, and known again when more is added to it, so that they are hidden there too."""

from __future__ import annotations

from collections.abc import Iterable

from office import Session
from office.records import Case, SealedNames
from office.vault import SealBroken, vault_of


async def names_hidden(session: Session, case: Case) -> set[str]:
    """The given names that were hidden so far. For hiding only: nobody is ever shown them."""
    kept = await session.get(SealedNames, case.id)
    try:
        return set() if kept is None else set(vault_of(session).open(kept.sealed, "names"))
    except SealBroken:  # another key after a restore: what is added can still be added
        return set()


async def keep_names_hidden(session: Session, case: Case, names: Iterable[str]) -> None:
    """Seal the names; they take the place of those kept before."""
    if not (told := sorted(names)):
        return
    sealed = vault_of(session).seal(told, "names")
    kept = await session.get(SealedNames, case.id)
    if kept is None:
        session.add(SealedNames(case_id=case.id, sealed=sealed))
    else:
        kept.sealed = sealed
