"""A complaint left half-written: offered again after a pause, dropped for good, or brought back after a slip of the thumb."""

from __future__ import annotations

import datetime as dt

from aiogram.filters import Filter, StateFilter
from aiogram.fsm.context import FSMContext

from handlers.complaint_questions import Complaint, ask, bound, next_question
from handlers.draft import RESTS_AFTER, Draft, Held
from handlers.files_sent import kept_ids, note_doubts, problem_said
from handlers.introduction import introduces_first
from handlers.menus import citizen_menu
from handlers.told import Judge
from office import Session
from talk.filters import Picked
from talk.reply import Choice, Reply
from talk.router import Router
from talk.texts import say
from talk.turn import Turn

router = Router(name="half_written")
introduces_first(router)


async def has_draft(state: FSMContext) -> bool:
    return bool(await state.get_value("draft"))


async def offer_draft(state: FSMContext) -> Reply:
    """A half-written complaint is offered again, whatever the pause."""
    draft = await Draft.load(state)
    assert draft is not None
    await state.set_state(Complaint.paused)
    rows = ((bound("complaint-resume-button", "resume"),), (bound("complaint-drop-button", "drop"),))
    return Reply(text=say("complaint-half-written", beginning=_beginning(draft.story)), rows=rows)


def _beginning(story: str) -> str:
    line = " ".join(story.split())
    return line if len(line) <= 90 else f"{line[:90].rsplit(' ', 1)[0]}…"


class Rested(Filter):
    """A filter: the draft has not been touched for hours."""

    async def __call__(self, turn: Turn, state: FSMContext, now: dt.datetime) -> bool:
        if turn.choice is not None or turn.text.startswith("/"):
            return False
        draft = await Draft.load(state)
        return draft is not None and now - draft.touched_at > RESTS_AFTER and await state.get_state() != Complaint.paused.state


@router.turn(Rested())
async def after_a_pause(turn: Turn, state: FSMContext) -> list[Reply]:
    """Words after a long pause may be a new story or an answer to an old question: keep them and ask."""
    return [*await _set_aside(Held(), turn, state), await offer_draft(state)]


async def _set_aside(held: Held, turn: Turn, state: FSMContext) -> list[Reply]:
    await note_doubts(turn, state)
    troubles = held.add(turn.words, kept_ids(turn))
    await state.update_data(set_aside=held.model_dump())
    return [*problem_said(turn), *(Reply(text=say(trouble)) for trouble in troubles)]


@router.turn(StateFilter(Complaint.paused), Picked("resume"))
async def resume(state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    draft = await Draft.load(state)
    assert draft is not None
    aside = Held.model_validate(await state.get_value("set_aside") or {})
    troubles = draft.add_all(aside.words, aside.files)
    await state.update_data(set_aside=None)
    return [*(Reply(text=say(trouble)) for trouble in troubles), *await next_question(draft, state, db, judge, now)]


@router.turn(StateFilter(Complaint.paused), Picked("drop"))
async def drop_and_begin_anew(state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    aside = await state.get_value("set_aside") or {}
    dropped = await drop_draft(state)
    if not aside:
        return [dropped, *await ask(state, Complaint.story, Reply(text=say("complaint-tell")))]
    await state.update_data(set_aside=None)
    draft = Draft(story=aside["words"], files=aside["files"], touched_at=now)
    return [dropped, *await next_question(draft, state, db, judge, now)]


@router.turn(StateFilter(Complaint.paused))
async def choose_first(turn: Turn, state: FSMContext) -> list[Reply]:
    """More words before the choice are set aside with the first ones."""
    said: list[Reply] = []
    if turn.choice is None and (turn.words or turn.attachments) and not turn.text.startswith("/"):
        said = await _set_aside(Held.model_validate(await state.get_value("set_aside") or {}), turn, state)
    return [*said, await offer_draft(state)]


async def tell(words: str, files: list[int], state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    """Begin a complaint with words told elsewhere; one that is half written is not overwritten: the person chooses."""
    if not await has_draft(state):
        return await next_question(Draft(story=words, files=files, touched_at=now), state, db, judge, now)
    await state.update_data(set_aside=Held(words=words, files=files).model_dump())
    return [await offer_draft(state)]


async def drop_draft(state: FSMContext) -> Reply:
    """Put the draft aside for good, but let it be brought back: a slip of the thumb must not cost a long story."""
    await state.update_data(dropped=await state.get_value("draft"), draft=None, set_aside=None)
    await state.set_state(None)
    rows = ((Choice.anytime(say("complaint-restore-button"), "restore_draft"),), *citizen_menu())
    return Reply(text=say("complaint-dropped"), rows=rows)


@router.turn(Picked("restore_draft"))
async def restore(state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    dropped = await state.get_value("dropped")
    if not dropped:
        return [Reply(text=say("complaint-nothing-to-restore"), rows=citizen_menu())]
    draft = Draft.model_validate(dropped)
    await state.update_data(dropped=await state.get_value("draft"))  # one being written meanwhile is not lost but changes places
    return await next_question(draft, state, db, judge, now)
