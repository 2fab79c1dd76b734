"""A person on Zalo Bot: the platform is the strict stand-in, the road between is real HTTP. There are no buttons: menus are answered by number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from bot.app import App
from office.contacts import find_contact
from office.records import Contact
from talk.memory import Memory
from talk.texts import say
from tests.dialogue import Message
from tests.standins.zalo_bot import Heard, Person, ZaloBotPlatform

_NUMBERED = re.compile(r"(\d+)\. (.+)")
_WORDED = re.compile(r"• (.+)")
_LINK = re.compile(r"(.+): (https?://\S+)")
_TOLD_FILE = "📎 "


@dataclass(frozen=True)
class Numbered:
    """A line of a menu: its number, in which of the menus so far, and what the bot takes it for."""

    menu: int
    number: int
    data: str


@dataclass(frozen=True)
class Worded:
    """A choice that is to be typed in its words, since the numbers belong to another message."""


class ZaloBotLine:
    """Types what a person on Zalo must type.

    A choice of the newest menu is typed as its number, one of an earlier menu in its words. What no person can do on this channel (an old
    button, a forged one) is played by putting it into the bot's memory of what it offered, and typing its number: the bot must refuse it
    all the same. A file of any kind comes as a picture, with these bytes behind its address: the channel brings nothing else.
    """

    files_come_alone = False

    def __init__(self, zalo: ZaloBotPlatform, person: Person, app: App) -> None:
        self._zalo = zalo
        self._person = person
        self._app = app
        self._menu = 0

    @property
    def address(self) -> tuple[str, str]:
        return ("zalo_bot", self._person.id)

    async def say(self, text: str) -> None:
        if text.strip():  # Zalo's apps do not send an empty message
            await self._person.says(text)
        await self._taken()

    async def tap(self, label: str, handle: Any) -> None:
        if isinstance(handle, Worded):
            await self.say(label)
        elif isinstance(handle, Numbered) and handle.menu == self._menu:
            await self.say(str(handle.number))
        elif isinstance(handle, Numbered) and not await self._is_old(handle.data):
            await self.say(label)
        else:
            await self._offer(handle.data if isinstance(handle, Numbered) else handle)
            await self.say("1")

    async def send_file(self, name: str, content: bytes, mime: str, text: str = "") -> None:
        await self._person.sends_picture(content, caption=text)
        await self._taken()

    async def _taken(self) -> None:
        await self._zalo.all_taken(60)
        assert self._app.zalo_bot is not None
        await self._app.zalo_bot.drained()

    async def receive(self) -> list[Message]:
        return [await self._read(heard) for heard in self._person.takes_unread()]

    async def _read(self, heard: Heard) -> Message:
        text, numbers, links = _parted(heard.text)
        text, words = in_words(text)
        if numbers and numbers[0][0] == 1:
            self._menu += 1
        offered = await self._offered() if numbers else []
        buttons: dict[str, Any] = {
            label: Numbered(self._menu, number, offered[number - 1][1] if number <= len(offered) else "") for number, label in numbers
        }
        files = [{"content": heard.picture}] if heard.picture else []
        files += [{"told": line} for line in text.splitlines() if line.startswith(_TOLD_FILE)]
        return Message(text, buttons | words | links, files)

    async def _contact(self, session: Any) -> Contact:
        contact = await find_contact(session, *self.address)
        assert contact is not None
        return contact

    async def _offered(self) -> list[list[str]]:
        async with self._app.database.reading() as session:
            return Memory(session, await self._contact(session)).offered

    async def _is_old(self, data: str) -> bool:
        """Whether the choice belongs to a conversation that has ended."""
        _, bound, serial = data.rpartition("~")
        async with self._app.database.reading() as session:
            contact = await self._contact(session)
        return bool(bound) and (contact.state is None or serial != str(contact.serial))

    async def _offer(self, data: str) -> None:
        async with self._app.database.transaction() as session:
            memory = Memory(session, await self._contact(session))
            memory.offered = [["?", data]]
            await memory.keep()
            await session.flush()


def in_words(text: str) -> tuple[str, dict[str, Worded]]:
    """The words of a message, and apart from them the choices at its end that are to be typed in words."""
    lines = text.splitlines()
    if not lines or lines[-1] not in {say("menu-answer-by-words", count=count) for count in ("one", "more")}:
        return text, {}
    lines.pop()
    choices: dict[str, Worded] = {}
    while lines and (line := _WORDED.fullmatch(lines[-1])):
        choices = {line[1]: Worded()} | choices
        lines.pop()
    return "\n".join(lines).strip(), choices


def _parted(text: str) -> tuple[str, list[tuple[int, str]], dict[str, str]]:
    """The words of a message, and apart from them the numbered lines and links of the menu at its end."""
    lines = text.splitlines()
    numbers: list[tuple[int, str]] = []
    links: dict[str, str] = {}
    menu = bool(lines) and lines[-1] == say("menu-answer-by-number")
    if menu:
        lines.pop()
    while lines and (link := _LINK.fullmatch(lines[-1])) and not lines[-1].startswith(_TOLD_FILE):
        links[link[1]] = link[2]
        lines.pop()
    while menu and lines and (line := _NUMBERED.fullmatch(lines[-1])):
        numbers.insert(0, (int(line[1]), line[2]))
        lines.pop()
        if numbers[0][0] == 1:
            break
    return "\n".join(lines).strip(), numbers, links
