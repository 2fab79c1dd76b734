"""The stand-in as a test starts it: a Bot API on loopback, people who use the bot, and a reckoning at the end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager
from itertools import count
from typing import Self

from aiohttp import web

from tests.standins.shared import visitor
from tests.standins.shared.carrier import Delivery
from tests.standins.shared.clock import Clock
from tests.standins.shared.routes import Routes
from tests.standins.shared.stand_in import StandIn

from .contact import Contact, Heard
from .courier import Courier
from .desk import Desk
from .doubts import Doubts
from .people import Person
from .updates import Update
from .world import Webhook, World

TOKEN = "1459123456789012345:StandInSecretForTestsOnly"
FIRST_PERSON = 0x6EDE9AFA66B88FE6D001


class ZaloBotPlatform(StandIn):
    """Use `async with ZaloBotPlatform.open() as zalo_bot`. Its `calls` are named after the methods; `file` for downloads.

    Leaving the block raises `AssertionError` with the program's violations of the API.
    """

    def __init__(self, world: World) -> None:
        super().__init__(world.clock, world.bell)
        self.world = world
        self.token = world.token
        self._desk = Desk(world, self.faults, self.journal, self._spoiler)
        self._courier = Courier(world, self.faults)
        self._runner = web.AppRunner(self._desk.application(), handler_cancellation=True, shutdown_timeout=1.0, access_log=None)
        self._numbers = count()
        self.base_url = ""

    @classmethod
    @asynccontextmanager
    async def open(
        cls, *, token: str = TOKEN, clock: Clock | None = None, doubts: Doubts | None = None, allow_http: bool = False
    ) -> AsyncIterator[Self]:
        """Listen on 127.0.0.1, on a free port. `allow_http`: webhook and pictures may be plain HTTP on loopback."""
        self = cls(World(clock or Clock(frozen=True), doubts or Doubts(), Routes(allow_http=allow_http), token))
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.base_url = self.world.base_url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._courier.start()
        try:
            yield self
        finally:
            await self._close()
        if self.violations:
            raise AssertionError("violations of the Bot API:\n" + "\n".join(self.violations))

    async def _close(self) -> None:
        self._spoiler.closing.set()
        self.world.closing = True
        self.world.bell.ring()
        await self._courier.stop()
        await asyncio.gather(*self._desk.methods.probes)
        await self._runner.cleanup()

    @property
    def doubts(self) -> Doubts:
        """The switches of what nobody could confirm."""
        return self.world.doubts

    @property
    def webhook(self) -> Webhook:
        """What `setWebhook` has set, with the answer to the probe."""
        return self.world.webhook

    def lead(self, public: str, local: str) -> None:
        """A reverse proxy: webhook and pictures under the address `public` (https) are served at `local` (http on loopback)."""
        self.world.routes.lead(public, local)

    def person(self, name: str = "Nguyễn Văn Mẫu", *, id: str = "") -> Person:
        """Somebody new, who has not written to the bot yet."""
        contact = Contact(id or f"{FIRST_PERSON + next(self._numbers):020x}", name)
        self.world.people[contact.id] = contact
        return Person(self.world, contact)

    async def posts(self, body: bytes, headers: dict[str, str] | None = None) -> visitor.Answer:
        """What a stranger may send to the webhook."""
        return await visitor.post(self.world.routes.target(self.webhook.url), body, headers)

    def repeats(self, times: int = 1) -> None:
        """Tell the newest update again, so many times."""
        newest = self.updates[-1]
        for _ in range(times):
            self.world.updates.repeat(newest)

    def out_of_order(self) -> AbstractContextManager[None]:
        """What happens inside is told afterwards, newest first."""
        return self.world.updates.reversed()

    @property
    def updates(self) -> list[Update]:
        """Everything the bot was or will be told."""
        return self.world.updates.all

    @property
    def deliveries(self) -> list[Delivery]:
        """Every try to tell the webhook something."""
        return self._courier.log

    async def probed(self, timeout: float = 20.0) -> int | None:
        """The program's answer to the empty-body probe; None if there was none."""
        await asyncio.wait_for(asyncio.gather(*self._desk.methods.probes), timeout)
        return self.webhook.probe_status

    @property
    def _under_way(self) -> list[Update]:
        return self.world.updates.under_way

    def _quiet(self) -> bool:
        now, carried = self.clock.seconds(), [u for u in self._under_way if u not in self.world.updates.waiting]
        idle = not self.webhook.url or not self.world.updates.waiting
        return idle and all(update.due is not None and update.due > now for update in carried)

    @property
    def sent(self) -> list[Heard]:
        """Everything the bot has said, to whomever, in order."""
        return self.world.sent
