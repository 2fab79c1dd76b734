"""The server of consents and tokens: `/v4/oa/permission` for an operator's browser, `/v4/oa/access_token` for the program."""

from __future__ import annotations

import hmac
from urllib.parse import parse_qsl, urlencode, urlsplit

from aiohttp import web

from tests.standins.shared.faults import Faults
from tests.standins.shared.journal import Journal, Request
from tests.standins.shared.spoil import Spoiler

from .doubts import OAUTH_CODES
from .refused import OAuthRefused
from .tokens import TokenPair
from .world import World

FORM = "application/x-www-form-urlencoded"
WANTED = {
    "refresh_token": {"refresh_token", "app_id", "grant_type"},
    "authorization_code": {"code", "app_id", "grant_type", "code_verifier"},
}


class OAuthDesk:
    """The HTTP side."""

    def __init__(self, world: World, faults: Faults, journal: Journal, spoiler: Spoiler) -> None:
        self._world = world
        self._faults = faults
        self._journal = journal
        self._spoiler = spoiler

    def application(self) -> web.Application:
        """The two addresses."""
        app = web.Application()
        app.router.add_get("/v4/oa/permission", self._on_permission)
        app.router.add_post("/v4/oa/access_token", self._on_token)
        app.router.add_route("*", "/{rest:.*}", self._on_nothing)
        return app

    async def _on_permission(self, http: web.Request) -> web.StreamResponse:
        """The consent page. The operator agrees at once, unless a test says they decline."""
        entry = self._journal.begin("permission", self._world.clock.seconds())
        entry.params = dict(http.query)
        problem = self._problem(entry.params)
        if problem:
            self._journal.refuse(entry, 400, OAUTH_CODES["app"], problem, breach=True)
            return web.Response(status=400, text=f"<html><body>{problem}</body></html>", content_type="text/html")
        entry.status = 200
        if self._world.operator_declines:
            return web.Response(text="<html><body>Từ chối</body></html>", content_type="text/html")
        code = self._world.tokens.consent(entry.params["code_challenge"])
        answer = {"code": code, "oa_id": self._world.oa_id}
        if "state" in entry.params:
            answer["state"] = entry.params["state"]
        target = entry.params["redirect_uri"]
        raise web.HTTPFound(f"{target}{'&' if urlsplit(target).query else '?'}{urlencode(answer)}")

    def _problem(self, params: dict[str, str]) -> str:
        target = urlsplit(params.get("redirect_uri", ""))
        if params.get("app_id") != self._world.app_id:
            return "Invalid app_id"
        if target.scheme not in {"http", "https"} or not target.hostname:
            return "Invalid redirect_uri"
        if self._world.callbacks and params["redirect_uri"] not in self._world.callbacks:
            return "Invalid redirect_uri: not registered"
        if len(params.get("code_challenge", "")) != 43:
            return "Invalid code_challenge"
        unknown = set(params) - {"app_id", "redirect_uri", "code_challenge", "code_challenge_method", "state"}
        if unknown or params.get("code_challenge_method", "S256") != "S256":
            return f"Unknown parameters {sorted(unknown)}"
        return ""

    async def _on_token(self, http: web.Request) -> web.StreamResponse:
        entry = self._journal.begin("token", self._world.clock.seconds())
        try:
            fault = self._faults.take("token")
            if fault is not None and not fault.kind.after:
                return self._spoiler.before(http, fault, entry, lambda code, words: OAuthRefused(code, words or "Error").body())
            answer = self._granted(http, entry, await http.text()).body()
            if fault is not None and await self._spoiler.after(http, fault, entry):
                return web.Response()
            entry.status = 200
            return web.json_response(answer)
        except OAuthRefused as refused:
            self._journal.refuse(entry, 200, refused.code, refused.name, breach=refused.breach)
            return web.json_response(refused.body())
        finally:
            self._world.bell.ring()

    def _granted(self, http: web.Request, entry: Request, form: str) -> TokenPair:
        if http.content_type != FORM or http.query_string:
            raise OAuthRefused(OAUTH_CODES["grant"], f"Parameters must be sent as {FORM}", breach=True)
        params = dict(parse_qsl(form, keep_blank_values=True))
        entry.params = params
        if not hmac.compare_digest(http.headers.get("secret_key", "").encode(), self._world.secret_key.encode()):
            raise OAuthRefused(OAUTH_CODES["secret"], "Invalid secret key", breach=True)
        if params.get("app_id") != self._world.app_id:
            raise OAuthRefused(OAUTH_CODES["app"], "Invalid app_id", breach=True)
        wanted = WANTED.get(params.get("grant_type", ""))
        if wanted is None or set(params) != wanted:
            raise OAuthRefused(OAUTH_CODES["grant"], f"Invalid grant_type or parameters {sorted(params)}", breach=True)
        if "code" in params:
            return self._world.tokens.exchange(params["code"], params["code_verifier"])
        return self._world.tokens.refresh(params["refresh_token"])

    async def _on_nothing(self, http: web.Request) -> web.StreamResponse:
        self._journal.violations.append(f"oauth: there is no {http.method} {http.path}")
        return web.Response(status=404, text="Not Found")
