"""Telegram's limits on how fast a bot may speak; whoever exceeds them is banned for some seconds and every further send is refused."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from dataclasses import dataclass

from telegram.constants import FloodLimit

from tests.standins.shared.clock import Clock

from .refused import flood


@dataclass(frozen=True)
class Rates:
    """How much is allowed. Telegram publishes 30 a second over all, about one a second in a chat, 20 a minute in a group."""

    overall_per_second: int = FloodLimit.MESSAGES_PER_SECOND
    chat_per_second: float = FloodLimit.MESSAGES_PER_SECOND_PER_CHAT
    chat_burst: int = 20
    group_per_minute: int = FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP
    ban_seconds: int = 3
    webhook_pause_seconds: float = 1.0

    @classmethod
    def unlimited(cls) -> Rates:
        """For tests that are not about rates and say very much in no time."""
        return cls(10**9, 10**9, 10**9, 10**9, webhook_pause_seconds=0.0)


class FloodGate:
    """Counts accepted messages and keeps the bans, of the whole bot (`None`) or of one chat."""

    def __init__(self, clock: Clock, rates: Rates) -> None:
        self.rates = rates
        self._clock = clock
        self._banned_until: dict[int | None, float] = {}
        self._sent: deque[float] = deque()
        self._group_sent: dict[int, deque[float]] = defaultdict(deque)
        self._spent: dict[int, tuple[float, float]] = {}

    def ban(self, seconds: float, chat_id: int | None = None) -> None:
        """From now on refuse everything, or everything to one chat."""
        self._banned_until[chat_id] = self._clock.seconds() + seconds

    def check_ban(self, chat_id: int) -> None:
        """Raises 429 with the seconds that are left."""
        now = self._clock.seconds()
        left = max(self._banned_until.get(scope, now) - now for scope in (None, chat_id))
        if left > 0:
            raise flood(math.ceil(left))

    def admit(self, chat_id: int, *, group: bool) -> None:
        """Count one message to a chat, or raise 429 and begin a ban."""
        self.check_ban(chat_id)
        now = self._clock.seconds()
        if self._full(self._sent, now, 1.0, self.rates.overall_per_second):
            self._refuse(None)
        if group and self._full(self._group_sent[chat_id], now, 60.0, self.rates.group_per_minute):
            self._refuse(chat_id)
        spent = self._spent_in(chat_id, now)
        if spent + 1 > self.rates.chat_burst:
            self._refuse(chat_id)
        self._spent[chat_id] = (spent + 1, now)
        self._sent.append(now)
        if group:
            self._group_sent[chat_id].append(now)

    def _spent_in(self, chat_id: int, now: float) -> float:
        spent, since = self._spent.get(chat_id, (0.0, now))
        return max(0.0, spent - (now - since) * self.rates.chat_per_second)

    def _full(self, sent: deque[float], now: float, window: float, limit: int) -> bool:
        while sent and sent[0] <= now - window:
            sent.popleft()
        return len(sent) >= limit

    def _refuse(self, chat_id: int | None) -> None:
        self.ban(self.rates.ban_seconds, chat_id)
        raise flood(self.rates.ban_seconds)
