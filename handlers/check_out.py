"""An official leaves: one tap closes the session attended last; leaving early is noted, and a later tap can move the hour."""

from __future__ import annotations

import datetime as dt

from handlers.day_words import clock, picked_day
from handlers.menus import official_menu
from office import Session
from office.attendance import Departure, Went, check_out, undo_check_out
from office.people import Who
from office.working_day import PersonDay, works_in
from talk.filters import Command, IsOfficial, Picked
from talk.reply import Choice, Reply
from talk.router import Router
from talk.texts import say

router = Router(name="check_out")


@router.turn(Command("ve", "checkout", words=("ve", "ra ve", "toi ve", "bao ve")), IsOfficial())
async def check_out_said(db: Session, who: Who, now: dt.datetime) -> Reply:
    return _answer(await check_out(db, *works_in(who), now), now)


@router.turn(Picked("check_out"), IsOfficial())
async def check_out_tapped(db: Session, who: Who, now: dt.datetime, picked: str) -> Reply:
    """The button of the menu; with `again` the hour kept before is moved to now."""
    kind, _, day = picked.partition(":")
    move = kind == "again" and picked_day(day) is not None
    return _answer(await check_out(db, *works_in(who), now, move=move), now)


def _answer(departure: Departure, now: dt.datetime) -> Reply:
    if departure.outcome is Went.NOT_IN:
        return _not_in(departure, now)
    assert departure.left_at is not None
    given = {"session": say(f"check_in-{departure.name}"), "time": clock(departure.left_at), "minutes": departure.early_minutes}
    early = departure.outcome in (Went.EARLY, Went.MOVED) and departure.early_minutes > 0
    text = say(f"check_in-out-{'early' if early else departure.outcome}", **given)
    return Reply(text=text, rows=(*offers(departure.day), _correction(departure, now)))


def offers(day: PersonDay, *, self_check: bool = True) -> tuple[tuple[Choice, ...], ...]:
    """What an official may want next: the day's self-check while it is not done, and the own month."""
    record = Choice.anytime(say("start-my-record-button"), "my_record")
    if day.self_checked or not self_check:
        return ((record,),)
    return ((Choice.anytime(say("start-self-check-button"), "self_check"), record),)


def _correction(departure: Departure, now: dt.datetime) -> tuple[Choice, ...]:
    """A tap of just now can be taken back; an hour kept before can be moved."""
    if departure.outcome is Went.ALREADY:
        return (Choice.anytime(say("check_in-out-again-button", time=clock(now)), f"check_out:again:{departure.day.day}"),)
    return (Choice.anytime(say("check_in-undo-button"), f"check_out_undo:{departure.name}:{departure.day.day}"),)


def _not_in(departure: Departure, now: dt.datetime) -> Reply:
    open_now = departure.day.open_session(now)
    if open_now is None:
        forgotten = Choice.anytime(say("correction-button"), "correct")
        return Reply(text=say("check_in-out-not_in"), rows=((forgotten,), *offers(departure.day, self_check=False)))
    session = say(f"check_in-{open_now.name}")
    button = Choice.anytime(say("check_in-button", session=session), f"check_in:{open_now.name}:{departure.day.day}")
    return Reply(text=say("check_in-out-not_in-yet", session=session), rows=((button,),))


@router.turn(Picked("check_out_undo"), IsOfficial())
async def undo(db: Session, who: Who, now: dt.datetime, picked: str) -> Reply:
    """A tap by mistake is taken back, within five minutes."""
    name, _, day = picked.partition(":")
    named = picked_day(day)
    if named is None or not await undo_check_out(db, works_in(who)[0], named, name, now):
        return undone_too_late(who)
    return Reply(text=say("check_in-out-undone", session=say(f"check_in-{name}")), rows=official_menu(who))


def undone_too_late(who: Who) -> Reply:
    """What was kept stays; what else there is to do."""
    return Reply(text=say("check_in-undo-too-late"), rows=official_menu(who))
