"""Carries what is in the outbox to people: claims, sends, records how it ended. Several couriers may run on one database."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
from collections.abc import Awaitable, Callable, Mapping

import structlog

from bot.channels.base import Channel, Parcel
from bot.delivery.outcome import Failed, Gone, Later, NeedsTemplate, Outcome, Refused, Sent, Unknown, Wait
from office import Session, outbox
from office.contacts import contact_by_id, mark_gone
from office.database import Database
from office.files import content_of, store
from office.outbox import Claimed
from talk.fit import fit_all
from talk.memory import Memory
from talk.menus import bind, offered_by, offered_now
from talk.reply import Drawing, Enclosure, Reply
from talk.talk import Moment, without_words

log = structlog.get_logger()

Writer = Callable[[Session, Claimed, dt.datetime], Awaitable[list[Reply] | None]]
"""Writes a notice at the moment of sending; None when it is no longer needed or no longer allowed."""

Drawer = Callable[[Drawing], bytes]
"""Draws a picture; called in a thread, with no transaction open."""

_IDLE = 1.0
"""Seconds between looks at the outbox when nobody wakes us: another process may have put something there."""


def _nobody_draws(drawing: Drawing) -> bytes:
    raise LookupError(drawing.kind)


class Courier:
    """Sends for the channels it is given."""

    def __init__(
        self,
        database: Database,
        channels: Mapping[str, Channel],
        write: Writer,
        clock: Callable[[], dt.datetime],
        *,
        draw: Drawer = _nobody_draws,
        moment: Moment = lambda _: None,
    ) -> None:
        self._database = database
        self._draw = draw
        self._channels = dict(channels)
        self._write = write
        self._clock = clock
        self._moment = moment
        self._woken = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """There may be something to send."""
        self._woken.set()

    def stop(self) -> None:
        """Take nothing new; `run` ends when what is being sent has gone."""
        self._stopping = True
        self.wake()

    async def run(self) -> None:
        """Work until told to stop."""
        if self._database.is_sqlite:  # one process alone: whoever held a row before us is dead
            async with self._database.transaction() as session:
                await outbox.release_leases(session, self._clock())
        while not self._stopping:
            self._woken.clear()
            try:
                busy = await self.round()
            except Exception as fault:  # the database may be away for a while; the loop must outlive that
                log.error("courier round failed", **without_words(fault))
                busy = 0
            if not busy and not self._stopping:
                await self._rest()

    async def _rest(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_IDLE):  # not wait_for: on Python 3.11 it can swallow a cancellation
                await self._woken.wait()

    async def round(self) -> int:
        """Claim what is due and send it. Returns how many rows were handled."""
        async with self._database.transaction() as session:
            await outbox.too_late(session, self._clock())
            claimed = await outbox.claim_due(session, self._clock(), channels=frozenset(self._channels))
        await asyncio.gather(*(self._deliver(row) for row in claimed))
        return len(claimed)

    async def _deliver(self, row: Claimed) -> None:
        try:
            if (parts := await self._written(row)) is not None:
                await self._send_all(row, await self._drawn(row, parts))
        except Exception as fault:  # one row's fault must not keep the others from going
            log.error("delivery failed", row=row.id, kind=row.kind, **without_words(fault))
            await self._put_off(row, type(fault).__name__)

    async def _written(self, row: Claimed) -> list[Reply] | None:
        """The messages of a row; a notice is written now, and its words are kept for a repeat."""
        if "messages" in row.body:
            return [Reply.model_validate(message) for message in row.body["messages"]]
        async with self._database.transaction() as session:
            contact = await contact_by_id(session, row.contact_id)  # the contact before the case, as every turn does: no deadlock
            replies = await self._write(session, row, self._clock())
            if replies is None:
                await outbox.end(session, row, "dropped", self._clock(), "no longer needed")
                return None
            memory = Memory(session, contact)
            bound = [bind(reply, contact.serial) for reply in replies]
            limits = self._channels[row.channel].limits
            memory.offered = offered_now(offered_by(bound, numbered=limits.numbered), memory.offered, numbered=limits.numbered)
            await memory.keep()
            parts = fit_all(bound, limits)
            await outbox.keep_written(session, row, [part.to_json() for part in parts])
        return parts

    async def _drawn(self, row: Claimed, parts: list[Reply]) -> list[Reply]:
        """The messages with the pictures that were still to be drawn; kept with their words, so that a repeat sends the same."""
        wanted = [part.drawing for part in parts if part.drawing is not None]
        if not wanted:
            return parts
        try:
            pictures = [await asyncio.to_thread(self._draw, drawing) for drawing in wanted]
        except Exception as fault:  # a chart that cannot be drawn must not cost the head the words
            log.error("picture not drawn, the words go alone", row=row.id, kind=row.kind, **without_words(fault))
            words = [part.words_alone() for part in parts]
            return [part for part in words if part.text or part.rows]
        async with self._database.transaction() as session:
            kept = []
            for drawing, picture in zip(wanted, pictures, strict=True):
                file = await store(session, "picture", drawing.name, "image/png", picture, self._clock())
                kept.append(Enclosure(file_id=file.id, kind="picture", name=drawing.name, mime=file.mime, alt=drawing.alt))
            parts = [part.model_copy(update={"enclosure": kept.pop(0), "drawing": None}) if part.drawing else part for part in parts]
            await outbox.keep_written(session, row, [part.to_json() for part in parts])
        return parts

    async def _send_all(self, row: Claimed, parts: list[Reply]) -> None:
        """Send the parts that are still to go. Of what must not be said twice, a part in doubt is passed over and the row ends `unknown`."""
        once_only = not row.repeat_ok and not self._channels[row.channel].drops_repeats
        in_doubt = row.in_doubt
        for number in range(row.parts_sent, len(parts)):
            if once_only and row.sending_part == number:
                in_doubt = True  # the sender died while this part was on its way: it may have arrived, and twice would be worse
                await self._note_part(row, number + 1, in_doubt)
                continue
            self._moment("before send")
            if once_only:
                async with self._database.transaction() as session:
                    await outbox.about_to_send(session, row, number)
            outcome = await self._send(row, parts[number], number)
            self._moment("after send")
            if once_only and isinstance(outcome, Unknown):
                in_doubt = True
            elif not isinstance(outcome, Sent):
                await self._not_sent(row, outcome)
                return
            if number + 1 < len(parts):
                await self._note_part(row, number + 1, in_doubt)
        await self._end(row, "unknown" if in_doubt else "sent", "a part may be missing" if in_doubt else None)

    async def _note_part(self, row: Claimed, parts: int, in_doubt: bool) -> None:
        async with self._database.transaction() as session:
            await outbox.part_sent(session, row, parts, self._clock(), in_doubt=in_doubt)

    async def _send(self, row: Claimed, reply: Reply, number: int) -> Outcome:
        content = None
        if reply.enclosure is not None:
            async with self._database.reading() as session:
                content = await content_of(session, reply.enclosure.file_id)
        parcel = Parcel(row.address, row.contact_id, reply, outbox.mark_of_part(self._database.vault, row, number), content)
        return await self._channels[row.channel].send(parcel)

    async def _not_sent(self, row: Claimed, outcome: Outcome) -> None:
        match outcome:
            case Wait(seconds):
                until = self._clock() + dt.timedelta(seconds=seconds)
                async with self._database.transaction() as session:
                    await outbox.pause_channel(session, row.channel, until)
                    await outbox.not_now(session, row, "the channel asked us to wait")
            case Later(seconds, reason):
                async with self._database.transaction() as session:
                    await outbox.not_before(session, row, self._clock() + dt.timedelta(seconds=seconds), reason)
            case Gone(reason):
                async with self._database.transaction() as session:
                    await mark_gone(session, row.contact_id, self._clock())
                    await outbox.end(session, row, "gone", self._clock(), reason)
            case Refused(reason):
                log.warning("message refused", row=row.id, kind=row.kind, channel=row.channel, reason=reason)
                await self._end(row, "failed", reason)
            case NeedsTemplate(reason) | Failed(reason) | Unknown(reason):
                await self._put_off(row, reason)

    async def _put_off(self, row: Claimed, reason: str) -> None:
        if row.attempts >= outbox.GIVE_UP_AFTER:
            log.warning("message given up", row=row.id, kind=row.kind, channel=row.channel, reason=reason)
            await self._end(row, "failed", reason)
            return
        async with self._database.transaction() as session:
            await outbox.later(session, row, self._clock(), reason)

    async def _end(self, row: Claimed, state: str, reason: str | None = None) -> None:
        async with self._database.transaction() as session:
            await outbox.end(session, row, state, self._clock(), reason)
