"""The first word, help, cancel and the privacy notice: never a dead end, in three lines that say what this is and what one can do."""

from __future__ import annotations

import datetime as dt

from aiogram.fsm.context import FSMContext

from handlers import half_written, link
from handlers.introduction import introduction, is_told, note_told, yes_or_no
from handlers.menus import citizen_menu, official_menu
from office import Session
from office.moments import whole_hour
from office.people import Who
from office.records import Contact
from office.units import unit_by_code
from talk.filters import Command, Picked
from talk.reply import Choice, Reply
from talk.router import Router
from talk.texts import say
from talk.turn import Turn

router = Router(name="start")


@router.turn(Command("start", "batdau"))
async def start(
    turn: Turn, state: FSMContext, db: Session, contact: Contact, who: Who, now: dt.datetime, rest: str, told_since: dt.datetime | None
) -> list[Reply]:
    """Greets; a desk's link names the unit, an invitation's link links the account."""
    if rest.startswith(link.LINK_PREFIX):
        return await link.redeem_code(db, contact, state, rest.removeprefix(link.LINK_PREFIX), now)
    unit = await unit_by_code(db, rest) if rest else None
    if unit is not None:
        await state.update_data(desk={"unit": unit.id, "name": unit.name, "at": now.isoformat()})
    if who.is_official:
        first_time, contact.noticed_at = contact.noticed_at is None, contact.noticed_at or whole_hour(now)
        return [Reply(text=say("start-official-first" if first_time else "start-official", name=who.name), rows=official_menu(who))]
    replies = []
    if not await is_told(contact, state, told_since):
        await note_told(contact, state, told_since, now)
        replies.append(introduction(told_since is not None))
    if await half_written.has_draft(state):
        return [*replies, await half_written.offer_draft(state)]
    if rest and unit is None:
        replies.append(Reply(text=say("start-unknown-unit")))
    invitation = say("start-at-desk", unit=unit.name) if unit else say("start-citizen")
    return [*replies, Reply(text=invitation, rows=citizen_menu())]


@router.turn(Command("trogiup", "help", "menu", words=("tro giup", "giup toi", "menu")))
@router.turn(Picked("help"))
async def help_(who: Who) -> Reply:
    """What one can do here, for the person who asks."""
    if who.oversees:
        return Reply(text=say("start-help-head"), rows=official_menu(who))
    if who.is_official:
        return Reply(text=say("start-help-official"), rows=official_menu(who))
    return Reply(text=say("start-help-citizen"), rows=citizen_menu())


@router.turn(Command("quyenriengtu", "privacy", words=("quyen rieng tu",)))
@router.turn(Picked("privacy"))
async def privacy(state: FSMContext, contact: Contact, now: dt.datetime, told_since: dt.datetime | None) -> Reply:
    """The full notice: automatic, who is responsible, what for, who sees what, how long, which rights, how to reach a person."""
    if not await is_told(contact, state, told_since):
        await note_told(contact, state, told_since, now)
    rows = ((Choice.anytime(say("erase-button"), "erase"),),)
    return Reply(text=say("start-privacy", learns=yes_or_no(told_since is not None)), rows=rows)


@router.turn(Command("huy", "cancel", words=("huy", "huy bo")))
@router.turn(Picked("cancel"))
async def cancel(state: FSMContext, who: Who) -> Reply:
    """Stops whatever is under way; a half-written complaint can be brought back."""
    if await half_written.has_draft(state):
        return await half_written.drop_draft(state)
    was_busy = await state.get_state() is not None
    await state.update_data(adding_to=None, held=None)
    await state.set_state(None)
    rows = official_menu(who) if who.is_official else citizen_menu()
    return Reply(text=say("start-cancelled" if was_busy else "start-nothing-to-cancel"), rows=rows)
