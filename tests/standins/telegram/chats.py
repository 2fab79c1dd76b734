"""Chats that the bot can see, and whether it may write there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .keyboards import Rows
from .posts import Post
from .refused import Refused, bad_request


@dataclass(eq=False)
class Chat:
    """A private chat (its id is the person's) or a supergroup. `opened`: the person has written, so the bot may."""

    data: dict[str, Any]
    opened: bool = False
    blocked: bool = False
    kicked: bool = False
    sees_all: bool = False
    members: set[int] = field(default_factory=set)
    posts: dict[int, Post] = field(default_factory=dict)
    keyboard: Rows = ()
    actions: list[str] = field(default_factory=list)
    edits: list[Post] = field(default_factory=list)

    @property
    def id(self) -> int:
        """The chat's id."""
        return int(self.data["id"])

    @property
    def group(self) -> bool:
        """Whether it is a group."""
        return bool(self.data["type"] != "private")

    def next_own_id(self) -> int:
        """The next message number of a supergroup, which counts for itself."""
        return max(self.posts, default=0) + 1

    def heard(self) -> list[Post]:
        """What the bot has said here, oldest first."""
        return [post for post in self.posts.values() if post.from_bot]


class Chats:
    """All chats by their id."""

    def __init__(self) -> None:
        self._by_id: dict[int, Chat] = {}

    def add(self, chat: Chat) -> Chat:
        """Put up a new chat."""
        if chat.id in self._by_id:
            raise ValueError(f"there is a chat {chat.id} already")
        self._by_id[chat.id] = chat
        return chat

    def writable(self, chat_id: int | str | None) -> Chat:
        """The chat, if the bot may write there; otherwise raises what the real server answers."""
        chat = self._by_id.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            raise bad_request("chat not found")
        if chat.kicked:
            raise Refused(403, "Forbidden: bot was kicked from the supergroup chat")
        if chat.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        if not chat.group and not chat.opened:
            if self._met_in_group(chat.id):
                raise Refused(403, "Forbidden: bot can't initiate conversation with a user")
            raise bad_request("chat not found")
        return chat

    def _met_in_group(self, user_id: int) -> bool:
        return any(user_id in chat.members for chat in self._by_id.values())
