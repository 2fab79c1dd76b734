"""What the whole account of a channel may still send: as the channel said last, for every process and for the operator.

It is not reckoned here: how much an account is given, and when again, is the channel's to say.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from sqlalchemy import select, update

from office import Session
from office.database import insert_once
from office.moments import whole_hour
from office.records import ChannelQuota

BELIEVED = dt.timedelta(hours=2)
"""So long after the full hour in which the channel refused because nothing is left it is not asked again. [?] Nobody tells when an account is
given more: sooner costs a refusal, later keeps news waiting that could go."""

FEW = 50
"""So few messages left to an account are a warning."""


class Quota(NamedTuple):
    """How many messages are left, of how many if that was said, in which hour, and whether by a refusal."""

    left: int
    total: int | None
    told_at: dt.datetime
    refused: bool = False


async def note_quota(session: Session, channel: str, left: int, total: int | None, now: dt.datetime, *, refused: bool = False) -> None:
    """The channel said what the account has left. Of how many stays as it was if this time it is not said."""
    values: dict[str, Any] = {"remaining": left, "told_at": whole_hour(now), "refused": refused} | (
        {} if total is None else {"total": total}
    )
    if not await insert_once(session, ChannelQuota.__table__, {"channel": channel, "total": None} | values):  # type: ignore[arg-type]
        await session.execute(update(ChannelQuota).where(ChannelQuota.channel == channel).values(values))


async def quota_of(session: Session, channel: str) -> Quota | None:
    """What the channel said last; None if it never did."""
    columns = (ChannelQuota.remaining, ChannelQuota.total, ChannelQuota.told_at, ChannelQuota.refused)
    found = (await session.execute(select(*columns).where(ChannelQuota.channel == channel))).one_or_none()
    return None if found is None else Quota(*found)


async def is_spent(session: Session, channel: str, now: dt.datetime) -> bool:
    """Whether the channel refused not long ago because nothing is left; see BELIEVED.

    A nought in an answer is not enough: it may be the end of one kind of quota, with others behind it.
    """
    known = await quota_of(session, channel)
    return known is not None and known.refused and now - known.told_at < BELIEVED
