"""Asks the Zalo Bot Platform: one request, and its answer or the fault that tells what went wrong. The token is known here alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from bot.channels.certificates import trusted
from bot.channels.telegram_server import Patience, quiet_libraries
from bot.settings import Settings

NAME = "zalo_bot"
NOTHING_NEW = 408
"""The error of a poll that saw nothing."""

_TOO_MANY = 429
"""[?] As a status it goes before the body, whose number for it may be another (an Official Account says -32)."""

_MOST_CONNECTIONS = 40


class Refusal(Exception):
    """The platform understood and said no. `code` and `words` are its own; `pause` are seconds it asks us to wait, if it says."""

    def __init__(self, code: int, words: str, pause: float | None = None) -> None:
        super().__init__(f"{code} {words}")
        self.code = code
        self.words = words[:200]
        self.pause = pause


class ServerFault(Exception):
    """The platform, or the machine in front of it, answered 5xx."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


class NoAnswer(Exception):
    """What came back is none of the platform's answers: a page of some machine in between."""


class ZaloBotApi:
    """The methods, by their names as Zalo writes them."""

    def __init__(self, client: httpx.AsyncClient, base: str) -> None:
        self._client = client
        self._base = base

    @classmethod
    @asynccontextmanager
    async def open(cls, settings: Settings, patience: Patience) -> AsyncIterator[ZaloBotApi]:
        """Connections for the token in the settings. Nothing is asked yet."""
        quiet_libraries()
        token = settings.zalo_bot_token.get_secret_value().strip() if settings.zalo_bot_token else ""
        waits = httpx.Timeout(patience.read, connect=patience.connect, write=patience.write, pool=patience.connect)
        limits = httpx.Limits(max_connections=_MOST_CONNECTIONS)
        async with httpx.AsyncClient(timeout=waits, limits=limits, verify=trusted()) as client:
            yield cls(client, f"{settings.zalo_bot_api_base.rstrip('/')}/bot{token}")

    async def ask(self, method: str, *, read: float | None = None, **params: str) -> Any:
        """The `result` of the method; `read`: seconds to wait for the answer. Raises Refusal, ServerFault, NoAnswer or httpx.HTTPError."""
        usual = self._client.timeout
        waits = usual if read is None else httpx.Timeout(connect=usual.connect, read=read, write=usual.write, pool=usual.pool)
        return _result(await self._client.post(f"{self._base}/{method}", json=params, timeout=waits))


def _result(answer: httpx.Response) -> Any:
    """[?] Whether the HTTP status follows `error_code` is unsaid: the body tells where there is one, the status where there is none."""
    if answer.status_code >= 500:
        raise ServerFault(answer.status_code)
    told = None if answer.status_code == _TOO_MANY else _json(answer)
    if told is None:
        if answer.status_code >= 400:
            raise Refusal(answer.status_code, "", _pause(answer))
        raise NoAnswer(f"status {answer.status_code}")
    if told["ok"] is True and answer.status_code < 400:
        return told.get("result")
    code = told.get("error_code")
    code = code if type(code) is int else answer.status_code
    if code >= 500:
        raise ServerFault(code)
    raise Refusal(code, str(told.get("description") or ""), _pause(answer))


def _json(answer: httpx.Response) -> dict[str, Any] | None:
    """The envelope, if it is one."""
    try:
        told = answer.json()
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) and isinstance(told.get("ok"), bool) else None


def _pause(answer: httpx.Response) -> float | None:
    """Seconds in `Retry-After`."""
    said = answer.headers.get("Retry-After", "")
    return min(float(said), 3600.0) if said.isascii() and said.isdecimal() and len(said) < 9 else None
