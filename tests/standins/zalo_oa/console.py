"""The developers' page of Zalo: the address of the webhook, its unsigned check, the proof of the domain, and what strangers send."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import ClientSession, ClientTimeout

from .doubts import Signing
from .events import SIGNATURE, TIMESTAMP, sign
from .told import Event
from .world import World

PATIENCE = ClientTimeout(total=30)
JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Answer:
    """What the program's server answered."""

    status: int
    text: str


class Console:
    """Asks the program's own server."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._numbers = iter(range(1, 10**9))

    def headers(self, event: Event) -> dict[str, str]:
        """The headers that prove an event."""
        return self.proof(event.body, str(event.content.get("timestamp", "")))

    def proof(self, body: bytes, timestamp: str) -> dict[str, str]:
        """The signature over these bytes, with the timestamp in the body or in a header of its own."""
        world = self._world
        if world.doubts.signing is Signing.BODY:
            return {SIGNATURE: sign(world.app_id, body, timestamp, world.oa_secret_key)}
        moment = str(int(timestamp or 0) + 500 + next(self._numbers))
        return {SIGNATURE: sign(world.app_id, body, moment, world.oa_secret_key), TIMESTAMP: moment}

    @staticmethod
    async def post(url: str, body: bytes, headers: dict[str, str] | None = None) -> Answer:
        """What anybody may send to the webhook: any bytes, any headers."""
        sent = {**JSON, **(headers or {})}
        async with ClientSession(timeout=PATIENCE) as session, session.post(url, data=body, headers=sent, allow_redirects=False) as answer:
            return Answer(answer.status, await answer.text(errors="replace"))

    @staticmethod
    async def get(url: str) -> Answer:
        """A page of the program's server."""
        async with ClientSession(timeout=PATIENCE) as session, session.get(url, allow_redirects=False) as answer:
            return Answer(answer.status, await answer.text(errors="replace"))

    @staticmethod
    async def redirect(url: str) -> str:
        """Where a page sends the browser; empty if it does not."""
        async with ClientSession(timeout=PATIENCE) as session, session.get(url, allow_redirects=False) as answer:
            return answer.headers.get("Location", "")
