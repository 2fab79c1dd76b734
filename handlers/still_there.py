"""On a channel that falls silent some time after a person's last word: one word keeps it open."""

from __future__ import annotations

import datetime as dt

from handlers.menus import own_menu
from handlers.notices import notice
from office import Session
from office.outbox import Claimed
from office.people import Who
from talk.filters import Picked
from talk.reply import Choice, Reply
from talk.router import Router
from talk.texts import say

router = Router(name="still_there")


@notice("still_there")
async def still_there(db: Session, claimed: Claimed, now: dt.datetime) -> Reply | None:
    if claimed.person_id is None:
        return None
    return Reply(text=say("reminders-still_there"), rows=((Choice.anytime(say("reminders-still_there-button"), "still_here"),),))


@router.turn(Picked("still_here"))
async def still_here(who: Who) -> Reply:
    """The word itself was what counted."""
    return Reply(text=say("reminders-still_here"), rows=own_menu(who))
