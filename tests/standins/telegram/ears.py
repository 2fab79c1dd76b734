"""What a person hears from the bot in one chat, and how a test waits for it without sleeping."""

from __future__ import annotations

from typing import Any

from .chats import Chat
from .place import Place
from .posts import Post
from .world import Tap, World


class Ears(Place):
    """`timeout` is in seconds of real time; nothing heard by then is an `AssertionError`."""

    def __init__(self, world: World, user: dict[str, Any], chat: Chat) -> None:
        super().__init__(world, user, chat)
        self._read = 0
        self._edits_seen = 0

    @property
    def inbox(self) -> list[Post]:
        """All that the bot has said here, oldest first, as it stands now."""
        return self.chat.heard()

    @property
    def unread(self) -> list[Post]:
        """What `next_message` has not returned yet."""
        return [post for post in self.inbox if post.message_id > self._read]

    @property
    def typing(self) -> list[str]:
        """The actions the bot has shown ("typing" and the like)."""
        return self.chat.actions

    async def next_message(self, timeout: float = 20.0) -> Post:
        """The oldest unread message, as soon as there is one."""
        try:
            post = (await self._world.bell.until(lambda: self.unread, timeout))[0]
        except TimeoutError as error:
            raise AssertionError(f"{self.user['first_name']} heard nothing in {timeout} s; so far: {self.inbox[-5:]}") from error
        self._read = post.message_id
        return post

    async def next_edit(self, timeout: float = 20.0) -> Post:
        """The next message that the bot changes here or has changed since this was last asked."""
        try:
            await self._world.bell.until(lambda: len(self.chat.edits) > self._edits_seen, timeout)
        except TimeoutError as error:
            raise AssertionError(f"{self.user['first_name']} saw no message change in {timeout} s") from error
        self._edits_seen += 1
        return self.chat.edits[self._edits_seen - 1]

    async def answer_to(self, tap: Tap, timeout: float = 20.0) -> str:
        """What the bot shows for a tap; an empty text when it only stops the little clock on the button."""
        try:
            await self._world.bell.until(lambda: tap.answer is not None, timeout)
        except TimeoutError as error:
            raise AssertionError(f"the tap of {self.user['first_name']} was not answered in {timeout} s") from error
        return tap.answer or ""
