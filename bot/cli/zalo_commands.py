"""`congvu zalo login`: walks an administrator through the consent that lets this program speak for the Official Account."""

from __future__ import annotations

import asyncio
import sys
import threading
from typing import Annotated
from urllib.parse import urlsplit

import typer

from bot import clock
from bot.cli.office_door import do, office, settings
from bot.cli.terminal import note, out, stop, tell
from bot.settings import Settings
from office.database import Database
from office.token_pairs import LOGIN, pair_of
from talk.texts import say

_LOOK = 1.0


def login(
    minutes: Annotated[int, typer.Option(min=1, max=15, help=say("zalo-cli-minutes"))] = int(LOGIN.total_seconds() // 60),
) -> None:
    """Connect the Official Account, or connect it again when its tokens are lost."""
    chosen = settings()
    names = ("zalo_app_id", "zalo_app_secret")
    missing = [name.upper() for name in names if not getattr(chosen, name)]
    if missing:
        stop("zalo-cli-missing", names=", ".join(missing))
    if chosen.public_url is None:
        note("zalo-cli-no-public-url", address=f"http://{chosen.host}:{chosen.port}")
    do(_login(chosen, minutes * 60.0))
    tell("zalo-cli-done", style="bold green")


async def _login(chosen: Settings, seconds: float) -> None:
    from bot.channels.zalo_oa_consent import begin, callback_of

    async with office(chosen) as database:
        before = await _version(chosen, database)
        address = await begin(chosen, database, clock.now())
        tell("zalo-cli-steps", callback=callback_of(chosen))
        out.print(address, markup=False, style="bold")
        tell("zalo-cli-paste")
        try:
            async with asyncio.timeout(seconds):
                await _either(chosen, database, before)
        except TimeoutError:
            stop("zalo-cli-too-late")


async def _either(chosen: Settings, database: Database, before: int) -> None:
    """Until the running program has finished the consent, or an address that was pasted has."""
    pasted: asyncio.Queue[str] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def listen() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(pasted.put_nowait, line.strip())

    threading.Thread(target=listen, name="pasted", daemon=True).start()  # a line may never come, and must not keep us from ending
    while await _version(chosen, database) == before:
        try:
            async with asyncio.timeout(_LOOK):
                line = await pasted.get()
        except TimeoutError:
            continue
        if line and await _finished(chosen, database, line):
            return


async def _finished(chosen: Settings, database: Database, line: str) -> bool:
    """Whether the pasted address ended the consent; otherwise it is said why not, and the operator may paste again."""
    from bot.channels.zalo_oa_api import client
    from bot.channels.zalo_oa_consent import ConsentRefused, finish, query_of
    from bot.channels.zalo_oa_server import ZaloPatience

    if not urlsplit(line).query:
        note("zalo-cli-not-an-address")
        return False
    async with client(ZaloPatience()) as http:
        try:
            await finish(chosen, database, http, query_of(line), clock.now())
        except ConsentRefused as refused:
            note("zalo-cli-refused", words=refused.words)
            return False
    return True


async def _version(chosen: Settings, database: Database) -> int:
    from bot.channels.zalo_oa_server import account_of

    async with database.reading() as session:
        pair = await pair_of(session, account_of(chosen))
    return pair.version if pair else 0
