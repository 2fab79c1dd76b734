"""An official says on which days they will be away, in their own words, and why; sees it spelled out, confirms; can take it back."""

from __future__ import annotations

import datetime as dt

from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from handlers.day_words import day_said, picked_day
from handlers.menus import official_menu
from office import Session
from office.leave import KINDS, LONGEST, Announced, announce, cancel, leaves_from, weigh
from office.moments import today
from office.people import Who
from office.records import Leave
from office.working_day import works_in
from talk.days import absence_in, days_in
from talk.filters import Command, IsOfficial, Picked, Wrote
from talk.reply import Choice, Reply
from talk.router import Router
from talk.texts import say
from talk.turn import Turn

router = Router(name="leave")
Span = tuple[dt.date, dt.date]


class Away(StatesGroup):
    days = State()
    kind = State()
    confirm = State()


# --- which days ---------------------------------------------------------------------------------------------------------------------


@router.turn(Command("nghi", "congtac", words=("bao nghi", "xin nghi", "nghi phep")), IsOfficial())
async def begin(turn: Turn, state: FSMContext, db: Session, who: Who, now: dt.datetime, rest: str) -> Reply:
    """What was announced before, and the question; `/nghi mai` says the day at once."""
    mission = turn.text.startswith("/congtac")
    await state.update_data(leave={"kind": "mission"} if mission else None)
    if rest:
        return await _days_said(rest, state, db, who, now)
    return await _ask_days(state, db, who, now)


@router.turn(Picked("leave"), IsOfficial())
async def begin_by_button(state: FSMContext, db: Session, who: Who, now: dt.datetime) -> Reply:
    await state.update_data(leave=None)
    return await _ask_days(state, db, who, now)


async def _ask_days(state: FSMContext, db: Session, who: Who, now: dt.datetime) -> Reply:
    await state.set_state(Away.days)
    known = await leaves_from(db, works_in(who)[0], today(now))
    lines = [say("leave-known", span=span_said(each.first_day, each.last_day), kind=say(f"leave-{each.kind}")) for each in known]
    day = today(now)
    quick = tuple(_day_button(key, day + dt.timedelta(days=n)) for n, key in enumerate(("leave-today-button", "leave-tomorrow-button")))
    return Reply(text="\n".join([*lines, say("leave-ask")]), rows=(quick, *_cancel_rows(known)))


def _day_button(key: str, day: dt.date) -> Choice:
    return Choice(label=say(key), data=f"leave_days:{day}")


def _cancel_rows(known: list[Leave]) -> tuple[tuple[Choice, ...], ...]:
    return tuple((cancel_button(each),) for each in known[:3])


def cancel_button(leave: Leave) -> Choice:
    """The button that takes back one announced absence."""
    label = say("leave-cancel-button", span=_short_span(leave.first_day, leave.last_day))
    return Choice.anytime(label, f"leave_cancel:{leave.id}")


def span_said(first: dt.date, last: dt.date) -> str:
    """«thứ Tư 25/11», or «từ thứ Tư 25/11 đến thứ Sáu 27/11»."""
    return day_said(first) if first == last else say("leave-span", first=day_said(first), last=day_said(last))


def _short_span(first: dt.date, last: dt.date) -> str:
    return f"{first.day}/{first.month}" if first == last else f"{first.day}/{first.month}-{last.day}/{last.month}"


@router.turn(StateFilter(Away.days), IsOfficial(), Picked("leave_days"))
async def day_tapped(state: FSMContext, db: Session, who: Who, now: dt.datetime, picked: str) -> Reply:
    day = picked_day(picked)
    return await _days_known((day, day), state, db, who, now) if day else await _ask_days(state, db, who, now)


@router.turn(StateFilter(Away.days, Away.confirm), IsOfficial(), Wrote())
async def days_typed(turn: Turn, state: FSMContext, db: Session, who: Who, now: dt.datetime) -> Reply:
    """Days in words; typed at the confirmation they replace those before."""
    return await _days_said(turn.words, state, db, who, now)


async def _days_said(words: str, state: FSMContext, db: Session, who: Who, now: dt.datetime) -> Reply:
    if kind := absence_in(words):
        await _note(state, kind=kind)
    span = days_in(words[:200], today(now))
    if span is None:
        await state.set_state(Away.days)
        return Reply(text=say("leave-not-understood"), rows=((_day_button("leave-tomorrow-button", today(now) + dt.timedelta(days=1)),),))
    return await _days_known(span, state, db, who, now)


async def _days_known(span: Span, state: FSMContext, db: Session, who: Who, now: dt.datetime) -> Reply:
    """Refuse at once what cannot be; else ask why, or to confirm."""
    weighed = await weigh(db, *works_in(who), *span, now)
    if weighed.outcome != "done":
        await state.set_state(Away.days)
        return _refused(weighed, span)
    await _note(state, first=f"{span[0]}", last=f"{span[1]}")
    return await _ask_kind(state) if (await _noted(state)).get("kind") not in KINDS else await _ask_confirm(state, weighed.working_days)


def _refused(weighed: Announced, span: Span) -> Reply:
    others = ", ".join(span_said(each.first_day, each.last_day) for each in weighed.others)
    given = {"span": span_said(*span), "most": LONGEST, "others": others}
    return Reply(text=say(f"leave-refused-{weighed.outcome}", **given), rows=_cancel_rows(weighed.others))


async def _note(state: FSMContext, **known: str) -> None:
    await state.update_data(leave={**await _noted(state), **known})


async def _noted(state: FSMContext) -> dict[str, str]:
    return await state.get_value("leave") or {}


# --- why, and yes -------------------------------------------------------------------------------------------------------------------


async def _ask_kind(state: FSMContext) -> Reply:
    await state.set_state(Away.kind)
    buttons = [Choice(label=say(f"leave-{kind}-button"), data=f"leave_kind:{kind}") for kind in KINDS]
    return Reply(text=say("leave-why", span=span_said(*_span(await _noted(state)))), rows=(tuple(buttons[:2]), tuple(buttons[2:])))


def _span(noted: dict[str, str]) -> Span:
    return dt.date.fromisoformat(noted["first"]), dt.date.fromisoformat(noted["last"])


@router.turn(StateFilter(Away.kind), IsOfficial(), Picked("leave_kind"))
async def kind_tapped(state: FSMContext, db: Session, who: Who, now: dt.datetime, picked: str) -> Reply:
    await _note(state, kind=picked)
    return await _days_known(_span(await _noted(state)), state, db, who, now)


@router.turn(StateFilter(Away.kind), IsOfficial(), Wrote())
async def kind_typed(turn: Turn, state: FSMContext, db: Session, who: Who, now: dt.datetime) -> Reply:
    """The reason in words, if it is one of the four; or other days, said late."""
    if (kind := absence_in(turn.words)) or days_in(turn.words[:200], today(now)):
        await _note(state, **({"kind": kind} if kind else {}))
        span = days_in(turn.words[:200], today(now)) or _span(await _noted(state))
        return await _days_known(span, state, db, who, now)
    return await _ask_kind(state)


async def _ask_confirm(state: FSMContext, working_days: int) -> Reply:
    await state.set_state(Away.confirm)
    noted = await _noted(state)
    text = say("leave-confirm", span=span_said(*_span(noted)), kind=say(f"leave-{noted['kind']}"), days=working_days)
    change = (Choice(label=say("leave-change-button"), data="leave_change"), Choice(label=say("leave-stop-button"), data="leave_stop"))
    return Reply(text=text, rows=((Choice(label=say("leave-send-button"), data="leave_send"),), change))


@router.turn(StateFilter(Away.confirm), IsOfficial(), Picked("leave_send"))
async def send(state: FSMContext, db: Session, who: Who, now: dt.datetime) -> Reply:
    noted = await _noted(state)
    span = _span(noted)
    done = await announce(db, *works_in(who), *span, noted["kind"], now)
    if done.leave is None:
        await state.set_state(Away.days)
        return _refused(done, span)
    await _end(state)
    text = say("leave-done", span=span_said(*span), kind=say(f"leave-{noted['kind']}"))
    return Reply(text=text, rows=((cancel_button(done.leave),),))


@router.turn(StateFilter(Away.confirm), IsOfficial(), Picked("leave_change"))
async def change(state: FSMContext) -> Reply:
    await state.set_state(Away.days)
    return Reply(text=say("leave-ask"))


@router.turn(StateFilter(Away.confirm), Picked("leave_stop"))
async def stop(state: FSMContext, who: Who) -> Reply:
    await _end(state)
    return Reply(text=say("leave-stopped"), rows=official_menu(who) if who.is_official else ())


async def _end(state: FSMContext) -> None:
    await state.set_state(None)
    await state.update_data(leave=None)


# --- taken back ---------------------------------------------------------------------------------------------------------------------


@router.turn(Picked("leave_cancel"), IsOfficial())
async def cancel_tapped(db: Session, who: Who, now: dt.datetime, picked: str) -> Reply:
    """All of it, or what is left from today. Afterwards today can be checked in to again."""
    taken_back = await cancel(db, works_in(who)[0], int(picked), now) if picked.isdecimal() and len(picked) < 16 else None
    if taken_back is None:
        return Reply(text=say("leave-nothing-to-cancel"), rows=official_menu(who))
    rows = ((Choice.anytime(say("start-check-in-button"), "check_in"), Choice.anytime(say("leave-anew-button"), "leave")),)
    key = "leave-cancelled" if taken_back.last_day >= today(now) else "leave-cancelled-rest"
    return Reply(text=say(key, span=span_said(taken_back.first_day, taken_back.last_day)), rows=rows)
