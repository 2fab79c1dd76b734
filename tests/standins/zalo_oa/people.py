"""The people of a test, in their own words: writes, sends, presses, follows, unfollows, blocks, and hears."""

from __future__ import annotations

import hashlib

from tests.standins.shared.ears import Ears

from .contact import Contact
from .posts import Button, Heard
from .told import Event
from .world import World


class Person(Ears[Heard]):
    """Somebody with a Zalo account. Every verb returns when the event is on its way, not when the program has dealt with it."""

    def __init__(self, world: World, contact: Contact) -> None:
        super().__init__(contact, world.bell)
        self.contact = contact
        self._world = world

    async def follows(self) -> Event:
        """Press "Quan tâm"."""
        self.contact.follows, self.contact.unfollowed_at = True, None
        self._interacts()
        return self._tell(self._world.events.follow(self.contact, self._world.stamp(), follows=True))

    async def unfollows(self) -> Event:
        """Take the follow back. It is no interaction."""
        self.contact.follows, self.contact.unfollowed_at = False, self._world.clock.seconds()
        return self._tell(self._world.events.follow(self.contact, self._world.stamp(), follows=False))

    async def says(self, text: str) -> Event:
        """Write a message; the app trims it."""
        words = text.strip()
        if not words:
            raise ValueError("Zalo's apps do not send an empty message")
        self._interacts()
        return self._tell(self._world.events.text(self.contact, words, self._world.stamp()))

    async def presses(self, title: str, on: Heard | None = None) -> Event:
        """Press a button that speaks: the newest one with that title, or one of `on`. Its payload comes back as a text."""
        button = self.finds(title, on)
        if not button.speaks:
            raise AssertionError(f"{title!r} is {button.kind}: it opens {button.payload} and says nothing")
        return await self.says(button.payload)

    def finds(self, title: str, on: Heard | None = None) -> Button:
        """The newest button with that title."""
        for post in [on] if on else reversed(self.contact.heard):
            for button in post.buttons:
                if button.title == title:
                    return button
        raise AssertionError(f"there is no button {title!r}; there are {[post.titles for post in self.contact.heard if post.titles][-3:]}")

    async def sends_picture(self, data: bytes, text: str = "", *, name: str = "anh.jpg") -> Event:
        """A picture, hosted where the program can download it."""
        return await self.sends_pictures([data], text, name=name)

    async def sends_pictures(self, pictures: list[bytes], text: str = "", *, name: str = "anh.jpg") -> Event:
        """Several pictures in one message. [?] Programs in use expect one event with several attachments."""
        links = [self._world.host(name, data) for data in pictures]
        return self._attached("image", [{"thumbnail": link, "url": link} for link in links], text)

    async def sends_voice(self, data: bytes) -> Event:
        """A voice message (.aac)."""
        return self._attached("audio", [{"url": self._world.host("voice.aac", data)}])

    async def sends_file(self, name: str, data: bytes) -> Event:
        """A file of any type."""
        kind = name.rsplit(".", 1)[-1].lower()
        checksum = hashlib.md5(data, usedforsecurity=False).hexdigest()  # [?] which checksum it is, nobody says
        payload = {"url": self._world.host(name, data), "name": name, "size": str(len(data)), "type": kind, "checksum": checksum}
        return self._attached("file", [payload])

    async def sends_location(self, latitude: float, longitude: float, text: str = "") -> Event:
        """A place on the map, in degrees."""
        self._interacts()
        return self._tell(self._world.events.location(self.contact, latitude, longitude, text, self._world.stamp()))

    async def sends_other(self, kind: str, payload: dict[str, str] | None = None) -> Event:
        """Anything else Zalo knows: `sticker`, `gif`, `link`, `video`, `business_card`. [?] Their payloads are not captured."""
        return self._attached(kind, [payload or {"url": f"{self._world.base_url}/files/none/{kind}"}])

    async def shares_info(self, *, name: str | None = None, phone: str | None = None, old_style: bool = False) -> Event:
        """Fill in the request for information. `old_style` adds an address, and the number is no string."""
        if not any(post.asks_info for post in self.contact.heard):
            raise AssertionError(f"{self.contact.name} was not asked for anything")
        number = phone or self.contact.phone
        info: dict[str, str | int] = {"name": name or self.contact.name, "phone": number}
        if old_style:
            info |= {"phone": int(number), "address": "Thôn 1", "city": "Hà Nội", "district": "Ba Vì", "ward": "Xã Mẫu"}
        self._interacts()
        return self._tell(self._world.events.info(self.contact, info, self._world.stamp()))

    async def reads(self) -> Event:
        """Open the chat: all messages so far are seen. It is no interaction."""
        unseen = [post for post in self.contact.heard if not post.seen]
        for post in unseen:
            post.seen = True
        return self._tell(self._world.events.seen(self.contact, [post.message_id for post in unseen], self._world.stamp()))

    def blocks(self) -> None:
        """Block the account; the account is not told. Writing to it takes the block back."""
        self.contact.blocked = True

    def falls_silent(self) -> None:
        """The account of this person is no longer in use."""
        self.contact.inactive = True

    def restricts(self) -> None:
        """Wants none of this type of message any more."""
        self.contact.restricts = True

    def _attached(self, kind: str, payloads: list[dict[str, str]], text: str = "") -> Event:
        self._interacts()
        return self._tell(self._world.events.attachments(kind, self.contact, payloads, text, self._world.stamp()))

    def _interacts(self) -> None:
        self.contact.blocked = False
        self.contact.interacts(self._world.clock.seconds())

    def _tell(self, event: dict[str, object]) -> Event:
        return self._world.outbox.add(event, f"person {self.contact.id}")
