"""The stand-in as a test starts it: two servers on loopback, people who write to the account, and a reckoning at the end."""

from __future__ import annotations

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

from .console import Console
from .contact import Contact
from .courier import Courier
from .desk import Desk
from .doubts import Doubts
from .oauth_desk import OAuthDesk
from .people import Person
from .posts import Heard
from .rates import PER_MINUTE
from .standing import Standing
from .templates import Template
from .tokens import TokenPair, Tokens
from .told import Event
from .world import World

FIRST_PERSON, FIRST_BY_APP, FIRST_PHONE = 6_142_494_823_000_000_001, 979_122_185_046_046_001, 84_900_000_001


class ZaloOfficialAccount(StandIn):
    """Use `async with ZaloOfficialAccount.open() as zalo`. Its `calls` are named `send`, `template`, `template_by_phone`, `upload`, `getoa`,
    `detail`, `token`, `permission`, `file`. Without a webhook `all_taken` returns at once.

    Leaving the block raises `AssertionError` with the program's violations of the API.
    """

    def __init__(self, world: World) -> None:
        super().__init__(world.clock, world.bell)
        self.world = world
        self._console = Console(world)
        self._courier = Courier(world.outbox, world.clock, world.bell, self.faults, self._console.headers)
        api = Desk(world, self.faults, self.journal, self._spoiler).application()
        oauth = OAuthDesk(world, self.faults, self.journal, self._spoiler).application()
        self._runners = [web.AppRunner(app, handler_cancellation=True, shutdown_timeout=1.0, access_log=None) for app in (api, oauth)]
        self._numbers = count()
        self.base_url = ""
        self.oauth_url = ""

    @classmethod
    @asynccontextmanager
    async def open(
        cls, *, clock: Clock | None = None, doubts: Doubts | None = None, per_minute: int = PER_MINUTE, allow_http: bool = False
    ) -> AsyncIterator[Self]:
        """Listen on 127.0.0.1, on free ports. `allow_http`: a picture's `url` may be plain HTTP on loopback."""
        self = cls(World(clock or Clock(frozen=True), doubts or Doubts(), Routes(allow_http=allow_http), per_minute))
        await self._start()
        try:
            yield self
        finally:
            await self._close()
        if self.violations:
            raise AssertionError("violations of the OA API:\n" + "\n".join(self.violations))

    async def _start(self) -> None:
        urls = []
        for runner in self._runners:
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            urls.append(f"http://127.0.0.1:{runner.addresses[0][1]}")
        self.base_url, self.oauth_url = urls
        self.world.base_url = self.base_url
        self._courier.start()

    async def _close(self) -> None:
        self._spoiler.closing.set()
        await self._courier.stop()
        for runner in self._runners:
            await runner.cleanup()

    # the account

    @property
    def app_id(self) -> str:
        """The app's id, a long decimal string."""
        return self.world.app_id

    @property
    def oa_id(self) -> str:
        """The account's id, a long decimal string."""
        return self.world.oa_id

    @property
    def secret_key(self) -> str:
        """The app's secret, for the token endpoint."""
        return self.world.secret_key

    @property
    def oa_secret_key(self) -> str:
        """The webhook page's secret, for signatures."""
        return self.world.oa_secret_key

    @property
    def doubts(self) -> Doubts:
        """The switches of what nobody could confirm."""
        return self.world.doubts

    @property
    def standing(self) -> Standing:
        """What the account has been granted and may spend; a test takes away."""
        return self.world.standing

    @property
    def tokens(self) -> Tokens:
        """The tokens as the server knows them."""
        return self.world.tokens

    def issues_tokens(self) -> TokenPair:
        """A first pair without the consent page, as from the developers' own tool."""
        return self.tokens.begin()

    async def consents(self, url: str) -> str:
        """An operator opens the address of the consent page and agrees: where the page sends them, with code, oa_id and state."""
        return await visitor.redirect(url)

    def operator_declines(self) -> None:
        """From now on the operator says no on the consent page: it sends them nowhere."""
        self.world.operator_declines = True

    def approves_template(self, id: str, text: str, *, promotion: bool = False) -> Template:
        """A template for paid messages; its fields are written `<name>` in the text."""
        return self.world.templates.approve(id, text, promotion=promotion)

    def lead(self, public: str, local: str) -> None:
        """A reverse proxy: pictures under the address `public` (https) are served at `local` (http on loopback)."""
        self.world.routes.lead(public, local)

    # people

    def person(self, name: str = "Nguyễn Văn Mẫu", *, phone: str = "", id: str = "") -> Person:
        """Somebody new, who has done nothing yet."""
        number = next(self._numbers)
        id = id or str(FIRST_PERSON + number)
        contact = Contact(id, str(FIRST_BY_APP + number), name, phone or str(FIRST_PHONE + number))
        self.world.people[id] = contact
        return Person(self.world, contact)

    # the webhook

    def sets_webhook(self, url: str) -> None:
        """Enter an address on the developers' page; from now on it is told what happens."""
        self._courier.url = url
        self.world.outbox.open = bool(url)

    async def checks_address(self) -> visitor.Answer:
        """The page's check: an unsigned `{}`, which wants 200."""
        return await visitor.post(self._courier.url, b"{}")

    async def fetches_domain_proof(self, site: str, code: str) -> visitor.Answer:
        """The page's proof of the domain: `/zalo_verifier<code>.html` of a site, as text."""
        return await visitor.get(f"{site.rstrip('/')}/zalo_verifier{code}.html")

    async def posts(self, body: bytes, headers: dict[str, str] | None = None) -> visitor.Answer:
        """What a stranger may send to the webhook; see `proof` for a right signature."""
        return await visitor.post(self._courier.url, body, headers)

    def proof(self, body: bytes, timestamp: str) -> dict[str, str]:
        """The headers by which Zalo would prove these bytes."""
        return self._console.proof(body, timestamp)

    def repeats(self, times: int = 1) -> None:
        """Tell the newest event again, so many times at once."""
        newest = self.world.outbox.newest
        for _ in range(times):
            self.world.outbox.repeat(newest)

    def out_of_order(self) -> AbstractContextManager[None]:
        """What happens inside is told afterwards, newest first."""
        return self.world.outbox.reversed()

    @property
    def events(self) -> list[Event]:
        """Everything that the webhook was or would have been told."""
        return self.world.outbox.all

    @property
    def deliveries(self) -> list[Delivery]:
        """Every try to tell the webhook something."""
        return self._courier.log

    @property
    def _under_way(self) -> list[Event]:
        return self.world.outbox.under_way

    def _quiet(self) -> bool:
        now = self.clock.seconds()
        return all(event.due is not None and event.due > now for event in self._under_way)

    # the record

    @property
    def sent(self) -> list[Heard]:
        """Everything the account has said, to whomever, in order."""
        return self.world.sent
