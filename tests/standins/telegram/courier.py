"""Carries updates to the webhook: in order within a lane, lanes side by side, again and again until the bot answers 2xx."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import ClientError, ClientSession, ClientTimeout

from .contract import MODELS, understand
from .faults import Faults, Kind
from .journal import Journal
from .methods import HANDLERS
from .refused import Refused, breach
from .updates import Pending
from .wire import RawCall
from .world import World

Backoff = Callable[[int], float]
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


def at_once(failures: int) -> float:
    """Seconds before the next try: none."""
    return 0.0


def brisk(failures: int) -> float:
    """At once, then after 0.04, 0.08 … at most 0.5 s: quick enough for tests, kind to a bot that is restarting."""
    return 0.0 if failures <= 1 else float(min(0.5, 0.01 * 2**failures))


def as_telegram(failures: int) -> float:
    """At once, then after 2, 4, 8 … at most 60 s, as the real server does: for a clock that a test moves."""
    return 0.0 if failures <= 1 else float(min(60, 2 ** (failures - 1)))


@dataclass(frozen=True)
class Delivery:
    """One try. `status` is None when there was no answer."""

    update_id: int
    status: int | None
    problem: str = ""


class Courier:
    """One task that starts a delivery for every lane that has something and is not busy."""

    def __init__(self, world: World, faults: Faults, journal: Journal, *, backoff: Backoff, timeout: float) -> None:
        self.log: list[Delivery] = []
        self._world = world
        self._faults = faults
        self._journal = journal
        self._backoff = backoff
        self._timeout = ClientTimeout(total=timeout)
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._sending = 0
        self._main: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to watch for updates."""
        self._main = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """End all deliveries."""
        tasks = [task for task in (self._main, *self._busy.values()) if task]
        for task in tasks:
            task.cancel()
        for result in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(result, Exception):
                raise result

    async def _run(self) -> None:
        async with ClientSession(timeout=self._timeout) as session:
            while True:
                for update in self._world.updates.for_webhook() if self._world.webhook.url else []:
                    if update.lane not in self._busy:
                        self._busy[update.lane] = asyncio.create_task(self._deliver(session, update))
                await self._world.bell.wait()

    async def _deliver(self, session: ClientSession, update: Pending) -> None:
        failures = 0
        try:
            while self._world.webhook.url and update.expires > self._world.clock.seconds():
                problem = await self._try(session, update)
                if not problem:
                    self._world.updates.forget(update)
                    return
                failures += 1
                self._world.webhook.last_error_date = self._world.clock.timestamp()
                self._world.webhook.last_error_message = problem
                await self._world.clock.sleep(self._backoff(failures))
                await asyncio.sleep(0)
        except (AssertionError, LookupError, TypeError, ValueError) as error:
            self._journal.violations.append(f"webhook: the stand-in itself failed: {error!r}")
        finally:
            del self._busy[update.lane]
            self._world.bell.ring()

    async def _try(self, session: ClientSession, update: Pending) -> str:
        """What went wrong, or nothing."""
        while self._sending >= self._world.webhook.max_connections:
            await self._world.bell.wait()
        self._sending += 1
        try:
            status, problem = await self._post(session, update)
        except TimeoutError:
            status, problem = None, "Read timeout expired"
        except ClientError as error:
            status, problem = None, f"Connection failed: {type(error).__name__}"
        finally:
            self._sending -= 1
            self._world.bell.ring()
        self.log.append(Delivery(update.update_id, status, problem))
        return problem

    async def _post(self, session: ClientSession, update: Pending) -> tuple[int | None, str]:
        fault = self._faults.take("webhook", None)
        if fault is not None and fault.kind is Kind.DROP_BEFORE:
            return None, "Connection failed: reset by a scripted fault"
        settings = self._world.webhook
        headers = {"Content-Type": "application/json"}
        if settings.secret_token:
            headers[SECRET_HEADER] = settings.secret_token
        async with session.post(settings.target, data=json.dumps(update.data), headers=headers, allow_redirects=False) as answer:
            body = await answer.text(errors="replace")
            if answer.status < 300:
                await self._run_named(answer.content_type, body)
            if fault is not None:
                return None, "Read timeout expired"
            return answer.status, "" if answer.ok and answer.status < 300 else f"Wrong response from the webhook: {answer.status}"

    async def _run_named(self, content_type: str, body: str) -> None:
        """Run the method that the answer names, as the real server does: once, and the bot never learns what became of it."""
        if content_type != "application/json":
            if 'name="method"' in body:
                self._journal.violations.append("webhook answer asks for a method in a form: the stand-in reads JSON only")
            return
        named = json.loads(body or "{}")
        if "method" not in named:
            return
        entry = self._journal.begin(str(named.pop("method")), self._world.clock.seconds())
        entry.by_answer = True
        try:
            model = MODELS.get(entry.method.lower())
            if model is None or entry.method.lower() not in HANDLERS:
                raise breach("a webhook answer names no such method")
            entry.method = model.__api_method__
            call = understand(model, RawCall(named))
            entry.params = call.params
            fault = self._faults.take(entry.method, call.chat_id)
            if fault is not None:
                entry.fault = fault.kind.value
            if fault is None or fault.kind.after:
                await HANDLERS[entry.method.lower()](self._world, call)
                entry.status = 200
        except Refused as refused:
            self._journal.refuse(entry, refused)
