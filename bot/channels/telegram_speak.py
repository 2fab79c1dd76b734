"""Says one message on Telegram, with its buttons and its file, at a pace that Telegram bears, and tells truly what became of it."""

from __future__ import annotations

import asyncio
import datetime as dt
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import structlog
from aiolimiter import AsyncLimiter
from PIL import Image
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputFile, LinkPreviewOptions
from telegram.constants import FileSizeLimit, InlineKeyboardButtonLimit, InlineKeyboardMarkupLimit
from telegram.error import BadRequest, InvalidToken
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot.channels.base import Parcel
from bot.channels.certificates import trusted
from bot.channels.telegram_outcomes import ServerFault, is_about_the_chat, outcome_of
from bot.channels.telegram_server import Patience, quiet_libraries, server_of, token_of
from bot.delivery.outcome import Outcome, Sent
from bot.settings import Settings
from talk.fit import Limits
from talk.reply import Choice, Enclosure, Reply

log = structlog.get_logger()

_PHOTO_SIDES = 10_000
_PHOTO_RATIO = 20
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class _Request(HTTPXRequest):
    """The library's requests, with two answers told apart that it throws together with faults of the network."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        status, payload = await super().do_request(*args, **kwargs)
        if status >= 500:
            raise ServerFault(status)
        if status == 413:
            raise BadRequest("the file is too big")
        return status, payload


class TelegramSpeech:
    """The speaking half of the channel. It asks nothing of the server beforehand: a server that is away is a failed send, no more."""

    name = "telegram"
    limits = Limits(text=4_096, caption=1_024, buttons=100)
    drops_repeats = False
    window: dt.timedelta | None = None
    staff_window: dt.timedelta | None = None
    free: dt.timedelta | None = None
    gathers = dt.timedelta(0)

    def __init__(self, bot: ExtBot[int], patience: Patience) -> None:
        self._bot = bot
        self._patience = patience
        self._paces: dict[int, AsyncLimiter] = {}
        self._token_refused = False

    @classmethod
    @asynccontextmanager
    async def open(cls, settings: Settings, *, patience: Patience | None = None) -> AsyncIterator[TelegramSpeech]:
        """The channel for the token in the settings."""
        quiet_libraries()
        patience = patience or Patience()
        request = _Request(
            connection_pool_size=64,
            connect_timeout=patience.connect,
            read_timeout=patience.read,
            write_timeout=patience.write,
            pool_timeout=patience.connect,
            media_write_timeout=patience.media_write,
            httpx_kwargs={"verify": trusted()},
        )
        limiter = AIORateLimiter(overall_max_rate=1, overall_time_period=1 / patience.per_second, max_retries=0)
        base = server_of(settings)
        bot: ExtBot[int] = ExtBot(
            token_of(settings),
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=request,
            get_updates_request=request,  # never used; a second client would only cost memory
            rate_limiter=limiter,
        )
        try:
            yield cls(bot, patience)
        finally:
            await request.shutdown()

    async def knock(self, address: str) -> Outcome | None:
        """No need: the channel takes messages at any time."""
        return None

    async def send(self, parcel: Parcel) -> Outcome:
        """Say it; never raises for what a network or a server may do."""
        try:
            async with asyncio.timeout(self._patience.send):
                chat_id = int(parcel.address)
                await self._pace(chat_id)
                await self._say(chat_id, parcel.reply, parcel.content)
        except Exception as fault:
            if isinstance(fault, InvalidToken):
                self._cry_out()
            return outcome_of(fault)
        self._token_refused = False
        return Sent()

    async def _say(self, chat_id: int, reply: Reply, content: bytes | None) -> None:
        buttons = keyboard(reply)
        if reply.enclosure is None or content is None:
            await self._bot.send_message(chat_id, reply.text, reply_markup=buttons, link_preview_options=_NO_PREVIEW)
            return
        how: dict[str, Any] = {"chat_id": chat_id, "caption": reply.text or None, "reply_markup": buttons}
        file = InputFile(content, filename=reply.enclosure.name)
        if is_photo(reply.enclosure, content) and await self._say_photo(file, how):
            return
        if reply.enclosure.kind == "voice" and content.startswith(b"OggS"):
            await self._bot.send_voice(voice=file, **how)
            return
        await self._bot.send_document(document=file, **how)  # a film too: Telegram itself sees what it is, and plays it

    async def _say_photo(self, file: InputFile, how: dict[str, Any]) -> bool:
        """Whether Telegram took the picture as a photo; as a document it takes any."""
        try:
            await self._bot.send_photo(photo=file, **how)
        except BadRequest as refusal:
            if is_about_the_chat(refusal):
                raise
            log.warning("photo refused, sent as a document", reason=refusal.message)
            return False
        return True

    async def _pace(self, chat_id: int) -> None:
        if chat_id < 0:  # groups have a limit of their own in the library's limiter
            return
        burst = self._patience.burst
        if len(self._paces) > 1_000:
            self._paces = {chat: pace for chat, pace in self._paces.items() if not pace.has_capacity(burst)}
        await self._paces.setdefault(chat_id, AsyncLimiter(burst, burst)).acquire()

    def _cry_out(self) -> None:
        if not self._token_refused:
            log.error("Telegram refuses the token: nothing is sent there until TELEGRAM_TOKEN is right; get it from @BotFather")
        self._token_refused = True


def keyboard(reply: Reply) -> InlineKeyboardMarkup | None:
    """The reply's buttons. One that Telegram would refuse is left out, for it would take the whole message with it."""
    rows = []
    for row in reply.rows:
        buttons = [button for choice in row if (button := _button(choice))]
        most = int(InlineKeyboardMarkupLimit.BUTTONS_PER_ROW)
        rows += [buttons[first : first + most] for first in range(0, len(buttons), most)]
    return InlineKeyboardMarkup(rows) if rows else None


def _button(choice: Choice) -> InlineKeyboardButton | None:
    if choice.url is not None:
        return InlineKeyboardButton(choice.label, url=choice.url)
    size = len(choice.data.encode())
    if not 0 < size <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA:
        log.error("button left out: its data does not fit", bytes=size, begins=choice.data[:12])
        return None
    return InlineKeyboardButton(choice.label, callback_data=choice.data)


def is_photo(enclosure: Enclosure, content: bytes) -> bool:
    """Whether Telegram takes this file as a photo: a still picture of at most 10 MB, neither too large nor too narrow."""
    if enclosure.kind != "picture" or enclosure.mime == "image/gif" or len(content) > FileSizeLimit.PHOTOSIZE_UPLOAD:
        return False
    try:
        with Image.open(io.BytesIO(content)) as picture:  # reads the head only
            width, height = picture.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    return width + height <= _PHOTO_SIDES and max(width, height) <= _PHOTO_RATIO * min(width, height)
