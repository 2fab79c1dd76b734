"""A person's place in one chat: how what they do becomes a message of the chat and an update for the bot."""

from __future__ import annotations

from typing import Any

from .chats import Chat
from .files import StoredFile
from .posts import Post
from .world import World


class Place:
    """One person in one chat."""

    def __init__(self, world: World, user: dict[str, Any], chat: Chat) -> None:
        self.user = user
        self.chat = chat
        self._world = world

    def _arrive(self) -> None:
        """What happens before the first word: in a group the person becomes known as a member."""
        self.chat.members.add(self.user["id"])

    def _send(self, content: dict[str, Any], media: StoredFile | None = None) -> Post:
        self._arrive()
        post = self._world.post(self.chat, self.user, content, media=media)
        if not self.chat.group or self._bot_sees(post):
            self._tell("message", post.data)
        return post

    def _tell(self, kind: str, content: dict[str, Any]) -> None:
        self._world.updates.add(kind, content, f"chat {self.chat.id}")

    def _bot_sees(self, post: Post) -> bool:
        """Privacy mode: in groups a bot sees commands, mentions of itself and answers to itself."""
        name = f"@{self._world.bot['username']}"
        first = post.text.split(maxsplit=1)[0] if post.text else ""
        command = first.startswith("/") and ("@" not in first or first.endswith(name))
        answers_bot = bool(post.data.get("reply_to_message", {}).get("from", {}).get("is_bot"))
        return self.chat.sees_all or command or answers_bot or name in post.text
