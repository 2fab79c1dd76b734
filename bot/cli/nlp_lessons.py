"""Gives `congvu nlp` the messages that may teach: those of citizens who were told, without those that were taken back."""

from __future__ import annotations

from bot.cli.terminal import note, stop, tell
from bot.learning_consent import Lessons, MayNotLearn, lessons
from bot.settings import Settings
from nlp.corpus import BadCorpus
from nlp.home import home_of
from office.database import Database


async def allowed_lessons(chosen: Settings, database: Database) -> Lessons:
    """What may be learned now; says what had to be forgotten, and whether the model that judges was taught with corrections before that.

    Ends the command, with the reason, where nothing may be learned or the file of lessons is spoilt.
    """
    try:
        allowed = await lessons(chosen, database)
    except MayNotLearn as reason:
        stop(f"nlp-learning-{reason.why.replace('_', '-')}")
    except BadCorpus as spoilt:
        stop("nlp-corrections-spoilt", reason=spoilt)
    if allowed.forgotten:
        tell("nlp-lessons-forgotten", count=allowed.forgotten)
        if _taught(chosen):
            note("nlp-lessons-still-judge")
    return allowed


def _taught(chosen: Settings) -> bool:
    """Whether the model that judges was taught with corrections."""
    from nlp.installed import Unusable, installed

    try:
        card = installed(home_of(chosen.data_dir))
    except Unusable:
        return False
    return card is not None and card.corrections > 0
