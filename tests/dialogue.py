"""The dialogue kit: a test reads as people talking. `says`, `taps`, `sends`, `hears`; a message nobody expected fails the test.

Each person speaks through a real channel over HTTP on loopback; the clock stands still unless the test moves it.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Any, Protocol

import aiohttp

from bot.app import App
from bot.web.access import address_of
from office.moments import VIETNAM
from talk.clean import clean
from tests.standins.telegram import Person, Post, TelegramStandIn


class TestClock:
    """A clock that the test sets."""

    __test__ = False

    def __init__(self, start: dt.datetime) -> None:
        self.moment = start

    def __call__(self) -> dt.datetime:
        return self.moment

    def set(self, text: str) -> None:
        """`2026-11-23 07:20`, as a clock in Vietnam shows it."""
        self.moment = dt.datetime.fromisoformat(text).replace(tzinfo=VIETNAM)

    def forward(self, **delta: float) -> None:
        self.moment += dt.timedelta(**delta)


@dataclass
class Message:
    """What a person received."""

    text: str
    buttons: dict[str, Any] = field(default_factory=dict)  # label -> how to press it
    files: list[dict[str, Any]] = field(default_factory=list)


class Line(Protocol):
    """A person's line to the bot on one channel. Each act returns once the bot has taken it, so nothing is ever waited for."""

    files_come_alone: bool
    """Whether the channel cannot carry words or buttons with a file, so that they follow in a message of their own."""

    async def say(self, text: str) -> None: ...
    async def tap(self, label: str, handle: Any) -> None: ...
    async def send_file(self, name: str, content: bytes, mime: str, text: str = "") -> None: ...
    async def receive(self) -> list[Message]:
        """What has come since the last call."""
        ...

    @property
    def address(self) -> tuple[str, str]:
        """Channel and address, as in the contact's row."""
        ...


class Someone:
    """A person in the play."""

    def __init__(self, name: str, line: Line, app: App) -> None:
        self.name = name
        self.line = line
        self._app = app
        self._waiting: list[Message] = []
        self.seen: list[Message] = []

    async def says(self, text: str) -> Someone:
        await self._nothing_unexpected()
        await self.line.say(text)
        return self

    async def sends(self, name: str, content: bytes, mime: str = "application/octet-stream", text: str = "") -> Someone:
        await self._nothing_unexpected()
        await self.line.send_file(name, content, mime, text)
        return self

    async def taps(self, label: str) -> Someone:
        """Press the newest button whose words contain `label`."""
        await self._nothing_unexpected()
        for message in reversed(self.seen):
            for words, handle in message.buttons.items():
                if label in words:
                    await self.line.tap(words, handle)
                    return self
        raise AssertionError(f"{self.name} sees no button «{label}»; the last message: {self.seen[-1] if self.seen else None}")

    async def hears(self, *fragments: str, buttons: tuple[str, ...] | None = None) -> Message:
        """The next message, which must contain all fragments (and have buttons containing these words, if given)."""
        message = await self._next()
        if self.line.files_come_alone and message.files and not message.text and (fragments or buttons):
            words = await self._next()
            message = Message(words.text, words.buttons, [*message.files, *words.files])
        for fragment in fragments:
            assert fragment in message.text, f"{self.name} expected «{fragment}» in:\n{message.text}"
        for wanted in buttons or ():
            assert any(wanted in label for label in message.buttons), f"no button «{wanted}» among {list(message.buttons)}"
        return message

    async def hears_nothing(self) -> None:
        """Nothing more was said: the outbox has nothing left for anybody, and no message is unread."""
        await settle(self._app)
        self._waiting += await self.line.receive()
        assert not self._waiting, f"{self.name} heard besides: {[message.text for message in self._waiting]}"

    async def _nothing_unexpected(self) -> None:
        assert not self._waiting, f"{self.name} has not been asked about: {[message.text for message in self._waiting]}"

    async def _next(self) -> Message:
        if not self._waiting:
            await settle(self._app)
            self._waiting += await self.line.receive()
        assert self._waiting, f"{self.name} waits in vain; heard so far: {[message.text for message in self.seen[-3:]]}"
        message = self._waiting.pop(0)
        self.seen.append(message)
        return message


async def settle(app: App) -> None:
    """Let the courier carry all that is due now."""
    while await app.courier.round():
        pass


class TelegramLine:
    """A person on Telegram; the server is the strict stand-in, the road between is real HTTP."""

    files_come_alone = False

    def __init__(self, telegram: TelegramStandIn, person: Person) -> None:
        self._telegram = telegram
        self._person = person
        self._read = 0

    @property
    def address(self) -> tuple[str, str]:
        return ("telegram", str(self._person.id))

    async def say(self, text: str) -> None:
        if clean(text):  # Telegram's apps do not send an empty message
            await self._person.says(text)
        await self._telegram.all_taken()

    async def tap(self, label: str, handle: Any) -> None:
        if isinstance(handle, str):  # a forged button: under the newest message, with data that was never offered there
            self._person._query(self._person.inbox[-1], handle, False)
        else:
            await self._person.taps(handle)
        await self._telegram.all_taken()

    async def send_file(self, name: str, content: bytes, mime: str, text: str = "") -> None:
        if mime.startswith("image/") and content.startswith(b"\xff\xd8") and len(content) > 100:
            await self._person.sends_photo(content, caption=text)
        else:
            await self._person.sends_document(name, content, mime, caption=text)
        await self._telegram.all_taken()

    async def receive(self) -> list[Message]:
        posts, self._read = self._person.inbox[self._read :], len(self._person.inbox)
        return [Message(post.text, {button.label: button for button in post.buttons}, self._files(post)) for post in posts]

    def _files(self, post: Post) -> list[dict[str, Any]]:
        return [{"content": post.media.data}] if post.media else []


class BrowserLine:
    """The browser chat over HTTP, as the page uses it."""

    files_come_alone = False

    def __init__(self, http: aiohttp.ClientSession, base: str, token: str) -> None:
        self._http = http
        self._base = base
        self._headers = {"Authorization": f"Bearer {token}"}
        self._token = token
        self._seq = 0

    @classmethod
    async def open(cls, http: aiohttp.ClientSession, base: str, pane: str | None = None) -> BrowserLine:
        async with http.post(f"{base}chat/api/session", json={"pane": pane}) as answer:
            assert answer.status == 200, await answer.text()
            return cls(http, base, (await answer.json())["token"])

    @property
    def address(self) -> tuple[str, str]:
        return ("browser", address_of(self._token))

    async def _post(self, form: aiohttp.FormData) -> None:
        async with self._http.post(f"{self._base}chat/api/messages", data=form, headers=self._headers) as answer:
            assert answer.status == 200, await answer.text()

    def _form(self, **fields: str) -> aiohttp.FormData:
        form = aiohttp.FormData(default_to_multipart=True)
        for name, value in ({"id": uuid.uuid4().hex} | fields).items():
            form.add_field(name, value)
        return form

    async def say(self, text: str) -> None:
        await self._post(self._form(text=text))

    async def tap(self, label: str, handle: Any) -> None:
        await self._post(self._form(choice=handle, label=label))

    async def send_file(self, name: str, content: bytes, mime: str, text: str = "") -> None:
        form = self._form(text=text)
        form.add_field("file", content, filename=name, content_type=mime)
        await self._post(form)

    async def receive(self) -> list[Message]:
        async with self._http.get(f"{self._base}chat/api/messages?after={self._seq}", headers=self._headers) as answer:
            assert answer.status == 200, await answer.text()
            messages = (await answer.json())["messages"]
        if messages:
            self._seq = messages[-1]["seq"]
        return [
            Message(m["text"], {c["label"]: c.get("data") or c.get("url") for row in m["rows"] for c in row}, m["files"])
            for m in messages
            if m["from"] == "bot"
        ]
