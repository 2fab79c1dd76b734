"""Fetches the pictures and voices that people send to the Zalo bot, bounded in size and time; what cannot be fetched is told kindly."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import httpx
import structlog

from bot.channels.certificates import trusted
from bot.channels.intake import keep_file, keep_whole_text
from bot.channels.telegram_server import Patience
from bot.channels.zalo_bot_api import NAME
from bot.channels.zalo_bot_turns import Said, Wanted
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


class NotThere(Exception):
    """The address is none that we may fetch from, or nothing is served there."""


class Fetching:
    """Brings in what belongs to a turn but does not come with the update.

    [?] Where Zalo keeps files is unsaid, so no list of hosts is asked for; but only https, no address inside a network, and no other
    address that a server sends us on to. `inside`: addresses on this machine and plain HTTP are allowed, as another API server needs.
    """

    def __init__(self, client: httpx.AsyncClient, talk: Talk, seconds: float, *, inside: bool = False) -> None:
        self._client = client
        self._talk = talk
        self._seconds = seconds
        self._inside = inside
        self._places = asyncio.Semaphore(_AT_ONCE)

    @classmethod
    @asynccontextmanager
    async def open(cls, talk: Talk, patience: Patience, api_base: str) -> AsyncIterator[Fetching]:
        """A client of its own: downloads carry no token and must not take the places of requests."""
        waits = httpx.Timeout(patience.read, connect=patience.connect)
        async with httpx.AsyncClient(timeout=waits, follow_redirects=False, verify=trusted()) as client:
            yield cls(client, talk, patience.fetch, inside=not _is_public(api_base))

    async def complete(self, said: Said) -> Turn | None:
        """The turn with its file kept; None if it was handled before. Raises only when the database is away."""
        if said.file is None and not said.whole_text:
            return said.turn
        database = self._talk.database
        async with database.reading() as session:
            if await was_heard(session, NAME, said.turn.update_key):
                return None
        kept = [*said.turn.attachments, *([await self._fetched(said.file)] if said.file else [])]
        if said.whole_text:
            kept.append(await keep_whole_text(self._talk, say("zalo_bot-whole-text-name"), said.whole_text))
        return said.turn.model_copy(update={"attachments": tuple(kept)})

    async def _fetched(self, wanted: Wanted) -> Attachment:
        try:
            async with self._places, asyncio.timeout(self._seconds):
                content = await self._content(wanted.url)
        except TooBig:
            return Attachment(kind=wanted.kind, name=wanted.name, problem="too_big")
        except (TimeoutError, NotThere, httpx.HTTPError, httpx.InvalidURL) as fault:
            log.warning("file not fetched", kind=wanted.kind, fault=type(fault).__name__)
            return Attachment(kind=wanted.kind, name=wanted.name, problem="not_fetched")
        return await keep_file(self._talk, wanted.kind, wanted.name, wanted.mime, content)

    async def _content(self, url: str) -> bytes:
        if not self._inside and not _is_public(url):
            raise NotThere
        for tries_left in reversed(range(_TRIES)):
            try:
                return await self._download(url)
            except httpx.HTTPError:
                if not tries_left:
                    raise
        raise AssertionError("the last try returns or raises")

    async def _download(self, url: str) -> bytes:
        content = bytearray()
        async with self._client.stream("GET", url) as answer:
            if answer.status_code >= 500:
                answer.raise_for_status()
            if answer.status_code != 200:
                raise NotThere
            if int(answer.headers.get("Content-Length") or 0) > MAX_FILE:
                raise TooBig
            async for chunk in answer.aiter_bytes(64 * 1024):
                content += chunk
                if len(content) > MAX_FILE:
                    raise TooBig
        return bytes(content)


def _is_public(url: str) -> bool:
    """Whether the address is https and not, by its own words, one of a network's inside."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme != "https" or "." not in host or host.endswith((".localhost", ".local", ".internal")):
        return False
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return True
