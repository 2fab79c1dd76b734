"""The server of the API: faults, token, rate, call, in this order; errors come with HTTP 200, limits in headers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from tests.standins.shared.faults import Fault, Faults
from tests.standins.shared.journal import Journal, Request
from tests.standins.shared.spoil import Spoiler

from .calls import ROUTES, Call, Calls
from .refused import Refused
from .world import World

BIGGEST_BODY = 64 * 1024 * 1024  # the limits of Zalo are checked on each file, so that the refusal is in its words
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Desk:
    """The HTTP side of the stand-in."""

    def __init__(self, world: World, faults: Faults, journal: Journal, spoiler: Spoiler) -> None:
        self._world = world
        self._faults = faults
        self._journal = journal
        self._spoiler = spoiler
        self._calls = Calls(world)

    def application(self) -> web.Application:
        """All addresses of the API, and the files that people have sent."""
        app = web.Application(client_max_size=BIGGEST_BODY)
        for verb, path, name, call in ROUTES:
            app.router.add_route(verb, path, self._handler(name, call))
        app.router.add_get("/files/{path:.+}", self._on_file)
        app.router.add_route("*", "/{rest:.*}", self._on_nothing)
        return app

    def _handler(self, name: str, call: Call) -> Handler:
        async def handle(http: web.Request) -> web.StreamResponse:
            entry = self._journal.begin(name, self._world.clock.seconds())
            try:
                return await self._served(http, entry, call)
            except Refused as refused:
                self._journal.refuse(entry, 200, refused.code, refused.reason, breach=refused.breach)
                return self._answer(refused.body())
            except (AssertionError, LookupError, TypeError, ValueError) as error:
                self._journal.violations.append(f"{name}: the stand-in itself failed: {error!r}")
                raise
            finally:
                self._world.bell.ring()

        return handle

    async def _served(self, http: web.Request, entry: Request, call: Call) -> web.StreamResponse:
        fault = self._faults.take(entry.call, await _recipient(http))
        if fault is not None and not fault.kind.after:
            return self._spoiled(http, fault, entry)
        self._check_token(http)
        self._world.rates.admit()
        data = await call(self._calls, http, entry)
        if fault is not None and await self._spoiler.after(http, fault, entry):
            return web.Response()
        entry.status = 200
        return self._answer({"data": data, "error": 0, "message": "Success"})

    def _check_token(self, http: web.Request) -> None:
        """A bare header; a token elsewhere counts for nothing."""
        tokens = http.headers.getall("access_token", [])
        if len(tokens) != 1 or "access_token" in http.query:
            raise Refused(-216, "the header access_token is missing", breach=True)
        self._world.tokens.check(tokens[0])

    def _spoiled(self, http: web.Request, fault: Fault, entry: Request) -> web.StreamResponse:
        answer = self._spoiler.before(http, fault, entry, lambda code, words: Refused(code, words).body())
        for name, value in self._world.rates.headers().items():
            answer.headers.setdefault(name, value)
        return answer

    def _answer(self, body: dict[str, Any]) -> web.Response:
        return web.json_response(body, headers=self._world.rates.headers())

    async def _on_file(self, http: web.Request) -> web.StreamResponse:
        entry = self._journal.begin("file", self._world.clock.seconds())
        entry.params = {"path": http.match_info["path"]}
        fault = self._faults.take("file")
        if fault is not None and not fault.kind.after:
            return self._spoiled(http, fault, entry)
        if fault is not None and await self._spoiler.after(http, fault, entry):
            return web.Response()
        data = self._world.files.get(http.match_info["path"])
        entry.status = 404 if data is None else 200
        return web.Response(status=entry.status, body=data or b"", content_type="application/octet-stream")

    async def _on_nothing(self, http: web.Request) -> web.StreamResponse:
        self._journal.violations.append(f"there is no {http.method} {http.path}")
        return web.Response(status=404, text="Not Found")


async def _recipient(http: web.Request) -> str | None:
    """Whom a request is for, as far as can be told without judging it: for faults that concern one person."""
    if http.content_type != "application/json":
        return None
    try:
        body = await http.json()
        found = body.get("user_id") or body.get("recipient", {}).get("user_id")
    except (ValueError, AttributeError):
        return None
    return found if isinstance(found, str) else None
