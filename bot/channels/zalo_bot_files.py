"""Brings in the pictures and voices that people send to the Zalo bot; what cannot be fetched is told kindly."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from bot.channels.downloads import NOT_FETCHED, Downloads, TooBig
from bot.channels.intake import keep_file, keep_whole_text
from bot.channels.telegram_server import Patience
from bot.channels.zalo_bot_api import NAME
from bot.channels.zalo_bot_turns import Said, Wanted
from office.contacts import was_heard
from talk.talk import Talk
from talk.texts import say
from talk.turn import Attachment, Turn

log = structlog.get_logger()


class Fetching:
    """Brings in what belongs to a turn but does not come with the update. `seconds`: for one file."""

    def __init__(self, downloads: Downloads, talk: Talk, seconds: float) -> None:
        self.downloads = downloads
        self._talk = talk
        self._seconds = seconds

    @classmethod
    @asynccontextmanager
    async def open(cls, talk: Talk, patience: Patience, api_base: str) -> AsyncIterator[Fetching]:
        """With connections of its own."""
        async with Downloads.open(api_base, read=patience.read, connect=patience.connect) as downloads:
            yield cls(downloads, talk, patience.fetch)

    async def complete(self, said: Said) -> Turn | None:
        """The turn with its file kept; None if it was handled before. Raises only when the database is away."""
        if said.file is None and not said.whole_text:
            return said.turn
        database = self._talk.database
        async with database.reading() as session:
            if await was_heard(session, NAME, said.turn.update_key):
                return None
        kept = [*said.turn.attachments, *([await self._fetched(said.file)] if said.file else [])]
        if said.whole_text:
            kept.append(await keep_whole_text(self._talk, say("zalo_bot-whole-text-name"), said.whole_text))
        return said.turn.model_copy(update={"attachments": tuple(kept)})

    async def _fetched(self, wanted: Wanted) -> Attachment:
        try:
            content = await self.downloads.content(wanted.url, self._seconds)
        except TooBig:
            return Attachment(kind=wanted.kind, name=wanted.name, problem="too_big")
        except NOT_FETCHED as fault:
            log.warning("file not fetched", kind=wanted.kind, fault=type(fault).__name__)
            return Attachment(kind=wanted.kind, name=wanted.name, problem="not_fetched")
        return await keep_file(self._talk, wanted.kind, wanted.name, wanted.mime, content)
