"""The citizen follows a case: status by receipt code, taking it back. What is added to it: `handlers.adding`."""

from __future__ import annotations

import datetime as dt

from aiogram.filters import Filter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from handlers import categories
from handlers.files_sent import kept_ids
from handlers.introduction import introduces_first
from handlers.menus import citizen_menu
from handlers.when import deadline
from office import Session, cases
from office.people import note_guess, too_many_guesses
from office.receipts import read_code, shown
from office.records import Case, CaseEvent, Contact
from office.reporters import cases_of
from office.units import unit
from talk.filters import Command, Picked, Wrote
from talk.reply import Choice, Reply
from talk.router import Router
from talk.texts import say
from talk.turn import Turn

router = Router(name="follow_up")
introduces_first(router)

ENDED = ("closed", "withdrawn")


class FollowUp(StatesGroup):
    code = State()
    words = State()


@router.turn(Command("tracuu", "tra_cuu", "status", words=("tra cuu",)))
@router.turn(Picked("look_up"))
async def look_up(state: FSMContext, db: Session, contact: Contact, now: dt.datetime, picked: str = "", rest: str = "") -> Reply:
    """By the code; without one, the person's own cases are offered."""
    if picked or rest:
        return await _show(picked or rest, state, db, contact, now, tapped=bool(picked))
    own = await cases_of(db, contact)
    rows = tuple((Choice.anytime(_line(case), f"look_up:{case.code}"),) for case in own[:8])
    await state.set_state(FollowUp.code)
    return Reply(text=say("follow_up-own" if own else "follow_up-ask-code"), rows=rows)


def _line(case: Case) -> str:
    return say("follow_up-line", code=shown(case.code), name=categories.name(case.category))


@router.turn(StateFilter(FollowUp.code), Wrote())
async def code_typed(turn: Turn, state: FSMContext, db: Session, contact: Contact, now: dt.datetime) -> list[Reply]:
    return _with_files(turn, await _show(turn.words, state, db, contact, now))


class LooksLikeCode(Filter):
    """A filter: the whole message is a receipt code."""

    async def __call__(self, turn: Turn) -> bool:
        return turn.choice is None and len(turn.words) < 30 and read_code(turn.words) is not None


@router.turn(StateFilter(None), LooksLikeCode())
async def code_alone(turn: Turn, state: FSMContext, db: Session, contact: Contact, now: dt.datetime) -> list[Reply]:
    return _with_files(turn, await _show(turn.words, state, db, contact, now))


def _with_files(turn: Turn, status: Reply) -> list[Reply]:
    """A file beside a code may have been meant to be added: that takes a tap, which is said."""
    if not kept_ids(turn):
        return [status]
    return [status, Reply(text=say("follow_up-files-not-added" if status.rows else "follow_up-files-not-kept"))]


async def _show(typed: str, state: FSMContext, db: Session, contact: Contact, now: dt.datetime, *, tapped: bool = False) -> Reply:
    """The case with this code, or a kind word about a wrong one."""
    case, why_not = await _by_code(db, contact, typed, now, tapped=tapped)
    if case is None:
        await state.set_state(None if why_not == "too-many" else FollowUp.code)
        return Reply(text=say(f"follow_up-{why_not}"))
    await state.set_state(None)
    return await _status(db, case)


async def _by_code(db: Session, contact: Contact, typed: str, now: dt.datetime, *, tapped: bool) -> tuple[Case | None, str]:
    """The case with this code, or why there is none: `not-a-code`, `unknown`, `too-many`.

    All ways to a case lead through here. After too many wrong codes the door stays shut for an hour. A slip of the finger that cannot be a
    code at all does not count; a button that holds such a thing was forged.
    """
    if await too_many_guesses(db, contact.id, now):
        return None, "too-many"
    code = read_code(typed)
    if code is None and not tapped:
        return None, "not-a-code"
    case = await cases.case_by_code(db, code) if code else None
    if case is None:
        note_guess(db, contact.id, now)
    return case, "" if case else "unknown"


async def tapped(db: Session, contact: Contact, picked: str, now: dt.datetime) -> Case | Reply:
    """The case behind a button, if something can still be done about it; else what to say."""
    case, why_not = await _by_code(db, contact, picked, now, tapped=True)
    if case is None:
        return Reply(text=say(f"follow_up-{why_not}"), rows=citizen_menu())
    return Reply(text=say("follow_up-closed"), rows=citizen_menu()) if case.state in ENDED else case


async def _status(db: Session, case: Case) -> Reply:
    about = await unit(db, case.unit_id)
    steps = [say("follow_up-step", when=deadline(event.at), what=_what(event)) for event in await cases.events_of(db, case, open_only=True)]
    due = {"new": case.accept_due_at, "accepted": case.answer_due_at}.get(case.state)
    lines = [
        say("follow_up-head", code=shown(case.code), name=categories.name(case.category), unit=about.name),
        say(f"follow_up-state-{case.state}", due=deadline(due) if due else ""),
        *steps[-8:],
    ]
    if case.answer:
        lines.append(say("follow_up-answer", answer=case.answer))
    rows: tuple[tuple[Choice, ...], ...] = ()
    if case.state in ("new", "accepted", "answered"):
        rows = ((_any("follow_up-add-button", f"add:{case.code}"), _any("follow_up-withdraw-button", f"withdraw:{case.code}")),)
    return Reply(text="\n".join(lines), rows=rows)


def _any(text: str, data: str) -> Choice:
    return Choice.anytime(say(text), data)


def _what(event: CaseEvent) -> str:
    key = f"follow_up-event-{event.kind}"
    return say(key, note=event.note if len(event.note) <= 300 else f"{event.note[:300]}…") if event.kind in ("asked", "added") else say(key)


# --- taking it back -----------------------------------------------------------------------------------------------------------------


@router.turn(Picked("withdraw"))
async def ask_to_withdraw(db: Session, contact: Contact, now: dt.datetime, picked: str) -> Reply:
    case = await tapped(db, contact, picked, now)
    if isinstance(case, Reply):
        return case
    yes, no = (
        _any("follow_up-withdraw-yes-button", f"withdraw_yes:{case.code}"),
        _any("follow_up-withdraw-no-button", f"look_up:{case.code}"),
    )
    return Reply(text=say("follow_up-withdraw-ask"), rows=((yes, no),))


@router.turn(Picked("withdraw_yes"))
async def withdraw(db: Session, contact: Contact, now: dt.datetime, picked: str) -> Reply:
    case = await tapped(db, contact, picked, now)
    if isinstance(case, Reply):
        return case
    await cases.withdraw(db, case, now)
    return Reply(text=say("follow_up-withdrawn"), rows=citizen_menu())
