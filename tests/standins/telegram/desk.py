"""Takes requests in over HTTP and answers them: token, method, contract, faults, handler, journal, in this order."""

from __future__ import annotations

import asyncio

from aiohttp import web

from tests.standins.shared.spoil import hang_up

from .contract import MODELS, Call, understand
from .faults import Fault, Faults, Kind
from .journal import Journal, Request
from .methods import HANDLERS
from .refused import Refused, flood
from .wire import read_call
from .world import World

BIGGEST_BODY = 1_000_000_000  # the limits of Telegram are checked on each file, so that the refusal is in its words
PAGE = "<html>\r\n<head><title>{0}</title></head>\r\n<body><center><h1>{0}</h1></center><hr><center>nginx</center></body>\r\n</html>"
REASONS = {
    500: "500 Internal Server Error",
    502: "502 Bad Gateway",
    503: "503 Service Temporarily Unavailable",
    504: "504 Gateway Time-out",
}


class Desk:
    """The HTTP side of the stand-in."""

    def __init__(self, world: World, token: str, faults: Faults, journal: Journal) -> None:
        self._world = world
        self._token = token
        self._faults = faults
        self._journal = journal
        self._closing = asyncio.Event()

    def application(self) -> web.Application:
        """The two addresses of the Bot API."""
        app = web.Application(client_max_size=BIGGEST_BODY)
        app.router.add_route("*", "/bot{token:[^/]+}/{method:.*}", self._on_method)
        app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", self._on_file)
        app.router.add_route("*", "/{rest:.*}", self._on_nothing)
        return app

    def close(self) -> None:
        """Let go of everyone who waits."""
        self._closing.set()
        self._world.polling.closing = True
        self._world.bell.ring()

    async def _on_method(self, http: web.Request) -> web.StreamResponse:
        entry = self._journal.begin(http.match_info["method"], self._world.clock.seconds())
        try:
            call = await self._understood(http, entry)
            return await self._served(http, call, entry)
        except Refused as refused:
            self._journal.refuse(entry, refused)
            headers = {"Retry-After": str(refused.retry_after)} if refused.retry_after is not None else {}
            return web.json_response(refused.body(), status=refused.status, headers=headers)
        except (AssertionError, LookupError, TypeError, ValueError) as error:
            self._journal.violations.append(f"{entry.method}: the stand-in itself failed: {error!r}")
            raise
        finally:
            self._world.bell.ring()

    async def _understood(self, http: web.Request, entry: Request) -> Call:
        self._check_token(http.match_info["token"])
        model = MODELS.get(entry.method.lower())
        if model is None:
            raise Refused(404, "Not Found: method not found", breach=True)
        entry.method = model.__api_method__
        if entry.method.lower() not in HANDLERS:
            raise Refused(404, "Not Found: method not found (the stand-in does not have it)", breach=True)
        raw = await read_call(http)
        entry.params, entry.files = raw.params, {name: len(upload.data) for name, upload in raw.files.items()}
        call = understand(model, raw)
        entry.params = call.params
        return call

    async def _served(self, http: web.Request, call: Call, entry: Request) -> web.StreamResponse:
        fault = self._faults.take(entry.method, call.chat_id)
        if fault is not None:
            entry.fault = fault.kind.value
            if not fault.kind.after:
                return self._spoiled(http, fault, entry)
        result = await HANDLERS[entry.method.lower()](self._world, call)
        if fault is not None and await self._delayed(http, fault):
            return web.Response()
        entry.status = 200
        return web.json_response({"ok": True, "result": result})

    def _spoiled(self, http: web.Request, fault: Fault, entry: Request) -> web.StreamResponse:
        """A fault before anything was done."""
        if fault.kind is Kind.TOO_MANY:
            if entry.method.startswith("send"):
                self._world.gate.ban(fault.retry_after, fault.chat_id)
            raise flood(fault.retry_after)
        if fault.kind is Kind.FORBIDDEN:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        if fault.kind is Kind.SERVER_ERROR:
            entry.status = fault.status
            return web.Response(status=fault.status, text=PAGE.format(REASONS[fault.status]), content_type="text/html")
        hang_up(http)
        return web.Response()

    async def _delayed(self, http: web.Request, fault: Fault) -> bool:
        """A fault after the request took effect. True if there is nobody to answer any more."""
        if fault.kind is Kind.SLOW:
            await self._world.clock.sleep(fault.seconds)
            return False
        if fault.kind is Kind.HANG:
            await self._closing.wait()
        hang_up(http)
        return True

    async def _on_file(self, http: web.Request) -> web.StreamResponse:
        entry = self._journal.begin("file", self._world.clock.seconds())
        entry.params = {"path": http.match_info["path"]}
        try:
            self._check_token(http.match_info["token"])
            data = self._world.files.download(http.match_info["path"])
            if data is None:
                raise Refused(404, "Not Found")
            return await self._served_file(http, data, entry)
        except Refused as refused:
            self._journal.refuse(entry, refused)
            return web.json_response(refused.body(), status=refused.status)
        finally:
            self._world.bell.ring()

    async def _served_file(self, http: web.Request, data: bytes, entry: Request) -> web.StreamResponse:
        fault = self._faults.take("file", None)
        if fault is not None:
            entry.fault = fault.kind.value
            if not fault.kind.after:
                return self._spoiled(http, fault, entry)
            if await self._delayed(http, fault):
                return web.Response()
        entry.status = 200
        return web.Response(body=data, content_type="application/octet-stream")

    async def _on_nothing(self, http: web.Request) -> web.StreamResponse:
        return web.json_response(Refused(404, "Not Found").body(), status=404)

    def _check_token(self, token: str) -> None:
        """A token of the wrong form is no address at all; one of the right form that is nobody's is unauthorized."""
        number, _, secret = token.partition(":")
        if not number.isdecimal() or not secret:
            raise Refused(404, "Not Found")
        if token != self._token:
            raise Refused(401, "Unauthorized")
