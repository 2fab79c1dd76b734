"""`congvu nlp review`: a person at the terminal says, message by message, what the classifier may learn from people's corrections."""

from __future__ import annotations

import sys
from collections import Counter

from bot import clock
from bot.cli.nlp_lessons import allowed_lessons
from bot.cli.office_door import do, office, settings
from bot.cli.terminal import err, out, stop, tell
from bot.judge import open_best
from bot.learning_consent import Lessons, lesson_id
from bot.settings import Settings
from nlp.classify import Classifier
from nlp.corpus import Text
from nlp.corrections import CORRECTED, REGISTER, Corrections
from nlp.labels import FLAGS, Label
from office.database import Database
from office.learning import CorrectedCase, KnownPeople, corrected_cases, open_corrected, people_known
from office.records import Case
from office.units import fold
from talk.texts import say

_LEARN, _LEAVE, _STOP = "learn", "leave", "stop"
_ANSWERS = {"c": _LEARN, "co": _LEARN, "k": _LEAVE, "khong": _LEAVE, "s": _STOP, "dung": _STOP}


def review() -> None:
    """Show each corrected message, redacted, and keep those that may teach."""
    do(_review(settings()))


async def _review(chosen: Settings) -> None:
    async with office(chosen) as database:
        allowed = await allowed_lessons(chosen, database)
        if not (sys.stdin.isatty() and out.is_terminal):
            stop("nlp-review-no-terminal", code=2)
        corrections = allowed.corrections
        waiting = await _waiting(database, allowed)
        if not waiting:
            tell("nlp-review-nothing")
            return
        with err.status(say("cli-run-starting")):
            classifier = open_best(chosen.data_dir, warn=lambda reason: None)
        done: Counter[str] = Counter()
        for number, case in enumerate(waiting, start=1):
            tell("nlp-review-number", style="bold", number=number, count=len(waiting))
            decision = await _decide(database, case, corrections, classifier)
            if decision == _STOP:
                break
            done[decision] += 1
    tell("nlp-review-done", learned=done[_LEARN], left=done[_LEAVE], waiting=len(waiting) - done.total())
    if done[_LEARN]:
        tell("nlp-review-next")


async def _waiting(database: Database, allowed: Lessons) -> list[CorrectedCase]:
    """The corrected cases that nobody decided on."""
    async with database.reading() as session:
        found = await corrected_cases(session, allowed.since)
    decided = allowed.corrections.decided()
    return [case for case in found if lesson_id(database.vault, case.code) not in decided]


async def _decide(database: Database, waiting: CorrectedCase, corrections: Corrections, classifier: Classifier) -> str:
    now = clock.now()
    async with database.transaction() as session:
        case = await open_corrected(session, waiting.id, now)
        people = await people_known(session, case.unit_id, now) if case else None
    if case is None or people is None:
        tell("nlp-review-gone")
        return _LEAVE
    text = _lesson(case, people, lesson_id(database.vault, waiting.code))
    if text is None:
        tell("nlp-review-names-somebody")
        corrections.refuse(lesson_id(database.vault, waiting.code))
        return _LEAVE
    _show(case, text, classifier)
    decision = _answer()
    if decision == _LEARN:
        corrections.accept(text)
    elif decision == _LEAVE:
        corrections.refuse(text.id)
    return decision


def _lesson(case: Case, people: KnownPeople, id: str) -> Text | None:
    """The case's words as the classifier may see them; None if they still name somebody or hold a number, or nothing is left of them."""
    from nlp.lesson import lesson_words  # which reads the lists of names, for this command alone

    words, label = lesson_words(case.text, people.full_names, people.given_names), Label(case.category)
    if words is None:
        return None
    also = tuple(one for one in map(Label, case.also) if one != label)
    return Text(id, words, label, also, tuple(flag for flag in FLAGS if flag in case.flags), REGISTER, CORRECTED)


def _show(case: Case, text: Text, classifier: Classifier) -> None:
    """The message and both views of it. The reasons are found in the redacted words, so they name nobody."""
    from handlers import categories  # loads aiogram, which no other command of this file needs

    out.print(f"\n{_printable(text.text)}\n", markup=False)
    sure = "yes" if case.judged.get("sure") else "no"
    percent = round(100 * float(case.judged.get("confidence", 0)))
    tell("nlp-review-then", name=categories.name(case.judged["label"]), percent=percent, sure=sure)
    today = classifier.judge(text.text)
    tell("nlp-review-today", name=categories.name(today.label), percent=round(100 * today.confidence))
    if today.reasons:
        tell("nlp-review-because", because=", ".join(f"“{_printable(words)}”" for words in today.reasons))
    tell("nlp-review-corrected", style="bold", name=categories.name(text.label))


def _printable(words: str) -> str:
    """Without what could steer the terminal."""
    return "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in words)


def _answer() -> str:
    while True:
        out.print(say("nlp-review-ask"), markup=False, end=" ")
        line = sys.stdin.readline()
        if not line:
            return _STOP
        if decision := _ANSWERS.get(fold(line)):
            return decision
