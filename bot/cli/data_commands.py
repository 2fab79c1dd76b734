"""`congvu classify`, `doctor`, `migrate` and `demo-reset`: judging texts, and keeping the office's data well."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import nullcontext

import typer

from bot import clock
from bot.cli.office_door import do, settings
from bot.cli.terminal import err, note, out, stop, tell, working
from bot.migrate import migrate as bring_up_to_date
from bot.opening import open_database
from bot.settings import Settings
from talk.texts import say

_MARKS = {"ok": ("✓", "green"), "warn": ("!", "yellow"), "fail": ("✗", "red")}


def classify() -> None:
    """Judge the texts on standard input, one JSON object a line."""
    from bot.judge import open_best
    from nlp.batch import classify_stream

    with err.status(say("cli-run-starting")) as starting:
        classifier = open_best(
            settings().data_dir,
            lambda done, total: starting.update(say("cli-run-training", percent=100 * done // max(1, total))),
            warn=lambda reason: note("nlp-installed-unusable", reason=reason),
        )
    if sys.stdin.isatty():
        note("cli-classify-waiting")
    size = _size_of_input()
    with nullcontext(None) if sys.stdin.isatty() or out.is_terminal else working("cli-classify-working", 100 if size else None) as tick:
        told = (lambda done: tick(100 * done // size)) if tick and size else None
        classify_stream(sys.stdin.buffer, sys.stdout.buffer, classifier, told=told)


def _size_of_input() -> int:
    """Bytes of the file on standard input; 0 if it is no file, so that nobody knows how much will come."""
    try:
        about = os.fstat(sys.stdin.fileno())
    except (OSError, ValueError):
        return 0
    return about.st_size if stat.S_ISREG(about.st_mode) else 0


def doctor() -> None:
    """Look at everything that the program needs; exit code 1 if something must be mended."""
    from bot.doctor import examine

    worst = "ok"
    with working("cli-doctor-looking"):
        found = do(examine(settings(), clock.now()))
    for check in found:
        mark, style = _MARKS[check.state]
        out.print(f"{mark} {check.words}", markup=False, style=style)
        if check.advice:
            out.print(f"  → {check.advice}", markup=False)
        worst = max(worst, check.state, key=list(_MARKS).index)
    tell(f"cli-doctor-{worst}", style="bold")
    if worst == "fail":
        raise typer.Exit(1)


def migrate() -> None:
    """Bring the database up to date."""
    tell("cli-migrate-done" if do(_migrate(settings())) else "cli-migrate-nothing")


async def _migrate(chosen: Settings) -> bool:

    database = open_database(chosen)
    try:
        with working("cli-migrate-working"):
            return await bring_up_to_date(database)
    finally:
        await database.close()


def demo_reset() -> None:
    """Begin the sample commune afresh."""
    chosen = settings()
    if not chosen.sample_mode:
        stop("cli-demo-not-sample-mode")
    if not do(_reset(chosen)):
        stop("cli-demo-not-sample")
    tell("cli-demo-done")


async def _reset(chosen: Settings) -> bool:
    from bot.demo import reset

    database = open_database(chosen)
    try:
        with working("cli-demo-working"):
            await bring_up_to_date(database)
            return await reset(database, clock.now())
    finally:
        await database.close()
