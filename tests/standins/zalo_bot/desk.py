"""The server of the Bot API: token in the path, faults, method, envelope, in this order."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from tests.standins.shared.faults import Fault, Faults
from tests.standins.shared.journal import Journal, Request
from tests.standins.shared.spoil import Spoiler

from .doubts import METHOD_UNKNOWN
from .methods import METHODS, Methods
from .params import read_params
from .refused import Refused, breach
from .world import World


class Desk:
    """The HTTP side of the stand-in."""

    def __init__(self, world: World, faults: Faults, journal: Journal, spoiler: Spoiler) -> None:
        self._world = world
        self._faults = faults
        self._journal = journal
        self._spoiler = spoiler
        self.methods = Methods(world)

    def application(self) -> web.Application:
        """The methods, and the files that people have sent."""
        app = web.Application()
        app.router.add_route("*", "/bot{token:[^/]+}/{method:[^/]*}", self._on_method)
        app.router.add_get("/files/{path:.+}", self._on_file)
        return app

    async def _on_method(self, http: web.Request) -> web.StreamResponse:
        entry = self._journal.begin(http.match_info["method"], self._world.clock.seconds())
        try:
            return await self._served(http, entry)
        except Refused as refused:
            status = refused.code if self._world.doubts.errors_as_http else 200
            self._journal.refuse(entry, status, refused.code, refused.description, breach=refused.breach)
            return web.json_response(refused.body(), status=status)
        except (AssertionError, LookupError, TypeError, ValueError) as error:
            self._journal.violations.append(f"{entry.call}: the stand-in itself failed: {error!r}")
            raise
        finally:
            self._world.bell.ring()

    async def _served(self, http: web.Request, entry: Request) -> web.StreamResponse:
        if http.match_info["token"] != self._world.token:
            raise Refused(401, "Unauthorized")
        method = METHODS.get(entry.call)
        if method is None:
            raise breach(f"method {entry.call!r} is not there", METHOD_UNKNOWN)
        entry.params = await read_params(http)
        chat = entry.params.get("chat_id")
        entry.to = chat if isinstance(chat, str) else None
        fault = self._faults.take(entry.call, entry.to)
        if fault is not None and not fault.kind.after:
            return self._spoiler.before(http, fault, entry, lambda code, words: Refused(abs(code), words or "Error").body())
        result = await method(self.methods, entry.params)
        if fault is not None and await self._spoiled(http, fault, entry, result):
            return web.Response()
        entry.status = 200
        return web.json_response({"ok": True} if result is None else {"ok": True, "result": result})

    async def _spoiled(self, http: web.Request, fault: Fault, entry: Request, result: Any) -> bool:
        gone = await self._spoiler.after(http, fault, entry)
        if gone and entry.call == "getUpdates" and not self._world.doubts.lost_answer_loses_update:
            for update in self._world.updates.all:
                if update.content is result:
                    self._world.updates.put_back(update)
        return gone

    async def _on_file(self, http: web.Request) -> web.StreamResponse:
        entry = self._journal.begin("file", self._world.clock.seconds())
        entry.params = {"path": http.match_info["path"]}
        fault = self._faults.take("file")
        self._world.bell.ring()
        if fault is not None and not fault.kind.after:
            return self._spoiler.before(http, fault, entry, lambda code, words: Refused(abs(code), words or "Error").body())
        if fault is not None and await self._spoiler.after(http, fault, entry):
            return web.Response()
        data = self._world.files.get(http.match_info["path"])
        entry.status = 404 if data is None else 200
        return web.Response(status=entry.status, body=data or b"", content_type="application/octet-stream")
