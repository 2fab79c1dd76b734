"""Carries updates to the webhook with its secret, wrapped or flat, and again when it is not answered with 200 in time."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Coroutine

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.standins.zalo_oa.faults import Faults, Kind

from .doubts import ANSWER_WITHIN, RETRY_DELAYS, Body
from .methods import SECRET_HEADER
from .updates import Delivery, Update
from .world import World

UTMOST = ClientTimeout(total=60)  # real seconds, so that a test with a clock that stands still ends at all


class Courier:
    """One task for each update; the first tries within a lane go one after the other, retries beside them."""

    def __init__(self, world: World, faults: Faults) -> None:
        self.log: list[Delivery] = []
        self._world = world
        self._faults = faults
        self._lanes: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: ClientSession | None = None

    def start(self) -> None:
        """Begin to watch for updates."""
        self._session = ClientSession(timeout=UTMOST)
        self._spawn(self._watch())

    async def stop(self) -> None:
        """End all deliveries. Raises what went wrong in one, apart from the end itself."""
        for task in self._tasks:
            task.cancel()
        results = await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
        for result in results:
            if isinstance(result, Exception):
                raise result

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and task.exception() is None:
            self._tasks.discard(task)

    async def _watch(self) -> None:
        while True:
            while self._world.webhook.url and self._world.updates.waiting:
                self._spawn(self._carry(self._world.updates.waiting.pop(0)))
            await self._world.bell.wait()

    async def _carry(self, update: Update) -> None:
        async with self._lanes[update.lane]:
            await self._try(update)
        for pause in RETRY_DELAYS:
            if update.taken or not self._world.webhook.url:
                break
            update.due = self._world.clock.seconds() + pause
            self._world.bell.ring()
            await self._world.clock.sleep(pause)
            update.due = None
            if self._world.webhook.url:
                await self._try(update)
        if not update.taken and not self._world.webhook.url:
            self._world.updates.put_back(update)
        else:
            update.lost = not update.taken
        self._world.bell.ring()

    async def _try(self, update: Update) -> None:
        post = asyncio.create_task(self._post(update))
        limit = asyncio.create_task(self._world.clock.sleep(ANSWER_WITHIN))
        try:
            await asyncio.wait({post, limit}, return_when=asyncio.FIRST_COMPLETED)
            done = post.result() if post.done() else Delivery(update.name, None, "not answered in time")
        finally:
            for task in (post, limit):
                task.cancel()
            await asyncio.gather(post, limit, return_exceptions=True)
        update.tries.append(done)
        update.taken = not done.problem
        self.log.append(done)
        self._world.bell.ring()

    async def _post(self, update: Update) -> Delivery:
        fault = self._faults.take("webhook", update.name)
        if fault is not None and fault.kind is Kind.DROP_BEFORE:
            return Delivery(update.name, None, "the connection broke before anything was said")
        if self._session is None:
            raise RuntimeError("not started")
        webhook = self._world.webhook
        wrapped = self._world.doubts.body is Body.WRAPPED
        body = json.dumps({"ok": True, "result": update.content} if wrapped else update.content, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json", SECRET_HEADER: webhook.secret}
        target = self._world.routes.target(webhook.url)
        try:
            async with self._session.post(target, data=body, headers=headers, allow_redirects=False) as answer:
                await answer.read()
        except (ClientError, TimeoutError) as error:
            return Delivery(update.name, None, type(error).__name__)
        if fault is not None:
            return Delivery(update.name, None, "the answer was lost")
        return Delivery(update.name, answer.status, "" if answer.status == 200 else "not 200")
