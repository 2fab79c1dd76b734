"""A small bot on the real Telegram channel: real HTTP to the stand-in, a real database, a conversation of four lines."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from bot.channels.telegram import TelegramHearing, TelegramSpeech
from bot.channels.telegram_server import Patience
from bot.delivery.courier import Courier
from bot.settings import Settings
from office import Session
from office.contacts import find_contact
from office.database import Database
from office.files import content_of, file_by_id
from office.records import Contact, HeardUpdate, Record, StoredFile
from office.vault import Vault
from talk.filters import Picked
from talk.reply import Choice, Reply
from talk.router import Router
from talk.talk import Talk
from talk.turn import Turn
from tests.standins.telegram import TelegramStandIn

PUBLIC = "https://xa-mau.example.vn"
SECRET = "bi-mat_cua_xa"
NOW = dt.datetime(2026, 11, 23, 1, 0, tzinfo=dt.UTC)
HASTE = Patience(connect=1, read=0.6, write=1, media_write=2, send=5, poll=5, fetch=3, first_pause=0.02, longest_pause=0.1)
"""Short waits, so that a test of a hanging server is quick."""


class FragileDatabase(Database):
    """A database that a test can take away."""

    away = False
    falls_after = -1
    """So many more transactions succeed before it goes away; -1: it does not."""

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Session]:
        if self.falls_after == 0:
            self.away = True
        if self.away:
            raise OperationalError("BEGIN", {}, ConnectionRefusedError("the database is away"))
        self.falls_after -= 1 if self.falls_after > 0 else 0
        async with super().transaction() as session:
            yield session


@dataclass
class Office:
    """The bot and what it has heard."""

    tg: TelegramStandIn
    settings: Settings
    database: FragileDatabase
    talk: Talk
    courier: Courier
    hearing: TelegramHearing
    turns: list[Turn] = field(default_factory=list)
    url: str = ""

    async def carry(self) -> None:
        """Let the courier carry all that is due."""
        while await self.courier.round():
            pass

    async def settled(self) -> None:
        """All updates are confirmed, all answers carried."""
        await self.tg.all_taken()
        await self.carry()

    async def contact(self, user_id: int) -> Contact | None:
        async with self.database.reading() as session:
            return await find_contact(session, "telegram", str(user_id))

    async def stored(self, file_id: int | None) -> tuple[StoredFile, bytes]:
        assert file_id is not None
        async with self.database.reading() as session:
            kept = await file_by_id(session, file_id)
            assert kept is not None
            return kept, await content_of(session, file_id)

    async def count(self, record: type[Record]) -> int:
        async with self.database.reading() as session:
            return (await session.execute(select(func.count()).select_from(record))).scalar_one()

    async def claims(self) -> int:
        return await self.count(HeardUpdate)


def echo(turns: list[Turn]) -> Router:
    """Says back what it heard; counts in the contact's row, so that hearing twice would show."""
    router = Router(name="echo")

    @router.turn(Picked("ask"))
    async def tapped(turn: Turn, picked: str) -> Reply:
        turns.append(turn)
        return Reply(text=f"bấm {picked}")

    @router.turn()
    async def said(turn: Turn) -> Reply:
        turns.append(turn)
        files = " ".join(attachment.problem or attachment.kind for attachment in turn.attachments)
        rows = ((Choice.anytime("Đúng", "ask:yes"), Choice.anytime("Khác", "ask:no")),)
        return Reply(text=f"nghe: {turn.text} {files}".strip(), rows=rows)

    return router


def settings_for(tg: TelegramStandIn, folder: Path, public_url: str | None = None, token: str | None = None) -> Settings:
    """Settings of a test: nothing from the machine's own environment."""
    return Settings(
        _env_file=None,
        data_dir=folder,
        telegram_token=token or tg.token,
        telegram_api_base=tg.base_url + "/",
        public_url=public_url,
        sample=False,
    )


async def open_database(folder: Path) -> FragileDatabase:
    database = FragileDatabase(f"sqlite:///{folder}/t.db", Vault(b"k" * 32), synchronous="NORMAL")
    async with database.engine.begin() as connection:
        await connection.run_sync(Record.metadata.create_all)
    return database


@asynccontextmanager
async def open_office(
    tg: TelegramStandIn, folder: Path, *, webhook: bool = False, hears: bool = True, patience: Patience = HASTE
) -> AsyncIterator[Office]:
    """The bot, hearing by polling or webhook; the courier carries only when told."""
    settings = settings_for(tg, folder, PUBLIC if webhook else None)
    database = await open_database(folder)
    turns: list[Turn] = []
    try:
        async with TelegramSpeech.open(settings, patience=patience) as speech:
            talk = Talk(database, echo(turns), lambda: NOW, limits={speech.name: speech.limits})
            courier = Courier(database, {speech.name: speech}, _no_notices, lambda: NOW)
            async with TelegramHearing.open(settings, talk, SECRET, patience=patience) as hearing:
                office = Office(tg, settings, database, talk, courier, hearing, turns)
                async with _served(office):
                    if hears:
                        await hearing.start()
                    yield office
                    await hearing.stop()
    finally:
        await database.close()


@asynccontextmanager
async def _served(office: Office) -> AsyncIterator[None]:
    """The webhook's route on loopback, behind the public address."""
    app = web.Application()
    app.add_routes(office.hearing.routes())
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None, handler_cancellation=True)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    office.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    office.tg.lead(PUBLIC, office.url)
    try:
        yield
    finally:
        await runner.cleanup()


async def _no_notices(*_: object) -> None:
    return None


def picture(width: int = 40, height: int = 30, form: str = "JPEG", **more: Any) -> bytes:
    """A real picture."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), "green").save(out, form, **more)
    return out.getvalue()


def photo_with_place() -> bytes:
    """A picture that tells where and with what it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "Hãng máy ảnh"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (21.0, 1.0, 42.0)
    return picture(exif=exif)
