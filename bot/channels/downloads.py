"""Fetches the files that people send on Zalo, whichever way: bounded in size, tried again, and never from inside the network."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from urllib.request import getproxies, proxy_bypass

import httpx

from bot.channels.addresses import IPAddress, as_number, is_public, leads_out, numbers_of, origin_of
from bot.channels.certificates import trusted
from office.files import MAX_FILE

_AT_ONCE = 4
"""Files fetched side by side: each may be 20 MB in memory."""

_TRIES = 3
_MOST_MOVES = 3
"""So often a server may send us on to another address."""


class TooBig(Exception):
    """The file is larger than we take."""


class NotThere(Exception):
    """The address is none that we may fetch from, or nothing is served there."""


NOT_FETCHED = (TimeoutError, NotThere, httpx.HTTPError, httpx.InvalidURL, ValueError)
"""What a file that cannot be had ends with, besides TooBig; the person is told so. ValueError: an address that whoever connects cannot read."""


class Downloads:
    """A client of its own: downloads carry no token and must not take the places of requests.

    [?] Where Zalo keeps files is unsaid, so no list of hosts is asked for; but only https, and no address inside a network, be it told, meant by
    a name, or one that a server sends us on to. A name is asked for once: the connection goes to the very IP address that was looked at.
    `own` is the server of the API, where the settings name one inside: it may hold files, too, and no other beside it.
    """

    def __init__(
        self, client: httpx.AsyncClient, own: str, *, numbers: Callable[[str, int], Awaitable[list[IPAddress]]] = numbers_of
    ) -> None:
        self.client = client
        api = httpx.URL(own)
        self._own = None if is_public(api) else origin_of(api)
        self._numbers = numbers
        self._places = asyncio.Semaphore(_AT_ONCE)

    @classmethod
    @asynccontextmanager
    async def open(cls, own: str, *, read: float, connect: float) -> AsyncIterator[Downloads]:
        """With patience in seconds."""
        waits = httpx.Timeout(read, connect=connect)
        async with httpx.AsyncClient(timeout=waits, follow_redirects=False, verify=trusted()) as client:
            yield cls(client, own)

    async def content(self, url: str, seconds: float, *, until: float = math.inf) -> bytes:
        """The file, if it comes within so many seconds and before that moment of the loop's clock. Raises TooBig, or one of NOT_FETCHED."""
        async with self._places, asyncio.timeout_at(min(until, asyncio.get_running_loop().time() + seconds)):
            for number in range(_TRIES):
                try:
                    return await self._followed(url, number)
                except httpx.HTTPError:
                    if number == _TRIES - 1:
                        raise
        raise AssertionError("the last try returns or raises")

    async def _followed(self, url: str, number: int) -> bytes:
        address = httpx.URL(url)  # what is looked at must be read as the client reads it: readers of addresses differ
        for _ in range(_MOST_MOVES + 1):
            request = await self._request(address, number)
            answer = await self.client.send(request, stream=True)
            try:
                if not answer.has_redirect_location:
                    return await _read(answer)
                address = address.join(answer.headers["Location"])
            finally:
                await answer.aclose()
        raise NotThere

    async def _request(self, address: httpx.URL, number: int) -> httpx.Request:
        """A request that can only go out of the network, or to our own server. `number` of the try: a name may mean several addresses."""
        if origin_of(address) == self._own:
            return self.client.build_request("GET", address)
        if not is_public(address):
            raise NotThere
        if as_number(address.host) is not None or _goes_through_a_proxy(address.host):  # which looks names up itself
            return self.client.build_request("GET", address)
        meant = await self._meant(address)
        there = address.copy_with(host=str(meant[number % len(meant)]))
        # two names may mean one IP address: a connection of one must not serve the other
        headers = {"Host": address.netloc.decode("ascii"), "Connection": "close"}
        return self.client.build_request("GET", there, headers=headers, extensions={"sni_hostname": address.raw_host.decode("ascii")})

    async def _meant(self, address: httpx.URL) -> list[IPAddress]:
        try:
            meant = await self._numbers(address.raw_host.decode("ascii"), address.port or 443)
        except (OSError, UnicodeError) as fault:
            raise httpx.ConnectError("no such name") from fault
        if not meant or not all(leads_out(each) for each in meant):
            raise NotThere
        return meant


def _goes_through_a_proxy(host: str) -> bool:
    proxies = getproxies()
    return bool(proxies.get("https") or proxies.get("all")) and not proxy_bypass(host)


async def _read(answer: httpx.Response) -> bytes:
    if answer.status_code >= 500:
        answer.raise_for_status()
    if answer.status_code != 200:
        raise NotThere
    if int(answer.headers.get("Content-Length") or 0) > MAX_FILE:
        raise TooBig
    content = bytearray()
    async for chunk in answer.aiter_bytes(64 * 1024):
        content += chunk
        if len(content) > MAX_FILE:
            raise TooBig
    return bytes(content)
