"""What a person on Zalo hears, and how a test waits for it without sleeping."""

from __future__ import annotations

from typing import Generic, Protocol, TypeVar

from .bell import Bell

H = TypeVar("H")


class Hearer(Protocol[H]):
    """What the server knows of a person; `heard` are the messages that have come."""

    id: str
    name: str
    heard: list[H]


class Ears(Generic[H]):
    """`timeout` is in seconds of real time; nothing heard by then is an `AssertionError`."""

    def __init__(self, hearer: Hearer[H], bell: Bell) -> None:
        self._hearer = hearer
        self._bell = bell
        self._read = 0

    @property
    def id(self) -> str:
        """The id by which the program knows this person (with a bot that of the private chat, too)."""
        return self._hearer.id

    @property
    def inbox(self) -> list[H]:
        """All that has come, oldest first."""
        return list(self._hearer.heard)

    @property
    def unread(self) -> list[H]:
        """What `next_message` has not returned yet."""
        return self._hearer.heard[self._read :]

    async def next_message(self, timeout: float = 20.0) -> H:
        """The oldest unread message, as soon as there is one."""
        try:
            post = (await self._bell.until(lambda: self.unread, timeout))[0]
        except TimeoutError as error:
            raise AssertionError(f"{self._hearer.name} heard nothing in {timeout} s; so far: {self.inbox[-5:]}") from error
        self._read += 1
        return post

    def takes_unread(self) -> list[H]:
        """Everything unread at once."""
        found = self.unread
        self._read = len(self._hearer.heard)
        return found
