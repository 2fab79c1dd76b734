"""Carries updates to the webhook with its secret, wrapped or flat, and again when it is not answered with 200 in time."""

from __future__ import annotations

import json

from tests.standins.shared.carrier import Carrier
from tests.standins.shared.faults import Faults

from .doubts import ANSWER_WITHIN, RETRY_DELAYS, Body
from .methods import SECRET_HEADER
from .updates import Update
from .world import World


class Courier(Carrier[Update]):
    """Tells the webhook that was set; when it is taken away meanwhile, the update waits for a poller."""

    def __init__(self, world: World, faults: Faults) -> None:
        super().__init__(world.clock, world.bell, faults, within=ANSWER_WITHIN)
        self._world = world

    def _next(self) -> Update | None:
        waiting = self._world.updates.waiting
        return waiting.pop(0) if self._world.webhook.url and waiting else None

    async def _carry(self, update: Update) -> None:
        async with self._lanes[update.lane]:
            await self._try(update)
        for pause in RETRY_DELAYS:
            if update.taken or not self._world.webhook.url:
                break
            await self._pause(update, pause)
            if self._world.webhook.url:
                await self._try(update)
        if not update.taken and not self._world.webhook.url:
            self._world.updates.put_back(update)
        else:
            update.lost = not update.taken
        self._bell.ring()

    def _envelope(self, update: Update) -> tuple[str, bytes, dict[str, str]]:
        webhook = self._world.webhook
        wrapped = self._world.doubts.body is Body.WRAPPED
        body = json.dumps({"ok": True, "result": update.content} if wrapped else update.content, ensure_ascii=False).encode()
        return self._world.routes.target(webhook.url), body, {SECRET_HEADER: webhook.secret}
