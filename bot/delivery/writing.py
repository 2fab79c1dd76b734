"""Writes a notice at the moment of sending: judges once more whether it may go and through which door, and fits its words to the channel."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

import structlog

from bot.channels.base import Channel
from bot.delivery.doors import Doors
from office import Session, held, packing, sending
from office.addressees import addressee
from office.behind import menu_follows, more_follows
from office.contacts import contact_by_id, knocked, with_their_others
from office.database import Database
from office.files import store
from office.outbox import REPORTER, Claimed
from office.records import Contact
from talk.fit import fit_all
from talk.memory import Memory
from talk.menus import bind, notice_said, offered_by, offered_now
from talk.reply import Drawing, Enclosure, Reply
from talk.talk import without_words

log = structlog.get_logger()

Writer = Callable[[Session, Claimed, dt.datetime], Awaitable[list[Reply] | None]]
"""Writes a notice; None when it is no longer needed or no longer allowed."""

Drawer = Callable[[Drawing], bytes]
"""Draws a picture; called in a thread, with no transaction open."""


def nobody_draws(drawing: Drawing) -> bytes:
    """For who never sends pictures."""
    raise LookupError(drawing.kind)


class Writing:
    """Writes for the channels at hand."""

    def __init__(
        self, database: Database, channels: Mapping[str, Channel], write: Writer, clock: Callable[[], dt.datetime], draw: Drawer
    ) -> None:
        self._database = database
        self._channels = channels
        self._write = write
        self._clock = clock
        self._draw = draw
        self.doors = Doors(channels)

    async def parts(self, row: Claimed) -> list[Reply] | None:
        """The messages of a row, with their pictures; they are kept, so that a repeat says the same. None if there is nothing to send here now."""
        if "messages" in row.body:
            parts = [Reply.model_validate(message) for message in row.body["messages"]]
        else:
            written = await self._written(row)
            if written is None:
                return None
            parts = written
        return await self._drawn(row, parts)

    async def door_is_shut(self, row: Claimed, reason: str) -> None:
        """The channel refused the row, for it takes nothing for this person before their next word."""
        async with self._database.transaction() as session:
            contact = await with_their_others(session, row.contact_id)
            if not await sending.still_ours(session, row):
                return
            knocks_at = await self._elsewhere(session, row, contact, reason, self._clock())
        await self._knock(knocks_at)

    async def _written(self, row: Claimed) -> list[Reply] | None:
        before = dict(row.body)
        try:
            async with self._database.transaction() as session:
                contact = await with_their_others(session, row.contact_id)  # contacts before the case, as every turn does: no deadlock
                if not await sending.still_ours(session, row):
                    return None
                parts, knocks_at = await self._judged(session, row, contact, self._clock())
        except Exception:  # what was packed into it was undone, too: it must not be said twice
            row.body.clear()
            row.body.update(before)
            raise
        await self._knock(knocks_at)
        return parts

    async def _judged(
        self, session: Session, row: Claimed, contact: Contact, now: dt.datetime
    ) -> tuple[list[Reply] | None, Contact | None]:
        """The words, if they are to go here and now; and the contact where a knock should tell that they wait."""
        whose = await addressee(session, row, contact, now)
        if whose is None:
            await sending.end(session, row, "dropped", now, "nobody to tell any more")
        elif whose.id != contact.id:
            await held.move(session, row, whose.id, now)
        elif reason := await self.doors.closed(session, contact, row, now):
            return None, await self._elsewhere(session, row, contact, reason, now)
        elif (gathers := self._channels[row.channel].gathers) and packing.can_wait(row):
            await packing.wait_for_more(session, row, now, gathers)
        else:
            return await self._fitted(session, row, contact, now), None
        return None, None

    async def _elsewhere(self, session: Session, row: Claimed, contact: Contact, reason: str, now: dt.datetime) -> Contact | None:
        """Hand a notice to another door of the person, or keep it for their next word. Returns the contact where a knock should tell of it."""
        other = await self.doors.other(session, contact, row, now)
        if other is not None:
            await held.move(session, row, other.id, now)
            return None
        await held.hold(session, row, contact, reason, now)
        if not self.doors.worth_a_knock(contact, row, now):
            return None
        await knocked(session, contact.id)
        return contact

    async def _knock(self, contact: Contact | None) -> None:
        if contact is None:
            return
        outcome = await self._channels[contact.channel].knock(contact.address)
        if outcome is not None:
            log.info("knocked", channel=contact.channel, outcome=type(outcome).__name__)

    async def _fitted(self, session: Session, row: Claimed, contact: Contact, now: dt.datetime) -> list[Reply] | None:
        limits = self._channels[row.channel].limits
        replies = await self._said(session, row, contact, now)
        if replies is None:
            await sending.end(session, row, "dropped", now, "no longer needed")
            return None
        bound = [bind(reply, contact.serial) for reply in replies]
        if limits.numbered:
            alone = contact.state is None and not await more_follows(session, row, now)
            bound, _ = notice_said(bound, Memory(session, contact).offered, alone=alone, most_buttons=limits.buttons)
            row.body["alone"] = alone
        row.body["offered"] = [reply.to_json() for reply in bound]
        parts = fit_all(bound, limits)
        await sending.keep_written(session, row, parts=[part.to_json() for part in parts])
        return parts

    async def note_offered(self, session: Session, row: Claimed) -> None:
        """It was said: what is typed now may mean a button of it. Not before, or a number would mean a menu that nobody saw.

        Nothing is kept where the row was taken from meanwhile: an erased contact remembers nothing, and one taken out of a party nothing of it.
        What the person said meanwhile is answered behind it: the numbers are that answer's if it has a menu, nobody's if it asks something.
        """
        if not (offered := row.body.get("offered")):
            return
        contact = await contact_by_id(session, row.contact_id)  # nobody parts or erases from now on
        if not await sending.still_there(session, row):
            return
        said, memory = [Reply.model_validate(message) for message in offered], Memory(session, contact)
        limits, answered = self._channels[row.channel].limits, await menu_follows(session, row, self._clock())
        if limits.numbered:
            alone = bool(row.body.get("alone")) and contact.state is None and not answered
            _, memory.offered = notice_said(said, memory.offered, alone=alone, most_buttons=limits.buttons)
        elif not answered:
            memory.offered = offered_now(offered_by(said), memory.offered)
        await memory.keep()

    async def _said(self, session: Session, row: Claimed, contact: Contact, now: dt.datetime) -> list[Reply] | None:
        """The words of the notice; where each message counts, the news of one case in one."""
        if row.kind != REPORTER:
            return await self._write(session, row, now)
        if self.doors.limits_messages(contact):
            await packing.take_along(session, row, now)
        each_alone = [replace(row, body={"notice": notice}) for notice in packing.notices_of(row)]
        news = [await self._write(session, each, now) for each in each_alone]
        said = [reply for replies in news for reply in replies or []]
        if len(said) < 2:
            return said or None
        return [_in_one(said)]

    async def _drawn(self, row: Claimed, parts: list[Reply]) -> list[Reply] | None:
        """The messages with the pictures that were still to be drawn; kept with their words, so that a repeat sends the same.

        None if there was but a picture, and it could not be drawn.
        """
        wanted = [part.drawing for part in parts if part.drawing is not None]
        if not wanted:
            return parts
        try:
            pictures = [await asyncio.to_thread(self._draw, drawing) for drawing in wanted]
        except Exception as fault:  # a chart that cannot be drawn must not cost the head the words
            log.error("picture not drawn, the words go alone", row=row.id, kind=row.kind, **without_words(fault))
            return await self._without_pictures(row, parts)
        async with self._database.transaction() as session:
            kept = []
            for drawing, picture in zip(wanted, pictures, strict=True):
                file = await store(session, "picture", drawing.name, "image/png", picture, self._clock())
                kept.append(Enclosure(file_id=file.id, kind="picture", name=drawing.name, mime=file.mime, alt=drawing.alt))
            parts = [part.model_copy(update={"enclosure": kept.pop(0), "drawing": None}) if part.drawing else part for part in parts]
            await sending.keep_written(session, row, parts=[part.to_json() for part in parts])
        return parts

    async def _without_pictures(self, row: Claimed, parts: list[Reply]) -> list[Reply] | None:
        """The words alone, kept so: what counts the parts must count the same ones at a repeat."""
        words = _words_of(parts)
        async with self._database.transaction() as session:
            if words:
                await sending.keep_written(session, row, parts=[part.to_json() for part in words])
            else:
                await sending.end(session, row, "failed", self._clock(), "nothing but a picture that could not be drawn")
        return words or None


def _words_of(parts: list[Reply]) -> list[Reply]:
    words = [part.words_alone() if part.drawing is not None else part for part in parts]
    return [part for part in words if part.text or part.rows or part.enclosure]


def _in_one(replies: list[Reply]) -> Reply:
    """Several messages as one: the words below each other, each button once."""
    rows = {tuple(choice.data for choice in row): row for reply in replies for row in reply.rows}
    return Reply(text="\n\n".join(reply.text for reply in replies), rows=tuple(rows.values()))
