"""Which door of a person a notice goes through: whether the channel still takes it, which other contact may, and when to knock.

A channel may leave a `window`: so long after a person's last word it takes messages for them (Zalo: 48 hours free). It may also tell how many
it still takes; the last of these is kept for the answer to the citizen. And it may tell what the whole account has left for what is not free.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from bot.channels.base import Channel
from office import Session
from office.channel_quota import is_spent
from office.contacts import LOOKED_AT, other_ways
from office.outbox import REPLY, REPORTER, Claimed
from office.packing import is_answer
from office.records import Contact
from office.unsaid import OWN

_WORTH_A_KNOCK = dt.timedelta(days=1)
"""What loses its use sooner is not worth a paid message."""


class Doors:
    """The contacts of people, as the channels at hand see them."""

    def __init__(self, channels: Mapping[str, Channel]) -> None:
        self._channels = channels

    def limits_messages(self, contact: Contact) -> bool:
        """Whether each message to the contact counts."""
        return self._channels[contact.channel].window is not None

    def _window(self, contact: Contact, claimed: Claimed) -> dt.timedelta | None:
        """How long after the person's last word the channel takes the notice: longer where it is for the official."""
        channel = self._channels[contact.channel]
        return channel.staff_window if claimed.kind != REPORTER and contact.person_id is not None else channel.window

    def shut(self, contact: Contact, claimed: Claimed, now: dt.datetime) -> str | None:
        """Why the channel would not take this notice now; None if it may."""
        window = self._window(contact, claimed)
        if window is None:
            return None
        if now - contact.heard_at >= window:
            return "silent for too long"
        if contact.allowance is not None and contact.allowance < (2 if claimed.kind == REPORTER and not is_answer(claimed) else 1):
            return "no message left"
        return None

    async def closed(self, session: Session, contact: Contact, claimed: Claimed, now: dt.datetime) -> str | None:
        """As `shut`; and whether it would cost the account what it has not got any more. What is free goes all the same.

        [?] What Zalo takes off the quota of an account is unsaid: what is billed is the least it can be, and the rest it may refuse by itself.
        """
        if (reason := self.shut(contact, claimed, now)) is not None:
            return reason
        free = self._channels[contact.channel].free
        if free is None or now - contact.heard_at < free or not await is_spent(session, contact.channel, now):
            return None
        return "nothing left to the account"

    async def other(self, session: Session, contact: Contact, claimed: Claimed, now: dt.datetime) -> Contact | None:
        """The best other contact of the person that takes the notice now; a failing one is none.

        None for what may have arrived already, and for what concerns this very contact.
        """
        if claimed.maybe_said or claimed.parts_sent or claimed.kind in (REPLY, *OWN):
            return None
        as_official = claimed.kind != REPORTER and contact.person_id is not None
        for way in await other_ways(session, contact, now, as_official=as_official):
            known = way.channel in self._channels and not way.failing
            stale = way.channel == "browser" and now - way.heard_at > LOOKED_AT
            if known and not stale and await self.closed(session, way, claimed, now) is None:
                return way
        return None

    async def is_reachable(self, session: Session, contact: Contact, claimed: Claimed, now: dt.datetime) -> bool:
        """Whether the person has another contact that is not gone, where a word of theirs may come."""
        return bool(await other_ways(session, contact, now, as_official=claimed.kind != REPORTER and contact.person_id is not None))

    def worth_a_knock(self, contact: Contact, claimed: Claimed, now: dt.datetime) -> bool:
        """Whether a paid template should tell the person that something waits: once for each silence, and not for the news of an hour."""
        window = self._window(contact, claimed)
        lasts = claimed.expires_at is None or claimed.expires_at - now > _WORTH_A_KNOCK
        return (
            lasts and not contact.knocked and window is not None and now - contact.heard_at >= window and claimed.kind not in (REPLY, *OWN)
        )
