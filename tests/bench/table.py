"""The table: what was measured, with the targets beside it. Nothing is asserted here; a target not met is said, not hidden."""

from __future__ import annotations

import os
from dataclasses import dataclass
from statistics import median

from rich import box
from rich.console import Console
from rich.table import Table

from tests.bench.load import Cell
from tests.bench.plan import A_SECOND, CONNECTIONS, PACED, Plan
from tests.bench.runner import Results
from tests.bench.subjects import BY_ZALO, CHECK_IN, ONE_INSERT, Subject

MOST_TIMES = 2.0
AIM_TIMES = 1.0
MOST_OF_TELEGRAM = 1.3
P99_BELOW = 60.0  # ms at 32 connections
RESIDENT_BELOW = 350.0  # MB
START_BELOW = 5.0  # s
WIDTH = 150


@dataclass(frozen=True)
class Figures:
    """Medians over the rounds; times in milliseconds."""

    per_second: float
    p50: float
    p99: float
    cpu: float


def figures(cells: list[Cell]) -> Figures:
    """The figures of one server at one number of connections."""
    return Figures(
        median(len(cell.latencies) / cell.seconds for cell in cells),
        median(_at(cell, 0.50) for cell in cells),
        median(_at(cell, 0.99) for cell in cells),
        median(cell.cpu / len(cell.latencies) for cell in cells) * 1000,
    )


def _at(cell: Cell, part: float) -> float:
    ordered = sorted(cell.latencies)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] * 1000


def show(plan: Plan, results: Results) -> None:
    """Print the table."""
    table = Table(title="Webhook to committed answer, each server in one process", caption=_caption(plan, results), box=box.SIMPLE_HEAD)
    table.add_column("server")
    table.add_column("database")
    for connections in CONNECTIONS:
        table.add_column(f"{connections} conn.\nturns/s", justify="right")
        for name in ("p50 ms", "p99 ms", "CPU ms"):
            table.add_column(f"\n{name}", justify="right")
    table.add_column("beside the targets", overflow="fold")
    title = results.subjects[0].title
    for subject in results.subjects:
        if subject.title != title:
            table.add_section()
            title = subject.title
        table.add_row(subject.title, subject.database, *_cells(subject), _verdict(subject, results.subjects))
    table.add_section()
    _add_command(table, results)
    Console(width=WIDTH).print(table)


def _cells(subject: Subject) -> list[str]:
    shown = []
    for connections in CONNECTIONS:
        seen = figures(subject.cells[connections])
        shown += [f"{seen.per_second:,.0f}", f"{seen.p50:.1f}", f"{seen.p99:.1f}", f"{seen.cpu:.2f}"]
    return shown


def _verdict(subject: Subject, all_subjects: list[Subject]) -> str:
    if subject.title == ONE_INSERT:
        return _paced(subject)
    if subject.title == BY_ZALO:
        return _beside_telegram(subject, all_subjects)
    insert = next((each for each in all_subjects if each.title == ONE_INSERT and each.database == subject.database), None)
    if insert is None:
        return ""
    most = CONNECTIONS[-1]
    ours, theirs = figures(subject.cells[most]), figures(insert.cells[most])
    times = f"{ours.cpu / theirs.cpu:.1f}x CPU, {theirs.per_second / ours.per_second:.1f}x time of one insert"
    if subject.title != CHECK_IN:
        return times
    dearest = max(ours.cpu / theirs.cpu, theirs.per_second / ours.per_second)
    aim = f", aim {AIM_TIMES:.0f}x {_met(dearest <= AIM_TIMES)}" if dearest <= MOST_TIMES else ""
    return f"{times}: <= {MOST_TIMES:.0f}x {_met(dearest <= MOST_TIMES)}{aim}\n{_paced(subject)}"


def _beside_telegram(subject: Subject, all_subjects: list[Subject]) -> str:
    telegram = next(each for each in all_subjects if each.title == CHECK_IN and each.database == subject.database)
    times = []
    for connections in CONNECTIONS:
        ours, theirs = figures(subject.cells[connections]), figures(telegram.cells[connections])
        times += [ours.cpu / theirs.cpu, theirs.per_second / ours.per_second]
    dearest = max(times)
    return f"{dearest:.2f}x of Telegram's at most: <= {MOST_OF_TELEGRAM}x {_met(dearest <= MOST_OF_TELEGRAM)}"


def _paced(subject: Subject) -> str:
    """At once: what the target asks, at the machine's limit. At a pace: what people feel."""
    at_once, paced = figures(subject.cells[CONNECTIONS[-1]]), figures(subject.cells[PACED])
    pace = f"{A_SECOND:.0f} taps a second: p50 {paced.p50:.0f}, p99 {paced.p99:.0f} ms"
    if subject.title != CHECK_IN:
        return pace
    return f"p99 < {P99_BELOW:.0f} ms asking at once {_met(at_once.p99 < P99_BELOW)}\n{pace}: {_met(paced.p99 < P99_BELOW)}"


def _met(yes: bool) -> str:
    return "met" if yes else "NOT MET"


def _add_command(table: Table, results: Results) -> None:
    seen = results.command
    empty = [""] * 8
    if isinstance(seen, str):
        table.add_row("congvu run", "SQLite, sample", *empty, seen)
        return
    again = f"\n(again on its data {seen.again:.1f} s)" if seen.again else ""
    start = f"{seen.first_page:.1f} s: < {START_BELOW:.0f} s {_met(seen.first_page < START_BELOW)}{again}"
    table.add_row("congvu run, start to first page", "SQLite, sample", *empty, start)
    table.add_row("congvu run, start to a complaint's answer", "SQLite, sample", *empty, f"{seen.answered:.1f} s")
    memory = f"{seen.resident:.0f} MB: < {RESIDENT_BELOW:.0f} MB {_met(seen.resident < RESIDENT_BELOW)}"
    table.add_row("congvu run, resident memory, classifier loaded", "SQLite, sample", *empty, memory)
    if seen.full_house:
        full = f"{seen.full_house:.0f} MB: < {RESIDENT_BELOW:.0f} MB {_met(seen.full_house < RESIDENT_BELOW)}"
        table.add_row("the same, every channel at work, a digest drawn", "SQLite, sample", *empty, full)


def _caption(plan: Plan, results: Results) -> str:
    turns = sum(subject.turns for subject in results.subjects)
    asked = ", ".join(f"{method} {number}" for method, number in sorted(results.calls.items())) or "nothing"
    most = CONNECTIONS[-1]
    return (
        f"Medians of {results.rounds} rounds of {plan.seconds} s, the servers in turn; {turns:,} turns, each found again in the database. "
        f"CPU: the server's process, user and system; {os.cpu_count()} cores, load {results.load:.1f} before we began. {most} connections ask "
        f"again at once, so {P99_BELOW:.0f} ms need {most / P99_BELOW * 1000:.0f} turns/s. Asked of Telegram meanwhile: {asked}."
    )
