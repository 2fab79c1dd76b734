"""The only place where the parts are put together. Its parameters are the seams at which tests cut."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import datetime as dt
import gc
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
from aiohttp import web
from sqlalchemy import text

import handlers
from bot import clock as real_clock
from bot import figures
from bot.channels.base import Channel
from bot.channels.browser import BrowserChannel
from bot.delivery.courier import Courier
from bot.judge import Judging
from bot.learning_consent import note_consent
from bot.migrate import migrate
from bot.opening import open_database
from bot.schedule import Schedule
from bot.settings import Settings
from bot.web.chat_api import ChatApi
from bot.web.server import build_server
from handlers.drawings import draw
from handlers.notices import write
from handlers.told import Judge
from nlp.train import Progress, quiet
from office.database import Database
from office.digest_chart import warm_up
from office.official_days import load_official_swaps
from office.sample import load_sample, sample_person
from office.sample_trial import open_for_trial
from office.vault import Vault
from talk.talk import Moment, Talk

if TYPE_CHECKING:
    from bot.channels.telegram import Patience, TelegramHearing
    from bot.channels.zalo_bot import ZaloBotHearing
    from bot.channels.zalo_oa import ZaloPatience
    from bot.channels.zalo_oa_hear import ZaloOAHearing

log = structlog.get_logger()
ROLES = frozenset({"web", "deliver", "schedule"})
"""`web` hears, `deliver` speaks, `schedule` plans. One process plays all, or many processes share one PostgreSQL."""


@dataclass
class App:
    """The program put together: who speaks (`talk`), who carries (`courier`), who plans (`schedule`), and the server."""

    settings: Settings
    database: Database
    talk: Talk
    courier: Courier
    schedule: Schedule
    browser: BrowserChannel
    server: web.Application
    telegram: TelegramHearing | None = None
    zalo_oa: ZaloOAHearing | None = None
    zalo_bot: ZaloBotHearing | None = None
    port: int = 0

    @property
    def address(self) -> str:
        """Where a browser finds the first page."""
        return f"http://{self.settings.host}:{self.port}/"


@asynccontextmanager
async def open_app(
    settings: Settings,
    *,
    clock: Callable[[], dt.datetime] = real_clock.now,
    judge: Judge | None = None,
    moment: Moment = lambda _: None,
    patience: Patience | None = None,
    zalo_patience: ZaloPatience | None = None,
    progress: Progress = quiet,
) -> AsyncIterator[App]:
    """Put the parts together around a migrated database; take them apart at the end."""
    async with AsyncExitStack() as stack:
        judging = None
        if judge is None:
            judge = judging = Judging(progress, settings.data_dir)  # it loads while the database is made ready
            stack.callback(judging.close)
        database = open_database(settings)
        stack.push_async_callback(database.close)
        await migrate(database)
        async with database.transaction() as session:
            if settings.sample_mode:
                await load_sample(session, clock())
            await load_official_swaps(session)
        told_since = await note_consent(database, settings.learn_from_corrections, clock())
        if judging is not None:
            await judging.ready()
        browser = BrowserChannel(database, clock)
        channels: dict[str, Channel] = {browser.name: browser}
        if settings.telegram_token is not None:
            from bot.channels.telegram import TelegramHearing, TelegramSpeech  # 25 MB that an office without Telegram need not carry

            speech = await stack.enter_async_context(TelegramSpeech.open(settings, patience=patience))
            channels[speech.name] = speech
        zalo_bot_routes: list[web.RouteDef] = []
        if settings.zalo_bot_token is not None:
            from bot.channels.zalo_bot import ZaloBotHearing, ZaloBotSpeech

            zalo_bot_speech = await stack.enter_async_context(ZaloBotSpeech.open(settings, database, clock, patience=patience))
            channels[zalo_bot_speech.name] = zalo_bot_speech
            zalo_bot_routes += zalo_bot_speech.routes()
        zalo = None
        if settings.zalo_oa_on:
            from bot.channels.zalo_oa import open_zalo_oa

            zalo = await stack.enter_async_context(open_zalo_oa(settings, database, clock, zalo_patience))
            channels[zalo.speech.name] = zalo.speech
        courier = Courier(database, channels, write, clock, draw=draw, moment=moment)
        talk = Talk(
            database,
            handlers.root(),
            clock,
            parts={"judge": judge, "told_since": told_since},
            limits={name: channel.limits for name, channel in channels.items()},
            wake=courier.wake,
            moment=moment,
            count=figures.turn_heard,
        )
        telegram = None
        if settings.telegram_token is not None:
            telegram = await stack.enter_async_context(
                TelegramHearing.open(settings, talk, webhook_secret(settings, database.vault), patience=patience)
            )
        zalo_bot = None
        if settings.zalo_bot_token is not None:
            zalo_bot = await stack.enter_async_context(ZaloBotHearing.open(settings, talk, patience=patience))
            zalo_bot_routes += zalo_bot.routes()
        sample = (sample_person, open_for_trial) if settings.sample_mode else (None, None)
        chat = ChatApi(talk, browser, pane_person=sample[0], pane_opened=sample[1])
        zalo_oa = zalo.hearing(talk) if zalo else None
        routes = [*chat.routes(), *(telegram.routes() if telegram else []), *(zalo_oa.routes() if zalo_oa else []), *zalo_bot_routes]
        measures = [figures.OutboxFigures(database, clock).measure, *(zalo.measures() if zalo else [])]
        server = build_server(settings, routes, lambda: is_well(database), measures)
        upkeep = [zalo.tokens.keep_alive] if zalo else []
        windows = {name: channel.staff_window for name, channel in channels.items() if channel.staff_window is not None}
        schedule = Schedule(database, clock, wake=courier.wake, upkeep=upkeep, windows=windows)
        yield App(settings, database, talk, courier, schedule, browser, server, telegram, zalo_oa, zalo_bot)


def webhook_secret(settings: Settings, vault: Vault) -> str:
    """The secret that Telegram repeats with every update: set from outside, or derived from the office's key."""
    if settings.telegram_webhook_secret is not None:
        return settings.telegram_webhook_secret.get_secret_value()
    return base64.urlsafe_b64encode(vault.tag("telegram", "webhook").encode()).decode().rstrip("=")


async def is_well(database: Database) -> bool:
    """Whether the database answers."""
    try:
        async with database.reading() as session:
            await session.execute(text("SELECT 1"))
    except Exception as fault:
        log.error("database away", fault=type(fault).__name__)
        return False
    return True


@asynccontextmanager
async def running(app: App, roles: frozenset[str] = ROLES) -> AsyncIterator[App]:
    """Play the roles until the block ends; then stop hearing first, and let what is being sent be finished."""
    async with AsyncExitStack() as stack:
        if "deliver" in roles:
            stack.push_async_callback(_let_finish, app.courier, asyncio.create_task(app.courier.run(), name="courier"))
        if "schedule" in roles:
            app.schedule.start()
            stack.push_async_callback(app.schedule.stop)
        if "web" in roles:
            if not app.database.is_sqlite:
                stack.push_async_callback(_stop, asyncio.create_task(app.browser.watch(), name="browser watch"))
            runner = web.AppRunner(app.server, access_log=None, handler_cancellation=True, shutdown_timeout=3)
            await runner.setup()
            stack.push_async_callback(runner.cleanup)
            site = web.TCPSite(runner, app.settings.host, app.settings.port)
            await site.start()
            app.port = runner.addresses[0][1]
            if app.telegram is not None:
                await app.telegram.start()
                stack.push_async_callback(app.telegram.stop)
            if app.zalo_bot is not None:
                await app.zalo_bot.start()
                stack.push_async_callback(app.zalo_bot.stop)
            if app.zalo_oa is not None:
                await app.zalo_oa.start()
                stack.push_async_callback(app.zalo_oa.stop)
        yield app


async def _let_finish(courier: Courier, task: asyncio.Task[None]) -> None:
    """Let what is being sent go out, for a while: a send cut off would be said twice, or be in doubt."""
    courier.stop()
    await asyncio.wait({task}, timeout=10)
    await _stop(task)


async def _stop(task: asyncio.Task[None]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


WARM_UP_AFTER = 2.0
"""Seconds after the start, so that the first page need not share the processor with it."""


async def _warm_up(roles: frozenset[str]) -> None:
    """Load what draws charts, where charts are drawn: on request when they are sent, for Monday when they are planned."""
    if roles & {"deliver", "schedule"}:
        await asyncio.sleep(WARM_UP_AFTER)
        await asyncio.to_thread(warm_up)


async def run(
    settings: Settings, roles: frozenset[str] = ROLES, *, ready: Callable[[App], None] = lambda _: None, progress: Progress = quiet
) -> None:
    """Run until SIGINT or SIGTERM. `ready` is called once everything listens; `progress` hears of the very first start's training."""
    done = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, done.set)
    async with open_app(settings, progress=progress) as app, running(app, roles):
        gc.collect()
        gc.freeze()  # what was loaded stays: the collector need not look at it again, which takes the tail off slow answers
        gc.set_threshold(20_000, 20, 50)
        ready(app)
        warming = asyncio.create_task(_warm_up(roles))
        await done.wait()
        await _stop(warming)
