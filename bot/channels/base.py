"""What every channel can do: send one message to one address. Hearing is each channel's own affair; it ends in `Talk.hear`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from bot.delivery.outcome import Outcome
from talk.fit import Limits
from talk.reply import Reply


@dataclass(frozen=True)
class Parcel:
    """One message to send. `mark` names it for good: a channel that can drop repeats does so by it."""

    address: str
    contact_id: int
    reply: Reply
    mark: str
    content: bytes | None = None  # of the reply's enclosure


class Channel(Protocol):
    """A way to reach people."""

    name: str
    limits: Limits
    drops_repeats: bool
    """Whether the channel knows a parcel by its mark, so that sending it again does no harm."""

    window: dt.timedelta | None
    """How long after a person's last word the channel takes messages for them, and counts them; None: always, as many as there are."""
    staff_window: dt.timedelta | None
    """The same for what an official is told as an official."""
    free: dt.timedelta | None
    """So long after a person's last word a message costs the account nothing; None: never does any."""
    gathers: dt.timedelta
    """So long news that can wait is gathered, to be said in one message."""

    async def send(self, parcel: Parcel) -> Outcome:
        """Send; never raises for what a network or a server may do."""
        ...

    async def knock(self, address: str) -> Outcome | None:
        """Tell somebody outside the window, in words that the channel approved, that something waits for them; None where that is not set up."""
        ...
