"""Before anybody chooses to stay unnamed: files that may hold the sender's own name can be left out."""

from __future__ import annotations

import datetime as dt

from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext

from handlers.complaint_questions import Complaint, draft_of, next_question
from handlers.files_sent import doubtful, left_out_said, settle_doubts
from handlers.told import Judge
from office import Session
from talk.filters import Picked
from talk.reply import Reply
from talk.router import Router

router = Router(name="may_name")


@router.turn(StateFilter(Complaint.may_name), Picked("leave_out"))
async def leave_out(state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    """The files stay out of the complaint; housekeeping drops them."""
    draft = await draft_of(state, now)
    left = await doubtful(state, draft.files)
    draft.files = [each for each in draft.files if each not in left]
    await settle_doubts(state, left)
    return [left_out_said(left), *await next_question(draft, state, db, judge, now)]


@router.turn(StateFilter(Complaint.may_name), Picked("send_anyway"))
async def send_anyway(state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    draft = await draft_of(state, now)
    await settle_doubts(state, draft.files)
    return await next_question(draft, state, db, judge, now)
