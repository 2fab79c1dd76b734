"""The first word, help, cancel and the privacy notice: never a dead end, in three lines that say what this is and what one can do."""

from __future__ import annotations

import datetime as dt
from typing import Any

from aiogram.filters import Filter, StateFilter
from aiogram.fsm.context import FSMContext

from handlers import adding, half_written, link
from handlers.complaint_questions import Complaint
from handlers.introduction import introduction, is_told, note_told, yes_or_no
from handlers.menus import citizen_menu, official_menu, own_menu
from office import Session
from office.moments import whole_hour
from office.people import Who
from office.records import Contact, Unit
from office.units import unit_by_code, unit_called
from talk.filters import Command, IsOfficial, Picked, Wrote
from talk.reply import Choice, Reply
from talk.router import Router
from talk.texts import say
from talk.turn import Turn

router = Router(name="start")
_LONGEST_NAME = 120


@router.turn(Command("start", "batdau"))
async def start(
    turn: Turn, state: FSMContext, db: Session, contact: Contact, who: Who, now: dt.datetime, rest: str, told_since: dt.datetime | None
) -> list[Reply]:
    """Greets; a desk's link names the unit, an invitation's link links the account."""
    if rest.startswith(link.LINK_PREFIX):
        return await link.redeem_code(db, contact, state, rest.removeprefix(link.LINK_PREFIX), now)
    unit = await unit_by_code(db, rest) if rest else None
    if unit is not None:
        await _note_desk(state, unit, now)
    if who.is_official:
        first_time, contact.noticed_at = contact.noticed_at is None, contact.noticed_at or whole_hour(now)
        return [Reply(text=say("start-official-first" if first_time else "start-official", name=who.name), rows=official_menu(who))]
    return await _welcome(state, contact, now, told_since, unit, unknown=bool(rest) and unit is None)


async def _note_desk(state: FSMContext, unit: Unit, now: dt.datetime) -> None:
    await state.update_data(desk={"unit": unit.id, "name": unit.name, "at": now.isoformat()})


async def _welcome(
    state: FSMContext, contact: Contact, now: dt.datetime, told_since: dt.datetime | None, unit: Unit | None, *, unknown: bool = False
) -> list[Reply]:
    """First words to a citizen, at the desk of a unit if that is known."""
    replies = []
    if not await is_told(contact, state, told_since):
        await note_told(contact, state, told_since, now)
        replies.append(introduction(told_since is not None))
    if await half_written.has_draft(state):
        return [*replies, await half_written.offer_draft(state)]
    if unknown:
        replies.append(Reply(text=say("start-unknown-unit")))
    invitation = say("start-at-desk", unit=unit.name) if unit else say("start-citizen")
    return [*replies, Reply(text=invitation, rows=citizen_menu())]


class NamesDesk(Filter):
    """The code or the whole name of a unit, typed alone: what a poster asks for where its code cannot carry the unit along."""

    async def __call__(self, turn: Turn, db: Session) -> bool | dict[str, Any]:
        if turn.attachments or len(turn.words) > _LONGEST_NAME:
            return False
        unit = await unit_called(db, turn.words)
        return unit is not None and {"unit": unit}


@router.turn(StateFilter(None), ~IsOfficial(), Wrote(), NamesDesk())
async def desk_named(state: FSMContext, contact: Contact, now: dt.datetime, told_since: dt.datetime | None, unit: Unit) -> list[Reply]:
    """The same as the desk's link."""
    await _note_desk(state, unit, now)
    return await _welcome(state, contact, now, told_since, unit)


@router.turn(StateFilter(Complaint.story), Wrote(), NamesDesk())
async def desk_named_first(state: FSMContext, now: dt.datetime, unit: Unit) -> Reply:
    """Asked for the story, the person names the desk first: that is kept, and the story is still awaited."""
    await _note_desk(state, unit, now)
    return Reply(text=say("start-at-desk", unit=unit.name))


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
async def cancel(state: FSMContext, who: Who) -> list[Reply]:
    """Stops whatever is under way; a half-written complaint can be brought back."""
    left_out = await adding.leave_out_waiting(state)
    if await half_written.has_draft(state):
        return [*left_out, await half_written.drop_draft(state)]
    was_busy = await state.get_state() is not None
    await state.update_data(adding_to=None, held=None)
    await state.set_state(None)
    rows = own_menu(who)
    return [*left_out, Reply(text=say("start-cancelled" if was_busy else "start-nothing-to-cancel"), rows=rows)]
