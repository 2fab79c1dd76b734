"""What the classifier may learn: only where the office allows it and citizens are told; what is no longer allowed is forgotten first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.settings import Settings
from nlp.corrections import CORRECTED, Corrections
from nlp.home import home_of
from office.database import Database
from office.learning import codes_that_may_teach, note_told, told_since
from office.vault import Vault


async def note_consent(database: Database, told: bool, now: dt.datetime) -> dt.datetime | None:
    """At each start: remember since when the notice says it without a break, and return that; forget it when it no longer does."""
    async with database.transaction() as session:
        return await note_told(session, told, now)


class MayNotLearn(PermissionError):
    """Nothing may be learned: the office does not allow it (`why` is `off`), or citizens were not told (`not_told`)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Lessons:
    """The messages that may teach, and how many kept before had to be taken out."""

    corrections: Corrections
    since: dt.datetime
    forgotten: int


async def lessons(settings: Settings, database: Database) -> Lessons:
    """What may be learned now, for whoever reviews or teaches. Raises MayNotLearn, and `nlp.corpus.BadCorpus` for a spoilt file.

    A lesson stays only as long as its case does, and its citizen, who was told, has not taken it back.
    """
    if not settings.learn_from_corrections:
        raise MayNotLearn("off")
    corrections = Corrections(home_of(settings.data_dir))
    async with database.reading() as session:
        since = await told_since(session)
        codes = await codes_that_may_teach(session)
    if since is None:
        raise MayNotLearn("not_told")
    return Lessons(corrections, since, corrections.keep_only({lesson_id(database.vault, code) for code in codes}))


def lesson_id(vault: Vault, code: str) -> str:
    """A name under which the same case is known again, from which only the office's key leads back."""
    return f"{CORRECTED}-{vault.tag(code, 'correction to learn from')[:20]}"
