"""`congvu digest`: a unit's weekly digest to look at here, as a picture, or sent to its head."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
from pathlib import Path
from typing import Annotated

import typer

from bot import clock
from bot.cli.office_door import do, office, settings
from bot.cli.terminal import out, stop, tell
from bot.settings import Settings
from office.database import Database
from office.moments import monday, today
from office.units import unit_by_code
from talk.texts import say

_WEEK = dt.timedelta(days=7)


def digest(
    unit_code: Annotated[str, typer.Argument(metavar="UNIT_CODE", help=say("cli-digest-unit"))],
    week: Annotated[str | None, typer.Option(metavar="2026-W47", help=say("cli-digest-week"), show_default=False)] = None,
    send: Annotated[bool, typer.Option("--send", help=say("cli-digest-send"))] = False,
    preview: Annotated[Path | None, typer.Option(metavar="FILE.png", help=say("cli-digest-preview"), show_default=False)] = None,
) -> None:
    """Show, draw or send the digest of one week."""
    begins = _monday(week)
    do(_digest(settings(), unit_code, begins, send, preview))


def _monday(week: str | None) -> dt.date | None:
    """The Monday of the week that was named."""
    if week is None:
        return None
    this_week = monday(today(clock.now()))
    try:
        if match := re.fullmatch(r"(\d{4})-?W(\d{1,2})", week.strip().upper()):
            found = dt.date.fromisocalendar(int(match[1]), int(match[2]), 1)
        else:
            found = monday(dt.date.fromisoformat(week.strip()))
    except ValueError:
        stop("cli-digest-bad-week", week=week, code=2)
    if found > this_week:
        stop("cli-digest-not-begun")
    return found


async def _digest(chosen: Settings, unit_code: str, named: dt.date | None, send: bool, preview: Path | None) -> None:
    async with office(chosen) as database:
        async with database.reading() as session:
            found = await unit_by_code(session, unit_code)
        if found is None:
            stop("cli-poster-unknown", unit=unit_code)
        begins = named or await _last_worked(database, found.id)
        if preview is not None:
            await _draw(database, found.id, begins, preview)
        if send:
            await _send(database, found.id, begins)
        if not send and preview is None:
            await _show(database, found.id, begins)


async def _last_worked(database: Database, unit_id: int) -> dt.date:
    """The week of which the schedule's own digest tells now: after Tết the one before Tết."""
    from office.worked_weeks import last_worked_weeks

    async with database.reading() as session:
        return (await last_worked_weeks(session, [unit_id], monday(today(clock.now()))))[unit_id]


async def _show(database: Database, unit_id: int, begins: dt.date) -> None:
    from handlers.digest_words import text_of
    from office.digest import needs_of, week_figures

    async with database.reading() as session:
        figures = await week_figures(session, unit_id, begins, clock.now())
        needs = await needs_of(session, figures, clock.now())
    out.print(text_of(figures, needs), markup=False)


async def _draw(database: Database, unit_id: int, begins: dt.date, target: Path) -> None:
    from handlers.digest_words import chart_of
    from office.digest import week_figures
    from office.digest_chart import draw

    async with database.reading() as session:
        figures = await week_figures(session, unit_id, begins, clock.now())
    if figures.is_quiet:
        stop("cli-digest-no-chart")
    await asyncio.to_thread(target.write_bytes, draw(chart_of(figures)))
    tell("cli-digest-written", path=target)


async def _send(database: Database, unit_id: int, begins: dt.date) -> None:
    """Keep the digest as it stands and plan it under the schedule's own key, so that a head gets each week's once, whoever asks."""
    from handlers.digest_words import chart_of
    from office.digest import keep_digest, week_figures
    from office.digest_chart import draw
    from office.digest_due import plan_digest

    now = clock.now()
    if begins + _WEEK > today(now):
        stop("cli-digest-not-over")
    if begins < await _last_worked(database, unit_id):
        stop("cli-digest-too-old")
    async with database.reading() as session:
        figures = await week_figures(session, unit_id, begins, now)
    chart = None if figures.is_quiet else draw(chart_of(figures))
    async with database.transaction() as session:
        planned = await plan_digest(session, await keep_digest(session, figures, chart, now), now, now)
    tell("cli-digest-sent" if planned else "cli-digest-nobody", count=planned)
