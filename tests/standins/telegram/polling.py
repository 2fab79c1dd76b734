"""Long polling: one asks at a time. A second one that asks ends the first, which is told so with 409."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from tests.standins.shared.bell import Bell

from .refused import Refused, breach

LONGEST_POLL = 50
TWO_POLLERS = "terminated by other getUpdates request; make sure that only one bot instance is running"
T = TypeVar("T")


@dataclass(eq=False)
class _Poll:
    refused: Refused | None = None


class Polling:
    """Who is asking now."""

    def __init__(self) -> None:
        self.closing = False
        self._current: _Poll | None = None

    @property
    def busy(self) -> bool:
        """Whether somebody is waiting for updates."""
        return self._current is not None

    def take_over(self, bell: Bell) -> None:
        """End whoever still waits; one who has hung up no longer does."""
        if earlier := self._current:
            earlier.refused = breach(TWO_POLLERS, 409)
            self._current = None
            bell.ring()

    def end_by_webhook(self) -> None:
        """A webhook is set while somebody waits."""
        if self._current is not None:
            self._current.refused = breach("terminated by setWebhook request", 409)

    async def wait(self, bell: Bell, batch: Callable[[], list[T]], timeout: float) -> list[T]:
        """The first batch that is not empty, or an empty one after `timeout` seconds. Raises 409 when ended by another."""
        self._current = mine = _Poll()
        bell.ring()
        try:
            found = await bell.until(lambda: mine.refused or self.closing or batch(), timeout)
        except TimeoutError:
            found = []
        finally:
            if self._current is mine:
                self._current = None
        if isinstance(found, Refused):
            raise found
        return found if isinstance(found, list) else []
