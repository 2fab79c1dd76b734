"""`congvu run`: the program that serves citizens and officials, and the one address where a newcomer begins."""

from __future__ import annotations

import errno
import gc
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from rich.status import Status

from bot.cli.office_door import do, settings
from bot.cli.terminal import err, stop, tell
from bot.settings import Settings
from talk.texts import say

if TYPE_CHECKING:
    from bot.app import App


class Role(StrEnum):
    """What a process does; several processes share one PostgreSQL."""

    WEB = "web"
    DELIVER = "deliver"
    SCHEDULE = "schedule"
    ALL = "all"


def run(
    role: Annotated[list[Role] | None, typer.Option(help=say("cli-run-role"), show_default="all")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help=say("cli-run-port"), show_default=False)] = None,
    host: Annotated[str | None, typer.Option(help=say("cli-run-host"), show_default=False)] = None,
) -> None:
    """Serve until interrupted."""
    wanted = {"port": port, "host": host}
    chosen = settings().model_copy(update={name: value for name, value in wanted.items() if value is not None})
    try:
        with err.status(say("cli-run-starting")) as starting:
            _serve(chosen, frozenset(role or (Role.ALL,)), starting)
    except OSError as fault:
        if fault.errno == errno.EADDRINUSE:
            stop("cli-run-port-busy", port=chosen.port)
        raise
    tell("cli-run-ended")


def _serve(chosen: Settings, asked: frozenset[Role], starting: Status) -> None:
    gc.set_threshold(50_000, 20, 50)  # the imports make a million objects that stay: looking at them again and again costs a second
    from bot import lean_aiogram  # noqa: F401 - before anything else loads aiogram
    from bot import app, logs  # isort: skip  # a second of imports: the person already sees that something happens

    logs.set_up_logs(chosen)
    roles = app.ROLES if Role.ALL in asked else frozenset(each.value for each in asked)

    def ready(opened: App) -> None:
        starting.stop()
        _greet(opened, roles)

    def training(done: int, total: int) -> None:
        starting.update(say("cli-run-training", percent=100 * done // max(1, total)))

    do(app.run(chosen, roles, ready=ready, progress=training))


def _greet(opened: App, roles: frozenset[str]) -> None:
    """One address, and what else a person at the terminal must know."""
    if "web" not in roles:
        tell("cli-run-no-web", roles=", ".join(sorted(roles)))
        return
    page = opened.address if opened.settings.sample_mode else f"{opened.address.rstrip('/')}/chat"
    tell("cli-run-address", style="bold green", address=page)
    tell("cli-run-sample" if opened.settings.sample_mode else "cli-run-stop", style="dim")
