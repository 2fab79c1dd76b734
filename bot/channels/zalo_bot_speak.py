"""Says one message on Zalo Bot, with its picture where Zalo can fetch it from us, and tells truly what became of it."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import httpx
import structlog
from aiohttp import web
from aiolimiter import AsyncLimiter

from bot.channels.base import Parcel
from bot.channels.telegram_server import Patience
from bot.channels.zalo_bot_api import NAME, NoAnswer, Refusal, ServerFault, ZaloBotApi
from bot.channels.zalo_bot_outcomes import is_about_the_person, is_about_the_token, outcome_of
from bot.channels.zalo_bot_pictures import PublicPictures
from bot.channels.zalo_bot_trouble import TOLD_NO
from bot.delivery.outcome import Outcome, Refused, Sent
from bot.settings import Settings
from office.database import Database
from talk.fit import Limits, split
from talk.reply import Enclosure, Reply
from talk.talk import without_words
from talk.texts import say

log = structlog.get_logger()

MOST_TEXT = 2_000
"""Characters of a message after NFC; `talk.fit` counts wider signs double, which is never too little."""

_WITH_FILE = 1_200
"""Characters of the words that go with a file: room is left for words in place of the file."""


class ZaloBotSpeech:
    """The speaking half of the channel. It asks nothing beforehand: a platform that is away is a failed send, no more."""

    name = NAME
    limits = Limits(text=MOST_TEXT, caption=_WITH_FILE, buttons=0, numbered=True)
    drops_repeats = False
    window: dt.timedelta | None = None
    staff_window: dt.timedelta | None = None
    free: dt.timedelta | None = None
    gathers = dt.timedelta(0)

    def __init__(self, api: ZaloBotApi, pictures: PublicPictures | None, web_chat: str | None, patience: Patience) -> None:
        self._api = api
        self._pictures = pictures
        self._web_chat = web_chat
        self._patience = patience
        self._pace = AsyncLimiter(1, 1 / patience.per_second)
        self._token_refused = False

    @classmethod
    @asynccontextmanager
    async def open(
        cls, settings: Settings, database: Database, clock: Callable[[], dt.datetime], *, patience: Patience | None = None
    ) -> AsyncIterator[ZaloBotSpeech]:
        """The channel for the token in the settings. Without a public address pictures are told in words."""
        patience = patience or Patience()
        public = settings.public_url and settings.public_url.rstrip("/")
        pictures = PublicPictures(database, public, clock) if public else None
        async with ZaloBotApi.open(settings, patience) as api:
            yield cls(api, pictures, f"{public}/chat" if public else None, patience)

    def routes(self) -> list[web.RouteDef]:
        """Where Zalo fetches pictures."""
        return self._pictures.routes() if self._pictures else []

    async def knock(self, address: str) -> Outcome | None:
        """No need: the channel takes messages at any time."""
        return None

    async def send(self, parcel: Parcel) -> Outcome:
        """Say it; never raises for what a network or a server may do."""
        if parcel.reply.enclosure is None and not parcel.reply.text.strip():
            return Refused("nothing to say")
        try:
            async with asyncio.timeout(self._patience.send):
                await self._pace.acquire()
                await self._say(parcel.address, parcel.reply)
        except Exception as fault:
            if is_about_the_token(fault):
                self._cry_out()
            elif not isinstance(fault, Refusal | ServerFault | NoAnswer | httpx.HTTPError | httpx.InvalidURL | TimeoutError):
                log.error("message not sent by a fault of ours", **without_words(fault))
            return outcome_of(fault)
        self._token_refused = False
        return Sent()

    async def _say(self, address: str, reply: Reply) -> None:
        if reply.enclosure is None:
            await self._api.ask("sendMessage", chat_id=address, text=reply.text)
        elif not await self._say_picture(address, reply, reply.enclosure):
            await self._api.ask("sendMessage", chat_id=address, text=in_words(reply, reply.enclosure, self._web_chat))

    async def _say_picture(self, address: str, reply: Reply, enclosure: Enclosure) -> bool:
        """Whether it went as a picture: Zalo fetches it from our address before it answers."""
        if self._pictures is None or enclosure.kind != "picture":
            return False
        caption = {"caption": reply.text} if reply.text.strip() else {}
        photo = self._pictures.address(enclosure.file_id)
        try:
            await self._api.ask("sendPhoto", read=self._patience.media_write, chat_id=address, photo=photo, **caption)
        except Refusal as refusal:
            if refusal.code != 400 or is_about_the_person(refusal):
                raise
            log.warning("picture refused, told in words", reason=refusal.words.replace(photo, "…"))
            return False
        return True

    def _cry_out(self) -> None:
        if not self._token_refused:
            log.error(TOLD_NO)
        self._token_refused = True


def in_words(reply: Reply, enclosure: Enclosure, web_chat: str | None) -> str:
    """The reply with its file told instead of shown: a picture by what it shows, another file by its name and where it can be had."""
    if enclosure.kind == "picture" and enclosure.alt:
        told = enclosure.alt
    elif web_chat:
        told = say("zalo_bot-file-on-the-web", name=enclosure.name, web=web_chat)
    else:
        told = say("zalo_bot-file", name=enclosure.name)
    if told in reply.text:
        return reply.text
    room = MOST_TEXT - len(reply.text) - 2
    return f"{reply.text}\n\n{split(told, room)[0]}".strip()
