"""The stand-in as a test starts it: two servers on loopback, people who write to the account, and a reckoning at the end."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager
from itertools import count
from typing import Self, TypeVar

from aiohttp import web

from tests.standins.telegram.clock import Clock

from .console import Answer, Console
from .contact import Contact
from .courier import Courier
from .desk import Desk
from .doubts import Doubts
from .faults import Faults
from .journal import Journal, Request
from .oauth_desk import OAuthDesk
from .people import Person
from .posts import Heard
from .rates import PER_MINUTE
from .routes import Routes
from .spoil import Spoiler
from .standing import Standing
from .templates import Template
from .tokens import TokenPair, Tokens
from .told import Delivery, Event
from .world import World

T = TypeVar("T")
FIRST_PERSON, FIRST_BY_APP, FIRST_PHONE = 6_142_494_823_000_000_001, 979_122_185_046_046_001, 84_900_000_001


class ZaloOfficialAccount:
    """Use `async with ZaloOfficialAccount.open() as zalo`. Times are on `clock`, which stands still unless a test moves it.

    Leaving the block raises `AssertionError` with the program's violations of the API.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.clock = world.clock
        self.faults = Faults()
        self.journal = Journal()
        self._console = Console(world)
        self._spoiler = Spoiler(world.clock)
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
        return await self._console.redirect(url)

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

    async def checks_address(self) -> Answer:
        """The page's check: an unsigned `{}`, which wants 200."""
        return await self._console.post(self._courier.url, b"{}")

    async def fetches_domain_proof(self, site: str, code: str) -> Answer:
        """The page's proof of the domain: `/zalo_verifier<code>.html` of a site, as text."""
        return await self._console.get(f"{site.rstrip('/')}/zalo_verifier{code}.html")

    async def posts(self, body: bytes, headers: dict[str, str] | None = None) -> Answer:
        """What a stranger may send to the webhook; see `proof` for a right signature."""
        return await self._console.post(self._courier.url, body, headers)

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

    # time and waiting

    async def passes(self, *, seconds: float = 0, minutes: float = 0, hours: float = 0, days: float = 0) -> None:
        """Time passes on the clock; every retry that falls due in it is carried out at its moment."""
        target = self.clock.seconds() + seconds + 60 * minutes + 3600 * hours + 86_400 * days
        await self.settled()
        while dues := [event.due for event in self.world.outbox.under_way if event.due is not None and event.due <= target]:
            self.clock.advance(max(0.0, min(dues) - self.clock.seconds()) + 1e-6)  # never a rounding error too early
            await self.settled()
        self.clock.advance(max(0.0, target - self.clock.seconds()))

    async def settled(self, timeout: float = 10.0) -> None:
        """Return when no try is under way: each event is taken, lost, or waits for its next try. `timeout`: real seconds."""
        await self.until(self._quiet, timeout)

    async def all_taken(self, timeout: float = 10.0) -> None:
        """Return when the webhook has taken every event; without a webhook at once. `timeout`: real seconds."""
        try:
            await self.until(lambda: not self.world.outbox.under_way, timeout)
        except TimeoutError as error:
            waiting = [(event.name, event.tries) for event in self.world.outbox.under_way]
            raise AssertionError(f"the webhook did not take {waiting}") from error

    async def until(self, check: Callable[[], T], timeout: float = 20.0) -> T:
        """The first true answer of `check`, asked again whenever something has happened."""
        return await self.world.bell.until(check, timeout)

    def _quiet(self) -> bool:
        now = self.clock.seconds()
        return all(event.due is not None and event.due > now for event in self.world.outbox.under_way)

    # the record

    @property
    def sent(self) -> list[Heard]:
        """Everything the account has said, to whomever, in order."""
        return self.world.sent

    @property
    def requests(self) -> list[Request]:
        """Everything the program asked."""
        return self.journal.requests

    def calls(self, name: str) -> list[Request]:
        """The requests of one call: `send`, `template`, `template_by_phone`, `upload`, `getoa`, `detail`, `token`, `permission`, `file`."""
        return [request for request in self.requests if request.call == name]

    @property
    def violations(self) -> list[str]:
        """What the program did wrong; a test that provokes one takes it back with `excuse`."""
        return self.journal.violations

    def excuse(self, words: str) -> list[str]:
        """Take back the violations that contain `words`; raises if there are none."""
        return self.journal.excuse(words)
