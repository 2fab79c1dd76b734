"""`congvu backup` and `congvu restore`: the whole office in one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot import clock
from bot.cli.office_door import do, office, settings
from bot.cli.terminal import agreed, note, stop, tell, working
from bot.settings import Settings
from nlp.home import home_of
from office.database import Database
from office.moments import local
from talk.texts import say

if TYPE_CHECKING:
    from bot.backup import Manifest


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=say("cli-backup-file"))],
    with_key: Annotated[bool, typer.Option("--with-key", help=say("cli-backup-with-key"))] = False,
) -> None:
    """Write everything into one file; the program may go on running."""
    if file.exists():
        stop("cli-file-exists", path=file)
    made = do(_backup(settings(), file, with_key=with_key))
    tell("cli-backup-done", style="bold", path=file, rows=made.rows, size=_size(file.stat().st_size))
    note("cli-backup-key-in" if with_key else "cli-backup-key-out", path=file)


async def _backup(chosen: Settings, file: Path, *, with_key: bool) -> Manifest:
    from bot import backup as archive

    async with office(chosen) as database:
        with working("cli-backup-working", total=await archive.count_rows(database)) as tick:
            key, home = _key_text(chosen) if with_key else None, home_of(chosen.data_dir)
            return await archive.write_backup(database, file, clock.now(), key=key, tick=tick, home=home)


def _key_text(chosen: Settings) -> str:
    if chosen.secret_key is not None:
        return chosen.secret_key.get_secret_value()
    return (chosen.data_dir / "secret.key").read_text()


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=say("cli-restore-file"))],
    yes: Annotated[bool, typer.Option("--yes", help=say("cli-restore-yes"))] = False,
) -> None:
    """Put a backup in the place of what is there, all of it or nothing; what was there is kept aside."""
    from bot import backup as archive

    chosen = settings()
    try:
        with working("cli-restore-checking"):
            manifest = archive.check_backup(file)
        tell("cli-restore-what", made=f"{local(manifest.made_at):%H:%M %d/%m/%Y}", rows=manifest.rows, version=manifest.program)
        if not (yes or agreed("cli-restore-sure")):
            stop("cli-restore-not-agreed")
        aside = do(_restore(chosen, file, manifest))
    except archive.BackupRefused as refused:
        stop(f"cli-restore-{refused.why.replace('_', '-')}", detail=refused.detail)
    tell("cli-restore-done", style="bold", rows=manifest.rows)
    if aside:
        tell("cli-restore-aside", aside=aside)


async def _restore(chosen: Settings, file: Path, manifest: Manifest) -> str | None:
    from bot.restore import restore_backup, vault_for

    chosen.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    vault, key = vault_for(file, manifest, chosen)
    database = Database(chosen.database, vault)
    try:
        with working("cli-restore-working", total=manifest.rows) as tick:
            return await restore_backup(chosen, database, file, manifest, clock.now(), key=key, tick=tick)
    finally:
        await database.close()


def _size(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB" if size > 1024 * 1024 else f"{max(1, size // 1024)} kB"
