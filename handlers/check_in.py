"""An official comes: one tap checks in to the session that is open now. Late arrivals are asked why only after the arrival is kept."""

from __future__ import annotations

import datetime as dt

from aiogram.fsm.context import FSMContext

from handlers import check_out, late_reason
from handlers.check_out import offers, undone_too_late
from handlers.day_words import clock, day_said, picked_day
from handlers.menus import citizen_menu
from office import Session
from office.attendance import Arrival, Came, check_in, undo_check_in
from office.calendar import holiday_name
from office.people import Who
from office.working_day import works_in
from talk.filters import Command, IsOfficial, Picked
from talk.reply import Choice, Reply
from talk.router import Router
from talk.texts import say

router = Router(name="check_in")


@router.turn(Command("diemdanh", "checkin", words=("diem danh",)), IsOfficial())
async def check_in_said(state: FSMContext, db: Session, who: Who, now: dt.datetime) -> Reply:
    """Check in to whatever session is open."""
    return await _answer(await check_in(db, *works_in(who), now), state, now)


@router.turn(Picked("check_in"), IsOfficial())
async def check_in_tapped(state: FSMContext, db: Session, who: Who, now: dt.datetime, picked: str) -> Reply:
    """The button of the menu, or of a reminder, which names its session and day."""
    name, _, day = picked.partition(":")
    named = picked_day(day)
    return await _answer(await check_in(db, *works_in(who), now, meant=(name, named) if named else None), state, now)


async def _answer(arrival: Arrival, state: FSMContext, now: dt.datetime) -> Reply:
    match arrival.outcome:
        case Came.ON_TIME:
            return Reply(text=_said(arrival, "check_in-on_time", time=clock(now)), rows=(*offers(arrival.day), _slip(arrival)))
        case Came.LATE:
            text = _said(arrival, "check_in-late", time=clock(now), minutes=arrival.late_minutes)
            return await late_reason.ask(state, arrival, text, _slip(arrival), now)
        case Came.ALREADY:
            return _already(arrival)
        case Came.OTHER_SESSION:
            return Reply(text=_said(arrival, "check_in-other_session"), rows=((_check_in_button(arrival),),))
        case Came.ON_LEAVE:
            leave = arrival.day.leave
            assert leave is not None
            row = (Choice.anytime(say("check_in-cancel-leave-button"), f"leave_cancel:{leave.id}"),)
            return Reply(text=say("check_in-on_leave", kind=say(f"leave-{leave.kind}")), rows=(row,))
        case _:
            return Reply(text=_why_not(arrival), rows=offers(arrival.day, self_check=arrival.outcome is Came.AFTER_HOURS))


def _said(arrival: Arrival, key: str, **given: object) -> str:
    assert arrival.session is not None
    return say(key, session=say(f"check_in-{arrival.session.name}"), starts=clock(arrival.session.starts_at), **given)


def _already(arrival: Arrival) -> Reply:
    kept = arrival.kept
    assert kept is not None
    if kept.left_at is not None:
        text = _said(arrival, "check_in-already-left", time=clock(kept.arrived_at), left=clock(kept.left_at))
        return Reply(text=text, rows=offers(arrival.day))
    reason = ((late_reason.button(kept.session, kept.day),),) if kept.late_minutes and not kept.late_reason else ()
    return Reply(text=_said(arrival, "check_in-already", time=clock(kept.arrived_at)), rows=(*reason, *offers(arrival.day)))


def _why_not(arrival: Arrival) -> str:
    """Why nothing can be checked in to now, kindly, and when it can be."""
    if arrival.outcome is Came.DAY_OFF:
        holiday = holiday_name(arrival.day.day)
        following = {"day": day_said(arrival.next_session.day), "time": clock(arrival.next_session.starts_at)}
        return say("check_in-holiday", name=holiday, **following) if holiday else say("check_in-day_off", **following)
    if arrival.outcome is Came.AFTER_HOURS:
        return say("check_in-after_hours", ended=clock(arrival.day.sessions[-1].ends_at))
    assert arrival.session is not None
    return _said(arrival, f"check_in-{arrival.outcome}", opens=clock(arrival.day.opens_at(arrival.session)))


def _check_in_button(arrival: Arrival) -> Choice:
    assert arrival.session is not None
    label = say("check_in-button", session=say(f"check_in-{arrival.session.name}"))
    return Choice.anytime(label, f"check_in:{arrival.session.name}:{arrival.day.day}")


def _slip(arrival: Arrival) -> tuple[Choice, ...]:
    assert arrival.session is not None
    return (Choice.anytime(say("check_in-undo-button"), f"check_in_undo:{arrival.session.name}:{arrival.day.day}"),)


@router.turn(Picked("check_in_undo"), IsOfficial())
async def undo(state: FSMContext, db: Session, who: Who, now: dt.datetime, picked: str) -> Reply:
    """A tap by mistake is taken back, within five minutes."""
    name, _, day = picked.partition(":")
    named = picked_day(day)
    if named is None or not await undo_check_in(db, works_in(who)[0], named, name, now):
        return undone_too_late(who)
    await late_reason.forget(state)
    button = Choice.anytime(say("check_in-button", session=say(f"check_in-{name}")), f"check_in:{name}:{named}")
    return Reply(text=say("check_in-undone", session=say(f"check_in-{name}")), rows=((button,),))


_OFFICIALS_COMMANDS = Command("diemdanh", "checkin", "ve", "checkout", "tukiemtra", "congcuatoi", "nghi", "congtac", "bosung")


@router.turn(_OFFICIALS_COMMANDS, ~IsOfficial())
@router.turn(Picked("check_in"), ~IsOfficial())
@router.turn(Picked("check_out"), ~IsOfficial())
@router.turn(Picked("self_check"), ~IsOfficial())
@router.turn(Picked("my_record"), ~IsOfficial())
@router.turn(Picked("leave"), ~IsOfficial())
@router.turn(Picked("correct"), ~IsOfficial())
async def not_linked() -> Reply:
    """Who is not linked, or no longer holds a post, learns how to link."""
    return Reply(text=say("check_in-not-linked"), rows=citizen_menu())


router.include_routers(check_out.router)
