"""What stands in the table's rows: each server with its requests, and how to count afterwards what it kept."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from tests.bench import office
from tests.bench.api import BotApi
from tests.bench.baseline import PATH, Seen, open_engine
from tests.bench.databases import KINDS, Kind, MakeUrl
from tests.bench.load import Cell
from tests.bench.plan import Plan
from tests.bench.process import Server, serving
from tests.bench.updates import first_messages, taps, words

ECHO = "aiogram, echo"
ONE_INSERT = "aiogram, one ORM insert"
CHECK_IN = "congvu, check-in tap"
COMPLAINT = "congvu, complaint's first message"


@dataclass
class Subject:
    """One row of the table."""

    title: str
    database: str
    server: Server
    requests: Iterator[bytes]
    cells: dict[int, list[Cell]] = field(default_factory=dict)
    """By the number of connections, one for each round."""

    @property
    def turns(self) -> int:
        """Turns that were measured."""
        return sum(len(cell.latencies) for cells in self.cells.values() for cell in cells)


Count = Callable[[], Awaitable[None]]


@dataclass
class Stage:
    """All servers, running, and the counts to be made at the end."""

    subjects: list[Subject]
    counts: list[Count]


@asynccontextmanager
async def stage(plan: Plan, folder: Path, make_url: MakeUrl, api: BotApi) -> AsyncIterator[Stage]:
    """Start all servers, two baselines and our program on every kind of database."""
    async with AsyncExitStack() as stack:
        async with asyncio.TaskGroup() as group:
            starts = [group.create_task(_echo(stack, folder))]
            starts += [group.create_task(_one_insert(stack, folder, kind, make_url(kind, "insert"))) for kind in KINDS]
            starts += [group.create_task(_congvu(stack, folder, kind, make_url(kind, "congvu"), plan, api)) for kind in KINDS]
        parts = [start.result() for start in starts]
        order = [ECHO, ONE_INSERT, CHECK_IN, COMPLAINT]
        subjects = sorted((subject for part in parts for subject in part.subjects), key=lambda each: order.index(each.title))
        yield Stage(subjects, [count for part in parts for count in part.counts])


async def _echo(stack: AsyncExitStack, folder: Path) -> Stage:
    server = await stack.enter_async_context(serving({"kind": "echo"}, folder / "echo.log"))
    return Stage([Subject(ECHO, "none", server, words(PATH))], [])


async def _one_insert(stack: AsyncExitStack, folder: Path, kind: Kind, url: str) -> Stage:
    order = {"kind": "insert", "database": url, "synchronous": kind.synchronous}
    server = await stack.enter_async_context(serving(order, folder / f"insert {kind.label}.log"))
    sent: list[None] = []

    def counted() -> Iterator[bytes]:
        for request in words(PATH):
            sent.append(None)
            yield request

    async def count() -> None:
        engine = open_engine(url, kind.synchronous)
        async with engine.connect() as connection:
            kept = (await connection.execute(select(func.count()).select_from(Seen))).scalar_one()
        await engine.dispose()
        if kept != len(sent):
            raise office.WrongCount(f"one insert on {kind.label}: {kept} rows kept, {len(sent)} sent")

    return Stage([Subject(ONE_INSERT, kind.label, server, counted())], [count])


async def _congvu(stack: AsyncExitStack, folder: Path, kind: Kind, url: str, plan: Plan, api: BotApi) -> Stage:
    await office.prepare(url, plan.officials)
    data = folder / f"congvu {kind.label}"
    data.mkdir()
    order = {
        "kind": "congvu", "database": url, "synchronous": kind.synchronous, "folder": str(data), "api": api.address,
        "public": "https://bench.invalid",
    }  # fmt: skip
    server = await stack.enter_async_context(serving(order, folder / f"congvu {kind.label}.log"))
    tapped: list[int] = []
    told: list[int] = []

    async def count() -> None:
        await office.count_turns(url, tapped, told)

    check_in = Subject(CHECK_IN, kind.label, server, taps(PATH, plan.officials, tapped))
    complaint = Subject(COMPLAINT, kind.label, server, first_messages(PATH, told))
    return Stage([check_in, complaint], [count])
