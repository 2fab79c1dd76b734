"""Name and number, given in a channel's own form instead of in words: taken where they were asked for, and nowhere else."""

from __future__ import annotations

import datetime as dt

from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext

from handlers.complaint_questions import Complaint, next_question
from handlers.draft import Draft
from handlers.menus import own_menu
from handlers.told import Judge
from office import Session
from office.people import Who
from talk.filters import Marked
from talk.reply import Reply
from talk.router import Router
from talk.texts import say
from talk.turn import Turn

router = Router(name="contact_shared")
router.turn.filter(Marked("shares_contact"))
_LONGEST = 300


@router.turn(StateFilter(*Complaint.__states__))
async def in_a_complaint(turn: Turn, state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    """The answer to the question who one is, also when it was answered in words meanwhile; never a part of the story."""
    draft = await Draft.load(state)
    asked = await state.get_state() == Complaint.self_named.state
    if draft is None or not (asked or draft.identity == "open"):
        return [Reply(text=say("complaint-self-not-needed"))]
    draft.identity, draft.said_of_self = "open", turn.words[:_LONGEST]
    return await next_question(draft, state, db, judge, now)


@router.turn()
async def unasked(state: FSMContext, who: Who) -> Reply:
    """A form filled in late, after the complaint was sent or dropped: it begins no new one. Under a question that is open no menu is shown."""
    menu = own_menu(who)
    return Reply(text=say("complaint-self-not-needed"), rows=menu if await state.get_state() is None else ())
