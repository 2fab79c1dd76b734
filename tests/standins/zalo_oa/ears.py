"""What a person hears from the account, and how a test waits for it without sleeping."""

from __future__ import annotations

from .contact import Contact
from .posts import Heard
from .world import World


class Ears:
    """`timeout` is in seconds of real time; nothing heard by then is an `AssertionError`."""

    def __init__(self, world: World, contact: Contact) -> None:
        self.contact = contact
        self._world = world
        self._read = 0

    @property
    def id(self) -> str:
        """The id by which the account knows this person: a long decimal string."""
        return self.contact.id

    @property
    def inbox(self) -> list[Heard]:
        """All that has come, oldest first."""
        return list(self.contact.heard)

    @property
    def unread(self) -> list[Heard]:
        """What `next_message` has not returned yet."""
        return self.contact.heard[self._read :]

    async def next_message(self, timeout: float = 20.0) -> Heard:
        """The oldest unread message, as soon as there is one."""
        try:
            post = (await self._world.bell.until(lambda: self.unread, timeout))[0]
        except TimeoutError as error:
            raise AssertionError(f"{self.contact.name} heard nothing in {timeout} s; so far: {self.inbox[-5:]}") from error
        self._read += 1
        return post

    def takes_unread(self) -> list[Heard]:
        """Everything unread at once."""
        found = self.unread
        self._read = len(self.contact.heard)
        return found
