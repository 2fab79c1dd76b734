"""Hears through the Official Account's webhook. 200 says that the message is kept; after anything else Zalo delivers it again."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

import httpx
import structlog
from aiohttp import web

from bot.channels.downloads import Downloads
from bot.channels.parking import Forget, Parking
from bot.channels.zalo_oa_consent import PATH as LOGIN_PATH
from bot.channels.zalo_oa_consent import ConsentPage
from bot.channels.zalo_oa_events import Left, Said, account_in, understand
from bot.channels.zalo_oa_fetch import Fetching
from bot.channels.zalo_oa_server import NAME, ZaloPatience, verifier_code
from bot.settings import Settings
from office import Session
from office.contacts import claim_update, find_contact, mark_gone
from office.records import Contact
from talk.talk import Talk, without_words

log = structlog.get_logger()

PATH = "/zalo/oa"
SIGNATURE, TIMESTAMP = "X-ZEvent-Signature", "X-ZEvent-Timestamp"
MAX_EVENT = 1024 * 1024
"""Bytes of an event; Zalo's are a few thousand."""


class ZaloOAHearing:
    """The hearing half of the channel."""

    def __init__(self, settings: Settings, talk: Talk, http: httpx.AsyncClient, downloads: Downloads, patience: ZaloPatience) -> None:
        assert settings.zalo_oa_secret is not None
        self._settings = settings
        self._talk = talk
        self._secret = settings.zalo_oa_secret.get_secret_value().strip()
        self._page = ConsentPage(settings, talk.database, http, talk.clock)
        self._fetching = Fetching(talk, downloads, patience)
        self._parking: Parking[Said | Left] = Parking(
            talk, NAME, _read_again, self._take, in_time=patience.answer, recover=patience.recover
        )
        self._warned = False

    def routes(self) -> list[web.RouteDef]:
        """Where Zalo delivers, where it looks for the domain's proof, and where an operator's consent ends."""
        return [
            web.post(PATH, self.receive),
            web.get(LOGIN_PATH, self._page.receive),
            web.get("/zalo_verifier{code}.html", self.prove_domain),
        ]

    async def start(self) -> None:
        """Take up what was confirmed but not heard before the last end."""
        await self._parking.start()

    async def stop(self) -> None:
        """Hear no more, and finish what was heard."""
        await self._parking.stop()

    async def drained(self) -> None:
        """Return when all that was confirmed has been heard in this process."""
        await self._parking.drained()

    async def prove_domain(self, request: web.Request) -> web.Response:
        """The file by which Zalo sees that the domain is ours. [?] Its content is undocumented: the tag of the file that the page hands out."""
        code = verifier_code(self._settings.zalo_verifier)
        if not code or not hmac.compare_digest(request.match_info["code"].encode(), code.encode()):
            raise web.HTTPNotFound
        tag = f'<meta property="zalo-platform-site-verification" content="{code}" />'
        return web.Response(text=f"<!doctype html><html><head>{tag}</head><body>{code}</body></html>", content_type="text/html")

    async def receive(self, request: web.Request) -> web.Response:
        """One event. It goes on being heard or kept even if Zalo stops waiting, so that its next try finds it done."""
        body = await _body(request)
        if body is None:
            return web.Response(status=413)
        if body.strip() in (b"", b"{}"):  # [?] the page's check of the address: unsigned, and it does nothing
            return web.Response()
        try:
            raw = json.loads(body)
        except (ValueError, RecursionError):
            return web.Response(status=400)
        if not isinstance(raw, dict):
            return web.Response(status=400)
        if not self._is_signed(request, body, raw):
            return web.Response(status=403)
        if self._is_for_another(raw):
            return web.Response()
        happened = understand(raw, body)
        if happened is None:
            return web.Response()
        try:
            await self._parking.hear(happened, raw)
        except Exception as fault:
            log.error("update not kept, it comes again", **without_words(fault))
            return web.Response(status=503)
        return web.Response()

    def _is_signed(self, request: web.Request, body: bytes, raw: dict[str, Any]) -> bool:
        """Plain SHA-256 over app id, raw body, timestamp and the webhook's key. [?] Whose timestamp: the body's or a header's, either counts."""
        given = request.headers.get(SIGNATURE, "").encode("utf-8", "surrogateescape")
        stamps = {str(raw.get("timestamp", "")), request.headers.get(TIMESTAMP, "")} - {""}
        known = [hmac.compare_digest(given, self._signature(body, stamp)) for stamp in sorted(stamps)]
        return any(known)

    def _signature(self, body: bytes, stamp: str) -> bytes:
        signed = hashlib.sha256((self._settings.zalo_app_id or "").encode() + body)
        signed.update(stamp.encode("utf-8", "surrogateescape") + self._secret.encode())
        return f"mac={signed.hexdigest()}".encode()

    def _is_for_another(self, raw: dict[str, Any]) -> bool:
        """An app may serve several accounts: what a person tells another one is not ours to hear."""
        wanted, told = self._settings.zalo_oa_id, account_in(raw)
        another = bool(wanted and told and told != wanted and str(raw.get("event_name")).startswith(("user_send_", "follow", "unfollow")))
        if another and not self._warned:
            log.error("Zalo tells of another Official Account than ZALO_OA_ID: its events are left alone; check the setting", account=told)
        self._warned = self._warned or another
        return another

    async def _take(self, happened: Said | Left, key: str, forget: Forget) -> None:
        """Returns when it is heard, or was before; raises when the database is away."""
        if isinstance(happened, Left):
            await self._note_gone(happened, key, forget)
            return
        turn = await self._fetching.complete(happened)

        async def beside(session: Session, _contact: Contact) -> None:
            await forget(session)

        await self._talk.hear(turn if turn.update_key == key else turn.model_copy(update={"update_key": key}), beside=beside)

    async def _note_gone(self, left: Left, key: str, forget: Forget) -> None:
        now = self._talk.clock()
        async with self._talk.database.transaction() as session:
            await forget(session)
            if await claim_update(session, NAME, key, now):
                contact = await find_contact(session, NAME, left.address)
                if contact is not None:
                    await mark_gone(session, contact.id, now)


def _read_again(raw: Any) -> Said | Left | None:
    """What an event that was kept tells."""
    return understand(raw, json.dumps(raw).encode()) if isinstance(raw, dict) else None


async def _body(request: web.Request) -> bytes | None:
    """The body, or None if it is larger than any event."""
    if (request.content_length or 0) > MAX_EVENT:
        return None
    body = bytearray()
    async for chunk in request.content.iter_chunked(64 * 1024):
        body += chunk
        if len(body) > MAX_EVENT:
            return None
    return bytes(body)
