"""Runs the whole bench: every server in turn, A B C A B C …, so that the machine's moods fall on all alike; then counts what was kept."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import aiohttp

from tests.bench.api import bot_api
from tests.bench.command import Command, measure_command
from tests.bench.databases import MakeUrl
from tests.bench.load import run_cell
from tests.bench.plan import A_SECOND, CONNECTIONS, PACED, Plan
from tests.bench.subjects import CHECK_IN, ONE_INSERT, Stage, Subject, stage


@dataclass
class Results:
    """All that the table shows. `calls` is what our servers asked of Telegram meanwhile."""

    subjects: list[Subject]
    command: Command | str  # or why it could not be measured
    calls: Counter[str]
    rounds: int
    load: float  # of the machine before we began, in processes


async def measure(plan: Plan, folder: Path, make_url: MakeUrl) -> Results:
    """Everything once. Raises WrongCount or LoadFailed rather than giving figures that mean nothing."""
    began, load = monotonic(), os.getloadavg()[0]
    rounds = 0
    async with bot_api() as api, stage(plan, folder, make_url, api) as ready:
        for subject in ready.subjects:
            await run_cell(subject.port, 4, subject.requests, seconds=10, most=plan.warm_up)
        while rounds < plan.rounds and (not rounds or monotonic() < began + plan.no_round_after):
            await _round(plan, ready)
            rounds += 1
        for count in ready.counts:
            await count()
    calls = Counter(api.calls)
    async with bot_api() as api:
        return Results(ready.subjects, await _command(plan, folder, api.address), calls, rounds, load)


async def _command(plan: Plan, folder: Path, api: str) -> Command | str:
    """The command's figures; when it fails, the others shall not be lost with it."""
    try:
        return await measure_command(plan, folder, api)
    except (RuntimeError, OSError, aiohttp.ClientError, AssertionError, TimeoutError) as fault:
        return "\n".join([f"NOT MEASURED: {type(fault).__name__}: {fault}", *getattr(fault, "__notes__", [])])


async def _round(plan: Plan, ready: Stage) -> None:
    for connections in CONNECTIONS:
        for subject in ready.subjects:
            before = subject.process.cpu()
            cell = await run_cell(subject.port, connections, subject.requests, seconds=plan.seconds)
            cell.cpu = await subject.process.cpu_at_rest() - before
            if len(cell.latencies) < connections:  # each connection asks at least once, unless nobody is left
                raise RuntimeError(f"{subject.title} on {subject.database}: nobody is left to ask; prepare more people")
            subject.cells.setdefault(connections, []).append(cell)
    for subject in ready.subjects:
        if subject.title in (ONE_INSERT, CHECK_IN):
            paced = await run_cell(subject.port, CONNECTIONS[-1], subject.requests, seconds=plan.seconds, a_second=A_SECOND)
            subject.cells.setdefault(PACED, []).append(paced)
