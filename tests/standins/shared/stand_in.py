"""What a test asks of either stand-in of Zalo: to let time pass, to wait without sleeping, and what was asked of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import TypeVar

from .bell import Bell
from .carrier import Told
from .clock import Clock
from .faults import Faults
from .journal import Journal, Request
from .spoil import Spoiler

T = TypeVar("T")


class StandIn(ABC):
    """Times are on `clock`, which stands still unless a test moves it."""

    def __init__(self, clock: Clock, bell: Bell) -> None:
        self.clock = clock
        self.faults = Faults()
        self.journal = Journal()
        self._spoiler = Spoiler(clock)
        self._bell = bell

    @property
    @abstractmethod
    def _under_way(self) -> Sequence[Told]:
        """What the program is being told, neither taken nor lost."""

    @abstractmethod
    def _quiet(self) -> bool:
        """Whether no try at the webhook is under way."""

    async def passes(self, *, seconds: float = 0, minutes: float = 0, hours: float = 0, days: float = 0) -> None:
        """Time passes on the clock; every retry that falls due in it is carried out at its moment."""
        target = self.clock.seconds() + seconds + 60 * minutes + 3600 * hours + 86_400 * days
        await self.settled()
        while dues := [told.due for told in self._under_way if told.due is not None and told.due <= target]:
            self.clock.advance(max(0.0, min(dues) - self.clock.seconds()) + 1e-6)  # never a rounding error too early
            await self.settled()
        self.clock.advance(max(0.0, target - self.clock.seconds()))

    async def settled(self, timeout: float = 10.0) -> None:
        """Return when no try is under way: all is taken, lost, or waits for its next try. `timeout`: real seconds."""
        await self.until(self._quiet, timeout)

    async def all_taken(self, timeout: float = 10.0) -> None:
        """Return when the program has taken everything it was told. `timeout`: real seconds."""
        try:
            await self.until(lambda: not self._under_way, timeout)
        except TimeoutError as error:
            waiting = [(told.name, told.tries) for told in self._under_way]
            raise AssertionError(f"the program did not take {waiting}") from error

    async def until(self, check: Callable[[], T], timeout: float = 20.0) -> T:
        """The first true answer of `check`, asked again whenever something has happened."""
        return await self._bell.until(check, timeout)

    @property
    def requests(self) -> list[Request]:
        """Everything the program asked."""
        return self.journal.requests

    def calls(self, name: str) -> list[Request]:
        """The requests of one call."""
        return [request for request in self.requests if request.call == name]

    @property
    def violations(self) -> list[str]:
        """What the program did wrong; a test that provokes one takes it back with `excuse`."""
        return self.journal.violations

    def excuse(self, words: str) -> list[str]:
        """Take back the violations that contain `words`; raises if there are none."""
        return self.journal.excuse(words)
