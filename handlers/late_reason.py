"""Why an official was late: asked once, answered by a tap or a few words, or not at all. The arrival itself is kept already."""

from __future__ import annotations

import datetime as dt

from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from handlers.day_words import picked_day
from handlers.menus import official_menu
from office import Session
from office.attendance import Arrival, give_reason
from office.people import Who
from office.working_day import works_in
from talk.filters import IsOfficial, Picked, Sent, Wrote
from talk.reply import Choice, Reply
from talk.router import Router
from talk.texts import say
from talk.turn import Turn

router = Router(name="late_reason")

REASONS = ("traffic", "family", "duty", "weather")
LONGEST = 200
"""Characters. What is longer is hardly a reason for being late, and heads read reasons."""
STILL_ASKED = dt.timedelta(hours=1)
"""Words that come later than this may be about anything: nothing is taken for a reason unasked."""


class LateReason(StatesGroup):
    words = State()


async def ask(state: FSMContext, arrival: Arrival, text: str, slip: tuple[Choice, ...], now: dt.datetime) -> Reply:
    """The question, below what was kept. Amid another conversation only buttons are offered: its words must not be taken for a reason."""
    assert arrival.session is not None
    mark = f"{arrival.session.name}:{arrival.day.day}"
    choices = [Choice.anytime(say(f"check_in-reason-{code}"), f"late:{code}:{mark}") for code in REASONS]
    free = await state.get_state() in (None, LateReason.words.state)
    if free:
        await _await_words(state, mark, now)
    question = say("check_in-why") if free else say("check_in-why-tap")
    last = (Choice.anytime(say("check_in-later-button"), f"late:later:{mark}"),) if free else (button(*_parts(mark)),)
    return Reply(text=f"{text}\n{question}", rows=(tuple(choices[:2]), tuple(choices[2:]), (*last, *slip)))


def button(name: str, day: dt.date) -> Choice:
    """The button that asks for the reason in one's own words."""
    return Choice.anytime(say("check_in-reason-button"), f"late:words:{name}:{day}")


def _parts(mark: str) -> tuple[str, dt.date]:
    name, _, day = mark.partition(":")
    return name, dt.date.fromisoformat(day)


async def _await_words(state: FSMContext, mark: str, now: dt.datetime) -> None:
    await state.set_state(LateReason.words)
    await state.update_data(late={"of": mark, "at": now.isoformat()})


async def forget(state: FSMContext) -> None:
    """The question is settled; another conversation under way is left alone."""
    if await state.get_state() == LateReason.words.state:
        await state.set_state(None)
    if await state.get_value("late"):
        await state.update_data(late=None)


@router.turn(Picked("late"), IsOfficial())
async def tapped(state: FSMContext, db: Session, who: Who, now: dt.datetime, picked: str) -> Reply:
    """A reason by one tap; "later" leaves it open; "words" asks for one's own."""
    code, _, mark = picked.partition(":")
    if code == "words" and picked_day(mark.partition(":")[2]):
        await _await_words(state, mark, now)
        return Reply(text=say("check_in-why-words"), rows=((Choice.anytime(say("check_in-later-button"), f"late:later:{mark}"),),))
    if code == "later":
        await forget(state)
        return Reply(text=say("check_in-later"))
    if code == "none":
        return await _take_away(state, db, who, mark)
    if code == "aside":
        return await _keep(state, db, who, str((await state.get_value("late") or {}).get("words", "")))
    await state.update_data(late={"of": mark})
    return await _keep(state, db, who, _plain(code))


def _plain(code: str) -> str:
    """The button's words without its picture."""
    return say(f"check_in-reason-{code}").partition(" ")[2] if code in REASONS else ""


@router.turn(StateFilter(LateReason.words), IsOfficial(), Wrote())
async def written(turn: Turn, state: FSMContext, db: Session, who: Who, now: dt.datetime) -> Reply:
    """The reason in one's own words; words that may be about something else are not kept without asking."""
    asked = await state.get_value("late") or {}
    if len(turn.words) > LONGEST:
        return Reply(text=say("check_in-reason-long", most=LONGEST))
    if not asked.get("at") or now - dt.datetime.fromisoformat(asked["at"]) > STILL_ASKED:
        await state.set_state(None)
        await state.update_data(late={"of": asked.get("of", ""), "words": turn.words})
        rows = (
            (Choice.anytime(say("check_in-is-reason-button"), "late:aside"),),
            (Choice.anytime(say("start-complain-button"), "complain"),),
        )
        return Reply(text=say("check_in-reason-or-not"), rows=rows)
    return await _keep(state, db, who, turn.words)


async def _keep(state: FSMContext, db: Session, who: Who, reason: str) -> Reply:
    mark = str((await state.get_value("late") or {}).get("of", ""))
    name, _, day = mark.partition(":")
    named = picked_day(day)
    await forget(state)
    if not reason or named is None or not await give_reason(db, works_in(who)[0], named, name, reason):
        return Reply(text=say("check_in-reason-of-nothing"), rows=official_menu(who))
    change = Choice.anytime(say("check_in-reason-change-button"), f"late:words:{mark}")
    wrong = Choice.anytime(say("check_in-reason-wrong-button"), f"late:none:{mark}")
    return Reply(text=say("check_in-reason-kept", reason=reason), rows=((change, wrong),))


async def _take_away(state: FSMContext, db: Session, who: Who, mark: str) -> Reply:
    """What was taken for a reason was none: heads must not read it."""
    name, _, day = mark.partition(":")
    named = picked_day(day)
    await forget(state)
    taken = named is not None and await give_reason(db, works_in(who)[0], named, name, None)
    return Reply(text=say("check_in-reason-taken-away" if taken else "check_in-reason-of-nothing"), rows=official_menu(who))


@router.turn(StateFilter(LateReason.words), Sent())
async def file_instead(turn: Turn) -> Reply:
    """A picture, a voice or a sticker is no reason that can be kept."""
    return Reply(text=say("check_in-reason-only-words"))
