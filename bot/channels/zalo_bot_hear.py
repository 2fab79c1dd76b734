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

from bot.channels.telegram_server import Patience
from bot.channels.zalo_bot_api import NAME, NOTHING_NEW, NoAnswer, Refusal, ServerFault, ZaloBotApi
from bot.channels.zalo_bot_files import Fetching
from bot.channels.zalo_bot_poll import Poller
from bot.channels.zalo_bot_trouble import Trouble
from bot.channels.zalo_bot_turns import Said, understand
from bot.settings import Settings
from talk.talk import Talk, without_words

log = structlog.get_logger()

PATH = "/zalo/bot"
HEADER = "X-Bot-Api-Secret-Token"
MAX_UPDATE = 1024 * 1024
"""Bytes of an update; Zalo's are a few thousand."""

_PROBES = (b"", b"{}")
"""[?] The address check posts nothing at all; `{}` is what an Official Account posts. Neither says anything, so neither needs the secret."""

IN_TIME = 1.6
"""[?] Seconds in which a webhook is answered: 2 s, as with an Official Account, less the road."""

_FAREWELL = 5.0
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
        self._in_time = IN_TIME
        self._trouble = Trouble(patience)
        self._poller = Poller(self._ask, self._take, patience)
        self._main: asyncio.Task[None] | None = None
        self._under_way: dict[tuple[str, str], asyncio.Task[None]] = {}
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
        """Begin to hear. Returns at once: Zalo may be away for now."""
        self._main = asyncio.create_task(self._run(), name=NAME)

    async def stop(self) -> None:
        """Hear no more, and finish what was heard."""
        if self._main is not None:
            self._main.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._main
        await self._poller.stop()
        if self._under_way:
            await asyncio.wait(self._under_way.values(), timeout=_FAREWELL)
        left = [*self._under_way.values(), *self._courtesies]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

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
        return web.Response(status=200 if said is None or await self._kept_in_time(said) else 503)

    async def _kept_in_time(self, said: Said) -> bool:
        """Whether it is kept by the time Zalo wants its answer. What takes longer, such as a large picture, goes on; the next delivery
        of the same update, half a minute later, finds it kept, or waits for the same work. So nothing is lost and nothing done twice."""
        task = self._under_way.get(said.key)
        if task is None:
            task = self._under_way[said.key] = asyncio.create_task(self._take(said))
            task.add_done_callback(lambda done: self._ended(said.key, done))
        await asyncio.wait({task}, timeout=self._in_time)
        return task.done() and not task.cancelled() and task.exception() is None

    def _ended(self, key: tuple[str, str], task: asyncio.Task[None]) -> None:
        del self._under_way[key]
        if not task.cancelled() and (fault := task.exception()):
            log.error("update not kept, it comes again", **without_words(fault))

    async def _take(self, said: Said) -> None:
        """Returns when it is kept, or was before; raises when the database is away."""
        async with self._talk.in_order(NAME, said.address):
            if said.file is not None:
                self._in_the_background(self._show_typing(said.address))
            turn = await self._fetching.complete(said)
            if turn is not None:
                await self._talk.hear(turn)

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
