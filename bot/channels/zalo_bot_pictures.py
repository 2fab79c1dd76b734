"""Gives Zalo the pictures that the bot shows: at an address of our own that only who was told it can find, and for minutes only."""

from __future__ import annotations

import asyncio
import datetime as dt
import io
import math
import secrets
from collections.abc import Callable

from aiohttp import web
from PIL import Image, ImageOps

from office.database import Database
from office.files import content_of, file_by_id

PATH = "/zalo/bot/pictures/{file:[0-9]{1,18}}-{until:[0-9]{1,12}}-{tag:[0-9a-f]{40}}.jpg"
GOOD_FOR = dt.timedelta(minutes=15)
"""[?] Whether Zalo fetches a picture at once or when it is first looked at is unsaid; at once is assumed, with room for a queue."""

MOST_BYTES = 1024 * 1024
"""[?] No limit is known; an Official Account takes 1 MB."""

_SMALLEST = 200
"""Pixels of the longer side, below which no picture is made smaller: it would show nothing."""

_PURPOSE = "zalo-bot-picture"


class PublicPictures:
    """Signs addresses of stored pictures, and serves what is asked for under one."""

    def __init__(self, database: Database, public_url: str, clock: Callable[[], dt.datetime]) -> None:
        self._database = database
        self._public_url = public_url.rstrip("/")
        self._clock = clock

    def address(self, file_id: int) -> str:
        """Where everybody who knows it finds this picture for the next minutes."""
        until = int((self._clock() + GOOD_FOR).timestamp())
        return f"{self._public_url}/zalo/bot/pictures/{file_id}-{until}-{self._tag(file_id, until)}.jpg"

    def routes(self) -> list[web.RouteDef]:
        return [web.get(PATH, self.show)]

    async def show(self, request: web.Request) -> web.Response:
        """The picture as JPEG. A wrong address and one whose time is over look the same."""
        file_id, until = int(request.match_info["file"]), int(request.match_info["until"])
        known = secrets.compare_digest(self._tag(file_id, until), request.match_info["tag"])
        if not known or until < self._clock().timestamp():
            raise web.HTTPNotFound
        async with self._database.reading() as session:
            file = await file_by_id(session, file_id)
            if file is None or file.kind != "picture":
                raise web.HTTPNotFound
            content = await content_of(session, file_id)
        shown = await asyncio.to_thread(as_jpeg, content)
        return web.Response(body=shown, content_type="image/jpeg", headers={"Cache-Control": "no-store", "X-Robots-Tag": "noindex"})

    def _tag(self, file_id: int, until: int) -> str:
        return self._database.vault.tag(f"{file_id}:{until}", _PURPOSE)


def as_jpeg(content: bytes, most: int = MOST_BYTES) -> bytes:
    """The picture as JPEG of at most `most` bytes, smaller if it must be. Up to a second: call it in a thread. Raises OSError."""
    with Image.open(io.BytesIO(content)) as picture:
        if picture.format == "JPEG" and len(content) <= most:
            return content
        shown = _on_white(ImageOps.exif_transpose(picture))
    while True:
        out = io.BytesIO()
        shown.save(out, "JPEG", quality=85)
        if out.tell() <= most or max(shown.size) < _SMALLEST:
            return out.getvalue()
        smaller = 0.9 * math.sqrt(most / out.tell())
        shown = shown.resize((max(1, int(shown.width * smaller)), max(1, int(shown.height * smaller))), reducing_gap=2.0)


def _on_white(picture: Image.Image) -> Image.Image:
    """Without transparency, which JPEG does not know."""
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    sheet = Image.new("RGB", layer.size, "white")
    sheet.paste(layer, mask=layer.getchannel("A"))
    return sheet
