"""What is left over: old buttons, stickers, groups, edits, unknown commands. Always a kind word and a way on."""

from __future__ import annotations

import datetime as dt

from aiogram import F
from aiogram.fsm.context import FSMContext

from handlers.files_sent import problem_said
from handlers.menus import own_menu
from office.people import Who
from office.records import Contact
from talk.filters import Marked
from talk.reply import Reply
from talk.router import Router
from talk.texts import say
from talk.turn import Turn

first = Router(name="before_all")
last = Router(name="after_all")


@first.turn(Marked("group"))
async def in_a_group(turn: Turn) -> Reply | None:
    """In a group others read along: say so when spoken to by a command, otherwise be silent."""
    return Reply(text=say("fallback-group")) if turn.text.startswith("/") else None


@first.turn(Marked("edited"))
async def edited() -> Reply:
    """What was sent stays as it was; a correction is said anew."""
    return Reply(text=say("fallback-edited"))


@last.turn(Marked("stale"))
async def old_button(who: Who) -> Reply:
    return Reply(text=say("fallback-old-button"), rows=own_menu(who))


@last.turn(Marked("choice"))
async def unknown_button(who: Who) -> Reply:
    return Reply(text=say("fallback-old-button"), rows=own_menu(who))


@last.turn(Marked("attachments"))
async def only_a_file(turn: Turn, who: Who) -> list[Reply]:
    return problem_said(turn) or [Reply(text=say("fallback-file"), rows=own_menu(who))]


@last.turn(F.text.startswith("/"))
async def unknown_command(who: Who) -> Reply:
    return Reply(text=say("fallback-command"), rows=own_menu(who))


@last.turn()
async def anything(contact: Contact, who: Who, state: FSMContext, now: dt.datetime) -> Reply:
    """Nothing that can be read (an empty message, a state whose conversation is no more): begin from the menu."""
    await state.set_state(None)
    return Reply(text=say("fallback-anything"), rows=own_menu(who))
