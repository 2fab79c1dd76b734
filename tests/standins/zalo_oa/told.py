"""What the webhook is to be told: events in order within a person's lane, repeated or out of order when a test says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.standins.shared.bell import Bell
from tests.standins.shared.carrier import Delivery

from .events import packed


@dataclass(eq=False)
class Event:
    """One event on its way. `due` is when the next try begins (seconds of the clock); None while a try is under way or all is over."""

    content: dict[str, Any]
    lane: str
    body: bytes = field(repr=False)
    tries: list[Delivery] = field(default_factory=list)
    due: float | None = None
    taken: bool = False
    lost: bool = False

    @property
    def name(self) -> str:
        """As in `event_name`."""
        return str(self.content.get("event_name", ""))

    @property
    def over(self) -> bool:
        """Whether nothing more will be tried."""
        return self.taken or self.lost


class Outbox:
    """All events so far; the courier takes those of `fresh`."""

    def __init__(self, bell: Bell) -> None:
        self.all: list[Event] = []
        self.fresh: list[Event] = []
        self.open = False
        self._bell = bell
        self._held: list[Event] | None = None
        self._repeats = 0

    def add(self, content: dict[str, Any], lane: str) -> Event:
        """Something happened. Without a webhook's address it is written down and told to nobody."""
        event = Event(content, lane, packed(content))
        self.all.append(event)
        self._send(event)
        return event

    def repeat(self, event: Event) -> Event:
        """Tell the same bytes once more, beside whatever else is under way."""
        self._repeats += 1
        again = Event(event.content, f"repeat {self._repeats}", event.body)
        self.all.append(again)
        self._send(again)
        return again

    @property
    def newest(self) -> Event:
        """The last event that a person caused."""
        for event in reversed(self.all):
            if not event.name.startswith("oa_send_"):
                return event
        raise AssertionError("nothing has happened yet")

    @property
    def under_way(self) -> list[Event]:
        """Events that are neither taken nor lost."""
        return [event for event in self.all if not event.over] if self.open else []

    @contextmanager
    def reversed(self) -> Iterator[None]:
        """What happens inside is told afterwards, newest first, one by one."""
        held: list[Event] = []
        self._held = held
        try:
            yield
        finally:
            self._held = None
            for event in reversed(held):
                event.lane = "out of order"
                self._send(event)

    def _send(self, event: Event) -> None:
        if self._held is not None:
            self._held.append(event)
        elif self.open:
            self.fresh.append(event)
        else:
            event.lost = True
        self._bell.ring()
