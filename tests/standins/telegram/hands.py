"""What a person sends besides words: pictures, files, voices, videos, stickers, places, telephone numbers."""

from __future__ import annotations

from itertools import count
from typing import Any

from telegram.constants import MessageLimit

from .files import check_photo
from .formatting import entities_of, units
from .methods.sending import document_form, photo_sizes, voice_form
from .place import Place
from .posts import Post

_albums = count(13_700_000_001)


class Hands(Place):
    """Every verb returns when the update is on its way, not when the bot has dealt with it."""

    async def sends_photo(self, data: bytes, caption: str = "", **more: Any) -> Post:
        """A picture, as the app compresses it: no file name."""
        check_photo(data)
        stored = self._world.files.keep("photo", data, "photo.jpg", "image/jpeg")
        return self._send({"photo": photo_sizes(self._world, stored), **_caption(caption), **more}, stored)

    async def sends_album(self, pictures: list[bytes], caption: str = "") -> list[Post]:
        """Several pictures at once: several messages with one album number, the words at the first."""
        album = str(next(_albums))
        captions = [caption, *[""] * (len(pictures) - 1)]
        return [await self.sends_photo(data, words, media_group_id=album) for data, words in zip(pictures, captions, strict=True)]

    async def sends_document(self, name: str, data: bytes, mime: str = "", caption: str = "") -> Post:
        """A file of any size that a person may send."""
        stored = self._world.files.keep("document", data, name, mime)
        return self._send({"document": document_form(stored), **_caption(caption)}, stored)

    async def sends_voice(self, data: bytes, duration: int = 3) -> Post:
        """A voice message of `duration` seconds."""
        stored = self._world.files.keep("voice", data, "voice.oga", "audio/ogg")
        return self._send({"voice": voice_form(stored, duration)}, stored)

    async def sends_video(self, data: bytes, duration: int = 5, caption: str = "") -> Post:
        """A video of `duration` seconds."""
        stored = self._world.files.keep("video", data, "video.mp4", "video/mp4")
        form = {**stored.describe(), "width": 640, "height": 360, "duration": duration, "mime_type": "video/mp4"}
        return self._send({"video": form, **_caption(caption)}, stored)

    async def sends_sticker(self, emoji: str = "👍", data: bytes = b"RIFF....WEBP") -> Post:
        """A sticker."""
        stored = self._world.files.keep("sticker", data, "sticker.webp", "image/webp")
        form = {**stored.describe(), "width": 512, "height": 512, "type": "regular", "emoji": emoji}
        return self._send({"sticker": {**form, "is_animated": False, "is_video": False}}, stored)

    async def sends_location(self, latitude: float, longitude: float) -> Post:
        """A place on the map, in degrees."""
        return self._send({"location": {"latitude": latitude, "longitude": longitude}})

    async def sends_contact(self, phone: str, first_name: str | None = None) -> Post:
        """A telephone number: the own one, or somebody else's if a name is given."""
        own = {"first_name": self.user["first_name"], "user_id": self.user["id"]}
        return self._send({"contact": {"phone_number": phone, **(own if first_name is None else {"first_name": first_name})}})


def _caption(words: str) -> dict[str, Any]:
    if not words:
        return {}
    if units(words) > MessageLimit.CAPTION_LENGTH:
        raise ValueError("Telegram's apps cut a caption at 1024")
    entities = entities_of(words)
    return {"caption": words, **({"caption_entities": entities} if entities else {})}
