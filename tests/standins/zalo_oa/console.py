"""The developers' page of Zalo, which knows the secret of the webhook: it proves what is told there."""

from __future__ import annotations

from .doubts import Signing
from .events import SIGNATURE, TIMESTAMP, sign
from .told import Event
from .world import World


class Console:
    """Signs."""

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
