"""A person has deleted what is kept of them: told plainly what goes and what stays, asked once more, and then it is gone."""

from __future__ import annotations

import datetime as dt
from typing import Any

from aiogram.fsm.context import FSMContext

from handlers import categories
from handlers.introduction import introduction, is_told, note_told, yes_or_no
from handlers.menus import own_menu
from office import Session
from office.contacts import companions
from office.erasing import contacts_to_erase, erase
from office.outbox import put_replies
from office.people import Who
from office.receipts import shown
from office.records import Contact
from office.reporters import cases_of
from talk.filters import Command, Picked
from talk.memory import Memory
from talk.reply import Choice, Reply
from talk.router import Router
from talk.texts import say
from talk.turn import Turn

router = Router(name="erase")

STAYS_OPEN = dt.timedelta(minutes=15)
"""So long the confirming button is good: a slip of the thumb a week later must not delete anything."""

_ASKED = "erase_asked"
_STILL_OPEN = ("new", "accepted", "answered")


@router.turn(Command("xoadulieu", "deletemydata", words=("xoa du lieu", "xoa du lieu cua toi")))
@router.turn(Picked("erase"))
async def ask(state: FSMContext, db: Session, contact: Contact, who: Who, now: dt.datetime, told_since: dt.datetime | None) -> list[Reply]:
    return await _question(state, db, contact, who, now, told_since)


async def _question(
    state: FSMContext, db: Session, contact: Contact, who: Who, now: dt.datetime, told_since: dt.datetime | None
) -> list[Reply]:
    """What goes, what stays, what can be done before; the receipt codes once more, for they are all that leads to the cases afterwards."""
    first = []
    if not await is_told(contact, state, told_since):
        await note_told(contact, state, told_since, now)
        first.append(introduction(told_since is not None))
    await state.update_data({_ASKED: now.isoformat()})
    joined, own = await companions(db, contact), await cases_of(db, contact)
    lines = [say("erase-what", browser=yes_or_no(contact.channel == "browser")), say("erase-stays")]
    lines += [say("erase-official")] if who.is_official else []
    lines += [say("erase-joined")] if joined else []
    codes = [say("follow_up-line", code=shown(case.code), name=categories.name(case.category)) for case in own]
    lines += [say("erase-codes"), *codes] if own else []
    can_withdraw = any(case.state in _STILL_OPEN for case in own)
    return [*first, Reply(text="\n".join([*lines, say("erase-sure")]), rows=_ways(can_withdraw=can_withdraw, joined=bool(joined)))]


def _ways(*, can_withdraw: bool, joined: bool) -> tuple[tuple[Choice, ...], ...]:
    """At most four: so many buttons every channel with buttons has."""
    ways = [Choice(label=say("erase-here-button" if joined else "erase-yes-button"), data="erase_here")]
    ways += [Choice(label=say("erase-all-button"), data="erase_all")] if joined else []
    ways += [Choice.anytime(say("erase-withdraw-button"), "look_up")] if can_withdraw else []
    return tuple((way,) for way in (*ways, Choice(label=say("erase-no-button"), data="erase_no")))


@router.turn(Picked("erase_no"))
async def rather_not(state: FSMContext, who: Who) -> Reply:
    await state.update_data({_ASKED: None})
    return Reply(text=say("erase-not"), rows=own_menu(who))


@router.turn(Picked("erase_all"))
@router.turn(Picked("erase_here"))
async def confirmed(
    turn: Turn,
    state: FSMContext,
    memory: Memory,
    db: Session,
    contact: Contact,
    who: Who,
    now: dt.datetime,
    told_since: dt.datetime | None,
) -> list[Reply]:
    """Gone, in the transaction of this turn. The last word has no buttons, so that nothing of it is remembered either."""
    asked = await state.get_value(_ASKED)
    if asked is None or now - dt.datetime.fromisoformat(asked) > STAYS_OPEN:
        return await _question(state, db, contact, who, now, told_since)
    erased = await contacts_to_erase(db, contact, all_joined=turn.choice == "erase_all")
    files = [file_id for each in erased for file_id in _files_in(memory.notes if each is contact else Memory(db, each).notes)]
    await erase(db, erased, files, now)
    memory.forget()
    last = Reply(text=say("erase-done", official=yes_or_no(who.is_official)))
    for number, other in enumerate(erased[1:]):
        await put_replies(db, other, f"{turn.update_key}:erased:{number}", [last.to_json()], now)
    return [last]


def _files_in(notes: dict[str, Any]) -> list[int]:
    """The files that a conversation's memory names: of what is half written, set aside or dropped, and those asked about."""
    found = [file_id for note in notes.values() if isinstance(note, dict) for file_id in note.get("files", [])]
    return [*found, *(file_id for file_id, _ in notes.get("may_name") or [])]
