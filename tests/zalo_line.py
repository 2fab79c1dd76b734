"""A person's line to the bot on Zalo's Official Account: what one sees and can do there, which is less than elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from bot.app import App
from bot.channels.zalo_oa_speak import CHOICE
from talk.clean import clean
from talk.texts import say
from tests.dialogue import Message
from tests.standins.zalo_oa import ZaloOfficialAccount
from tests.standins.zalo_oa.people import Person
from tests.standins.zalo_oa.posts import Heard
from tests.zalo_bot_line import Worded, in_words

_MENU_LINE = re.compile(r"^(\d+)\. (.+)$", re.MULTILINE)
_READ_OUT = re.compile(r"^\S+\.txt:\n")


@dataclass(frozen=True)
class ByNumber:
    """How to choose from a numbered menu: by the number while the menu is the newest, and by its words later."""

    menu: int
    number: str


class ZaloLine:
    """A person on Zalo who writes to the Official Account; the server is the strict stand-in, the road between is real HTTP."""

    files_come_alone = True

    def __init__(self, zalo: ZaloOfficialAccount, person: Person, app: App) -> None:
        self._zalo = zalo
        self._person = person
        self._app = app
        self._read = 0
        self._menus = 0

    @property
    def address(self) -> tuple[str, str]:
        return ("zalo_oa", self._person.id)

    async def say(self, text: str) -> None:
        if clean(text):  # Zalo's apps do not send an empty message
            await self._person.says(text)
        await self._taken()

    async def tap(self, label: str, handle: Any) -> None:
        """A press comes back as the button's payload; a forger writes a payload that was never offered there."""
        if isinstance(handle, Worded):
            await self._person.says(label)
        elif isinstance(handle, ByNumber):
            await self._person.says(handle.number if handle.menu == self._menus else label)
        else:
            await self._person.says(CHOICE + handle)
        await self._taken()

    async def send_file(self, name: str, content: bytes, mime: str, text: str = "") -> None:
        if mime.startswith("image/") and content.startswith(b"\xff\xd8") and len(content) > 100:
            await self._person.sends_picture(content, text, name=name)
        else:
            await self._person.sends_file(name, content)
            if text:  # a file on Zalo carries no words: they are a message of their own
                await self._person.says(text)
        await self._taken()

    async def receive(self) -> list[Message]:
        """What has come; a plain text that was read out counts as the file it is."""
        posts, self._read = self._person.inbox[self._read :], len(self._person.inbox)
        return [self._message(post) for post in posts]

    def _message(self, post: Heard) -> Message:
        if _READ_OUT.match(post.text) and not post.buttons:
            return Message("", {}, [{"content": post.text.partition("\n")[2].encode()}])
        return Message(
            post.text, self._choices(post), [{"content": content} for content in (post.picture, post.file) if content is not None]
        )

    async def _taken(self) -> None:
        await self._zalo.all_taken()
        assert self._app.zalo_oa is not None
        await self._app.zalo_oa.drained()

    def _choices(self, post: Heard) -> dict[str, Any]:
        """The buttons by what they send; of a numbered menu the numbers."""
        if post.buttons:
            self._menus += 1
            return {button.title: button.payload.removeprefix(CHOICE) for button in post.buttons}
        if say("menu-answer-by-number") not in post.text:
            return dict(in_words(post.text)[1])
        self._menus += 1
        menu = post.text.rpartition("\n\n")[2]
        return {label: ByNumber(self._menus, number) for number, label in _MENU_LINE.findall(menu)}
