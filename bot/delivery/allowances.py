"""Keeps what a channel says may still be sent: beside the contact what it takes for this person, beside the channel what the account has left."""

from __future__ import annotations

import datetime as dt

import structlog

from bot.delivery.outcome import Allowance
from office import Session
from office.channel_quota import FEW, note_quota
from office.contacts import note_allowance
from office.outbox import Claimed

log = structlog.get_logger()

NOTHING = Allowance(0, of_account=True, refused=True)
"""What a refusal for the account's quota says."""


async def keep_allowance(session: Session, row: Claimed, told: Allowance, now: dt.datetime) -> None:
    """Keep what was told about this row's person or channel; nothing if the channel gave no number."""
    if told.left is None:
        return
    if not told.of_account:
        await note_allowance(session, row.contact_id, told.left)
        return
    await note_quota(session, row.channel, told.left, told.total, now, refused=told.refused)
    if told.left <= FEW:
        log.warning("the account may send few more messages", channel=row.channel, left=told.left)
