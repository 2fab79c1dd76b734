"""Fetches the files that people send on Telegram, each bounded in size and time; what cannot be fetched is told kindly, not waited for."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import aiohttp
import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramNetworkError, TelegramServerError

from bot.channels.intake import keep_file, keep_whole_text
from bot.channels.telegram_turns import NAME, Said, Wanted
from office.contacts import was_heard
from office.files import MAX_FILE
from talk.talk import Talk
from talk.texts import say
from talk.turn import Attachment, Turn

log = structlog.get_logger()
_AT_ONCE = 4
"""Files fetched side by side: each may be 20 MB in memory."""

_TRIES = 3


class TooBig(Exception):
    """The file is larger than we take."""


class Fetching:
    """Brings in what belongs to a turn but does not come with the update."""

    def __init__(self, bot: Bot, talk: Talk, seconds: float) -> None:
        self._bot = bot
        self._talk = talk
        self._seconds = seconds
        self._places = asyncio.Semaphore(_AT_ONCE)

    async def complete(self, said: Said) -> Turn | None:
        """The turn with its files kept; None if it was handled before. Raises only when the database is away."""
        if not said.files and not said.whole_text:
            return said.turn
        database = self._talk.database
        async with database.reading() as session:
            if await was_heard(session, NAME, said.turn.update_key):
                return None
        kept = [*said.turn.attachments, *[await self._fetched(wanted) for wanted in said.files]]
        if said.whole_text:
            kept.append(await keep_whole_text(self._talk, say("telegram-whole-text-name"), said.whole_text))
        return said.turn.model_copy(update={"attachments": tuple(kept)})

    async def _fetched(self, wanted: Wanted) -> Attachment:
        try:
            async with self._places, asyncio.timeout(self._seconds):
                content = await self._content(wanted)
        except TooBig:
            return Attachment(kind=wanted.kind, name=wanted.name, size=wanted.size, problem="too_big")
        except (TimeoutError, aiohttp.ClientError, AiogramError) as fault:
            log.warning("file not fetched", kind=wanted.kind, fault=type(fault).__name__)
            return Attachment(kind=wanted.kind, name=wanted.name, size=wanted.size, problem="not_fetched")
        return await keep_file(self._talk, wanted.kind, wanted.name, wanted.mime, content)

    async def _content(self, wanted: Wanted) -> bytes:
        if wanted.size > MAX_FILE:
            raise TooBig
        for tries_left in reversed(range(_TRIES)):
            try:
                return await self._download(wanted.file_id)
            except (aiohttp.ClientError, TelegramNetworkError, TelegramServerError):
                if not tries_left:
                    raise
        raise AssertionError("the last try returns or raises")

    async def _download(self, file_id: str) -> bytes:
        try:
            told = await self._bot.get_file(file_id)
        except TelegramBadRequest as refusal:
            if "too big" in refusal.message.lower():
                raise TooBig from None
            raise
        session = self._bot.session
        content = bytearray()
        address = session.api.file_url(self._bot.token, told.file_path or "")
        async with aclosing(session.stream_content(address, timeout=int(self._seconds) + 1)) as stream:
            async for chunk in stream:
                content += chunk
                if len(content) > MAX_FILE:
                    raise TooBig
        return bytes(content)
