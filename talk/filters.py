"""Filters for turns: commands (with their spelling variants), buttons, words, and files."""

from __future__ import annotations

from typing import Any

from aiogram.filters import Filter

from office.people import Who
from office.units import fold
from talk.turn import Turn


class Command(Filter):
    """A command such as `/huy`, with or without the bot's name, or one of `words` (given without accents) typed alone, accents or not."""

    def __init__(self, *names: str, words: tuple[str, ...] = ()) -> None:
        self.names = frozenset(names)
        self.words = frozenset(fold(word) for word in words)

    async def __call__(self, turn: Turn) -> bool | dict[str, Any]:
        if turn.choice is not None or turn.edited:
            return False
        if not turn.text.startswith("/"):
            return len(turn.text) < 40 and fold(turn.text) in self.words and {"rest": ""}
        command, _, rest = turn.text[1:].partition(" ")
        return fold(command.partition("@")[0]) in self.names and {"rest": rest.strip()}


class Picked(Filter):
    """A button whose data is `name`, or begins with `name:`; what follows is handed over as `picked`."""

    def __init__(self, name: str) -> None:
        self.name = name

    async def __call__(self, turn: Turn) -> bool | dict[str, Any]:
        if turn.choice is None or turn.stale:
            return False
        name, _, rest = turn.choice.partition(":")
        return name == self.name and {"picked": rest}


class Wrote(Filter):
    """Words, not a button and not a command."""

    async def __call__(self, turn: Turn) -> bool:
        return turn.choice is None and bool(turn.words) and not turn.text.startswith("/")


class Told(Wrote):
    """Words too many and with too few digits to be a code: a story, where a code was asked."""

    async def __call__(self, turn: Turn) -> bool:
        return await super().__call__(turn) and len(turn.words.split()) >= 6 and sum(c.isdigit() for c in turn.words) < 8


class Sent(Filter):
    """At least one file (photo, voice, document) came along."""

    async def __call__(self, turn: Turn) -> bool:
        return bool(turn.attachments)


class Marked(Filter):
    """The turn has this mark: `edited`, `group`, `stale`, or a `choice`. (aiogram runs its `F` in a thread, too slow for what every turn asks.)"""

    def __init__(self, mark: str) -> None:
        self.mark = mark

    async def __call__(self, turn: Turn) -> bool:
        return bool(getattr(turn, self.mark))


class IsOfficial(Filter):
    """The one who speaks is linked as an official and holds a post today."""

    async def __call__(self, turn: Turn, who: Who) -> bool:
        return who.is_official


class IsHead(Filter):
    """The one who speaks heads or oversees a unit today."""

    async def __call__(self, turn: Turn, who: Who) -> bool:
        return bool(who.oversees)
