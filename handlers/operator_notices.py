"""What administrators are told when a channel has fallen silent and only they can mend it."""

from __future__ import annotations

import datetime as dt

from handlers.notices import notice
from office import Session
from office.outbox import Claimed
from office.people import Role, posts_of
from office.token_pairs import pair_of
from talk.reply import Reply
from talk.texts import say


@notice("tokens_lost")
async def tokens_lost(db: Session, claimed: Claimed, now: dt.datetime) -> Reply | None:
    """For who still administers, while nobody has connected the account anew."""
    args = claimed.body["notice"]
    posts = await posts_of(db, claimed.person_id, now) if claimed.person_id is not None else []
    pair = await pair_of(db, args["account"])
    if pair is None or not pair.lost or pair.version != args["version"] or Role.ADMIN not in {role for _, role in posts}:
        return None
    return Reply(text=say("zalo-tokens-lost"))
