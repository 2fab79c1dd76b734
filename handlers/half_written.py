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
from talk.filters import Picked, Sent, Wrote
from talk.reply import Choice, Reply
from talk.router import Router
from talk.texts import say
from talk.turn import Turn

router = Router(name="half_written")
introduces_first(router)


async def has_draft(state: FSMContext) -> bool:
    """One that holds something: what could not be used left only its empty frame."""
    kept = await state.get_value("draft") or {}
    return bool(kept.get("story") or kept.get("files"))


async def offer_draft(state: FSMContext) -> Reply:
    """A half-written complaint is offered again, whatever the pause."""
    draft = await Draft.load(state)
    assert draft is not None
    await state.set_state(Complaint.paused)
    rows = ((bound("complaint-resume-button", "resume"),), (bound("complaint-drop-button", "drop"),))
    return Reply(text=_quoted("complaint-half-written", draft.story, draft.files), rows=rows)


def _quoted(key: str, story: str, files: list[int]) -> str:
    """A text that quotes how the story begins, or says how many files there are, when nothing was told."""
    return say(key, beginning=_beginning(story)) if story else say(f"{key}-files", count=len(files))


def _beginning(story: str) -> str:
    line = " ".join(story.split())
    return line if len(line) <= 90 else f"{line[:90].rsplit(' ', 1)[0]}…"


class Rested(Filter):
    """A filter: the draft has not been touched for hours."""

    async def __call__(self, turn: Turn, state: FSMContext, now: dt.datetime) -> bool:
        if turn.choice is not None or turn.text.startswith("/"):
            return False
        draft = await Draft.load(state) if await has_draft(state) else None
        return draft is not None and now - draft.touched_at > RESTS_AFTER and await state.get_state() != Complaint.paused.state


class Undecided(Filter):
    """A filter: words are set aside, and the person went on without saying whether they belong to what is half written."""

    async def __call__(self, turn: Turn, state: FSMContext) -> bool:
        return bool(await state.get_value("set_aside")) and await has_draft(state)


@router.turn(Rested())
@router.turn(StateFilter(None), Undecided(), Sent())
@router.turn(StateFilter(None), Undecided(), Wrote())
async def keep_and_ask(turn: Turn, state: FSMContext) -> list[Reply]:
    """Words after a long pause may be a new story or an answer to an old question: keep them, beside what is kept already, and ask."""
    return [*await _set_aside(turn, state), await offer_draft(state)]


async def _set_aside(turn: Turn, state: FSMContext) -> list[Reply]:
    await note_doubts(turn, state)
    return [*problem_said(turn), *_cut(turn), *await _keep_aside(Held(words=turn.words, files=kept_ids(turn)), state)]


async def _keep_aside(more: Held, state: FSMContext) -> list[Reply]:
    """Beside what was set aside before. Says what was too much."""
    held = await _held_aside(state)
    troubles = held.add(more.words, more.files)
    await state.update_data(set_aside=held.model_dump())
    return [Reply(text=say(trouble)) for trouble in troubles]


async def _held_aside(state: FSMContext) -> Held:
    return Held.model_validate(await state.get_value("set_aside") or {})


def _cut(turn: Turn) -> list[Reply]:
    return [Reply(text=say("complaint-cut"))] if turn.cut and kept_ids(turn) else []


@router.turn(StateFilter(Complaint.paused), Picked("resume"))
async def resume(state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    draft = await Draft.load(state)
    assert draft is not None
    aside = await _held_aside(state)
    troubles = draft.add_all(aside.words, aside.files)
    await state.update_data(set_aside=None)
    return [*(Reply(text=say(trouble)) for trouble in troubles), *await next_question(draft, state, db, judge, now)]


@router.turn(StateFilter(Complaint.paused), Picked("drop"))
async def drop_and_begin_anew(state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    aside = await _held_aside(state)
    await state.update_data(set_aside=None)
    dropped = await drop_draft(state)
    if not aside.words and not aside.files:
        return [dropped, *await ask(state, Complaint.story, Reply(text=say("complaint-tell")))]
    return [dropped, *await next_question(aside.draft(now), state, db, judge, now)]


@router.turn(StateFilter(Complaint.paused))
async def choose_first(turn: Turn, state: FSMContext) -> list[Reply]:
    """More words before the choice are set aside with the first ones."""
    told = turn.choice is None and (turn.words or turn.attachments) and not turn.text.startswith("/")
    return [*(await _set_aside(turn, state) if told else ()), await offer_draft(state)]


async def tell_turn(turn: Turn, state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    """The same for a message that came where something else was asked; its files go along."""
    await note_doubts(turn, state)
    return [*problem_said(turn), *_cut(turn), *await tell(turn.words, kept_ids(turn), state, db, judge, now)]


async def tell(words: str, files: list[int], state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    """Begin a complaint with words told elsewhere; one that is half written is not overwritten: the person chooses."""
    told = Held(words=words, files=files)
    if not await has_draft(state):
        return await next_question(told.draft(now), state, db, judge, now)
    return [*await _keep_aside(told, state), await offer_draft(state)]


async def offer_words_set_aside(state: FSMContext, now: dt.datetime) -> list[Reply]:
    """What is still set aside when the draft has been sent is offered as one of its own."""
    aside = await _held_aside(state)
    await state.update_data(set_aside=None)
    if not aside.words and not aside.files:
        return []
    await aside.draft(now).save(state, now)
    await state.set_state(Complaint.paused)
    rows = ((bound("complaint-resume-button", "resume"),), (bound("complaint-cancel-button", "cancel"),))
    return [Reply(text=_quoted("complaint-aside-left", aside.words, aside.files), rows=rows)]


async def drop_draft(state: FSMContext) -> Reply:
    """Put the draft aside for good, with all that waited beside it, but let it be brought back: a slip of the thumb must not cost a story."""
    dropped, aside = await state.get_value("draft"), await state.get_value("set_aside")
    await state.update_data(dropped=dropped, dropped_aside=aside, draft=None, set_aside=None)
    await state.set_state(None)
    rows = ((Choice.anytime(say("complaint-restore-button"), "restore_draft"),), *citizen_menu())
    return Reply(text=say("complaint-dropped"), rows=rows)


@router.turn(Picked("restore_draft"))
async def restore(state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    """What is being written meanwhile is not lost but changes places."""
    dropped, aside = await state.get_value("dropped"), await state.get_value("dropped_aside")
    if not dropped:
        return [Reply(text=say("complaint-nothing-to-restore"), rows=citizen_menu())]
    writing, beside = await state.get_value("draft"), await state.get_value("set_aside")
    await state.update_data(dropped=writing, dropped_aside=beside, draft=dropped, set_aside=aside)
    if aside:
        return [await offer_draft(state)]
    return await next_question(Draft.model_validate(dropped), state, db, judge, now)
