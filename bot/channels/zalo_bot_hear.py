"""Hears on Zalo Bot, by webhook when the world can reach us and by polling otherwise. By webhook 200 says that an update is kept."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import httpx
import structlog
from aiohttp import web

from bot.channels.parking import Forget, Parking
from bot.channels.telegram_server import Patience
from bot.channels.zalo_bot_api import NAME, NOTHING_NEW, NoAnswer, Refusal, ServerFault, ZaloBotApi
from bot.channels.zalo_bot_files import Fetching
from bot.channels.zalo_bot_poll import Poller
from bot.channels.zalo_bot_trouble import Trouble
from bot.channels.zalo_bot_turns import Said, understand
from bot.settings import Settings
from office import Session
from office.records import Contact
from talk.talk import Talk, without_words

log = structlog.get_logger()

PATH = "/zalo/bot"
HEADER = "X-Bot-Api-Secret-Token"
MAX_UPDATE = 1024 * 1024
"""Bytes of an update; Zalo's are a few thousand."""

_PROBES = (b"", b"{}")
"""[?] The address check posts nothing at all; `{}` is what an Official Account posts. Neither says anything, so neither needs the secret."""

_SHORT = 5.0
"""Seconds for a request that nobody waits for."""


class ZaloBotHearing:
    """The hearing half of the channel."""

    def __init__(self, api: ZaloBotApi, fetching: Fetching, talk: Talk, secret: str, public_url: str | None, patience: Patience) -> None:
        self._api = api
        self._fetching = fetching
        self._talk = talk
        self._secret = secret
        self._public_url = public_url and public_url.rstrip("/")
        self._patience = patience
        self._parking: Parking[Said] = Parking(talk, NAME, self._read_again, self._take)
        self._trouble = Trouble(patience)
        self._poller = Poller(self._ask, self._hear, patience)
        self._main: asyncio.Task[None] | None = None
        self._courtesies: set[asyncio.Task[None]] = set()

    @classmethod
    @asynccontextmanager
    async def open(cls, settings: Settings, talk: Talk, *, patience: Patience | None = None) -> AsyncIterator[ZaloBotHearing]:
        """Ears for the token in the settings; they hear once started. The webhook's secret is derived from the office's key."""
        patience = patience or Patience()
        secret = talk.database.vault.tag(NAME, "webhook")
        async with ZaloBotApi.open(settings, patience) as api, Fetching.open(talk, patience, settings.zalo_bot_api_base) as fetching:
            yield cls(api, fetching, talk, secret, settings.public_url, patience)

    def routes(self) -> list[web.RouteDef]:
        """Where Zalo delivers, when it can reach us."""
        return [web.post(PATH, self.receive)] if self._public_url else []

    async def start(self) -> None:
        """Begin to hear, first what was confirmed but not heard before the last end. Does not wait for Zalo, who may be away for now."""
        await self._parking.start()
        self._main = asyncio.create_task(self._run(), name=NAME)

    async def stop(self) -> None:
        """Hear no more, and finish what was heard."""
        if self._main is not None:
            self._main.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._main
        await self._poller.stop()
        await self._parking.stop()
        for task in self._courtesies:
            task.cancel()
        await asyncio.gather(*self._courtesies, return_exceptions=True)

    async def drained(self) -> None:
        """Return when all that was confirmed has been heard in this process."""
        await self._parking.drained()

    async def _run(self) -> None:
        while True:
            try:
                await self._connect()
                break
            except Exception as fault:  # Zalo or the road to it may be away; the program runs on without it
                await asyncio.sleep(self._trouble.pause_after(fault))
        self._trouble.over()
        if not self._public_url:
            await self._poller.run()

    async def _connect(self) -> None:
        me = await self._api.ask("getMe")
        if self._public_url:
            await self._api.ask("setWebhook", url=self._public_url + PATH, secret_token=self._secret)
        else:
            await self._api.ask("deleteWebhook")  # nothing is told to a poller while a webhook is set
        name = me.get("account_name") if isinstance(me, dict) else None
        log.info("zalo bot hears", by="webhook" if self._public_url else "polling", bot=name)

    @property
    def _web_chat(self) -> str | None:
        return f"{self._public_url}/chat" if self._public_url else None

    async def _ask(self) -> Said | None:
        """The next update that is for us, if there is one."""
        try:
            told = await self._api.ask("getUpdates", read=self._patience.poll + self._patience.read, timeout=str(self._patience.poll))
        except Refusal as refusal:
            if refusal.code == NOTHING_NEW:
                return None
            raise
        return understand(told, self._web_chat) if told else None

    async def receive(self, request: web.Request) -> web.Response:
        """One update by webhook. 200 says that it is kept; after anything else Zalo delivers it again."""
        given = request.headers.get(HEADER, "").encode("utf-8", "surrogateescape")
        from_zalo = hmac.compare_digest(given, self._secret.encode())
        body = await _body(request, MAX_UPDATE if from_zalo else 2)
        if body is not None and body.strip() in _PROBES:
            return web.Response()
        if not from_zalo:
            return web.Response(status=403)
        if body is None:
            return web.Response(status=413)
        try:
            told = json.loads(body)
        except (ValueError, RecursionError):
            return web.Response(status=400)
        if not isinstance(told, dict):
            return web.Response(status=400)
        said = understand(told, self._web_chat)
        try:
            if said is not None:
                await self._hear(said)
        except Exception as fault:
            log.error("update not kept, it comes again", **without_words(fault))
            return web.Response(status=503)
        return web.Response()

    async def _hear(self, said: Said) -> None:
        """Returns when it is heard, or kept and will be heard. Raises when the database is away."""
        await self._parking.hear(said, said.raw)

    def _read_again(self, raw: Any) -> Said | None:
        """What an update that was kept tells."""
        return understand(raw, self._web_chat)

    async def _take(self, said: Said, _key: str, forget: Forget) -> None:
        """Returns when it is heard, or was before; raises when the database is away."""
        if said.file is not None:
            self._in_the_background(self._show_typing(said.address))
        turn = await self._fetching.complete(said)
        if turn is None:
            return

        async def beside(session: Session, _contact: Contact) -> None:
            await forget(session)

        await self._talk.hear(turn, beside=beside)

    async def _show_typing(self, address: str) -> None:
        """While a file is fetched the person sees that somebody is at work. Words are answered faster than this could be shown."""
        try:
            await self._api.ask("sendChatAction", read=_SHORT, chat_id=address, action="typing")
        except (Refusal, ServerFault, NoAnswer, httpx.HTTPError) as fault:
            log.debug("typing not shown", fault=type(fault).__name__)

    def _in_the_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._courtesies.add(task)
        task.add_done_callback(self._courtesies.discard)


async def _body(request: web.Request, most: int) -> bytes | None:
    """The body, or None if it has more than `most` bytes."""
    if (request.content_length or 0) > most:
        return None
    body = bytearray()
    async for chunk in request.content.iter_chunked(64 * 1024):
        body += chunk
        if len(body) > most:
            return None
    return bytes(body)
