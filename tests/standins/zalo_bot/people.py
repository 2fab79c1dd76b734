"""The people of a test, in their own words: writes, sends, blocks, and hears. Places and files never reach a bot."""

from __future__ import annotations

import secrets
from typing import Any

from tests.standins.shared.ears import Ears

from .contact import Contact, Heard
from .updates import Update
from .world import World


class Person(Ears[Heard]):
    """Somebody in a private chat with the bot. Every verb returns when the update is on its way, not when the bot has dealt with it."""

    def __init__(self, world: World, contact: Contact) -> None:
        super().__init__(contact, world.bell)
        self.contact = contact
        self._world = world

    async def says(self, text: str) -> Update:
        """Write a message; the app trims it."""
        words = text.strip()
        if not words:
            raise ValueError("Zalo's apps do not send an empty message")
        return self._tell("text", {"text": words})

    async def sends_picture(self, data: bytes, caption: str = "") -> Update:
        """A picture, hosted where the program can download it."""
        address = {self._world.doubts.picture_field: self._world.host("anh.jpg", data)}
        return self._tell("image", {**address, **({"caption": caption} if caption else {}), "message_type": "CHAT_PHOTO"})

    async def sends_voice(self, data: bytes) -> Update:
        """A voice message (.aac)."""
        return self._tell("voice", {"voice_url": self._world.host("voice.aac", data), "message_type": "CHAT_VOICE"})

    async def sends_sticker(self, sticker: str = "0e078a2b3c4d5e6f7a8b") -> Update:
        """A sticker. [?] No capture: the fields `sticker` and `url` are from programs in use."""
        return self._tell("sticker", {"sticker": sticker, "url": self._world.host("sticker.webp", b"RIFF....WEBP")})

    async def sends_file(self, name: str, data: bytes) -> Update:
        """A file of any type: the bot only hears that something came."""
        return self._unsupported()

    async def sends_location(self, latitude: float, longitude: float) -> Update:
        """A place: the bot only hears that something came."""
        return self._unsupported()

    def blocks(self) -> None:
        """Block the bot; it is not told. Writing to it takes the block back."""
        self.contact.blocked = True

    @property
    def typing(self) -> list[str]:
        """The actions the bot has shown."""
        return self.contact.actions

    def _unsupported(self) -> Update:
        if self._world.doubts.unsupported_has_message:
            return self._tell("unsupported", {})
        self._arrives()
        return self._world.updates.add({"event_name": "message.unsupported.received"}, self.contact.id)

    def _tell(self, kind: str, content: dict[str, Any]) -> Update:
        self._arrives()
        message = {
            "from": {"id": self.contact.id, "display_name": self.contact.name, "is_bot": False},
            "chat": {"id": self.contact.id, "chat_type": "PRIVATE"},
            **content,
            "message_id": secrets.token_hex(10),
            "date": self._world.millis(),
        }
        return self._world.updates.add({"message": message, "event_name": f"message.{kind}.received"}, self.contact.id)

    def _arrives(self) -> None:
        self.contact.blocked = False
        self.contact.opened = True
