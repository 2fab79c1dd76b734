"""What each method of the Bot API does; names are as Zalo writes them, and upper and lower case count."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.standins.shared.clock import Clock
from tests.standins.shared.kinds import picture_kind
from tests.standins.shared.routes import Unreachable

from .contact import Contact
from .doubts import BIGGEST_PHOTO, CHAT_UNKNOWN, WHILE_WEBHOOK
from .params import only, text
from .refused import Refused, breach, nothing_new
from .updates import Update
from .world import Webhook, World

LONGEST_TEXT = 2_000
SECRET = (8, 256)
DEFAULT_POLL = "30"
LONGEST_POLL = 300
SECRET_HEADER = "X-Bot-Api-Secret-Token"
PROBE_PATIENCE = ClientTimeout(total=2)
Params = dict[str, Any]


class Methods:
    """Each method gives the `result` of the answer (None: the answer has none) or raises `Refused`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._poller: object | None = None
        self.probes: set[asyncio.Task[None]] = set()

    async def get_me(self, params: Params) -> Any:
        """`getMe`."""
        only(params)
        return self._world.me

    async def get_updates(self, params: Params) -> Any:
        """`getUpdates`: one update, or 408 after `timeout` seconds of the clock. A newer poll ends an older one."""
        only(params, may=("timeout",))
        seconds = text({"timeout": DEFAULT_POLL, **params}, "timeout", 1, 4)
        if not (seconds.isascii() and seconds.isdecimal()) or int(seconds) > LONGEST_POLL:
            raise breach("timeout must be a string of digits")
        self._no_webhook()
        self._poller = mine = object()
        self._world.bell.ring()
        late = asyncio.create_task(_rings_later(self._world, self._world.clock, int(seconds)))
        try:
            while not self._world.updates.waiting:
                if late.done() or self._poller is not mine or self._world.closing:
                    raise nothing_new()
                await self._world.bell.wait()
                self._no_webhook()
            if self._poller is not mine:
                raise nothing_new()
        finally:
            late.cancel()
            await asyncio.gather(late, return_exceptions=True)
        return self._taken(self._world.updates.waiting.pop(0))

    async def set_webhook(self, params: Params) -> Any:
        """`setWebhook`: https (or what the test allows) and a secret of 8 to 256 characters; then the empty-body probe."""
        only(params, "url", "secret_token")
        url = text(params, "url", 1, LONGEST_TEXT)
        secret = text(params, "secret_token", *SECRET)
        try:
            self._world.routes.target(url)
        except Unreachable as error:
            raise breach(f"bad webhook: {error}") from error
        self._world.webhook = Webhook(url, secret, self._world.millis())
        self._world.bell.ring()
        task = asyncio.create_task(self._probe(self._world.webhook))
        self.probes.add(task)
        return self._world.webhook.info()

    async def delete_webhook(self, params: Params) -> Any:
        """`deleteWebhook`."""
        only(params)
        self._world.webhook = Webhook(updated_at=self._world.millis())
        self._world.bell.ring()
        return self._world.webhook.info()

    async def get_webhook_info(self, params: Params) -> Any:
        """`getWebhookInfo`."""
        only(params)
        return self._world.webhook.info()

    async def send_message(self, params: Params) -> Any:
        """`sendMessage`."""
        only(params, "chat_id", "text")
        words = text(params, "text", 1, LONGEST_TEXT)
        return self._world.deliver(self._person(params), words, None)

    async def send_photo(self, params: Params) -> Any:
        """`sendPhoto`: the picture is fetched from its public address."""
        only(params, "chat_id", "photo", may=("caption",))
        caption = text(params, "caption", 1, LONGEST_TEXT) if "caption" in params else ""
        person = self._person(params)
        try:
            data = await self._world.routes.fetch(text(params, "photo", 1, LONGEST_TEXT), BIGGEST_PHOTO)
        except Unreachable as error:
            raise breach(f"photo: {error}") from error
        if not picture_kind(data):
            raise breach("photo: what is served there is not a picture")
        return self._world.deliver(person, caption, data)

    async def send_chat_action(self, params: Params) -> Any:
        """`sendChatAction`: only `typing`."""
        only(params, "chat_id", "action")
        if params["action"] != "typing":
            raise breach("action must be typing")
        self._person(params).actions.append("typing")

    def _person(self, params: Params) -> Contact:
        person = self._world.people.get(text(params, "chat_id", 1, 100))
        if person is None or not person.opened:
            raise Refused(CHAT_UNKNOWN, "Bad Request: chat not found", breach=person is None)
        if person.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        return person

    def _no_webhook(self) -> None:
        if self._world.webhook.url:
            raise Refused(WHILE_WEBHOOK, "Bad Request: getUpdates does not work while a webhook is set")

    def _taken(self, update: Update) -> dict[str, Any]:
        update.taken = True
        self._world.bell.ring()
        return update.content

    async def _probe(self, webhook: Webhook) -> None:
        """An empty body wants 200; whoever is not there yet is not asked again."""
        headers = {SECRET_HEADER: webhook.secret} if self._world.doubts.probe_with_secret else {}
        target = self._world.routes.target(webhook.url)
        try:
            async with ClientSession(timeout=PROBE_PATIENCE) as session, session.post(target, data=b"", headers=headers) as answer:
                webhook.probe_status = answer.status
        except (ClientError, TimeoutError):
            webhook.probe_status = None
        self._world.bell.ring()


async def _rings_later(world: World, clock: Clock, seconds: float) -> None:
    await clock.sleep(seconds)
    asyncio.get_running_loop().call_soon(world.bell.ring)


Method = Callable[[Methods, Params], Awaitable[Any]]
METHODS: dict[str, Method] = {
    "getMe": Methods.get_me,
    "getUpdates": Methods.get_updates,
    "setWebhook": Methods.set_webhook,
    "deleteWebhook": Methods.delete_webhook,
    "getWebhookInfo": Methods.get_webhook_info,
    "sendMessage": Methods.send_message,
    "sendPhoto": Methods.send_photo,
    "sendChatAction": Methods.send_chat_action,
}
