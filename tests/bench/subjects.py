"""What stands in the table's rows: each server with its requests, and how to count afterwards what it kept."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bench import office
from tests.bench.api import BotApi
from tests.bench.databases import KINDS, Kind, MakeUrl
from tests.bench.load import Cell
from tests.bench.plan import PATH, ZALO_PATH, Plan
from tests.bench.process import Process, serving
from tests.bench.rows import count_rows
from tests.bench.updates import first_messages, taps, words, zalo_taps

ECHO = "aiogram, echo"
ONE_INSERT = "aiogram, one ORM insert"
CHECK_IN = "congvu, check-in tap"
BY_ZALO = "congvu, check-in tap by Zalo"
COMPLAINT = "congvu, complaint's first message"


@dataclass
class Subject:
    """One row of the table."""

    title: str
    database: str
    process: Process
    port: int
    requests: Iterator[bytes]
    cells: dict[int, list[Cell]] = field(default_factory=dict)
    """By the number of connections, one for each round."""

    @property
    def turns(self) -> int:
        """Turns that were measured."""
        return sum(len(cell.latencies) for cells in self.cells.values() for cell in cells)


@dataclass
class Stage:
    """All servers, running, and the counts to be made at the end."""

    subjects: list[Subject] = field(default_factory=list)
    counts: list[Callable[[], Awaitable[None]]] = field(default_factory=list)


@asynccontextmanager
async def stage(plan: Plan, folder: Path, make_url: MakeUrl, api: BotApi) -> AsyncIterator[Stage]:
    """Start the servers: a process for the baselines, one for our program, each with a server for every kind of database."""
    ready = Stage()
    async with AsyncExitStack() as stack:
        await _baselines(stack, ready, folder, make_url)
        await _congvu(stack, ready, folder, make_url, plan, api)
        yield ready


async def _baselines(stack: AsyncExitStack, ready: Stage, folder: Path, make_url: MakeUrl) -> None:
    urls = {kind: make_url(kind, "insert") for kind in KINDS}
    places = [{"name": ECHO, "database": None}, *(_place(kind, url) for kind, url in urls.items())]
    process = await stack.enter_async_context(serving({"kind": "baselines", "places": places}, folder / "baselines.log"))
    ready.subjects.append(Subject(ECHO, "none", process, process.ports[ECHO], words(PATH)))
    for kind, url in urls.items():
        heard: list[int] = []
        ready.subjects.append(Subject(ONE_INSERT, kind.label, process, process.ports[kind.label], words(PATH, heard)))
        ready.counts.append(_counting(url, heard))


async def _congvu(stack: AsyncExitStack, ready: Stage, folder: Path, make_url: MakeUrl, plan: Plan, api: BotApi) -> None:
    urls = {kind: make_url(kind, "congvu") for kind in KINDS}
    for url in urls.values():
        await office.prepare(url, plan.officials)
    order = {"kind": "congvu", "folder": str(folder), "api": api.address, "places": [_place(kind, url) for kind, url in urls.items()]}
    process = await stack.enter_async_context(serving(order, folder / "congvu.log"))
    tapped: dict[Kind, list[int]] = {kind: [] for kind in KINDS}
    told: dict[Kind, list[int]] = {kind: [] for kind in KINDS}
    for kind in KINDS:
        requests = taps(PATH, plan.officials, tapped[kind])
        ready.subjects.append(Subject(CHECK_IN, kind.label, process, process.ports[kind.label], requests))
    for kind in KINDS:
        requests = zalo_taps(ZALO_PATH, plan.officials, tapped[kind])
        ready.subjects.append(Subject(BY_ZALO, kind.label, process, process.ports[kind.label], requests))
    for kind in KINDS:
        ready.subjects.append(Subject(COMPLAINT, kind.label, process, process.ports[kind.label], first_messages(PATH, told[kind])))
    ready.counts += [_counting_ours(urls[kind], tapped[kind], told[kind]) for kind in KINDS]


def _place(kind: Kind, url: str) -> dict[str, Any]:
    return {"name": kind.label, "database": url, "synchronous": kind.synchronous}


def _counting(url: str, heard: list[int]) -> Callable[[], Awaitable[None]]:
    async def count() -> None:
        kept = await count_rows(url)
        if kept != len(heard):
            raise office.WrongCount(f"one insert: {kept} rows kept, {len(heard)} updates sent")

    return count


def _counting_ours(url: str, tapped: list[int], told: list[int]) -> Callable[[], Awaitable[None]]:
    async def count() -> None:
        await office.count_turns(url, tapped, told)

    return count
