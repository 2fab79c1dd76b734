"""Two lines of the summary that a citizen may correct or leave empty: of whom they speak, and at which desk or in which room it was."""

from __future__ import annotations

import datetime as dt

from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext

from handlers.complaint_questions import Complaint, draft_of, next_question
from handlers.draft import Draft
from handlers.introduction import introduces_first
from handlers.told import Judge
from office import Session
from office.units import fold
from talk.filters import Picked, Wrote
from talk.reply import Reply
from talk.router import Router
from talk.texts import say
from talk.turn import Turn

router = Router(name="whom_and_where")
introduces_first(router)

_LONGEST = 150
"""Characters of an answer; what is longer is more of the story."""


@router.turn(StateFilter(Complaint.person, Complaint.place), Picked("unsaid"))
async def unsaid(state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    """The line stays empty, whatever the story tells."""
    draft = await draft_of(state, now)
    await _answered(draft, "", state)
    return await next_question(draft, state, db, judge, now)


@router.turn(StateFilter(Complaint.person, Complaint.place), Wrote())
async def typed(turn: Turn, state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    draft = await draft_of(state, now)
    if len(turn.words) > _LONGEST:
        taken = draft.add_words(turn.words)
        said = Reply(text=say("complaint-more-noted" if taken else "complaint-too-long"))
        return [said, *await next_question(draft, state, db, judge, now)]
    await _answered(draft, "" if _is_unknown(turn.words) else " ".join(turn.words.split()), state)
    return await next_question(draft, state, db, judge, now)


async def _answered(draft: Draft, words: str, state: FSMContext) -> None:
    if await state.get_state() == Complaint.person.state:
        draft.person = words
    else:
        draft.place = words


def _is_unknown(words: str) -> bool:
    """Whether it only says that one does not know, or leaves it empty."""
    said = fold(words).strip(" .,!")
    return said in {fold(known.strip()) for known in say("complaint-unsaid-words").split(",")}
