"""Hears on Telegram, by webhook when the world can reach us and by long polling otherwise. An update is confirmed once it is kept."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import structlog
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import AiogramError
from aiogram.methods import TelegramMethod
from aiogram.utils.token import TokenValidationError
from aiohttp import web

from bot.channels.telegram_files import Fetching
from bot.channels.telegram_poll import Batch, Poller
from bot.channels.telegram_profile import introduce
from bot.channels.telegram_server import Patience, quiet_libraries, server_of, token_of
from bot.channels.telegram_trouble import Trouble
from bot.channels.telegram_turns import KINDS, NAME, Left, Raw, Said, understand
from bot.settings import Settings
from office.contacts import claim_update, find_contact, mark_gone
from talk.talk import Talk, without_words

log = structlog.get_logger()

PATH = "/telegram"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
MAX_UPDATE = 1024 * 1024
"""Bytes of an update; Telegram's are a few thousand."""

_CONNECTIONS = 40
_SHORT = 5
"""Seconds for a request that nobody waits for."""


class _GetRawUpdates(TelegramMethod[list[Raw]]):
    """`getUpdates` with the updates unread: the library reads a whole batch or nothing, and one strange update would block the rest."""

    __returning__ = list[Raw]
    __api_method__ = "getUpdates"

    offset: int | None = None
    timeout: int | None = None
    allowed_updates: list[str] | None = None


class _Connections(AiohttpSession):
    """The library's, which waits for TLS to part also where there is none: a quarter of a second at every stop."""

    async def close(self) -> None:
        if self.api.base.startswith("https:"):
            await super().close()
        elif self._session is not None:
            await self._session.close()


class TelegramHearing:
    """The hearing half of the channel."""

    def __init__(self, bot: Bot | None, talk: Talk, secret: str, public_url: str | None, patience: Patience) -> None:
        self._bot = bot
        self._talk = talk
        self._secret = secret.encode()
        self._public_url = public_url
        self._patience = patience
        self._username: str | None = None
        self._fetching = Fetching(bot, talk, patience.fetch) if bot else None
        self._trouble = Trouble(patience)
        self._poller = Poller(self._ask, self._take_polled, self._trouble)
        self._main: asyncio.Task[None] | None = None
        self._courtesies: set[asyncio.Task[None]] = set()

    @classmethod
    @asynccontextmanager
    async def open(cls, settings: Settings, talk: Talk, secret: str, *, patience: Patience | None = None) -> AsyncIterator[TelegramHearing]:
        """Ears for the token in the settings; they hear once started. With a token of the wrong form they stay deaf and say so."""
        quiet_libraries()
        session = _Connections(api=TelegramAPIServer.from_base(server_of(settings)))
        try:
            bot = Bot(token_of(settings), session=session)
        except TokenValidationError:
            bot = None
        try:
            yield cls(bot, talk, secret, settings.public_url, patience or Patience())
        finally:
            await session.close()

    def routes(self) -> list[web.RouteDef]:
        """Where Telegram delivers, when it can reach us."""
        return [web.post(PATH, self.receive)] if self._public_url else []

    async def start(self) -> None:
        """Begin to hear. Returns at once: Telegram may be away for now."""
        if self._bot is None:
            log.error("TELEGRAM_TOKEN has not the form of a token: Telegram stays off; get the token from @BotFather")
            return
        self._main = asyncio.create_task(self._run(self._bot), name="telegram")

    async def stop(self) -> None:
        """Hear no more, and finish what was heard."""
        if self._main is not None:
            self._main.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._main
        await self._poller.stop()
        for task in self._courtesies:
            task.cancel()
        await asyncio.gather(*self._courtesies, return_exceptions=True)

    async def _run(self, bot: Bot) -> None:
        while True:
            try:
                await self._connect(bot)
                break
            except Exception as fault:  # Telegram or the road to it may be away; the program runs on without it
                await asyncio.sleep(self._trouble.pause_after(fault))
        self._trouble.over()
        self._in_the_background(introduce(bot))
        if not self._public_url:
            await self._poller.run()

    async def _connect(self, bot: Bot) -> None:
        self._username = (await bot.get_me()).username
        if self._public_url:
            await bot.set_webhook(
                self._public_url.rstrip("/") + PATH,
                secret_token=self._secret.decode(),
                allowed_updates=KINDS,
                max_connections=_CONNECTIONS,
                drop_pending_updates=False,
            )
        else:
            await bot.delete_webhook(drop_pending_updates=False)
        log.info("telegram hears", by="webhook" if self._public_url else "polling", bot=self._username)

    async def _ask(self, offset: int | None) -> Batch:
        assert self._bot is not None
        wish = _GetRawUpdates(offset=offset, timeout=self._patience.poll, allowed_updates=KINDS)
        updates = await self._bot(wish, request_timeout=self._patience.poll + int(self._patience.read))
        return [(update["update_id"], understand(update, self._username)) for update in updates if _is_update(update)]

    async def receive(self, request: web.Request) -> web.Response:
        """One update by webhook. 200 says that it is kept; after anything else Telegram delivers it again.

        To a tap the answer itself stops the little clock on the button (Bot API, "Making requests when getting updates").
        """
        given = request.headers.get(HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=403)
        body = await _body(request)
        if body is None:
            return web.Response(status=413)
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            return web.Response(status=400)
        if not _is_update(update):
            return web.Response(status=400)
        happened = understand(update, self._username)
        try:
            await self._take(happened)
        except Exception as fault:
            log.error("update not kept, it comes again", **without_words(fault))
            return web.Response(status=503)
        if isinstance(happened, Said) and happened.query_id is not None:
            return web.json_response({"method": "answerCallbackQuery", "callback_query_id": happened.query_id})
        return web.Response()

    async def _take_polled(self, happened: Said | Left | None) -> None:
        await self._take(happened)
        if isinstance(happened, Said) and happened.query_id is not None and self._bot is not None:
            self._in_the_background(self._stop_the_little_clock(self._bot, happened.query_id))

    async def _take(self, happened: Said | Left | None) -> None:
        """Returns when it is kept, or needs nothing; raises when the database is away."""
        if isinstance(happened, Said):
            await self._hear(happened)
        elif isinstance(happened, Left):
            await self._note_gone(happened)

    async def _hear(self, said: Said) -> None:
        async with self._talk.in_order(NAME, said.address):
            turn = await self._fetching.complete(said) if self._fetching else said.turn
            if turn is not None:
                await self._talk.hear(turn)

    async def _note_gone(self, left: Left) -> None:
        now = self._talk.clock()
        async with self._talk.in_order(NAME, left.address), self._talk.database.transaction() as session:
            if await claim_update(session, NAME, left.update_key, now):
                contact = await find_contact(session, NAME, left.address)
                if contact is not None:
                    await mark_gone(session, contact.id, now)

    async def _stop_the_little_clock(self, bot: Bot, query_id: str) -> None:
        """Tell the app that the tap has arrived, so that its button stops waiting.

        It carries no word of the bot's and no promise, so it goes beside the outbox: lost, or said twice, it changes nothing.
        """
        try:
            await bot.answer_callback_query(query_id, request_timeout=_SHORT)
        except AiogramError as fault:
            log.debug("tap not acknowledged", fault=type(fault).__name__)

    def _in_the_background(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._courtesies.add(task)
        task.add_done_callback(self._courtesies.discard)


async def _body(request: web.Request) -> bytes | None:
    """The body, or None if it is larger than any update."""
    if (request.content_length or 0) > MAX_UPDATE:
        return None
    body = bytearray()
    async for chunk in request.content.iter_chunked(64 * 1024):
        body += chunk
        if len(body) > MAX_UPDATE:
            return None
    return bytes(body)


def _is_update(given: Any) -> bool:
    return isinstance(given, dict) and type(given.get("update_id")) is int and 0 <= given["update_id"] < 2**63
