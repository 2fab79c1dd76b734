"""The people and groups of a test."""

from __future__ import annotations

from typing import Any

from .chats import Chat
from .seat import Seat
from .world import World


class Group:
    """A supergroup the bot is a member of. With `sees_all` the bot is an administrator and reads everything."""

    def __init__(self, world: World, group_id: int, title: str, *, sees_all: bool = False) -> None:
        data = {"id": group_id, "type": "supergroup", "title": title}
        self.chat = world.chats.add(Chat(data, opened=True, sees_all=sees_all))

    async def removes_bot(self) -> None:
        """Throw the bot out: whatever it says here now is refused."""
        self.chat.kicked = True


class Person(Seat):
    """Somebody with a Telegram account, in the private chat with the bot. Until they write, the bot cannot write to them."""

    def __init__(self, world: World, user_id: int, name: str, language: str = "vi") -> None:
        first, _, last = name.partition(" ")
        names = {"first_name": first, **({"last_name": last} if last else {})}
        user = {"id": user_id, "is_bot": False, **names, "language_code": language}
        chat = world.chats.add(Chat({"id": user_id, "type": "private", **names}))
        super().__init__(world, user, chat)
        self._seats: dict[int, Seat] = {}

    @property
    def id(self) -> int:
        """The account's id, which is also the id of the private chat."""
        return self.chat.id

    async def starts(self, link: str = "") -> None:
        """Press "Start", as one does on first opening the chat or by a deep link with its payload."""
        await self.says(f"/start {link}".strip())

    async def blocks_bot(self) -> None:
        """Stop and block the bot."""
        self.chat.blocked = True
        self._tell_membership("member", "kicked")

    async def unblocks_bot(self) -> None:
        """Take the block back; writing to the bot does it too."""
        self.chat.blocked = False
        self._tell_membership("kicked", "member")

    def in_group(self, group: Group) -> Seat:
        """The same person's place in a group."""
        if group.chat.id not in self._seats:
            self._seats[group.chat.id] = Seat(self._world, self.user, group.chat)
        return self._seats[group.chat.id]

    def _arrive(self) -> None:
        if self.chat.blocked:
            self.chat.blocked = False
            self._tell_membership("kicked", "member")
        self.chat.opened = True

    def _tell_membership(self, old: str, new: str) -> None:
        bot = self._world.bot
        content = {
            "chat": self.chat.data,
            "from": self.user,
            "date": self._world.clock.timestamp(),
            "old_chat_member": _member(bot, old),
            "new_chat_member": _member(bot, new),
        }
        self._tell("my_chat_member", content)


def _member(bot: dict[str, Any], status: str) -> dict[str, Any]:
    return {"user": bot, "status": status, **({"until_date": 0} if status == "kicked" else {})}
