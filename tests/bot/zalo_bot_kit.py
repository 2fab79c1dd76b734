"""A small bot on the real Zalo Bot channel: real HTTP to the strict stand-in, a real database, a conversation of four lines."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, web
from pydantic import SecretStr
from sqlalchemy import func, select

from bot.channels.zalo_bot import ZaloBotHearing, ZaloBotSpeech
from bot.channels.zalo_bot_hear import HEADER
from bot.delivery.courier import Courier
from bot.settings import Settings
from office.contacts import find_contact
from office.files import content_of, file_by_id, store
from office.records import Contact, HeardUpdate, StoredFile
from talk.talk import Talk
from talk.turn import Turn
from tests.bot.telegram_kit import HASTE, NOW, PUBLIC, FragileDatabase, echo, open_database
from tests.standins.zalo_bot import ZaloBotPlatform


@dataclass
class Office:
    """The bot and what it has heard."""

    zalo: ZaloBotPlatform
    settings: Settings
    database: FragileDatabase
    talk: Talk
    courier: Courier
    speech: ZaloBotSpeech
    hearing: ZaloBotHearing
    turns: list[Turn] = field(default_factory=list)
    url: str = ""

    async def carry(self) -> None:
        """Let the courier carry all that is due."""
        while await self.courier.round():
            pass

    async def settled(self) -> None:
        """All updates are taken, all answers carried."""
        await self.zalo.all_taken()
        await self.kept()
        await self.carry()

    async def kept(self) -> None:
        """What has come is kept: a poller has asked again, and nothing is under way."""
        if not self.settings.public_url:
            await self.zalo.until(lambda: self.zalo.calls("getUpdates")[-1].status is None, 10)
        if self.hearing._poller._tasks:
            await asyncio.wait(self.hearing._poller._tasks, timeout=10)
        async with asyncio.timeout(10):
            await self.hearing.drained()

    async def contact(self, user_id: str) -> Contact | None:
        async with self.database.reading() as session:
            return await find_contact(session, "zalo_bot", user_id)

    async def stored(self, file_id: int | None) -> tuple[StoredFile, bytes]:
        assert file_id is not None
        async with self.database.reading() as session:
            kept = await file_by_id(session, file_id)
            assert kept is not None
            return kept, await content_of(session, file_id)

    async def keeps(self, kind: str, name: str, mime: str, content: bytes) -> int:
        """A file of the office's own."""
        async with self.database.transaction() as session:
            return (await store(session, kind, name, mime, content, NOW)).id

    async def claims(self) -> int:
        async with self.database.reading() as session:
            return (await session.execute(select(func.count()).select_from(HeardUpdate))).scalar_one()

    async def delivered(self, body: Any, secret: str | None = "", *, path: str = "/zalo/bot") -> int:
        """A request to the webhook, as anybody could make it; with the right secret unless told otherwise."""
        given = self.hearing._secret if secret == "" else secret
        headers = {"Content-Type": "application/json"} | ({HEADER: given} if given is not None else {})
        async with ClientSession() as http, http.post(f"{self.url}{path}", data=body, headers=headers) as answer:
            return answer.status


def settings_for(zalo: ZaloBotPlatform, folder: Path, public_url: str | None = None, token: str | None = None) -> Settings:
    """Settings of a test: nothing from the machine's own environment."""
    return Settings(  # type: ignore[call-arg]
        _env_file=None,
        data_dir=folder,
        telegram_token=None,
        zalo_bot_token=SecretStr(token or zalo.token),
        zalo_bot_api_base=zalo.base_url + "/",
        public_url=public_url,
        sample=False,
    )


@asynccontextmanager
async def open_office(
    zalo: ZaloBotPlatform, folder: Path, *, webhook: bool = False, hears: bool = True, token: str | None = None
) -> AsyncIterator[Office]:
    """The bot, hearing by polling or webhook; the courier carries only when told."""
    settings = settings_for(zalo, folder, PUBLIC if webhook else None, token)
    database = await open_database(folder)
    turns: list[Turn] = []
    try:
        async with ZaloBotSpeech.open(settings, database, lambda: NOW, patience=HASTE) as speech:
            talk = Talk(database, echo(turns), lambda: NOW, limits={speech.name: speech.limits})
            courier = Courier(database, {speech.name: speech}, _no_notices, lambda: NOW)
            async with ZaloBotHearing.open(settings, talk, patience=HASTE) as hearing:
                office = Office(zalo, settings, database, talk, courier, speech, hearing, turns)
                async with _served(office):
                    if hears:
                        await hearing.start()
                    if hears and webhook and token is None:
                        await zalo.until(lambda: zalo.webhook.url)
                    yield office
                    await hearing.stop()
    finally:
        await database.close()


@asynccontextmanager
async def _served(office: Office) -> AsyncIterator[None]:
    """The channel's routes on loopback, behind the public address."""
    app = web.Application()
    app.add_routes([*office.hearing.routes(), *office.speech.routes()])
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None, handler_cancellation=True)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    office.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    office.zalo.lead(PUBLIC, office.url)
    try:
        yield
    finally:
        await runner.cleanup()


async def _no_notices(*_: object) -> None:
    return None
