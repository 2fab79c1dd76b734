"""Carries what is in the outbox to people: claims, sends, records how it ended. Several couriers may run on one database."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

import structlog

from bot import figures
from bot.channels.base import Channel, Parcel
from bot.delivery.allowances import NOTHING, keep_allowance
from bot.delivery.outcome import Allowance, Failed, Gone, Later, NeedsTemplate, Outcome, Refused, Sent, Unknown, Wait
from bot.delivery.writing import Drawer, Writer, Writing, nobody_draws
from office import Session, held, outbox, sending
from office.channel_pause import pause_channel
from office.contacts import mark_failing, mark_gone, with_their_others
from office.database import Database
from office.digest_due import DIGEST
from office.files import content_if_kept
from office.outbox import Claimed
from office.outbox_upkeep import release_leases, too_late
from office.records import Contact
from office.strays import Stray, claim_stray, strays
from talk.reply import Reply
from talk.talk import Moment, without_words

log = structlog.get_logger()

_ELSEWHERE_AFTER = 6
"""Failed attempts, about two minutes of them, after which another contact of the person is tried."""

_STRAYS_EVERY = dt.timedelta(minutes=1)
_STRAYS = 20
"""Of what was planned for a channel that is switched off, so much is looked at each time."""

_AGAIN_AFTER = (0.1, 0.5, 2.0)
"""Seconds between tries to write that something was said."""

_IDLE = 1.0
"""Seconds between looks at the outbox when nobody wakes us: another process may have put something there."""


class Courier:
    """Sends for the channels it is given."""

    def __init__(
        self,
        database: Database,
        channels: Mapping[str, Channel],
        write: Writer,
        clock: Callable[[], dt.datetime],
        *,
        draw: Drawer = nobody_draws,
        moment: Moment = lambda _: None,
    ) -> None:
        self._database = database
        self._channels = dict(channels)
        self._writing = Writing(database, self._channels, write, clock, draw)
        self._clock = clock
        self._moment = moment
        self._said: dict[tuple[int, int], tuple[int, bool]] = {}
        """By row and contact: parts that went out there and could not be noted yet, and whether one is in doubt."""
        self._woken = asyncio.Event()
        self._stopping = False
        self._strays_at: dt.datetime | None = None
        self._strays_after = 0  # the number of the stray looked at last: the next look begins behind it

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
                await release_leases(session, self._clock())
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
        await self._find_strays()
        async with self._database.transaction() as session:
            await too_late(session, self._clock())
            claimed = await outbox.claim_due(session, self._clock(), channels=frozenset(self._channels))
        await asyncio.gather(*(self._deliver(row) for row in claimed))
        return len(claimed)

    async def _deliver(self, row: Claimed) -> None:
        try:
            if (parts := await self._writing.parts(row)) is not None:
                await self._send_all(row, parts)
        except Exception as fault:  # one row's fault must not keep the others from going
            log.error("delivery failed", row=row.id, kind=row.kind, **without_words(fault))
            await self._put_off(self._with_said(row), type(fault).__name__)

    async def _send_all(self, row: Claimed, parts: list[Reply]) -> None:
        """Send the parts that are still to go. Of what must not be said twice, a part in doubt is passed over and the row ends `unknown`."""
        if (row.id, row.contact_id) in self._said:
            row = self._with_said(row)
            await self._note_part(row, row.parts_sent, row.in_doubt)
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
                    await sending.about_to_send(session, row, number)
            outcome = await self._send(row, parts[number], number)
            self._moment("after send")
            if once_only and isinstance(outcome, Unknown):
                in_doubt = True
            elif not isinstance(outcome, Sent):
                await self._not_sent(replace(row, parts_sent=number), outcome)
                return
            self._said[row.id, row.contact_id] = number + 1, in_doubt
            if isinstance(outcome, Sent):
                await self._note_allowance(row, outcome.allowance)
            if number + 1 < len(parts):
                await self._note_part(row, number + 1, in_doubt)
        await self._end(row, "unknown" if in_doubt else "sent", "a part may be missing" if in_doubt else None)

    def _with_said(self, row: Claimed) -> Claimed:
        """The row with what went out already, though the database could not be told."""
        parts, in_doubt = self._said.get((row.id, row.contact_id), (0, False))
        return replace(row, parts_sent=parts, in_doubt=in_doubt) if parts > row.parts_sent else row

    async def _noted(self, write: Callable[[Session], Awaitable[None]]) -> None:
        """Write what became of something said, and again if that fails: left unwritten, it would be said once more."""
        for pause in _AGAIN_AFTER:
            try:
                async with self._database.transaction() as session:
                    await write(session)
                return
            except Exception as fault:
                log.warning("what was said could not be noted yet", **without_words(fault))
                await asyncio.sleep(pause)
        async with self._database.transaction() as session:
            await write(session)

    async def _note_part(self, row: Claimed, parts: int, in_doubt: bool) -> None:
        await self._noted(lambda session: sending.part_sent(session, row, parts, self._clock(), in_doubt=in_doubt))
        self._said.pop((row.id, row.contact_id), None)

    async def _send(self, row: Claimed, reply: Reply, number: int) -> Outcome:
        content = None
        if reply.enclosure is not None:
            async with self._database.reading() as session:
                content = await content_if_kept(session, reply.enclosure.file_id)
            if content is None:  # an answer waited longer than its picture is kept
                reply = reply.words_alone()
        parcel = Parcel(row.address, row.contact_id, reply, sending.mark_of_part(self._database.vault, row, number), content)
        outcome = await self._channels[row.channel].send(parcel)
        figures.message_sent(row.channel, outcome)
        return outcome

    async def _not_sent(self, row: Claimed, outcome: Outcome) -> None:
        match outcome:
            case Wait(seconds):
                until = self._clock() + dt.timedelta(seconds=seconds)
                async with self._database.transaction() as session:
                    await pause_channel(session, row.channel, until)
                    await sending.not_now(session, row, "the channel asked us to wait")
            case Later(seconds, reason):
                async with self._database.transaction() as session:
                    await sending.not_before(session, row, self._clock() + dt.timedelta(seconds=seconds), reason)
            case Gone(reason):
                await self._gone(row, reason)
            case NeedsTemplate(reason):
                await self._note_allowance(row, NOTHING if outcome.of_account else None)
                await self._shut(row, reason)
            case Refused(reason):
                log.warning("message refused", row=row.id, kind=row.kind, channel=row.channel, reason=reason)
                await self._end(row, "failed", reason)
            case Failed(reason):
                await self._put_off(row, reason, elsewhere=row.attempts >= _ELSEWHERE_AFTER)
            case Unknown(reason):
                await self._put_off(row, reason, doubt=True)

    async def _gone(self, row: Claimed, reason: str) -> None:
        """The person is not there any more: another door, or the day they come back; an official's notice ends if there is no other at all."""
        now, doors = self._clock(), self._writing.doors
        async with self._database.transaction() as session:
            contact = await with_their_others(session, row.contact_id)
            await mark_gone(session, row.contact_id, now)
            if (other := await doors.other(session, contact, row, now)) is not None:
                await self._move(session, row, other.id)
            elif row.kind != outbox.REPLY and (row.kind == outbox.REPORTER or await doors.is_reachable(session, contact, row, now)):
                await self._hold(session, row, contact, reason)
            else:
                await sending.end(session, row, "gone", now, reason)

    async def _shut(self, row: Claimed, reason: str) -> None:
        """The channel takes nothing for this person before their next word."""
        await self._writing.door_is_shut(row, reason)
        self._said.pop((row.id, row.contact_id), None)
        self.wake()

    async def _put_off(self, row: Claimed, reason: str, *, elsewhere: bool = False, doubt: bool = False) -> None:
        now = self._clock()
        async with self._database.transaction() as session:
            contact = await with_their_others(session, row.contact_id)
            other = await self._writing.doors.other(session, contact, row, now) if elsewhere else None
            if other is not None:
                await mark_failing(session, row.contact_id)
                await self._move(session, row, other.id)
            elif row.attempts < outbox.GIVE_UP_AFTER:
                await sending.later(session, row, now, reason, doubt=doubt or row.maybe_said)
            else:
                log.warning("message given up until the person's next word", kind=row.kind, channel=row.channel, reason=reason)
                await self._hold(session, row, contact, reason)

    async def _move(self, session: Session, row: Claimed, contact_id: int) -> None:
        await held.move(session, row, contact_id, self._clock())
        self._said.pop((row.id, row.contact_id), None)
        self.wake()

    async def _hold(self, session: Session, row: Claimed, contact: Contact, reason: str) -> None:
        await held.hold(session, row, contact, reason, self._clock())
        self._said.pop((row.id, row.contact_id), None)

    async def _find_strays(self) -> None:
        """What was planned for a channel that is switched off goes through another door of the person, if there is one.

        Each look takes up where the one before left off, for those that find no door today must not stand before all others.
        """
        now = self._clock()
        if self._strays_at is not None and now - self._strays_at < _STRAYS_EVERY:
            return
        self._strays_at = now
        async with self._database.transaction() as session:
            found = await strays(session, now, frozenset(self._channels), after=self._strays_after, limit=_STRAYS)
        for stray in found:
            await self._take_in(stray, now)
        self._strays_after = found[-1].id if len(found) == _STRAYS else 0

    async def _take_in(self, stray: Stray, now: dt.datetime) -> None:
        """In a transaction of its own, and the contacts before the row: who parts or erases does so, too."""
        async with self._database.transaction() as session:
            contact = await with_their_others(session, stray.contact_id)
            row = await claim_stray(session, stray, now, frozenset(self._channels))
            if row is None:
                return
            if row.maybe_said:
                await self._hold(session, row, contact, "its channel is switched off")
            elif (other := await self._writing.doors.other(session, contact, row, now)) is not None:
                await self._move(session, row, other.id)
            else:
                await sending.not_now(session, row, "its channel is switched off")

    async def _note_allowance(self, row: Claimed, told: Allowance | None) -> None:
        if told is not None and told.left is not None:
            await self._noted(lambda session: keep_allowance(session, row, told, self._clock()))

    async def _end(self, row: Claimed, state: str, reason: str | None = None) -> None:
        async def write(session: Session) -> None:
            if state in ("sent", "unknown"):
                await self._writing.note_offered(session, row)
            await sending.end(session, row, state, self._clock(), reason)

        await self._noted(write)
        if state == "sent" and row.kind == DIGEST:
            figures.DIGESTS.inc()
        self._said.pop((row.id, row.contact_id), None)
