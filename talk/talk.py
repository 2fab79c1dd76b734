"""One turn of a conversation as one transaction: the claim of the update, the records, the memory and the answer are kept together or not at all."""

from __future__ import annotations

import asyncio
import datetime as dt
import secrets
import time
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import structlog
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.fsm.context import FSMContext
from aiogram.fsm.storage.base import StorageKey

from office import Session
from office.contacts import claim_update, contact_at, remember, remembering, unclaim_update, was_heard
from office.database import Database, may_pass
from office.held import release
from office.moments import whole_hour
from office.outbox import put_replies
from office.people import Who, meet
from office.records import Contact
from talk import line
from talk.fit import Limits, fit_all
from talk.memory import Memory
from talk.menus import bind, offered_by, offered_now, understand
from talk.reply import Reply
from talk.router import Router
from talk.texts import say
from talk.thinking import ThinkFirst, ThinksLong, Thoughts
from talk.turn import Turn
from talk.waiting import given_up_on

log = structlog.get_logger()
_ANY_KEY = StorageKey(bot_id=0, chat_id=0, user_id=0)  # Memory serves one contact; aiogram only wants to have a key

Moment = Callable[[str], None]
"""Called with the name of each point at which a crash would matter; tests kill the process there."""

Count = Callable[[str, str, float], None]
"""Told of every turn that is over: its channel, its outcome, and how many seconds it took."""


Beside = Callable[[Session, Contact], Awaitable[None]]
"""Writes what the channel itself keeps of a turn, in the turn's transaction."""


@dataclass(frozen=True)
class Heard:
    """What became of a turn: `answered`, `repeated` (handled before), or `failed` (the person was given `reference`)."""

    outcome: str
    reference: str | None = None


class Talk:
    """Hears turns of all channels. `parts` are handed to the handlers by name (the classifier, settings that they need), as are the `limits` of
    the channel on which the person speaks."""

    def __init__(
        self,
        database: Database,
        root: Router,
        clock: Callable[[], dt.datetime],
        *,
        parts: Mapping[str, Any] | None = None,
        limits: Mapping[str, Limits] | None = None,
        wake: Callable[[], None] = lambda: None,
        moment: Moment = lambda _: None,
        count: Count = lambda *_: None,
    ) -> None:
        self.database = database
        self.root = root
        self.clock = clock
        self._parts = dict(parts or {})
        self._thinking = {name: part for name, part in self._parts.items() if isinstance(part, ThinksLong)}
        self._parts = {name: part for name, part in self._parts.items() if name not in self._thinking}
        self._limits = dict(limits or {})
        self._wake = wake
        self._moment = moment
        self._count = count
        self._queues: dict[tuple[str, str], tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def in_order(self, channel: str, address: str) -> AsyncIterator[None]:
        """Hold the place of one person's update in the order of arrival at this process, also while its files are being fetched."""
        key = (channel, address)
        lock, waiting = self._queues.get(key, (asyncio.Lock(), 0))
        self._queues[key] = (lock, waiting + 1)
        try:
            async with lock:
                yield
        finally:
            lock, waiting = self._queues[key]
            if waiting == 1:
                del self._queues[key]
            else:
                self._queues[key] = (lock, waiting - 1)

    async def hear(self, turn: Turn, *, beside: Beside | None = None) -> Heard:
        """Handle one turn. `beside` writes what the channel itself keeps of it, in the same transaction.

        When it returns, the turn is kept, or it was before. It raises only when the database cannot be reached: then the channel must
        deliver the update again.
        """
        began = time.perf_counter()
        try:
            heard = await self._heard(turn, beside)
        except Exception:
            self._count(turn.channel, "failed", time.perf_counter() - began)
            raise
        self._count(turn.channel, heard.outcome, time.perf_counter() - began)
        return heard

    async def _heard(self, turn: Turn, beside: Beside | None) -> Heard:
        self._moment("received")
        thoughts = Thoughts()
        for last_try in (False, False, False, True):
            try:
                return await self._thought_over(turn, beside, thoughts)
            except Exception as fault:
                if may_pass(fault):  # a deadlock or a lost connection: nothing was kept, so nothing is lost by trying again
                    if last_try:
                        raise
                    continue
                # a fault of ours must not be delivered for ever: the person gets a reference, the log the rest
                return await self._apologise(turn, fault, beside)
        raise AssertionError("the last try either returns or raises")

    async def _thought_over(self, turn: Turn, beside: Beside | None, thoughts: Thoughts) -> Heard:
        looks, keeps_place = 0, False
        while True:
            try:
                return await self._hear(turn, beside, thoughts, waits=looks < line.MOST_LOOKS, keeps_place=keeps_place)
            except ThinkFirst as first:  # nothing of the turn was kept, but its place in line
                missing = first
                if not (self.database.is_sqlite or keeps_place or first.place_kept):
                    keeps_place = True  # it did not look like a long one: once more, so that the place is kept
                    continue
            except line.Behind:
                await self._wait_in_line(turn, first_look=not looks)
                looks += 1
                continue
            await thoughts.think_over(missing)

    async def _hear(self, turn: Turn, beside: Beside | None, thoughts: Thoughts, *, waits: bool, keeps_place: bool) -> Heard:
        now = self.clock()
        thoughts.begin()
        missing: ThinkFirst | None = None
        async with self.database.transaction() as session:
            met = await meet(session, turn.channel, turn.address, turn.update_key, now)
            if met is None:
                return Heard("repeated")
            contact, who = met
            memory = Memory(session, contact)
            if waits and not line.is_next(memory, turn.update_key, now):
                raise line.Behind
            if self.database.is_sqlite or not (keeps_place or line.may_think_long(turn, contact.memory)):
                await self._handle(turn, session, contact, who, memory, now, thoughts, beside)
            else:
                try:
                    async with session.begin_nested():
                        await self._handle(turn, session, contact, who, memory, now, thoughts, beside)
                except ThinkFirst as first:  # the contact is still locked: nobody can have come between
                    missing = first
                    await self._keep_place(session, turn, contact, now)
            if missing is None:
                self._moment("before commit")
        if missing is not None:
            missing.place_kept = True
            raise missing
        self._moment("after commit")
        self._wake()
        return Heard("answered")

    async def _handle(
        self,
        turn: Turn,
        session: Session,
        contact: Contact,
        who: Who,
        memory: Memory,
        now: dt.datetime,
        thoughts: Thoughts,
        beside: Beside | None,
    ) -> None:
        """All that the turn does, kept with the transaction. Raises ThinkFirst."""
        if beside is not None:
            await beside(session, contact)
        if contact.holds:
            await release(session, contact, who, now)
        replies = await self._answer(turn, session, contact, who, memory, now, thoughts)
        parts, offers = self._written(memory, turn, replies)
        line.step_out(memory, turn.update_key, now)
        kept = memory.kept(heard_at=whole_hour(now), gone_at=None, failing=False, allowance=None, knocked=False)
        if parts:
            await put_replies(session, contact, turn.update_key, parts, now, remembering(contact, kept), offers=offers)
        else:
            await remember(session, contact, **kept)

    async def _keep_place(self, session: Session, turn: Turn, contact: Contact, now: dt.datetime) -> None:
        """Nothing is kept of the turn but that the same person's next words wait for it, whichever process hears them."""
        await unclaim_update(session, turn.channel, turn.update_key)
        await session.refresh(contact)
        memory = Memory(session, contact)
        line.stand_in(memory, turn.update_key, now)
        await memory.keep()

    async def _wait_in_line(self, turn: Turn, *, first_look: bool) -> None:
        if first_look:
            async with self.database.transaction() as session:
                memory = Memory(session, await contact_at(session, turn.channel, turn.address, self.clock()))
                if not await was_heard(session, turn.channel, turn.update_key):  # delivered twice: nobody would step out of its place
                    line.stand_in(memory, turn.update_key, self.clock())
                    await memory.keep()
        await asyncio.sleep(line.LOOK)

    async def _answer(
        self, turn: Turn, session: Session, contact: Contact, who: Who, memory: Memory, now: dt.datetime, thoughts: Thoughts
    ) -> list[Reply]:
        turn = understand(turn, memory.offered, contact.serial)
        given_up = given_up_on(turn, memory, now)
        response = await self.root.propagate_event(
            "turn",
            turn,
            state=FSMContext(memory, _ANY_KEY),
            raw_state=memory.state,
            memory=memory,
            db=session,
            contact=contact,
            who=who,
            now=now,
            limits=self._limits_of(turn),
            **self._parts,
            **{name: part.of_turn(thoughts) for name, part in self._thinking.items()},
        )
        if response is None or response is UNHANDLED:
            return given_up
        return [*given_up, *(response if isinstance(response, list | tuple) else [response])]

    def _limits_of(self, turn: Turn) -> Limits:
        return self._limits.get(turn.channel, Limits())

    def _written(self, memory: Memory, turn: Turn, replies: list[Reply]) -> tuple[list[dict[str, Any]], bool]:
        """The answers as the channel can carry them, and whether they offer anything; what they offer is remembered."""
        limits = self._limits_of(turn)
        replies = [bind(reply, memory.serial) for reply in replies]
        offered, over = offered_by(replies, numbered=limits.numbered), memory.state is None
        memory.offered = offered_now(offered, memory.offered, numbered=limits.numbered, over=over)
        return [part.to_json() for part in fit_all(replies, limits)], bool(offered)

    async def _apologise(self, turn: Turn, fault: Exception, beside: Beside | None) -> Heard:
        reference = secrets.token_hex(3).upper()
        log.error("turn failed", reference=reference, channel=turn.channel, **without_words(fault))
        now = self.clock()
        async with self.database.transaction() as session:
            if not await claim_update(session, turn.channel, turn.update_key, now):
                return Heard("repeated")
            contact = await contact_at(session, turn.channel, turn.address, now)
            if beside is not None:
                await beside(session, contact)
            memory = Memory(session, contact)
            if memory.line:
                line.step_out(memory, turn.update_key, now)
                await memory.keep()
            await put_replies(session, contact, turn.update_key, [Reply(text=say("fault", reference=reference)).to_json()], now)
        self._wake()
        return Heard("failed", reference)


def without_words(fault: BaseException) -> dict[str, Any]:
    """What a log may hold of a fault: its kind and where it arose. Its message may repeat what a citizen wrote."""
    frames = traceback.extract_tb(fault.__traceback__)
    return {
        "fault": type(fault).__name__,
        "where": [f"{frame.filename.rsplit('/', 3)[-1]}:{frame.lineno} {frame.name}" for frame in frames[-8:]],
    }
