"""A bare client and a bare webhook for the stand-ins' own tests: requests as no program of ours would send them, answers on order."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import ClientSession, FormData, web

from tests.standins.shared.bell import Bell

from .account import ZaloOfficialAccount
from .tokens import TokenPair

VERIFIER = "v" * 64


@dataclass
class Heard:
    """One request that reached the bare webhook."""

    body: bytes
    headers: dict[str, str]

    @property
    def json(self) -> dict[str, Any]:
        """The body as JSON."""
        found = json.loads(self.body)
        return found if isinstance(found, dict) else {}


@dataclass
class Office:
    """A program's web server: answers what the test wants (200 unless told), and remembers what it was told."""

    told: list[Heard] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    pages: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    bell: Bell = field(default_factory=Bell)
    url: str = ""

    @classmethod
    @asynccontextmanager
    async def open(cls) -> AsyncIterator[Self]:
        """Listen on 127.0.0.1, on a free port."""
        self = cls()
        self.gate.set()
        app = web.Application()
        app.router.add_post("/hook", self._hear)
        app.router.add_get("/{path:.*}", self._page)
        runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            self.gate.set()
            await runner.cleanup()

    def names(self) -> list[str]:
        """The events so far, echoes left out."""
        return [str(heard.json.get("event_name")) for heard in self.told if "oa_send" not in str(heard.json.get("event_name"))]

    def texts(self) -> list[str]:
        """The words of the events so far that have some, echoes left out."""
        found = [heard.json for heard in self.told]
        return [event["message"]["text"] for event in found if str(event.get("event_name")) == "user_send_text"]

    async def _hear(self, request: web.Request) -> web.Response:
        self.told.append(Heard(await request.read(), dict(request.headers)))
        self.bell.ring()
        await self.gate.wait()
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    async def _page(self, request: web.Request) -> web.Response:
        kind, data = self.pages.get(request.path, ("", b""))
        return web.Response(status=200 if kind else 404, body=data, content_type=kind or "text/plain")


class Bare:
    """Sends what it is told with the newest access token and gives the JSON of the answer."""

    def __init__(self, zalo: ZaloOfficialAccount, session: ClientSession) -> None:
        self.zalo = zalo
        self.session = session
        self.pair: TokenPair | None = None
        self.headers: dict[str, str] = {}

    @classmethod
    @asynccontextmanager
    async def open(cls, zalo: ZaloOfficialAccount) -> AsyncIterator[Self]:
        """A client with a first pair of tokens."""
        async with ClientSession() as session:
            self = cls(zalo, session)
            self.pair = zalo.issues_tokens()
            yield self

    async def post(self, path: str, body: Any, *, token: str | None = None) -> dict[str, Any]:
        """POST of JSON."""
        access = token if token is not None else self.pair.access if self.pair else ""
        async with self.session.post(self.zalo.base_url + path, json=body, headers={"access_token": access}) as answer:
            assert answer.status == 200, await answer.text()
            self.headers = dict(answer.headers)
            found: dict[str, Any] = await answer.json()
            return found

    async def get(self, path: str, **params: str) -> dict[str, Any]:
        """GET with a query."""
        headers = {"access_token": self.pair.access if self.pair else ""}
        async with self.session.get(self.zalo.base_url + path, params=params, headers=headers) as answer:
            found: dict[str, Any] = await answer.json()
            return found

    async def send(self, user_id: str, message: dict[str, Any] | str, **more: Any) -> dict[str, Any]:
        """`message/cs`."""
        content = {"text": message} if isinstance(message, str) else message
        return await self.post("/v3.0/oa/message/cs", {"recipient": {"user_id": user_id}, "message": content}, **more)

    async def upload(self, kind: str, name: str, data: bytes, field: str = "file") -> dict[str, Any]:
        """`upload/{kind}`."""
        form = FormData()
        form.add_field(field, data, filename=name)
        headers = {"access_token": self.pair.access if self.pair else ""}
        async with self.session.post(f"{self.zalo.base_url}/v2.0/oa/upload/{kind}", data=form, headers=headers) as answer:
            found: dict[str, Any] = await answer.json()
            return found

    async def token(self, *, secret: str | None = None, **params: str) -> dict[str, Any]:
        """The token endpoint."""
        headers = {"secret_key": self.zalo.secret_key if secret is None else secret}
        fields = {"app_id": self.zalo.app_id, **params}
        async with self.session.post(f"{self.zalo.oauth_url}/v4/oa/access_token", data=fields, headers=headers) as answer:
            assert answer.status == 200
            found: dict[str, Any] = await answer.json()
            return found

    async def refresh(self, token: str) -> dict[str, Any]:
        """The next pair for a refresh token."""
        return await self.token(refresh_token=token, grant_type="refresh_token")


def with_buttons(*buttons: dict[str, Any], text: str = "Chọn", **more: Any) -> dict[str, Any]:
    """A message with buttons."""
    return {"text": text, "attachment": {"type": "template", "payload": {**more, "buttons": list(buttons)}}}


def a_button(title: str = "Tra cứu", payload: str = "#tracuu") -> dict[str, Any]:
    """A button that speaks."""
    return {"title": title, "type": "oa.query.show", "payload": payload}


def with_picture(**element: str) -> dict[str, Any]:
    """A message with a picture."""
    payload = {"template_type": "media", "elements": [{"media_type": "image", **element}]}
    return {"text": "Biểu đồ", "attachment": {"type": "template", "payload": payload}}
