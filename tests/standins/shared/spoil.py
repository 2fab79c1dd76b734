"""Carries a scripted fault out on one HTTP request."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from aiohttp import web

from .clock import Clock
from .faults import Fault, Kind
from .journal import Request

PAGE = "<html>\r\n<head><title>{0}</title></head>\r\n<body><center><h1>{0}</h1></center></body>\r\n</html>"
Body = Callable[[int, str], dict[str, Any]]


class Spoiler:
    """`before` answers in place of the server, `after` spoils the answer of what was done."""

    def __init__(self, clock: Clock) -> None:
        self.closing = asyncio.Event()
        self._clock = clock

    def before(self, http: web.Request, fault: Fault, entry: Request, body: Body) -> web.StreamResponse:
        """A fault before anything was done; `body` makes the JSON of an error answer."""
        entry.fault = fault.kind.value
        if fault.kind is Kind.DROP_BEFORE:
            hang_up(http)
            return web.Response()
        if fault.kind is Kind.ANSWER:
            entry.status, entry.error = 200, fault.code
            return web.json_response(body(fault.code, fault.words))
        entry.status = fault.code
        if fault.kind is Kind.TOO_MANY:
            headers = {"Retry-After": str(int(fault.seconds)), "X-RateLimit-Remain": "0"}
            entry.error = -32
            return web.json_response(body(-32, ""), status=429, headers=headers)
        if fault.kind is Kind.MOVED:
            return web.Response(status=302, headers={"Location": fault.words})
        return web.Response(status=fault.code, text=PAGE.format(fault.code), content_type="text/html")

    async def after(self, http: web.Request, fault: Fault, entry: Request) -> bool:
        """A fault after the request took effect. True if there is nobody to answer any more."""
        entry.fault = fault.kind.value
        if fault.kind is Kind.SLOW:
            await self._clock.sleep(fault.seconds)
            return False
        if fault.kind is Kind.HANG:
            await self.closing.wait()
        hang_up(http)
        return True


def hang_up(http: web.Request) -> None:
    """Break the connection."""
    if http.transport is not None:
        http.transport.abort()
