"""A real courier and real talk with scripted channels: how each send ends is written down before, what was said is read afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from bot.channels.base import Parcel
from bot.delivery.courier import Courier
from bot.delivery.outcome import Outcome, Sent
from bot.delivery.writing import Drawer, Writer, nobody_draws
from office import Session
from office.cases import Filing, file_case
from office.contacts import contact_at, contact_by_id
from office.database import Database
from office.linking import redeem
from office.outbox import Claimed, plan_notice
from office.people import invite
from office.records import Contact, OutboxMessage
from talk.fit import Limits
from talk.memory import Memory
from talk.reply import Reply
from talk.router import Router
from talk.talk import Talk
from talk.turn import Turn

NOW = dt.datetime(2026, 11, 23, 2, 17, 23, 456000, tzinfo=dt.UTC)
WINDOW = dt.timedelta(hours=48)
GATHERS = dt.timedelta(minutes=10)
LONG_SILENT = NOW - dt.timedelta(hours=60)
"""Heard so long ago that a channel with a `WINDOW` takes nothing for them."""

NUMBERED = Limits(text=2_000, buttons=0, numbered=True)
ANSWER = "Vâng."
"""What the bot says to any word; to a button, also which one it was."""


@dataclass(frozen=True)
class Try:
    """One send, and how it ended."""

    address: str
    reply: Reply
    outcome: Outcome
    content: bytes | None


class Scripted:
    """A channel. The next sends end as `ends` says, those of words in `never` always as is said there, all others well."""

    drops_repeats = False

    def __init__(
        self,
        name: str,
        *,
        window: dt.timedelta | None = None,
        free: dt.timedelta | None = None,
        gathers: dt.timedelta = dt.timedelta(0),
        limits: Limits | None = None,
    ) -> None:
        self.name, self.window, self.gathers, self.limits = name, window, gathers, limits or Limits()
        self.staff_window, self.free = window, free
        self.ends: list[Outcome] = []
        self.never: dict[str, Outcome] = {}
        self.meanwhile: Callable[[], Awaitable[None]] | None = None
        self.tries: list[Try] = []
        self.knocks = 0

    @property
    def tried(self) -> list[str]:
        """The words of all sends."""
        return [each.reply.text for each in self.tries]

    @property
    def said(self) -> list[str]:
        """The words that arrived."""
        return [each.reply.text for each in self.tries if isinstance(each.outcome, Sent)]

    async def knock(self, address: str) -> Outcome | None:
        self.knocks += 1
        return Sent()

    async def send(self, parcel: Parcel) -> Outcome:
        if self.meanwhile is not None:
            happens, self.meanwhile = self.meanwhile, None
            await happens()
        outcome = self.never.get(parcel.reply.text) or (self.ends.pop(0) if self.ends else Sent())
        self.tries.append(Try(parcel.address, parcel.reply, outcome, parcel.content))
        return outcome


def news(kind: str, event: int, **more: Any) -> dict[str, Any]:
    """A step of a case; its words are `kind event` unless `words` are given."""
    return {"kind": f"case_{kind}", "case": 5, "event": event} | more


async def plainly(session: Session, claimed: Claimed, now: dt.datetime) -> list[Reply] | None:
    """Writes the words that stand in a notice, to an official only while the contact is one."""
    notice = claimed.body["notice"]
    if "official" in notice and claimed.person_id is None:
        return None
    return [Reply(text=words) for words in notice.get("texts", [notice.get("words") or f"{notice.get('kind')} {notice.get('event')}"])]


class Stage:
    """The courier with its channels, and what people and the office do; the clock stands still unless a test moves it."""

    def __init__(self, database: Database, *channels: Scripted, write: Writer = plainly, draw: Drawer = nobody_draws) -> None:
        self.database = database
        self.now = NOW
        self.channels = {channel.name: channel for channel in channels}
        self.courier = Courier(database, self.channels, write, lambda: self.now, draw=draw)
        self.talk = Talk(database, _answering(), lambda: self.now)
        self._words = 0

    async def contact(self, channel: str, address: str = "a", *, heard: dt.datetime = NOW, **fields: Any) -> int:
        """A contact heard at that moment; its number."""
        async with self.database.transaction() as session:
            made = await contact_at(session, channel, address, heard)
            if fields:
                await session.execute(update(Contact).where(Contact.id == made.id).values(**fields))
            return made.id

    async def linked(self, channel: str, person_id: int, address: str = "a") -> None:
        """The contact of an official who typed an invitation there."""
        async with self.database.transaction() as session:
            contact = await contact_at(session, channel, address, self.now)
            await redeem(session, contact, await invite(session, person_id, self.now), self.now)

    async def filed(self, contact_id: int, unit_id: int) -> int:
        """The number of a case that somebody filed from that contact, confidentially."""
        async with self.database.transaction() as session:
            filing = Filing(unit_id, "…", "", "confidential", "DELAY")
            return (await file_case(session, filing, await contact_by_id(session, contact_id), self.now)).id

    async def shown(self, contact_id: int, label: str, data: str) -> None:
        """The contact was shown a menu with this one line."""
        async with self.database.transaction() as session:
            memory = Memory(session, await contact_by_id(session, contact_id))
            memory.offered = [[label, data]]
            await memory.keep()

    async def plan(self, contact_id: int, kind: str, args: dict[str, Any], **how: Any) -> None:
        """Plan a notice at this moment."""
        async with self.database.transaction() as session:
            contact = await session.get(Contact, contact_id)
            assert await plan_notice(session, f"{kind} {args}", contact, kind, args, self.now, **how)

    async def tell(self, contact_id: int, *steps: dict[str, Any]) -> None:
        """Plan the news of a case for its reporter, and carry what is due."""
        for step in steps:
            await self.plan(contact_id, "reporter", step)
        await self.settle()

    async def word(self, channel: str, address: str = "a", said: str = "trợ giúp", *, carried: bool = True) -> None:
        """A person's word, answered, and all that is due carried."""
        self._words += 1
        await self.talk.hear(Turn(channel=channel, address=address, update_key=f"word {self._words}", text=said))
        if carried:
            await self.settle()

    async def settle(self, at_most: int = 30) -> None:
        """Carry until nothing is due. One that is tried again and again without a pause is a fault."""
        for _ in range(at_most):
            if not await self.courier.round():
                return
        raise AssertionError(f"still busy after {at_most} rounds")

    async def passes(self, times: int = 1, **step: float) -> None:
        """So many times that long, and what is due is carried each time."""
        for _ in range(times):
            self.now += dt.timedelta(**step)
            await self.settle()

    async def rows(self) -> Sequence[OutboxMessage]:
        """All rows of the outbox."""
        async with self.database.reading() as session:
            return (await session.execute(select(OutboxMessage).order_by(OutboxMessage.place, OutboxMessage.id))).scalars().all()

    async def states(self) -> list[str]:
        """Their states."""
        return [row.state for row in await self.rows()]

    async def known(self, contact_id: int) -> Contact:
        """The contact as it stands now."""
        async with self.database.reading() as session:
            return await session.get_one(Contact, contact_id)


async def waiting(database: Database, **contact: Any) -> tuple[Stage, Scripted, int]:
    """Zalo, and an answer that waits there for somebody who was silent for too long."""
    zalo = Scripted("zalo_oa", window=WINDOW)
    stage = Stage(database, zalo)
    citizen = await stage.contact("zalo_oa", heard=LONG_SILENT, **contact)
    await stage.tell(citizen, news("answered", 1))
    assert await stage.states() == ["held"]
    return stage, zalo, citizen


def _answering() -> Router:
    router = Router(name="answers")

    @router.turn()
    async def answer(turn: Turn) -> Reply:
        return Reply(text=ANSWER if turn.choice is None else f"{ANSWER} {turn.choice}")

    return router
