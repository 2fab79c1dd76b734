"""What the bot is to be told: one queue, for a poller one by one, for a webhook in order within each person's lane."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.standins.shared.bell import Bell
from tests.standins.shared.carrier import Delivery


@dataclass(eq=False)
class Update:
    """One update on its way. `due` is when its next try begins (seconds of the clock)."""

    content: dict[str, Any]
    lane: str
    tries: list[Delivery] = field(default_factory=list)
    due: float | None = None
    taken: bool = False
    lost: bool = False

    @property
    def name(self) -> str:
        """As in `event_name`."""
        return str(self.content["event_name"])

    @property
    def over(self) -> bool:
        """Whether nothing more will be tried."""
        return self.taken or self.lost


class Updates:
    """All updates so far, and those that nobody carries yet."""

    def __init__(self, bell: Bell) -> None:
        self.all: list[Update] = []
        self.waiting: list[Update] = []
        self._bell = bell
        self._held: list[Update] | None = None

    def add(self, content: dict[str, Any], lane: str) -> Update:
        """Something happened."""
        return self._send(Update(content, lane))

    def repeat(self, update: Update) -> Update:
        """Tell the same once more, beside whatever else is under way."""
        return self._send(Update(update.content, f"repeat {len(self.all)}"))

    def put_back(self, update: Update) -> None:
        """A poller's answer was lost, and the update is not."""
        update.taken = False
        self.waiting.insert(0, update)
        self._bell.ring()

    @property
    def under_way(self) -> list[Update]:
        """Updates that are neither taken nor lost."""
        return [update for update in self.all if not update.over]

    @contextmanager
    def reversed(self) -> Iterator[None]:
        """What happens inside is told afterwards, newest first, one by one."""
        held: list[Update] = []
        self._held = held
        try:
            yield
        finally:
            self._held = None
            for update in reversed(held):
                update.lane = "out of order"
                self.waiting.append(update)
            self._bell.ring()

    def _send(self, update: Update) -> Update:
        self.all.append(update)
        (self.waiting if self._held is None else self._held).append(update)
        self._bell.ring()
        return update
