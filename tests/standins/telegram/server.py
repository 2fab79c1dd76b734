"""The stand-in as a test starts it: a Bot API on loopback, people who use the bot, and a reckoning at the end."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Self, TypeVar

from aiogram.client.telegram import TelegramAPIServer
from aiohttp import web

from tests.standins.shared.clock import Clock

from .courier import Backoff, Courier, Delivery, brisk
from .desk import Desk
from .faults import Faults
from .journal import Journal, Request
from .people import Group, Person
from .rates import Rates
from .routes import Routes
from .updates import Pending
from .world import Profile, Tap, World

TOKEN = "123456789:AAStandInTokenForTestsOnly0123456789"
T = TypeVar("T")


class TelegramStandIn:
    """Use `start` and `stop`, or `async with await TelegramStandIn.start() as tg`.

    `stop` raises `AssertionError` with the program's violations of the Bot API. Times are on `clock`.
    """

    def __init__(self, world: World, token: str, *, backoff: Backoff, webhook_timeout: float) -> None:
        self.token = token
        self.world = world
        self.clock = world.clock
        self.faults = Faults()
        self.journal = Journal()
        self._desk = Desk(world, token, self.faults, self.journal)
        self._courier = Courier(world, self.faults, self.journal, backoff=backoff, timeout=webhook_timeout)
        self._runner = web.AppRunner(self._desk.application(), handler_cancellation=True, shutdown_timeout=1.0, access_log=None)
        self._next_user_id = 700_000_001
        self._next_group_id = -1_001_000_000_001
        self.base_url = ""

    @classmethod
    async def start(
        cls,
        token: str = TOKEN,
        *,
        port: int = 0,
        username: str = "xa_mau_bot",
        clock: Clock | None = None,
        rates: Rates | None = None,
        allow_http_webhook: bool = False,
        backoff: Backoff = brisk,
        webhook_timeout: float = 10.0,
    ) -> Self:
        """Listen on 127.0.0.1, on a free port unless one is given.

        `webhook_timeout` is in seconds of real time, `backoff` in seconds of `clock`: a frozen clock must be advanced for a third try.
        """
        world = World(token, username, clock or Clock(), rates or Rates(), Routes(allow_http=allow_http_webhook))
        self = cls(world, token, backoff=backoff, webhook_timeout=webhook_timeout)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self.base_url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._courier.start()
        return self

    async def stop(self) -> None:
        """Close the server. Raises `AssertionError` if the program broke the rules of the Bot API."""
        await self.close()
        if self.violations:
            raise AssertionError("violations of the Bot API:\n" + "\n".join(self.violations))

    async def close(self) -> None:
        """Close the server without a reckoning."""
        self._desk.close()
        await self._courier.stop()
        await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        await (self.stop() if kind is None else self.close())

    @property
    def aiogram_server(self) -> TelegramAPIServer:
        """For `AiohttpSession(api=…)`."""
        return TelegramAPIServer.from_base(self.base_url)

    @property
    def ptb_base_url(self) -> str:
        """For `ExtBot(base_url=…)`."""
        return f"{self.base_url}/bot"

    @property
    def ptb_base_file_url(self) -> str:
        """For `ExtBot(base_file_url=…)`."""
        return f"{self.base_url}/file/bot"

    def user(self, name: str = "Nguyễn Văn Mẫu", id: int | None = None) -> Person:
        """Somebody new, who has not written to the bot yet."""
        if id is None:
            id, self._next_user_id = self._next_user_id, self._next_user_id + 1
        return Person(self.world, id, name)

    def group(self, title: str = "Nhóm mẫu", id: int | None = None, *, sees_all: bool = False) -> Group:
        """A new group with the bot in it."""
        if id is None:
            id, self._next_group_id = self._next_group_id, self._next_group_id - 1
        return Group(self.world, id, title, sees_all=sees_all)

    def lead(self, public: str, local: str) -> None:
        """A reverse proxy: webhooks under the address `public` (https) are served at `local` (http on loopback)."""
        self.world.routes.lead(public, local)

    def repeat_update(self) -> Pending:
        """Deliver the newest update once more under its number."""
        if self.world.updates.latest is None:
            raise AssertionError("nothing has happened yet")
        self.world.updates.repeat(self.world.updates.latest)
        return self.world.updates.latest

    def out_of_order(self) -> AbstractAsyncContextManager[None]:
        """What happens inside reaches the webhook afterwards, newest first. `getUpdates` never does that."""
        if not self.world.webhook.url:
            raise AssertionError("only a webhook can see updates out of order")
        return self.world.updates.reversed()

    async def until(self, check: Callable[[], T], timeout: float = 20.0) -> T:
        """The first true answer of `check`, asked again whenever something has happened."""
        return await self.world.bell.until(check, timeout)

    async def all_taken(self, timeout: float = 20.0) -> None:
        """Return when the bot has confirmed every update."""
        await self.until(lambda: self.world.updates.pending == 0, timeout)

    def calls(self, method: str) -> list[Request]:
        """The requests with this method, oldest first."""
        return [request for request in self.requests if request.method.lower() == method.lower()]

    @property
    def requests(self) -> list[Request]:
        """Everything the bot asked."""
        return self.journal.requests

    @property
    def violations(self) -> list[str]:
        """What the program did wrong; a test that provokes one takes it back with `excuse`."""
        return self.journal.violations

    def excuse(self, words: str) -> list[str]:
        """Take back the violations that contain `words`; raises if there are none."""
        return self.journal.excuse(words)

    @property
    def deliveries(self) -> list[Delivery]:
        """Every try to deliver an update to the webhook."""
        return self._courier.log

    @property
    def profile(self) -> Profile:
        """How the bot presents itself."""
        return self.world.profile

    @property
    def unanswered_taps(self) -> list[Tap]:
        """Taps whose button still shows the little clock."""
        return [tap for tap in self.world.taps.values() if tap.answer is None]
