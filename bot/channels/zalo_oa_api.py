"""The calls of the Official Account API that we use, each with the account's token, which is renewed once when it is refused."""

from __future__ import annotations

from typing import Any

import httpx
import structlog

from bot.channels.certificates import trusted
from bot.channels.zalo_oa_faults import SET_UP, ZaloRefusal, ZaloTooFast, away, checked, seconds_to_wait
from bot.channels.zalo_oa_server import TOKEN_REFUSED, TOO_FAST, ZaloPatience, quiet_libraries
from bot.channels.zalo_oa_tokens import Tokens
from bot.settings import Settings

log = structlog.get_logger()
SEND = "/v3.0/oa/message/cs"
TEMPLATE = "/v3.0/oa/message/template"
TEMPLATE_BY_PHONE = "/message/template"
UPLOAD = "/v2.0/oa/upload/"
GET_OA = "/v2.0/oa/getoa"


def client(patience: ZaloPatience) -> httpx.AsyncClient:
    """An HTTP client with our patience."""
    quiet_libraries()
    timeout = httpx.Timeout(patience.read, connect=patience.connect, write=patience.write, pool=patience.connect)
    limits = httpx.Limits(max_connections=64)
    return httpx.AsyncClient(timeout=timeout, follow_redirects=False, limits=limits, verify=trusted())


class Api:
    """Each call gives the `data` of the answer. Raises ZaloRefusal, ZaloTooFast, ZaloAway, NoTokens."""

    def __init__(self, settings: Settings, tokens: Tokens, http: httpx.AsyncClient) -> None:
        self._base = settings.zalo_oa_api_base.rstrip("/")
        self._business = settings.zalo_business_api_base.rstrip("/")
        self._tokens = tokens
        self._http = http
        self._cried: set[int] = set()

    async def send(self, user_id: str, message: dict[str, Any]) -> Any:
        """A message to one person."""
        return await self._call(self._base + SEND, json={"recipient": {"user_id": user_id}, "message": message})

    async def send_template(self, user_id: str, template_id: str, data: dict[str, str]) -> Any:
        """A paid message from an approved template, which needs no window."""
        return await self._call(self._base + TEMPLATE, json={"user_id": user_id, "template_id": template_id, "template_data": data})

    async def send_template_by_phone(self, phone: str, template_id: str, data: dict[str, str], tracking_id: str) -> Any:
        """The same to a number (`84…`), of somebody who never wrote to the account."""
        body = {"phone": phone, "template_id": template_id, "template_data": data, "tracking_id": tracking_id}
        return await self._call(self._business + TEMPLATE_BY_PHONE, json=body)

    async def upload(self, kind: str, name: str, content: bytes, mime: str) -> str:
        """Keep a file with Zalo for 7 days. `kind` is `image`, `gif` or `file`; gives the id (or token) to send it by."""
        data = await self._call(f"{self._base}{UPLOAD}{kind}", files={"file": (name, content, mime)})
        return str(data["token" if kind == "file" else "attachment_id"])

    async def _call(self, url: str, **content: Any) -> Any:
        token = await self._tokens.access()
        try:
            data = await self._once(url, token, content)
        except ZaloRefusal as refusal:
            if refusal.code not in TOKEN_REFUSED:
                self._cry_out(refusal)
                raise
            data = await self._once(url, await self._tokens.renewed(token), content)
        self._cried.clear()
        return data

    async def _once(self, url: str, token: str, content: dict[str, Any]) -> Any:
        try:
            answer = await self._http.post(url, headers={"access_token": token}, **content)
        except (httpx.HTTPError, httpx.InvalidURL) as fault:
            raise away(fault) from None
        return data_of(answer)

    def _cry_out(self, refusal: ZaloRefusal) -> None:
        if refusal.code in SET_UP and refusal.code not in self._cried:
            log.error("Zalo refuses to send for this account: see `congvu doctor`", error=refusal.code, reason=SET_UP[refusal.code])
            self._cried.add(refusal.code)


def data_of(answer: httpx.Response) -> Any:
    """The `data` of an answer; application errors come with HTTP 200 and `error` other than 0."""
    body = checked(answer)
    code = body.get("error", 0)
    if str(code) == str(TOO_FAST):
        raise ZaloTooFast(seconds_to_wait(answer))
    if str(code) != "0":
        raise ZaloRefusal(int(code) if str(code).lstrip("-").isdecimal() else 0, str(body.get("message", "")))
    return body.get("data") or {}


async def get_account(http: httpx.AsyncClient, settings: Settings, access: str) -> dict[str, Any]:
    """The account's own card, asked with this very token. [?] Programs in use disagree on `oa_id` and `oaid`."""
    try:
        answer = await http.get(settings.zalo_oa_api_base.rstrip("/") + GET_OA, headers={"access_token": access})
    except (httpx.HTTPError, httpx.InvalidURL) as fault:
        raise away(fault) from None
    data = data_of(answer)
    return data if isinstance(data, dict) else {}
