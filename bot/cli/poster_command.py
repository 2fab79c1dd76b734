"""`congvu poster`: the sheet with the code that hangs at a desk or on a wall."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot import clock
from bot.cli.import_commands import BotName
from bot.cli.links import bot_name, chat_link, telegram_link, zalo_link
from bot.cli.office_door import do, office, settings
from bot.cli.terminal import note, stop, tell
from bot.settings import Settings
from office.moments import today
from office.units import lineage, unit, unit_by_code
from talk.texts import say

_TYPED = 24
"""Letters of a unit's code that anybody would still type; with a longer one the bot asks for the unit."""


class Size(StrEnum):
    """The paper."""

    A4 = "a4"
    A5 = "a5"


def poster(
    unit_code: Annotated[str, typer.Argument(metavar="UNIT_CODE", help=say("cli-poster-unit"))],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE.pdf", help=say("cli-poster-output"), show_default=False)
    ] = None,
    size: Annotated[Size, typer.Option(help=say("cli-poster-size"))] = Size.A4,
    bot: BotName = None,
) -> None:
    """Draw the poster of a unit."""
    chosen = settings()
    names, code = do(_names(chosen, unit_code))
    target = output or Path(f"poster-{code}.pdf")
    target.write_bytes(_drawn(chosen, names, code, do(bot_name(chosen, bot)), size))
    tell("cli-poster-written", path=target, unit=names[0])
    if chosen.public_url is None:
        note("cli-poster-trial", link=chat_link(chosen, code))


async def _names(chosen: Settings, code: str) -> tuple[tuple[str, str], str]:
    """The unit's name, that of the office it belongs to, and its code now (a merged unit's code leads to its successor)."""
    async with office(chosen) as database, database.reading() as session:
        found = await unit_by_code(session, code)
        if found is None:
            stop("cli-poster-unknown", unit=code)
        line = [await unit(session, each) for each in await lineage(session, found.id, today(clock.now()))]
    above = next((each for each in line[1:] if each.kind in ("commune", "province")), None)
    return (found.name, above.name if above else ""), found.code


def _drawn(chosen: Settings, names: tuple[str, str], code: str, bot: str | None, size: Size) -> bytes:
    from office import poster as drawing  # the drawing library takes a while to load

    link = chat_link(chosen, code)
    words = drawing.PosterWords(
        office=names[1],
        unit=names[0],
        title=say("cli-poster-title"),
        about=say("cli-poster-about"),
        scan=say("cli-poster-scan"),
        steps=tuple(say(f"cli-poster-step-{number}") for number in (1, 2, 3)),
        promises=tuple(say(f"cli-poster-promise-{number}") for number in (1, 2, 3)),
        urgent=say("cli-poster-urgent"),
        typed=say("cli-poster-typed", link=re.sub(r"^https?://", "", link)),
        mark=say("cli-poster-mark") if chosen.public_url is None else "",
    )
    small = []
    if (zalo := zalo_link(chosen)) is not None:  # its address cannot name the unit, so the citizen does
        key = "cli-poster-zalo-typed" if len(code) <= _TYPED else "cli-poster-zalo-told"
        small.append(drawing.SmallCode(zalo, say("cli-poster-zalo"), say(key, unit=code)))
    if bot:
        small.append(drawing.SmallCode(telegram_link(bot, code), say("cli-poster-telegram"), say("cli-poster-telegram-pressed")))
    return drawing.poster(words, link, small, size=size.value)
