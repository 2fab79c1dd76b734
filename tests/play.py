"""The stage of a dialogue: the app on one channel, and the people of the small office."""

from __future__ import annotations

import datetime as dt
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from pydantic import SecretStr

from bot.app import App, open_app, running
from bot.channels.telegram import Patience
from bot.judge import Judging
from bot.settings import Settings
from office.contacts import contact_by_id, find_contact
from office.outbox import put_replies
from office.people import invite
from office.records import Contact
from office.token_pairs import keep_pair
from talk.fit import fit_all
from talk.memory import Memory
from talk.menus import offered_by, offered_now
from talk.reply import Reply
from tests.dialogue import BrowserLine, Line, Someone, TelegramLine, TestClock
from tests.small_office import SmallOffice
from tests.standins.shared.clock import Clock
from tests.standins.telegram import Rates, TelegramStandIn
from tests.standins.zalo_bot import ZaloBotPlatform
from tests.standins.zalo_oa import ZaloOfficialAccount
from tests.zalo_bot_line import ZaloBotLine
from tests.zalo_line import ZaloLine

CHANNELS = ["browser", "telegram", "zalo_oa", "zalo_bot"]
BRING_FILES = ("browser", "telegram", "zalo_oa")
"""The channels on which people can send files other than pictures and sound."""

AT_ONCE = Patience(connect=2, read=3, send=10, poll=2, first_pause=0.01, longest_pause=0.05, per_second=10_000, burst=10_000)


@dataclass
class Play:
    """Who can come on stage, and what time it is."""

    app: App
    clock: TestClock
    office: SmallOffice
    channel: str
    http: aiohttp.ClientSession
    telegram: TelegramStandIn | None = None
    zalo: ZaloOfficialAccount | None = None
    zalo_bot: ZaloBotPlatform | None = None
    people: list[Someone] = field(default_factory=list)

    async def citizen(self, name: str = "người dân", *, on: str | None = None) -> Someone:
        """Somebody nobody knows, who has said nothing yet; on the stage's (first) channel, or on another of its channels."""
        return self._enter(Someone(name, await self._line(name, on or self.channel.partition("+")[0]), self.app))

    async def _line(self, name: str, channel: str) -> Line:
        if channel == "telegram" and self.telegram is not None:
            return TelegramLine(self.telegram, self.telegram.user(name))
        if channel == "zalo_bot" and self.zalo_bot is not None:
            return ZaloBotLine(self.zalo_bot, self.zalo_bot.person(name), self.app)
        if channel == "zalo_oa" and self.zalo is not None:
            return ZaloLine(self.zalo, self.zalo.person(name), self.app)
        assert channel == "browser", f"{channel} is not on this stage"
        return await BrowserLine.open(self.http, self.app.address)

    async def official(self, staff_code: str, *, on: str | None = None) -> Someone:
        """An official of the small office, already linked and greeted."""
        async with self.app.database.transaction() as session:
            code = await invite(session, self.office.people[staff_code], self.clock())
        someone = await self.citizen(staff_code, on=on)
        await someone.says(f"/lienket {code}")
        await someone.hears("Đã liên kết")
        return someone

    async def contact_of(self, someone: Someone) -> Contact:
        """The contact's row of a person."""
        async with self.app.database.reading() as session:
            contact = await find_contact(session, *someone.line.address)
        assert contact is not None
        return contact

    async def shows(self, someone: Someone, mark: str, reply: Reply) -> None:
        """A message that no conversation makes, such as a reminder of another day, on its way to a person as the courier would fit it."""
        known = await self.contact_of(someone)
        limits = self.app.courier._channels[known.channel].limits
        async with self.app.database.transaction() as session:
            contact = await contact_by_id(session, known.id)
            memory = Memory(session, contact)
            memory.offered = offered_now(offered_by([reply], numbered=limits.numbered), memory.offered, numbered=limits.numbered)
            await memory.keep()
            await put_replies(session, contact, mark, [part.to_json() for part in fit_all([reply], limits)], self.clock())

    async def fetch(self, file: dict[str, Any]) -> bytes:
        """The bytes of a file that somebody received."""
        if "content" in file:
            return bytes(file["content"])
        async with self.http.get(self.app.address.rstrip("/") + file["url"]) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.read()

    async def press(self, someone: Someone, handle: Any) -> None:
        """A button that the person was never shown, as a forger would press it; `handle` is somebody else's button, or its data."""
        await someone.line.tap("?", handle if isinstance(handle, str) else handle.data)

    def _enter(self, someone: Someone) -> Someone:
        self.people.append(someone)
        return someone

    async def ends(self) -> None:
        """Nobody heard anything that the test did not ask about."""
        for someone in self.people:
            await someone.hears_nothing()


@asynccontextmanager
async def open_play(
    channel: str, settings: Settings, clock: TestClock, judge: Judging, office: SmallOffice, *, budget: dict[str, Any] | None = None
) -> AsyncIterator[Play]:
    """Set the stage for a channel, or for several (`telegram+zalo_oa`); when the block ends well, nothing unexpected may have been said."""
    async with AsyncExitStack() as stack:
        wanted = set(channel.split("+"))
        telegram = zalo = None
        if "telegram" in wanted:
            telegram = await stack.enter_async_context(await TelegramStandIn.start(rates=Rates.unlimited()))
            settings = settings.model_copy(update={"telegram_token": SecretStr(telegram.token), "telegram_api_base": telegram.base_url})
        zalo_bot = None
        if "zalo_bot" in wanted:
            zalo_bot = await stack.enter_async_context(ZaloBotPlatform.open())
            settings = behind_a_public_address(settings, zalo_bot)
        if "zalo_oa" in wanted:
            zalo = await stack.enter_async_context(ZaloOfficialAccount.open(clock=Clock(clock(), frozen=True)))
            settings = settings.model_copy(update=zalo_settings(zalo) | (budget or {}))
        app = await stack.enter_async_context(open_app(settings, clock=clock, judge=judge, patience=AT_ONCE))
        await stack.enter_async_context(running(app, frozenset({"web"})))
        if zalo is not None:
            await connect_zalo(app, zalo)
        play = Play(app, clock, office, channel, await stack.enter_async_context(aiohttp.ClientSession()), telegram, zalo, zalo_bot)
        yield play
        await play.ends()


def behind_a_public_address(settings: Settings, zalo_bot: ZaloBotPlatform) -> Settings:
    """Zalo delivers by webhook and fetches pictures: it needs a public address, which leads to a port known beforehand."""
    port = free_port()
    public = "https://xa-mau.example.vn"
    zalo_bot.lead(public, f"http://127.0.0.1:{port}")
    token = {"zalo_bot_token": SecretStr(zalo_bot.token), "zalo_bot_api_base": zalo_bot.base_url}
    return settings.model_copy(update=token | {"public_url": public, "port": port})


def free_port() -> int:
    """A port on loopback that nobody listens on now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def zalo_settings(zalo: ZaloOfficialAccount) -> dict[str, Any]:
    """The settings of an office that has this Official Account."""
    return {
        "zalo_app_id": zalo.app_id,
        "zalo_app_secret": SecretStr(zalo.secret_key),
        "zalo_oa_id": zalo.oa_id,
        "zalo_oa_secret": SecretStr(zalo.oa_secret_key),
        "zalo_oa_api_base": zalo.base_url,
        "zalo_business_api_base": zalo.base_url,
        "zalo_oa_staff_window_hours": 10_000,
        "zalo_oauth_base": zalo.oauth_url,
        "zalo_oa_gather_minutes": 0,  # a dialogue is the same on all channels; tests of the budget set what they want
        "zalo_oa_window_hours": 10_000,
    }


async def connect_zalo(app: App, zalo: ZaloOfficialAccount) -> None:
    """The account is connected as after `congvu zalo login`, and its webhook set."""
    pair, now = zalo.issues_tokens(), app.talk.clock()
    async with app.database.transaction() as session:
        account = f"zalo_oa:{zalo.app_id}"
        await keep_pair(session, account, pair.access, pair.refresh, now + dt.timedelta(hours=25), now)
    zalo.sets_webhook(f"{app.address}zalo/oa")
