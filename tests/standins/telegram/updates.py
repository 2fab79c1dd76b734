"""What has happened and the bot has not yet confirmed: updates in order, each with its number, until they are fetched or expire."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiogram.types import Update
from telegram.constants import PollingLimit

from tests.standins.shared.bell import Bell
from tests.standins.shared.clock import Clock

from .wellformed import check_update

KNOWN_KINDS = frozenset(Update.model_fields) - {"update_id"}
ONLY_IF_ASKED = {"chat_member", "message_reaction", "message_reaction_count"}
DEFAULT_KINDS = KNOWN_KINDS - ONLY_IF_ASKED
MESSAGE_LIFETIME = 86_400
QUERY_LIFETIME = 150


@dataclass(eq=False)
class Pending:
    """An update that waits. `lane` is what a webhook keeps in order; `expires` is on the stand-in's clock, in seconds."""

    update_id: int
    data: dict[str, Any]
    lane: str
    expires: float


class Updates:
    """The queue of one bot. A poller confirms by its offset, a webhook by answering 2xx."""

    def __init__(self, clock: Clock, bell: Bell, first_id: int = 824_190_001) -> None:
        self.allowed = DEFAULT_KINDS
        self.latest: Pending | None = None
        self._clock = clock
        self._bell = bell
        self._next_id = first_id
        self._waiting: list[Pending] = []
        self._again: list[Pending] = []
        self._held: list[Pending] | None = None

    def add(self, kind: str, content: dict[str, Any], lane: str) -> Pending | None:
        """Something happened. None if the bot has not asked for this kind."""
        if kind not in self.allowed:
            return None
        data = {"update_id": self._next_id, kind: content}
        check_update(data)
        lifetime = QUERY_LIFETIME if kind == "callback_query" else MESSAGE_LIFETIME
        self.latest = Pending(self._next_id, data, lane, self._clock.seconds() + lifetime)
        self._next_id += 1
        (self._waiting if self._held is None else self._held).append(self.latest)
        self._bell.ring()
        return self.latest

    def repeat(self, update: Pending) -> None:
        """Deliver an update once more under its old number, as after an answer that was lost."""
        self._again.append(Pending(update.update_id, update.data, update.lane, update.expires))
        self._bell.ring()

    def confirm_below(self, offset: int) -> None:
        """Forget what a poller says it has. A negative offset keeps only so many of the newest; one that never was means nothing."""
        if offset < 0:
            self._waiting = self._waiting[offset:]
        elif offset <= self._next_id:
            self._waiting = [update for update in self._waiting if update.update_id >= offset]
        self._bell.ring()

    def batch(self, limit: int = PollingLimit.MAX_LIMIT) -> list[Pending]:
        """The earliest updates for a poller; repeated ones are told once and then gone."""
        again, self._again = self._again[:limit], self._again[limit:]
        return [*again, *self.waiting()[: limit - len(again)]]

    def waiting(self) -> list[Pending]:
        """Everything that is due and not expired, in the order of delivery, repeated ones last."""
        now = self._clock.seconds()
        self._waiting = [update for update in self._waiting if update.expires > now]
        return list(self._waiting)

    def for_webhook(self) -> list[Pending]:
        """The same for a webhook, where a repeated update waits in its lane like any other."""
        self._waiting += self._again
        self._again = []
        return self.waiting()

    def forget(self, update: Pending) -> None:
        """A webhook has taken this one."""
        if update in self._waiting:
            self._waiting.remove(update)
        self._bell.ring()

    def drop_all(self) -> None:
        """Forget everything that waits."""
        self._waiting, self._again = [], []
        self._bell.ring()

    @property
    def pending(self) -> int:
        """How many wait, repeated and held ones included."""
        return len(self.waiting()) + len(self._again) + len(self._held or [])

    @asynccontextmanager
    async def reversed(self) -> AsyncIterator[None]:
        """What happens inside is delivered afterwards, newest first, one by one."""
        held: list[Pending] = []
        self._held = held
        try:
            yield
        finally:
            self._held = None
            for update in reversed(held):
                update.lane = "out of order"
                self._waiting.append(update)
            self._bell.ring()
