"""Where a code was asked, a person tells what happened, or sends a picture: that is what they came for, and it must not be lost as a wrong code."""

from __future__ import annotations

import datetime as dt

from aiogram.filters import Filter, StateFilter
from aiogram.fsm.context import FSMContext

from handlers.draft import Held
from handlers.files_sent import kept_ids, note_doubts, problem_said
from handlers.follow_up import FollowUp
from handlers.half_written import tell, tell_turn
from handlers.introduction import introduces_first
from handlers.join import Join
from handlers.link import Link
from handlers.told import Judge
from office import Session
from office.records import Contact
from talk.filters import Picked, Sent, Told
from talk.reply import Choice, Reply
from talk.router import Router
from talk.texts import say
from talk.turn import Turn

router = Router(name="instead_of_code")
introduces_first(router)

_ASKED = StateFilter(FollowUp.code, Link.code, Join.code, Join.sure)
_DIGITS_OF_A_CODE = 8
_HELD = "instead_of_code"
"""In the conversation's memory: files that came where a code was asked, until their sender says what for; good in that conversation only."""


@router.turn(_ASKED, Told())
async def story_instead(turn: Turn, state: FSMContext, db: Session, contact: Contact, judge: Judge, now: dt.datetime) -> list[Reply]:
    """With its files, and with those that came before it."""
    held = await _taken(state, contact)
    await state.set_state(None)
    if held.files:
        await note_doubts(turn, state)
        held.add(turn.words, kept_ids(turn))
        return [*problem_said(turn), *await tell(held.words, held.files, state, db, judge, now)]
    return await tell_turn(turn, state, db, judge, now)


class NoCode(Filter):
    """A filter: the message holds nothing that somebody could mean for a code: many digits, or a word with some."""

    async def __call__(self, turn: Turn) -> bool:
        digits = sum(letter.isdigit() for letter in turn.words)
        return digits < _DIGITS_OF_A_CODE and not (digits and len(turn.words.split()) == 1)


@router.turn(_ASKED, NoCode(), Sent())
async def file_instead(turn: Turn, state: FSMContext, contact: Contact) -> list[Reply]:
    """A code cannot be read from a picture; but the picture may be what the person wants to tell of: keep it, and ask."""
    held, files = await _held(state, contact), kept_ids(turn)
    if not files:
        return problem_said(turn) or [Reply(text=say("instead_of_code-type-it"))]
    await note_doubts(turn, state)
    troubles = held.add(turn.words, files)
    await state.update_data({_HELD: {"serial": contact.serial} | held.model_dump()})
    rows = ((Choice(label=say("instead_of_code-tell-button"), data="tell_with_files"),),)
    question = Reply(text=say("instead_of_code-file", count=len(held.files)), rows=rows)
    return [*problem_said(turn), *(Reply(text=say(trouble)) for trouble in troubles), question]


@router.turn(_ASKED, Picked("tell_with_files"))
async def tell_with_files(state: FSMContext, db: Session, contact: Contact, judge: Judge, now: dt.datetime) -> list[Reply]:
    held = await _taken(state, contact)
    await state.set_state(None)
    return await tell(held.words, held.files, state, db, judge, now)


async def _held(state: FSMContext, contact: Contact) -> Held:
    kept = await state.get_value(_HELD) or {}
    return Held.model_validate(kept if kept.get("serial") == contact.serial else {})


async def _taken(state: FSMContext, contact: Contact) -> Held:
    held = await _held(state, contact)
    await state.update_data({_HELD: None})
    return held
