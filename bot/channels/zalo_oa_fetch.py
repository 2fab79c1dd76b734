"""Brings in the files that people send through the Official Account; what cannot be fetched is told kindly, not waited for."""

from __future__ import annotations

import asyncio

import structlog

from bot.channels.downloads import NOT_FETCHED, Downloads, TooBig
from bot.channels.intake import keep_file, keep_whole_text
from bot.channels.zalo_oa_events import Said, Wanted
from bot.channels.zalo_oa_server import ZaloPatience
from office.files import MAX_FILE
from talk.talk import Talk
from talk.texts import say
from talk.turn import Attachment, Turn

log = structlog.get_logger()


class Fetching:
    """Brings in what belongs to a turn but does not come with the event."""

    def __init__(self, talk: Talk, downloads: Downloads, patience: ZaloPatience) -> None:
        self._talk = talk
        self._downloads = downloads
        self._patience = patience

    async def complete(self, said: Said) -> Turn:
        """The turn with its files kept, all within one patience. Raises only when the database is away."""
        if not said.files and not said.whole_text:
            return said.turn
        until = asyncio.get_running_loop().time() + self._patience.fetch
        kept = [*said.turn.attachments, *[await self._fetched(wanted, until) for wanted in said.files]]
        if said.whole_text:
            kept.append(await keep_whole_text(self._talk, say("zalo-whole-text-name"), said.whole_text))
        return said.turn.model_copy(update={"attachments": tuple(kept)})

    async def _fetched(self, wanted: Wanted, until: float) -> Attachment:
        if wanted.size > MAX_FILE:
            return Attachment(kind=wanted.kind, name=wanted.name, size=wanted.size, problem="too_big")
        try:
            content = await self._downloads.content(wanted.url, self._patience.fetch, until=until)
        except TooBig:
            return Attachment(kind=wanted.kind, name=wanted.name, size=wanted.size, problem="too_big")
        except NOT_FETCHED as fault:
            log.warning("file not fetched", kind=wanted.kind, fault=type(fault).__name__)
            return Attachment(kind=wanted.kind, name=wanted.name, size=wanted.size, problem="not_fetched")
        return await keep_file(self._talk, wanted.kind, wanted.name, wanted.mime, content)
