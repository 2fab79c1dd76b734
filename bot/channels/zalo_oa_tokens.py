"""Keeps the account able to speak: its tokens are refreshed in time, by one process, and saved before they are used for the first time.

When they are lost all the same, it is told loudly: in the log, to administrators on another channel, and in the metrics.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import math
import secrets
from collections.abc import Callable
from typing import Any

import httpx
import structlog
from prometheus_client import Gauge

from bot.channels.zalo_oa_faults import NoTokens, ZaloAway, ZaloTooFast, away, checked
from bot.channels.zalo_oa_server import NAME, REFRESH_LOST, REFRESH_LOST_CODES, ZaloPatience, account_of, secret_of
from bot.settings import Settings
from office.alarms import tell_administrators
from office.database import Database
from office.token_pairs import Pair, keep_pair, leave_turn, note_trouble, pair_of, take_turn
from talk.talk import without_words

log = structlog.get_logger()

PATH = "/v4/oa/access_token"
_EARLY = dt.timedelta(minutes=10)
"""So long before its end a token is renewed."""

_SAVES = 5

CONNECTED = Gauge("congvu_zalo_oa_connected", "1 while the Official Account is connected, 0 when it is not or its tokens are lost")


class Tokens:
    """The tokens of one account, for all who speak in this process."""

    def __init__(
        self, settings: Settings, database: Database, clock: Callable[[], dt.datetime], http: httpx.AsyncClient, patience: ZaloPatience
    ) -> None:
        self._settings = settings
        self._account = account_of(settings)
        self._database = database
        self._clock = clock
        self._http = http
        self._patience = patience
        self._pair: Pair | None = None
        self._holder = secrets.token_hex(8)
        self._one_at_a_time = asyncio.Lock()
        self._refreshing: set[asyncio.Task[str]] = set()
        self._unsaved: tuple[str, str, dt.datetime] | None = None
        self._cried = ""

    async def access(self) -> str:
        """The access token. Raises NoTokens when an operator has to act, ZaloAway when it cannot be had just now."""
        pair = self._pair or await self._read()
        if pair.expires_at is None or pair.expires_at - self._clock() > _EARLY:
            return pair.access
        return await self.renewed(pair.access)

    async def renewed(self, used: str) -> str:
        """A token other than `used`, which does not work any more: what another process got meanwhile, or a new one. Raises as `access`.

        A send that gives up waiting must not tear the request apart, for with its answer the only token that works would be lost.
        """
        task = asyncio.create_task(self._renewed(used), name="zalo tokens")
        self._refreshing.add(task)
        task.add_done_callback(self._finished)
        return await asyncio.shield(task)

    async def keep_alive(self) -> None:
        """Renew what has run out, so that an account which says nothing for months does not lose its refresh token; quiet without a pair.

        Of a pair that is lost every administrator is told, once for each loss.
        """
        pair = await self._kept()
        if pair is not None and pair.lost:
            await self._alarm(pair)
        elif pair is not None and pair.expires_at is not None and pair.expires_at - self._clock() <= _EARLY:
            await self.renewed(pair.access)

    async def measure(self) -> None:
        """Show in the metrics whether the account is connected; not a number while the database is away."""
        try:
            pair = await self._kept()
        except Exception as fault:
            log.warning("the tokens could not be looked at", **without_words(fault))
            CONNECTED.set(math.nan)
            return
        CONNECTED.set(pair is not None and not pair.lost)

    async def close(self) -> None:
        """Let a refresh under way be saved."""
        await asyncio.gather(*self._refreshing, return_exceptions=True)

    def _finished(self, task: asyncio.Task[str]) -> None:
        self._refreshing.discard(task)
        if not task.cancelled():
            task.exception()  # whoever waited has it; nobody may be waiting any more

    async def _kept(self) -> Pair | None:
        async with self._database.reading() as session:
            return await pair_of(session, self._account)

    async def _alarm(self, pair: Pair) -> None:
        loss = {"account": self._account, "version": pair.version}
        key = f"tokens_lost:{self._account}:{pair.version}"
        async with self._database.transaction() as session:
            await tell_administrators(session, key, "tokens_lost", loss, self._clock(), not_by=NAME)

    async def _read(self) -> Pair:
        pair = await self._kept()
        if pair is None:
            self._cry("Zalo: the account is not connected, nothing is sent there. An operator runs `congvu zalo login`")
            raise NoTokens
        if pair.lost:
            self._cry_lost(pair.trouble)
            raise NoTokens
        self._pair = pair
        return pair

    async def _renewed(self, used: str) -> str:
        async with self._one_at_a_time:
            if self._unsaved is not None:
                await self._save(*self._unsaved)
            loop = asyncio.get_running_loop()
            until = loop.time() + self._patience.turn
            while loop.time() < until:
                pair = await self._read()
                if pair.access != used:
                    return pair.access
                async with self._database.transaction() as session:
                    mine = await take_turn(session, self._account, pair.version, self._holder, self._clock())
                if mine:
                    return await self._refresh(pair)
                if pair.trouble is not None:
                    raise ZaloAway("the tokens were refused a moment ago", undone=True)
                await asyncio.sleep(self._patience.look)
        raise ZaloAway("another process refreshes the tokens", undone=True)

    async def _refresh(self, pair: Pair) -> str:
        """Ask once. When the answer is lost the next try uses the same token: if it has served, the pair is lost anyway."""
        try:
            answer = await self._ask(pair.refresh)
        except (ZaloAway, ZaloTooFast) as fault:
            async with self._database.transaction() as session:
                await leave_turn(session, self._account, self._holder)
            log.warning("zalo tokens not renewed", reason=str(fault))
            raise ZaloAway("the tokens could not be renewed", undone=True) from fault
        if not answer.get("access_token") or not answer.get("refresh_token"):
            await self._refused(pair, answer)
        await self._save(*read_tokens(answer, self._clock()))
        assert self._pair is not None
        log.info("zalo tokens renewed")
        return self._pair.access

    async def _ask(self, refresh: str) -> dict[str, Any]:
        form = {"refresh_token": refresh, "app_id": self._settings.zalo_app_id or "", "grant_type": "refresh_token"}
        return await ask_for_tokens(self._http, self._settings, form)

    async def _save(self, access: str, refresh: str, expires_at: dt.datetime) -> None:
        self._unsaved = (access, refresh, expires_at)
        for tries_left in reversed(range(_SAVES)):
            try:
                async with self._database.transaction() as session:
                    await keep_pair(session, self._account, access, refresh, expires_at, self._clock())
                break
            except Exception:
                if not tries_left:
                    log.error("Zalo: new tokens could not be saved; do not stop this process before the database is back")
                    raise
                await asyncio.sleep(self._patience.look)
        self._unsaved = None
        self._cried = ""
        await self._read()

    async def _refused(self, pair: Pair, answer: dict[str, Any]) -> None:
        code, words = answer.get("error"), str(answer.get("error_name") or answer.get("message") or "")
        lost = code in REFRESH_LOST_CODES or any(phrase in words.lower() for phrase in REFRESH_LOST)
        trouble = f"{code} {words}"
        until = None if lost else self._clock() + dt.timedelta(seconds=self._patience.rest_after_refusal)
        async with self._database.transaction() as session:
            await note_trouble(session, self._account, pair.version, trouble, lost=lost, until=until)
        self._pair = None
        if lost:
            self._cry_lost(trouble)
            raise NoTokens
        self._cry("Zalo refuses to renew the tokens: check ZALO_APP_ID and ZALO_APP_SECRET, then `congvu doctor`", trouble)
        raise ZaloAway("the tokens were refused", undone=True)

    def _cry_lost(self, trouble: str | None) -> None:
        words = "Zalo: the refresh token is lost, nothing is sent there any more. An administrator of the account runs `congvu zalo login`"
        self._cry(words, trouble)

    def _cry(self, words: str, trouble: str | None = None) -> None:
        self._pair = None
        if self._cried != words:
            log.error(words, **({"zalo": trouble} if trouble else {}))
        self._cried = words


async def ask_for_tokens(http: httpx.AsyncClient, settings: Settings, form: dict[str, str]) -> dict[str, Any]:
    """What the token endpoint answers. Raises ZaloAway or ZaloTooFast."""
    url = settings.zalo_oauth_base.rstrip("/") + PATH
    try:
        answer = await http.post(url, data=form, headers={"secret_key": secret_of(settings)})
    except (httpx.HTTPError, httpx.InvalidURL) as fault:
        raise away(fault) from None
    return token_answer(answer)


def token_answer(answer: httpx.Response) -> dict[str, Any]:
    """The body, refusals included. [?] Those were seen with HTTP 200; one that comes with 4xx, as OAuth has it, is a refusal just the same."""
    if 400 <= answer.status_code < 429:
        try:
            body = answer.json()
        except ValueError:
            body = None
        if isinstance(body, dict) and body.get("error"):
            return {name: body.get(name) for name in ("error", "error_name", "message")}
    return checked(answer)


def read_tokens(answer: dict[str, Any], now: dt.datetime) -> tuple[str, str, dt.datetime]:
    """Access token, refresh token and the end of the access token's time; the seconds come as a string."""
    given = str(answer.get("expires_in", ""))
    seconds = int(given) if given.isdecimal() else 3600
    return str(answer["access_token"]), str(answer["refresh_token"]), now + dt.timedelta(seconds=seconds)
