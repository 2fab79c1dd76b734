"""Fetches the files that people send on Zalo, each bounded in size and time; what cannot be fetched is told kindly, not waited for."""

from __future__ import annotations

import asyncio

import httpx
import structlog

from bot.channels.intake import keep_file, keep_whole_text
from bot.channels.zalo_oa_events import Said, Wanted
from bot.channels.zalo_oa_server import ZaloPatience
from office.files import MAX_FILE
from talk.talk import Talk
from talk.texts import say
from talk.turn import Attachment, Turn

log = structlog.get_logger()
_AT_ONCE = 4
"""Files fetched side by side: each may be 20 MB in memory."""

_TRIES = 3


class _TooBig(Exception):
    """The file is larger than we take."""


class Fetching:
    """Brings in what belongs to a turn but does not come with the event. The account's token never goes to where files lie."""

    def __init__(self, talk: Talk, http: httpx.AsyncClient, patience: ZaloPatience) -> None:
        self._talk = talk
        self._http = http
        self._patience = patience
        self._places = asyncio.Semaphore(_AT_ONCE)

    async def complete(self, said: Said) -> Turn:
        """The turn with its files kept, all within one patience. Raises only when the database is away."""
        if not said.files and not said.whole_text:
            return said.turn
        loop = asyncio.get_running_loop()
        until = loop.time() + self._patience.fetch
        kept = [*said.turn.attachments, *[await self._fetched(wanted, until) for wanted in said.files]]
        if said.whole_text:
            kept.append(await keep_whole_text(self._talk, say("zalo-whole-text-name"), said.whole_text))
        return said.turn.model_copy(update={"attachments": tuple(kept)})

    async def _fetched(self, wanted: Wanted, until: float) -> Attachment:
        try:
            async with self._places, asyncio.timeout_at(until):
                content = await self._content(wanted)
        except _TooBig:
            return Attachment(kind=wanted.kind, name=wanted.name, size=wanted.size, problem="too_big")
        except (TimeoutError, httpx.HTTPError, httpx.InvalidURL) as fault:
            log.warning("file not fetched", kind=wanted.kind, fault=type(fault).__name__)
            return Attachment(kind=wanted.kind, name=wanted.name, size=wanted.size, problem="not_fetched")
        return await keep_file(self._talk, wanted.kind, wanted.name, wanted.mime, content)

    async def _content(self, wanted: Wanted) -> bytes:
        if wanted.size > MAX_FILE:
            raise _TooBig
        for tries_left in reversed(range(_TRIES)):
            try:
                return await self._download(wanted.url)
            except httpx.HTTPError:
                if not tries_left:
                    raise
        raise AssertionError("the last try returns or raises")

    async def _download(self, url: str) -> bytes:
        content = bytearray()
        async with self._http.stream("GET", url, follow_redirects=True) as answer:
            answer.raise_for_status()
            async for chunk in answer.aiter_bytes():
                content += chunk
                if len(content) > MAX_FILE:
                    raise _TooBig
        return bytes(content)
