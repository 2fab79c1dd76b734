"""The citizen adds words, a photo or a file to a case. What may name its sender waits until that has said whether it goes along."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram.filters import Filter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import TelegramObject

from handlers.draft import Held
from handlers.files_sent import doubtful, doubts_said, kept_ids, left_out_said, note_doubts, problem_said, quoted, settle_doubts
from handlers.follow_up import ENDED, FollowUp, tapped
from handlers.half_written import tell
from handlers.introduction import introduces_first
from handlers.menus import citizen_menu
from handlers.texts_sent import kept_back_said
from handlers.told import Judge, flags_of, grave_in, hide_in_words_and_texts
from office import Session, cases
from office.names_hidden import keep_names_hidden, names_hidden
from office.receipts import shown
from office.records import Case, Contact
from talk.filters import Picked, Sent, Wrote
from talk.reply import Choice, Reply
from talk.router import Router
from talk.texts import say
from talk.turn import Turn

router = Router(name="adding")
introduces_first(router)

STAYS_OPEN = dt.timedelta(minutes=30)
"""So long what a citizen writes is added to the case without asking."""

_WAITING = "added_if_said"
"""In the conversation's memory: files for the case under way that may name their sender."""


@router.turn(Picked("add"))
async def add(state: FSMContext, db: Session, contact: Contact, now: dt.datetime, picked: str) -> list[Reply]:
    case = await tapped(db, contact, picked, now)
    if isinstance(case, Reply):
        return [case]
    left_out = await leave_out_waiting(state)
    await state.set_state(FollowUp.words)
    await state.update_data(adding_to=case.code, adding_since=now.isoformat())
    return [*left_out, _tell_more()]


def _tell_more() -> Reply:
    return Reply(text=say("follow_up-add-ask"), rows=((Choice(label=say("follow_up-stop-button"), data="stop_adding"),),))


@router.turn(StateFilter(FollowUp.words), Picked("stop_adding"))
async def stop_adding(state: FSMContext) -> list[Reply]:
    left_out = await leave_out_waiting(state)
    await state.set_state(None)
    await state.update_data(adding_to=None)
    return [*left_out, Reply(text=say("follow_up-stopped"), rows=citizen_menu())]


# --- after a while it may be about something else -----------------------------------------------------------------------------------


class LongAgo(Filter):
    """A filter: what is added to the case was asked for a while ago, so these words may be about something else."""

    async def __call__(self, turn: Turn, state: FSMContext, now: dt.datetime) -> bool:
        since = await state.get_value("adding_since")
        return turn.choice is None and (since is None or now - dt.datetime.fromisoformat(since) > STAYS_OPEN)


@router.turn(StateFilter(FollowUp.words), LongAgo(), Sent())
@router.turn(StateFilter(FollowUp.words), LongAgo(), Wrote())
async def which_matter(turn: Turn, state: FSMContext) -> list[Reply]:
    """Keep the words and ask: a new complaint must not land on the desk of the old one."""
    held = await _held(state)
    await note_doubts(turn, state)
    troubles = held.add(turn.words, kept_ids(turn))
    await state.update_data(held=held.model_dump())
    code = shown(await state.get_value("adding_to") or "")
    rows = ((Choice(label=say("follow_up-same-button"), data="held_same"),), (Choice(label=say("follow_up-new-button"), data="held_new"),))
    question = Reply(text=say("follow_up-which", code=code), rows=rows)
    return [*problem_said(turn), *(Reply(text=say(trouble)) for trouble in troubles), question]


async def _held(state: FSMContext) -> Held:
    return Held.model_validate(await state.get_value("held") or {})


@router.turn(StateFilter(FollowUp.words), Picked("held_same"))
async def same_matter(state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    held = await _held(state)
    await state.update_data(held=None, adding_since=now.isoformat())
    if not held.words and not held.files:  # nobody was offered this button now
        return [Reply(text=say("follow_up-add-ask"))]
    return await _add(held.words, held.files, state, db, judge, now)


@router.turn(StateFilter(FollowUp.words), Picked("held_new"))
async def new_matter(state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    held, left_out = await _held(state), await leave_out_waiting(state)
    await state.update_data(held=None, adding_to=None)
    return [*left_out, *await tell(held.words, held.files, state, db, judge, now)]


# --- what is added ------------------------------------------------------------------------------------------------------------------


@router.turn(StateFilter(FollowUp.words), Sent())
@router.turn(StateFilter(FollowUp.words), Wrote())
async def added(turn: Turn, state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    """Keep it with the case, tell the handler, and stay open for more."""
    files, problems = kept_ids(turn), problem_said(turn)
    if not files and not turn.words:
        return problems
    await note_doubts(turn, state)
    return [*problems, *await _add(turn.words, files, state, db, judge, now)]


async def _add(words: str, files: list[int], state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    """Hand on what may go on at once. Files that may name their sender wait for a word, unless handlers know who that is."""
    case = await cases.case_by_code(db, await state.get_value("adding_to") or "")
    if case is None or case.state in ENDED:
        await state.set_state(None)
        await state.update_data({"adding_to": None, _WAITING: None})
        return [Reply(text=say("follow_up-closed"), rows=citizen_menu())]
    in_doubt = {} if case.identity == "open" else await doubtful(state, files)
    at_once = [each for each in files if each not in in_doubt]
    await settle_doubts(state, at_once)
    troubles = await _let_wait([*in_doubt], state)
    waiting = await _waiting(state)
    said = await _hand_on(case, words, at_once, waiting, db, judge, now) if words or at_once else []
    return [*troubles, *said, *([doubts_said(waiting)] if waiting else [])]


async def _hand_on(
    case: Case, words: str, files: list[int], waiting: dict[int, str], db: Session, judge: Judge, now: dt.datetime
) -> list[Reply]:
    names = await names_hidden(db, case)
    (shown_words,), texts = await hide_in_words_and_texts([words], files, case.unit_id, case.identity, judge, db, now, names)
    await keep_names_hidden(db, case, names)
    told = [*filter(None, [words]), *texts.read]
    flags = await flags_of("\n".join(told), case.unit_id, judge, db, now) if told else []
    also = await grave_in(told, judge)
    await cases.add_words(db, case, shown_words, texts.files, flags, now, also=also, whole=words, sealed_ids=texts.sealed)
    kept_back = [Reply(text=kept_back_said())] if texts.kept_back else []
    return [*kept_back, _added_said(case, waiting)]


def _added_said(case: Case, waiting: dict[int, str]) -> Reply:
    """Where files wait, their question with its buttons follows."""
    if waiting:
        return Reply(text=say("follow_up-added-but", code=shown(case.code), names=quoted(waiting)))
    rows = ((Choice(label=say("follow_up-enough-button"), data="stop_adding"),),)
    return Reply(text=say("follow_up-added", code=shown(case.code)), rows=rows)


# --- files that may name their sender -----------------------------------------------------------------------------------------------


async def _waiting(state: FSMContext) -> dict[int, str]:
    """They and their names."""
    return await doubtful(state, Held.model_validate(await state.get_value(_WAITING) or {}).files)


async def _let_wait(files: list[int], state: FSMContext) -> list[Reply]:
    """Beside those that wait already. Says what was too much."""
    held = Held(files=[*await _waiting(state)])
    troubles = held.add("", files)
    await state.update_data({_WAITING: held.model_dump() if held.files else None})
    return [Reply(text=say(trouble)) for trouble in troubles]


async def _taken(state: FSMContext) -> dict[int, str]:
    """Those that waited; they wait no longer."""
    taken = await _waiting(state)
    await state.update_data({_WAITING: None})
    await settle_doubts(state, [*taken])
    return taken


async def leave_out_waiting(state: FSMContext) -> list[Reply]:
    """What still waits is not added, which is said; housekeeping drops it."""
    left = await _taken(state)
    return [left_out_said(left)] if left else []


def speaks_of_files_left_behind(router: Router) -> None:
    """Let who goes elsewhere while files wait be told, before the answer there, that these were not added."""
    router.turn.middleware(_leave_behind)


async def _leave_behind(handler: Callable[..., Awaitable[Any]], turn: TelegramObject, known: dict[str, Any]) -> Any:
    answer, state = await handler(turn, known), known["state"]
    if not isinstance(answer, Reply | list) or await state.get_state() == FollowUp.words.state or not await state.get_value(_WAITING):
        return answer
    return [*await leave_out_waiting(state), *(answer if isinstance(answer, list) else [answer])]


@router.turn(StateFilter(FollowUp.words), Picked("leave_out"))
async def leave_out(state: FSMContext) -> list[Reply]:
    return [*await leave_out_waiting(state), _tell_more()]


@router.turn(StateFilter(FollowUp.words), Picked("send_anyway"))
async def send_anyway(state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    files = [*await _taken(state)]
    return await _add("", files, state, db, judge, now) if files else [_tell_more()]
