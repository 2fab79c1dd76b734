"""The weekly digest as it goes out by itself, if its reader still heads the unit."""

from __future__ import annotations

import datetime as dt

from handlers.digest import say_digest
from handlers.notices import notice
from office import Session
from office.digest import digest_by_id, figures_in
from office.moments import today
from office.outbox import Claimed
from office.people import Role, holders
from talk.reply import Reply


@notice("digest")
async def digest(db: Session, claimed: Claimed, now: dt.datetime) -> list[Reply] | None:
    kept = await digest_by_id(db, claimed.body["notice"]["digest"])
    if kept is None or claimed.person_id not in await holders(db, kept.unit_id, today(now), Role.HEAD):
        return None
    return await say_digest(db, figures_in(kept), kept, now)
