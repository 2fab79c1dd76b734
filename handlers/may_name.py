"""Before anybody chooses to stay unnamed: files that may hold the sender's own name can be left out."""

from __future__ import annotations

import datetime as dt

from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext

from handlers.complaint_questions import Complaint, draft_of, next_question
from handlers.files_sent import doubtful, quoted
from handlers.told import Judge
from office import Session
from talk.filters import Picked
from talk.reply import Reply
from talk.router import Router
from talk.texts import say

router = Router(name="may_name")


@router.turn(StateFilter(Complaint.may_name), Picked("leave_out"))
async def leave_out(state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    """The files stay out of the complaint; housekeeping drops them."""
    draft = await draft_of(state, now)
    left = await doubtful(state, draft.files)
    draft.files = [each for each in draft.files if each not in left]
    await state.update_data(may_name=None)
    return [Reply(text=say("files-left-out", names=quoted(left))), *await next_question(draft, state, db, judge, now)]


@router.turn(StateFilter(Complaint.may_name), Picked("send_anyway"))
async def send_anyway(state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    await state.update_data(may_name=None)
    return await next_question(await draft_of(state, now), state, db, judge, now)
