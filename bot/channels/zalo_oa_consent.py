"""The consent by which an administrator of the Official Account lets this program speak for it (OAuth with PKCE): begun at the command line,
finished by the running program or with the address pasted back."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable
from datetime import datetime
from html import escape
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
import structlog
from aiohttp import web

from bot.channels.zalo_oa_faults import ZaloAway, ZaloTooFast
from bot.channels.zalo_oa_server import account_of
from bot.channels.zalo_oa_tokens import ask_for_tokens, read_tokens
from bot.settings import Settings
from office.database import Database
from office.token_pairs import begin_login, keep_pair, login_of
from talk.texts import say

log = structlog.get_logger()

PATH = "/zalo/login"
CONSENT = "/v4/oa/permission"


class ConsentRefused(Exception):
    """The consent is not finished. `why`: `state`, `declined`, `other` (account), `refused`, `away`."""

    def __init__(self, why: str, **arguments: str) -> None:
        super().__init__(why)
        self.why = why
        self.arguments = arguments

    @property
    def words(self) -> str:
        """For the operator."""
        return say(f"zalo-login-page-{self.why}", **self.arguments)


def callback_of(settings: Settings) -> str:
    """Where the consent page sends the operator: it must be entered on the developers' page, letter by letter."""
    base = settings.public_url or f"http://{settings.host}:{settings.port}"
    return base.rstrip("/") + PATH


async def begin(settings: Settings, database: Database, now: datetime) -> str:
    """The address that the operator opens; our half of the consent is kept for a quarter of an hour."""
    verifier, state = secrets.token_urlsafe(32), secrets.token_urlsafe(24)
    async with database.transaction() as session:
        await begin_login(session, account_of(settings), {"verifier": verifier, "state": state}, now)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    wanted = {"app_id": settings.zalo_app_id or "", "redirect_uri": callback_of(settings), "code_challenge": challenge, "state": state}
    return f"{settings.zalo_oauth_base.rstrip('/')}{CONSENT}?{urlencode(wanted)}"


async def finish(settings: Settings, database: Database, http: httpx.AsyncClient, query: dict[str, str], now: datetime) -> None:
    """Exchange the code for the first pair of tokens and keep it. Raises ConsentRefused."""
    async with database.reading() as session:
        ours = await login_of(session, account_of(settings), now)
    if ours is None or not hmac.compare_digest(query.get("state", "").encode(), ours["state"].encode()):
        raise ConsentRefused("state")
    if not query.get("code"):
        raise ConsentRefused("declined")
    other = query.get("oa_id", "")
    if settings.zalo_oa_id and other and other != settings.zalo_oa_id:
        raise ConsentRefused("other", id=other[:40])
    form = {
        "code": query["code"],
        "app_id": settings.zalo_app_id or "",
        "grant_type": "authorization_code",
        "code_verifier": ours["verifier"],
    }
    try:
        answer = await ask_for_tokens(http, settings, form)
    except (ZaloAway, ZaloTooFast) as fault:
        raise ConsentRefused("away") from fault
    if not answer.get("access_token") or not answer.get("refresh_token"):
        log.error("zalo refuses the consent's code", error=answer.get("error"), reason=str(answer.get("error_name"))[:80])
        raise ConsentRefused("refused")
    access, refresh, expires_at = read_tokens(answer, now)
    async with database.transaction() as session:
        await keep_pair(session, account_of(settings), access, refresh, expires_at, now)
    log.info("zalo account connected")


def query_of(address: str) -> dict[str, str]:
    """What stands behind the question mark of a pasted address."""
    return dict(parse_qsl(urlsplit(address.strip()).query))


class ConsentPage:
    """Where the operator's browser arrives."""

    def __init__(self, settings: Settings, database: Database, http: httpx.AsyncClient, clock: Callable[[], datetime]) -> None:
        self._settings = settings
        self._database = database
        self._http = http
        self._clock = clock

    async def receive(self, request: web.Request) -> web.Response:
        """Finish the consent and say so."""
        try:
            await finish(self._settings, self._database, self._http, dict(request.query), self._clock())
        except ConsentRefused as refused:
            return _page(refused.words, 400)
        return _page(say("zalo-login-page-done"), 200)


def _page(words: str, status: int) -> web.Response:
    title = escape(say("zalo-login-page-title"))
    text = f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>{title}</title><h1>{title}</h1><p>{escape(words)}</p></html>'
    return web.Response(text=text, status=status, content_type="text/html", headers={"Cache-Control": "no-store"})
