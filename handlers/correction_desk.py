"""The head decides what officials ask to have added to their attendance: one tap for yes, a reason for no."""

from __future__ import annotations

import datetime as dt

from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from handlers.correction_words import said
from handlers.menus import official_menu
from office import Session
from office.corrections_of_attendance import LONGEST_REASON, approve, for_decider, refuse, waiting_for
from office.people import Who, name_of
from office.records import AttendanceCorrection
from office.working_day import works_in
from talk.filters import Command, IsHead, Picked, Wrote
from talk.reply import Choice, Reply
from talk.router import Router
from talk.texts import say
from talk.turn import Turn

router = Router(name="correction_desk")
router.turn.filter(IsHead())
_SHOWN = 10
"""Requests in the list at once; the rest follows when these are decided."""


class Refusal(StatesGroup):
    reason = State()
    confirm = State()


@router.turn(Command("duyetbosung", words=("duyet bo sung",)))
@router.turn(Picked("corrections"))
async def list_waiting(db: Session, who: Who, now: dt.datetime) -> Reply:
    """What waits for this person's decision."""
    waiting = await waiting_for(db, works_in(who)[0], now)
    if not waiting:
        return Reply(text=say("correction-list-none"), rows=official_menu(who))
    rows = []
    for each in waiting[:_SHOWN]:
        label = say("correction-line", name=await name_of(db, each.person_id), what=said(each)["what"])
        rows.append((Choice.anytime(label, f"correction:{each.id}"),))
    return Reply(text=say("correction-list", count=len(waiting)), rows=tuple(rows))


async def list_button(db: Session, who: Who, now: dt.datetime) -> tuple[Choice, ...]:
    """The button to `list_waiting`, if anything waits."""
    count = len(await waiting_for(db, works_in(who)[0], now))
    return (Choice.anytime(say("correction-list-button", count=count), "corrections"),) if count else ()


@router.turn(Picked("correction"))
async def open_one(db: Session, who: Who, now: dt.datetime, picked: str) -> Reply:
    kept = await _kept(db, who, picked, now)
    if kept is None:
        return _not_yours(who)
    return request(kept, await name_of(db, kept.person_id)) if kept.state == "waiting" else await _was(db, kept)


def request(kept: AttendanceCorrection, name: str) -> Reply:
    """One request that waits, with its two buttons."""
    return Reply(text=say("correction-notice-new", **said(kept, name)), rows=decide_rows(kept))


def decide_rows(kept: AttendanceCorrection) -> tuple[tuple[Choice, ...], ...]:
    """Yes and no."""
    yes = Choice.anytime(say("correction-yes-button"), f"correction_yes:{kept.id}")
    return ((yes, Choice.anytime(say("correction-no-button"), f"correction_no:{kept.id}")),)


async def _kept(db: Session, who: Who, picked: str, now: dt.datetime) -> AttendanceCorrection | None:
    return await for_decider(db, int(picked), works_in(who)[0], now) if picked.isdecimal() and len(picked) < 16 else None


def _not_yours(who: Who) -> Reply:
    return Reply(text=say("correction-not-yours"), rows=official_menu(who))


async def _was(db: Session, kept: AttendanceCorrection) -> Reply:
    """What became of a request that no longer waits."""
    return Reply(text=say(f"correction-was-{kept.state}", name=await name_of(db, kept.person_id)))


@router.turn(Picked("correction_yes"))
async def agree(db: Session, who: Who, now: dt.datetime, picked: str) -> Reply:
    kept = await _kept(db, who, picked, now)
    if kept is None:
        return _not_yours(who)
    if not await approve(db, kept, works_in(who)[0], now):
        return await _was(db, kept)
    key = "correction-overtaken" if kept.state == "overtaken" else f"correction-approved-{kept.kind}"
    return Reply(text=say(key, name=await name_of(db, kept.person_id)))


@router.turn(Picked("correction_no"))
async def disagree(state: FSMContext, db: Session, who: Who, now: dt.datetime, picked: str) -> Reply:
    """A no needs its reason."""
    kept = await _kept(db, who, picked, now)
    if kept is None:
        return _not_yours(who)
    if kept.state != "waiting":
        return await _was(db, kept)
    await state.set_state(Refusal.reason)
    await state.update_data(refusing={"id": kept.id})
    return Reply(text=say("correction-no-ask", name=await name_of(db, kept.person_id)))


@router.turn(StateFilter(Refusal.reason, Refusal.confirm), Wrote())
async def reason_written(turn: Turn, state: FSMContext, db: Session, who: Who, now: dt.datetime) -> Reply:
    """Shown once more before it goes: words meant for something else must not reach the official."""
    kept = await _refusing(state, db, who, now)
    if kept is None:
        await _end(state)
        return _not_yours(who)
    if len(turn.words) > LONGEST_REASON:
        return Reply(text=say("correction-why-long", most=LONGEST_REASON))
    await state.update_data(refusing={"id": kept.id, "answer": turn.words})
    await state.set_state(Refusal.confirm)
    rows = ((Choice(label=say("correction-no-send-button"), data="refusal_send"), _rewrite_button()),)
    return Reply(text=say("correction-no-preview", name=await name_of(db, kept.person_id), answer=turn.words), rows=rows)


def _rewrite_button() -> Choice:
    return Choice(label=say("correction-no-rewrite-button"), data="refusal_rewrite")


@router.turn(StateFilter(Refusal.confirm), Picked("refusal_rewrite"))
async def rewrite(state: FSMContext, db: Session, who: Who, now: dt.datetime) -> Reply:
    kept = await _refusing(state, db, who, now)
    if kept is None:
        await _end(state)
        return _not_yours(who)
    await state.set_state(Refusal.reason)
    return Reply(text=say("correction-no-ask", name=await name_of(db, kept.person_id)))


@router.turn(StateFilter(Refusal.confirm), Picked("refusal_send"))
async def send_refusal(state: FSMContext, db: Session, who: Who, now: dt.datetime) -> Reply:
    kept = await _refusing(state, db, who, now)
    answer = str((await state.get_value("refusing") or {}).get("answer", ""))
    await _end(state)
    if kept is None:
        return _not_yours(who)
    if not await refuse(db, kept, works_in(who)[0], answer, now):
        return await _was(db, kept)
    return Reply(text=say("correction-no-sent", name=await name_of(db, kept.person_id)), rows=official_menu(who))


async def _refusing(state: FSMContext, db: Session, who: Who, now: dt.datetime) -> AttendanceCorrection | None:
    return await _kept(db, who, str((await state.get_value("refusing") or {}).get("id", "")), now)


async def _end(state: FSMContext) -> None:
    await state.set_state(None)
    await state.update_data(refusing=None)
