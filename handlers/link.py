"""Linking an official's account by an invitation code, and taking the link away again."""

from __future__ import annotations

import datetime as dt

from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from handlers.introduction import yes_or_no
from handlers.menus import official_menu
from office import Session, audit
from office.case_list import tell_of_waiting
from office.linking import leave_with, redeem, unlink
from office.moments import whole_hour
from office.people import CodeRefused, Who, who_is
from office.records import Contact
from talk.filters import Command, IsOfficial, Picked, Wrote
from talk.reply import Choice, Reply
from talk.router import Router
from talk.texts import say
from talk.turn import Turn

router = Router(name="link")
LINK_PREFIX = "moi-"
"""How the payload of an invitation's deep link begins."""


class Link(StatesGroup):
    code = State()


@router.turn(Command("lienket", "link", words=("lien ket",)))
async def begin(state: FSMContext, db: Session, contact: Contact, now: dt.datetime, rest: str) -> list[Reply]:
    if rest:
        return await redeem_code(db, contact, state, rest, now)
    await state.set_state(Link.code)
    return [Reply(text=say("link-ask"))]


@router.turn(StateFilter(Link.code), Wrote())
async def code_typed(turn: Turn, state: FSMContext, db: Session, contact: Contact, now: dt.datetime) -> list[Reply]:
    return await redeem_code(db, contact, state, turn.words, now)


async def redeem_code(db: Session, contact: Contact, state: FSMContext, typed: str, now: dt.datetime) -> list[Reply]:
    """Try the code; a wrong one may be typed again."""
    try:
        person = await redeem(db, contact, typed, now)
    except CodeRefused as refused:
        await state.set_state(Link.code if refused.why == "unknown" else None)
        return [Reply(text=say(f"link-{refused.why.replace('_', '-')}"))]
    await state.set_state(None)
    contact.noticed_at = contact.noticed_at or whole_hour(now)
    audit.note(db, person.id, "link_contact", f"person:{person.id}", now)
    who = await who_is(db, contact, now)
    await tell_of_waiting(db, contact, who, now)
    return [Reply(text=say("link-done", name=person.full_name), rows=official_menu(who))]


@router.turn(Command("thoat", "unlink"), IsOfficial())
async def ask_to_leave(db: Session, contact: Contact, who: Who) -> Reply:
    rows = ((Choice.anytime(say("link-leave-button"), "unlink"), Choice.anytime(say("link-stay-button"), "help")),)
    return Reply(text=say("link-leave-ask", name=who.name, others=yes_or_no(bool(await leave_with(db, contact)))), rows=rows)


@router.turn(Picked("unlink"), IsOfficial())
async def leave(db: Session, contact: Contact, who: Who, state: FSMContext, now: dt.datetime) -> Reply:
    await unlink(db, contact, now)
    await state.set_state(None)
    audit.note(db, who.person_id, "unlink_contact", f"person:{who.person_id}", now)
    return Reply(text=say("link-left"))
