"""How commands speak: words for people on a terminal, plain lines for programs, and an end with a reason."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import NoReturn

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from rich.table import Table

from office.units import fold
from talk.texts import say

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


class Stop(Exception):
    """The command ends here, with words. `code` is 1 for something refused or to be mended, 2 for a wrong use of the command."""

    def __init__(self, words: str, code: int = 1) -> None:
        super().__init__(words)
        self.words = words
        self.code = code


def stop(key: str, /, *, code: int = 1, **arguments: object) -> NoReturn:
    """End the command with a text."""
    raise Stop(say(key, **arguments), code)


def tell(key: str, /, style: str | None = None, **arguments: object) -> None:
    """Say a text on standard output."""
    out.print(say(key, **arguments), markup=False, style=style)


def note(key: str, /, style: str | None = "yellow", **arguments: object) -> None:
    """Say a text beside the result, on standard error."""
    err.print(say(key, **arguments), markup=False, style=style)


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], styles: Sequence[str] | None = None) -> None:
    """Rows as a table for people, or separated by tabs for programs."""
    if not out.is_terminal:
        for row in rows:
            sys.stdout.write("\t".join(cell.replace("\n", "; ") for cell in row) + "\n")
        return
    shown = Table(*headings, box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for number, row in enumerate(rows):
        shown.add_row(*(_plain(cell) for cell in row), style=styles[number] if styles else None)
    out.print(shown, soft_wrap=False)


def _plain(cell: str) -> str:
    return cell.replace("[", r"\[")


def agreed(key: str, /, **arguments: object) -> bool:
    """Whether the person at the terminal says yes. Nobody at a terminal says no."""
    if not (sys.stdin.isatty() and err.is_terminal):
        return False
    err.print(say(key, **arguments), markup=False, end=" ")
    return fold(sys.stdin.readline()) in {"c", "co", "y", "yes", "dong y"}


@contextmanager
def working(key: str, /, total: int | None = None, **arguments: object) -> Iterator[Callable[[int], None]]:
    """Show how far long work has come; silent where nobody watches. Gives a function to be told the number done."""
    columns = [SpinnerColumn(), TextColumn("{task.description}"), *([BarColumn(), MofNCompleteColumn()] if total else [])]
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
        task = progress.add_task(say(key, **arguments), total=total)
        yield lambda done: progress.update(task, completed=done)
