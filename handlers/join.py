"""One person on many channels: a code shown here is typed there, and both become one. Each end is told, and can take it back."""

from __future__ import annotations

import datetime as dt

from aiogram.filters import Filter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from handlers.follow_up import FollowUp
from handlers.introduction import introduces_first
from handlers.link import Link
from handlers.menus import citizen_menu, own_menu
from handlers.notices import notice
from office import Session, audit, parties
from office.case_list import tell_of_waiting
from office.contacts import companions
from office.outbox import Claimed, plan_notice
from office.people import CodeRefused, Who, who_is
from office.records import Contact
from talk.filters import Command, Picked, Wrote
from talk.reply import Choice, Reply
from talk.router import Router
from talk.texts import say
from talk.turn import Turn

router = Router(name="join")
introduces_first(router)


class Join(StatesGroup):
    code = State()
    sure = State()


@router.turn(Command("noikenh", "join", words=("noi kenh", "ma noi", "lay ma noi")))
@router.turn(Picked("join"))
async def overview(db: Session, contact: Contact) -> Reply:
    """What it is good for, what is joined, and what one can do."""
    joined = await companions(db, contact)
    rows: list[tuple[Choice, ...]] = [
        (Choice.anytime(say("join-get-button"), "join_get"), Choice.anytime(say("join-enter-button"), "join_enter"))
    ]
    rows += [(Choice.anytime(say("join-part-button", channel=_name(each)), f"join_part:{each.id}"),) for each in joined]
    if not joined:
        return Reply(text=say("join-intro"), rows=tuple(rows))
    rows.append((Choice.anytime(say("join-part-self-button"), f"join_part:{contact.id}"),))
    return Reply(text=say("join-intro-linked", channels=", ".join(_name(each) for each in joined)), rows=tuple(rows))


def _name(contact: Contact) -> str:
    return say(f"join-channel-{contact.channel}")


@router.turn(Picked("join_get"))
async def show_code(db: Session, contact: Contact, now: dt.datetime) -> Reply:
    return Reply(text=say("join-code", code=await parties.begin_joining(db, contact, now)))


@router.turn(Picked("join_enter"))
async def ask_code(state: FSMContext) -> Reply:
    await state.set_state(Join.code)
    return Reply(text=say("join-ask"))


class LooksLikeJoiningCode(Filter):
    """A filter: the whole message is a joining code, wherever a code or nothing was asked."""

    async def __call__(self, turn: Turn) -> bool:
        return turn.choice is None and len(turn.words) < 30 and parties.read_joining_code(turn.words) is not None


@router.turn(StateFilter(Join.code), Wrote())
@router.turn(StateFilter(None, Join.sure, Link.code, FollowUp.code), LooksLikeJoiningCode())
async def code_typed(turn: Turn, state: FSMContext, db: Session, contact: Contact, now: dt.datetime) -> Reply:
    """Ask once more: somebody may have talked the person into typing a code of theirs."""
    try:
        other = await parties.other_end(db, contact, turn.words, now)
    except CodeRefused as refused:
        return await _refused(refused, state)
    await state.set_state(Join.sure)
    await state.update_data(joining=turn.words)
    official = "yes" if contact.person_id or other.person_id else "no"
    rows = ((Choice(label=say("join-yes-button"), data="join_yes"), Choice(label=say("join-no-button"), data="join_no")),)
    return Reply(text=say("join-sure", channel=_name(other), official=official), rows=rows)


async def _refused(refused: CodeRefused, state: FSMContext) -> Reply:
    """A code with a slip may be typed again; all else ends it."""
    await state.set_state(Join.code if refused.why == "unknown" else None)
    await state.update_data(joining=None)
    return Reply(text=say(f"join-{refused.why.replace('_', '-')}"))


@router.turn(StateFilter(Join.sure), Picked("join_yes"))
async def join(state: FSMContext, db: Session, contact: Contact, now: dt.datetime) -> Reply:
    typed = await state.get_value("joining") or ""
    try:
        other = await parties.join(db, contact, typed, now)
    except CodeRefused as refused:
        return await _refused(refused, state)
    await state.set_state(None)
    await state.update_data(joining=None)
    await plan_notice(db, f"joined:{typed}:{other.id}", other, "channel_joined", {"contact": contact.id}, now)
    who = await who_is(db, contact, now)
    if who.is_official:
        audit.note(db, who.person_id, "join_channels", f"person:{who.person_id}", now)
        await tell_of_waiting(db, contact, who, now)
    return Reply(text=say("join-done", channel=_name(other)), rows=own_menu(who))


@router.turn(StateFilter(Join.sure), Picked("join_no"))
async def rather_not(state: FSMContext, who: Who) -> Reply:
    await state.set_state(None)
    await state.update_data(joining=None)
    return Reply(text=say("join-not"), rows=own_menu(who))


@notice("channel_joined")
async def told_of_joining(db: Session, claimed: Claimed, now: dt.datetime) -> Reply | None:
    """To the end where the code was shown, with a button to undo it, while they are still joined."""
    mine = await db.get(Contact, claimed.contact_id)
    joined = await companions(db, mine) if mine is not None else []
    other = next((each for each in joined if each.id == claimed.body["notice"]["contact"]), None)
    if other is None:
        return None
    rows = ((Choice.anytime(say("join-part-button", channel=_name(other)), f"join_part:{other.id}"),),)
    return Reply(text=say("join-told", channel=_name(other)), rows=rows)


@notice("channel_parted")
async def told_of_parting(db: Session, claimed: Claimed, now: dt.datetime) -> Reply | None:
    """To the contact that was taken out; not if it has been joined again meanwhile."""
    mine, other = await db.get(Contact, claimed.contact_id), await db.get(Contact, claimed.body["notice"]["contact"])
    if mine is None or other is None or (mine.party is not None and mine.party == other.party):
        return None
    return Reply(text=say("join-parted-told", channel=_name(other)), rows=own_menu(await who_is(db, mine, now)))


@router.turn(Picked("join_part"))
async def part(db: Session, contact: Contact, who: Who, now: dt.datetime, picked: str) -> Reply:
    which = int(picked) if picked.isdecimal() and len(picked) < 20 else 0
    parted = await parties.part(db, contact, which, now)
    if parted is None:
        return Reply(text=say("join-gone"), rows=own_menu(who))
    if parted.id != contact.id:
        await plan_notice(db, f"parted:{parted.id}:{now.isoformat()}", parted, "channel_parted", {"contact": contact.id}, now)
    if who.is_official:
        audit.note(db, who.person_id, "part_channels", f"person:{who.person_id}", now)
    if parted.id != contact.id:
        still = await who_is(db, contact, now)  # an office that was lent from there is gone
        return Reply(text=say("join-parted", channel=_name(parted)), rows=own_menu(still))
    return Reply(text=say("join-parted-official" if who.is_official else "join-parted-self"), rows=citizen_menu())
