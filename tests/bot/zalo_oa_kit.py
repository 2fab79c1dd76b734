"""A small bot on the real Zalo channel: real HTTP to the stand-in, a real database, a conversation of a few lines."""

from __future__ import annotations

import datetime as dt
import io
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web
from PIL import Image
from pydantic import SecretStr
from sqlalchemy import func, select

from bot.channels.base import Parcel
from bot.channels.zalo_oa import ZaloOA, ZaloPatience, open_zalo_oa
from bot.channels.zalo_oa_hear import ZaloOAHearing
from bot.delivery.courier import Courier
from bot.settings import Settings
from office.contacts import find_contact
from office.files import content_of, file_by_id
from office.records import Contact, OutboxMessage, ParkedUpdate, Record, StoredFile
from office.token_pairs import Pair, keep_pair, pair_of
from office.vault import Vault
from talk.filters import Picked
from talk.reply import Choice, Enclosure, Reply
from talk.router import Router
from talk.talk import Talk
from talk.turn import Turn
from tests.bot.telegram_kit import FragileDatabase
from tests.dialogue import TestClock
from tests.standins.zalo_oa import ZaloOfficialAccount

NOW = dt.datetime(2026, 11, 23, 1, 0, tzinfo=dt.UTC)
HASTE = ZaloPatience(connect=1, read=0.6, write=2, send=5, fetch=3, turn=3, look=0.02, recover=60)
"""Short waits, so that a test of a hanging server is quick."""


@dataclass
class Office:
    """The bot and what it has heard."""

    zalo: ZaloOfficialAccount
    settings: Settings
    database: FragileDatabase
    clock: TestClock
    channel: ZaloOA
    talk: Talk
    courier: Courier
    hearing: ZaloOAHearing
    turns: list[Turn] = field(default_factory=list)
    url: str = ""

    async def carry(self) -> None:
        """Let the courier carry all that is due."""
        while await self.courier.round():
            pass

    async def settled(self) -> None:
        """Everything told has been heard, all answers carried."""
        await self.zalo.all_taken()
        await self.hearing.drained()
        await self.carry()

    async def contact(self, address: str) -> Contact | None:
        async with self.database.reading() as session:
            return await find_contact(session, "zalo_oa", address)

    async def pair(self) -> Pair | None:
        async with self.database.reading() as session:
            return await pair_of(session, f"zalo_oa:{self.zalo.app_id}")

    async def parked(self) -> int:
        async with self.database.reading() as session:
            return (await session.execute(select(func.count()).select_from(ParkedUpdate))).scalar_one()

    async def states(self) -> list[str]:
        async with self.database.reading() as session:
            return list((await session.execute(select(OutboxMessage.state).order_by(OutboxMessage.id))).scalars())

    async def kept(self, file_id: int) -> tuple[StoredFile, bytes]:
        async with self.database.reading() as session:
            found = await file_by_id(session, file_id)
            assert found is not None
            return found, await content_of(session, file_id)

    async def connect(self) -> None:
        """As after `congvu zalo login`."""
        pair = self.zalo.issues_tokens()
        async with self.database.transaction() as session:
            hours = dt.timedelta(hours=25)
            await keep_pair(session, f"zalo_oa:{self.zalo.app_id}", pair.access, pair.refresh, self.clock() + hours, self.clock())

    def parcel(self, address: str, reply: Reply, content: bytes | None = None) -> Parcel:
        return Parcel(address, 1, reply, "1.0", content)


def root(turns: list[Turn]) -> Router:
    """Repeats what it hears, offers a menu, and thanks for a press."""
    router = Router(name="small")

    @router.turn(Picked("m"))
    async def picked(turn: Turn) -> Reply:
        turns.append(turn)
        return Reply(text=f"Đã chọn {turn.choice}")

    @router.turn()
    async def said(turn: Turn) -> list[Reply]:
        turns.append(turn)
        if turn.words == "menu":
            return [menu(3)]
        if turn.words == "menu dài":
            return [menu(7)]
        return [Reply(text=f"Tôi nghe: {turn.words or [each.problem or each.kind for each in turn.attachments]}")]

    return router


def menu(count: int) -> Reply:
    return Reply(text="Anh/chị chọn:", rows=tuple((Choice(label=f"Mục {number}", data=f"m:{number}"),) for number in range(1, count + 1)))


def settings_for(zalo: ZaloOfficialAccount, folder: Path) -> Settings:
    return Settings(  # type: ignore[call-arg]
        _env_file=None,
        data_dir=folder,
        zalo_app_id=zalo.app_id,
        zalo_app_secret=SecretStr(zalo.secret_key),
        zalo_oa_id=zalo.oa_id,
        zalo_oa_secret=SecretStr(zalo.oa_secret_key),
        zalo_verifier="AbC123",
        zalo_oa_api_base=zalo.base_url,
        zalo_oauth_base=zalo.oauth_url,
        zalo_business_api_base=zalo.base_url,
        public_url="https://xa-mau.example.vn",
    )


@asynccontextmanager
async def opened(
    zalo: ZaloOfficialAccount, folder: Path, *, connected: bool = True, patience: ZaloPatience = HASTE, url: str = ""
) -> AsyncIterator[Office]:
    """A process of the office on this account; `url` names a database that others share."""
    async with AsyncExitStack() as stack:
        settings = settings_for(zalo, folder)
        database = FragileDatabase(url or f"sqlite:///{folder}/zalo.db", Vault(b"k" * 32), synchronous="NORMAL")
        stack.push_async_callback(database.close)
        async with database.engine.begin() as connection:
            await connection.run_sync(Record.metadata.create_all)
        clock = TestClock(NOW)
        channel = await stack.enter_async_context(open_zalo_oa(settings, database, clock, patience))

        async def nothing(*_: object) -> None:
            return None

        turns: list[Turn] = []
        courier = Courier(database, {"zalo_oa": channel.speech}, nothing, clock)
        talk = Talk(database, root(turns), clock, limits={"zalo_oa": channel.speech.limits}, wake=courier.wake)
        hearing = channel.hearing(talk)
        office = Office(zalo, settings, database, clock, channel, talk, courier, hearing, turns)
        if connected:
            await office.connect()
        app = web.Application()
        app.add_routes(hearing.routes())
        runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=1)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        office.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        zalo.sets_webhook(f"{office.url}/zalo/oa")
        await hearing.start()
        stack.push_async_callback(hearing.stop)
        yield office


def picture(kind: str = "JPEG", side: int = 40, *, noisy: bool = False, mode: str = "RGB") -> bytes:
    """A picture; a noisy one cannot be packed small."""
    drawn = Image.frombytes("RGB", (side, side), random.Random(7).randbytes(side * side * 3)) if noisy else Image.new("RGB", (side, side))
    out = io.BytesIO()
    drawn.convert(mode).save(out, kind)
    return out.getvalue()


def enclosed(kind: str, name: str, mime: str, text: str = "") -> Reply:
    return Reply(text=text, enclosure=Enclosure(file_id=1, kind=kind, name=name, mime=mime))
