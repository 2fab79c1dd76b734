"""A stage that outlives the program: the people and Telegram's server stay while the program is stopped, killed and started again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
from pydantic import SecretStr

from bot.app import App, open_app, running
from bot.channels.zalo_oa_speak import CHOICE
from bot.settings import Settings
from tests.dialogue import BrowserLine, Someone, TelegramLine, TestClock
from tests.durability.lives import Life, life
from tests.durability.victim import judge
from tests.play import AT_ONCE, Play, behind_a_public_address, connect_zalo, free_port, zalo_settings
from tests.small_office import SmallOffice
from tests.standins.shared.clock import Clock
from tests.standins.telegram import Rates, TelegramStandIn
from tests.standins.zalo_bot import ZaloBotPlatform
from tests.standins.zalo_oa import ZaloOfficialAccount
from tests.zalo_bot_line import ZaloBotLine
from tests.zalo_line import ByNumber, ZaloLine


@dataclass
class Stage:
    """What stays when the program dies."""

    channel: str
    settings: Settings
    clock: TestClock
    office: SmallOffice
    http: aiohttp.ClientSession
    telegram: TelegramStandIn | None
    zalo_bot: ZaloBotPlatform | None = None
    zalo: ZaloOfficialAccount | None = None

    @asynccontextmanager
    async def program(self, *people: Someone) -> AsyncIterator[Play]:
        """The program alive in this process; `people` of an earlier life find it again."""
        async with (
            open_app(self.settings, clock=self.clock, judge=judge, patience=AT_ONCE) as app,
            running(app, frozenset({"web"})),
        ):
            if self.zalo is not None and not people:
                await connect_zalo(app, self.zalo)
            for someone in people:
                _meet(someone, app)
            if self.telegram is not None:
                await self.telegram.all_taken()
            for zalo in (self.zalo, self.zalo_bot if people else None):
                if zalo is not None:
                    await zalo.passes(minutes=2)  # what the dead did not take is brought again after 30 s
            for hearing in (app.zalo_oa, app.zalo_bot):
                if hearing is not None:
                    await hearing.drained()
            yield Play(app, self.clock, self.office, self.channel, self.http, self.telegram, self.zalo, self.zalo_bot)

    @asynccontextmanager
    async def doomed(self, point: str, **order: Any) -> AsyncIterator[Life]:
        """The program as a process that kills itself at the point."""
        chosen = self.settings
        given = {name: value for name, value in chosen.model_dump(mode="json").items() if value is not None}
        for secret in ("secret_key", "telegram_token", "zalo_bot_token", "zalo_app_secret", "zalo_oa_secret"):
            if (value := getattr(chosen, secret)) is not None:
                given[secret] = value.get_secret_value()
        async with life({"now": self.clock().isoformat(), "kill": point, "settings": given} | order) as running_life:
            yield running_life


def _meet(someone: Someone, app: App) -> None:
    someone._app = app
    if isinstance(someone.line, BrowserLine):
        someone.line._base = app.address
    if isinstance(someone.line, ZaloBotLine | ZaloLine):
        someone.line._app = app


@asynccontextmanager
async def open_stage(channel: str, settings: Settings, clock: TestClock, office: SmallOffice) -> AsyncIterator[Stage]:
    """The server of Telegram or Zalo, if that is the channel, and an HTTP client for pages."""
    async with aiohttp.ClientSession() as http:
        if channel == "zalo_bot":
            async with ZaloBotPlatform.open() as zalo_bot:
                yield Stage(channel, behind_a_public_address(settings, zalo_bot), clock, office, http, None, zalo_bot)
            return
        if channel == "zalo_oa":
            async with ZaloOfficialAccount.open(clock=Clock(clock(), frozen=True)) as zalo:
                windows = {"zalo_oa_window_hours": 168, "zalo_oa_staff_window_hours": 168}  # as long as a life's own settings allow
                known = settings.model_copy(update=zalo_settings(zalo) | windows | {"port": free_port()})
                yield Stage(channel, known, clock, office, http, None, zalo=zalo)
            return
        if channel != "telegram":
            yield Stage(channel, settings, clock, office, http, None)
            return
        async with await TelegramStandIn.start(rates=Rates.unlimited()) as telegram:
            with_token = {"telegram_token": SecretStr(telegram.token), "telegram_api_base": telegram.base_url}
            yield Stage(channel, settings.model_copy(update=with_token), clock, office, http, telegram)
            telegram.journal.violations[:] = [each for each in telegram.violations if "getUpdates" not in each]  # the killed poller hung up


async def press_while_it_dies(stage: Stage, someone: Someone, label: str, life_of_it: Life, mark: str) -> None:
    """A tap that the dying program may or may not answer."""
    message = someone.seen[-1]
    handle = next(handle for words, handle in message.buttons.items() if label in words)
    if isinstance(someone.line, TelegramLine):
        await someone.line._person.taps(handle)
        return
    if isinstance(someone.line, ZaloBotLine):
        await someone.line._person.says(str(handle.number))
        return
    if isinstance(someone.line, ZaloLine):
        await someone.line._person.says(handle.number if isinstance(handle, ByNumber) else CHOICE + handle)
        return
    assert isinstance(someone.line, BrowserLine)
    someone.line._base = life_of_it.address
    try:
        await someone.line._post(someone.line._form(id=mark, choice=handle, label=label))
    except aiohttp.ClientError:
        return  # the page shows "chưa gửi được" and sends it again


async def press_again(someone: Someone, label: str, mark: str) -> None:
    """The page sends again what was not confirmed; Telegram does so by itself."""
    if isinstance(someone.line, BrowserLine):
        handle = next(handle for words, handle in someone.seen[-1].buttons.items() if label in words)
        await someone.line._post(someone.line._form(id=mark, choice=handle, label=label))
