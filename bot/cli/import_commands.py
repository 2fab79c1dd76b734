"""`congvu units import`, `congvu people import`, `congvu invite`: the office's own people, from the spreadsheets that it has."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Annotated

import typer

from bot import clock
from bot.cli import import_report
from bot.cli.links import bot_name, invitation_links, zalo_link
from bot.cli.office_door import do, office, settings
from bot.cli.terminal import Stop, note, out, stop, table, tell, working
from bot.settings import Settings
from office import Session, import_people, import_units
from office.importing import Columns, Outcome, Table, read_table
from office.invitations import Invited, invite_by_code, to_invite
from office.moments import local
from office.people import INVITATION_LASTS
from office.spreadsheets import MAX_BYTES, Refused, Tick, rows_about
from talk.texts import say

Import = Callable[[Session, Table, import_report.Moment, Tick], Awaitable[Outcome]]
File = Annotated[Path | None, typer.Argument(metavar="FILE", help=say("cli-import-file"), show_default=False)]
DryRun = Annotated[bool, typer.Option("--dry-run", help=say("cli-import-dry-run"))]
Template = Annotated[Path | None, typer.Option("--template", metavar="FILE.xlsx", help=say("cli-import-template"), show_default=False)]
BotName = Annotated[str | None, typer.Option("--bot", envvar="TELEGRAM_BOT_NAME", help=say("cli-option-bot"), show_default=False)]


class _LookOnly(Exception):
    """Ends a transaction without keeping it."""


def units_import(file: File = None, dry_run: DryRun = False, template: Template = None) -> None:
    """Take in units from a spreadsheet, or write an example of one."""
    if template is not None:
        _write_template("units", template)
        return
    _import(_given(file), "units", import_units.import_units, import_units.COLUMNS, import_units.REQUIRED, dry_run)


def people_import(
    file: File = None,
    dry_run: DryRun = False,
    invite: Annotated[bool, typer.Option("--invite", help=say("cli-import-invite"))] = False,
    template: Template = None,
) -> None:
    """Take in officials from a spreadsheet, or write an example of one."""
    if template is not None:
        _write_template("people", template)
        return
    codes = _import(_given(file), "people", import_people.import_people, import_people.COLUMNS, import_people.REQUIRED, dry_run)
    if invite and not dry_run:
        do(_invite_many(codes))


def invite(staff_code: Annotated[str, typer.Argument(metavar="STAFF_CODE", help=say("cli-invite-code"))], bot: BotName = None) -> None:
    """Make a new invitation for one person."""
    do(_invite_one(staff_code, settings(), bot))


def _given(file: Path | None) -> Path:
    if file is None:
        stop("cli-import-no-file", code=2)
    if not file.is_file():
        stop("cli-no-such-file", path=file)
    return file


def _write_template(what: str, target: Path) -> None:
    from bot.cli.templates import template

    if target.suffix.lower() != ".xlsx":
        stop("cli-template-xlsx", code=2)
    if target.exists():
        stop("cli-file-exists", path=target)
    target.write_bytes(template(what))
    tell("cli-template-written", path=target)


def _import(file: Path, what: str, work: Import, columns: Columns, required: Iterable[str], dry_run: bool) -> list[str]:
    """Read, check, and write all or nothing; returns the staff codes of all rows."""
    if file.stat().st_size > MAX_BYTES:
        stop("cli-refused-too-big", limit=MAX_BYTES // 1024 // 1024)
    try:
        content = file.read_bytes()
        with working("cli-import-reading", total=rows_about(content), name=file.name) as tick:
            read = read_table(content, columns, list(required), tick)
    except Refused as refused:
        raise Stop(import_report.refusal(refused)) from refused
    with working("cli-import-writing", total=len(read.rows), count=len(read.rows)) as tick:
        outcome = do(_write(read, work, tick, dry_run))
    import_report.report(what, outcome, dry_run=dry_run)
    return [values.get("staff_code", "") for _, values in read.rows]


async def _write(read: Table, work: Import, tick: Tick, dry_run: bool) -> Outcome:
    outcome = Outcome()
    async with office(settings()) as database:
        try:
            async with database.transaction() as session:
                outcome = await work(session, read, clock.now(), tick)
                if outcome.problems or dry_run:
                    raise _LookOnly
        except _LookOnly:
            pass
    return outcome


async def _invite_many(codes: list[str]) -> None:
    chosen = settings()
    async with office(chosen) as database, database.transaction() as session:
        invited = await to_invite(session, codes, clock.now())
    if not invited:
        note("cli-invite-nobody")
        return
    note("cli-invite-many", style="bold", count=len(invited), day=_last_day())
    table([say(f"cli-invite-heading-{name}") for name in ("code", "name", "unit", "invitation")], [_row(each) for each in invited])
    if (zalo := zalo_link(chosen)) is not None:
        note("cli-invite-zalo-many", link=zalo)


def _row(invited: Invited) -> list[str]:
    return [invited.staff_code, invited.name, invited.unit, invited.code]


async def _invite_one(staff_code: str, chosen: Settings, bot: str | None) -> None:
    async with office(chosen) as database:
        async with database.transaction() as session:
            invited = await invite_by_code(session, staff_code, clock.now())
        if invited is None:
            stop("cli-invite-unknown", code_typed=staff_code)
    tell("cli-invite-one", name=invited.name, unit=invited.unit)
    out.print(invited.code, style="bold")
    tell("cli-invite-until", day=_last_day())
    for link in invitation_links(chosen, await bot_name(chosen, bot), invited.code):
        out.print(link, markup=False)
    if (zalo := zalo_link(chosen)) is not None:
        tell("cli-invite-zalo", link=zalo, invitation=invited.code)
    tell("cli-invite-once", style="dim")


def _last_day() -> str:
    return f"{local(clock.now() + INVITATION_LASTS):%H:%M %d/%m/%Y}"
