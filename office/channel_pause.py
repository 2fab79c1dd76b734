"""A channel that asked for silence (its rate limit): nothing of it is sent until then, by any process."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import update

from office import Session
from office.database import insert_once
from office.records import ChannelPause


async def pause_channel(session: Session, channel: str, until: dt.datetime) -> None:
    """The channel wants silence until then (its rate limit): nothing of it is claimed before."""
    if not await insert_once(session, ChannelPause.__table__, {"channel": channel, "until": until}):  # type: ignore[arg-type]
        await session.execute(update(ChannelPause).where(ChannelPause.channel == channel, ChannelPause.until < until).values(until=until))
