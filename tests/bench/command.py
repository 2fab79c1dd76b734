"""`congvu run` as people start it: how long until the first page, and how much memory once everybody has been served."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import aiohttp

from tests.bench.plan import TELEGRAM_TOKEN, ZALO_APP_ID, ZALO_BOT_TOKEN, ZALO_OA_SECRET, Plan
from tests.bench.process import ROOT, clean_environment, end_of, ended, resident_megabytes
from tests.bench.stories import STORIES

PATIENCE = 60.0
LOOK_EVERY = 0.01


@dataclass(frozen=True)
class Command:
    """Seconds and megabytes; medians where there were several starts."""

    first_page: float  # on a new folder: tables and sample commune are made
    again: float | None  # on the folder of before
    answered: float  # from the start to the answer to a complaint sent at once
    resident: float
    full_house: float | None  # every channel at work, and a head has drawn a digest


@dataclass(frozen=True)
class Running:
    """A `congvu run` that has answered its first page."""

    pid: int
    address: str
    began: float
    first_page: float


async def measure_command(plan: Plan, folder: Path, api: str) -> Command:
    """Start the command on new folders; where there is time for several starts, twice more on the last of them: as it is, and with every
    channel at work, whose servers are at `api`."""
    pages, answers, sizes = [], [], []
    for number in range(plan.starts):
        async with congvu_run(folder / f"run {number}") as running:
            pages.append(running.first_page)
            answers.append(await _first_answer(running))
            sizes.append(resident_megabytes(running.pid))
    again = full_house = None
    if plan.starts > 1:
        last = folder / f"run {plan.starts - 1}"
        async with congvu_run(last) as running:
            again = running.first_page
        async with congvu_run(last, **_every_channel(api)) as running:
            await _first_answer(running)
            await _digest(running)
            full_house = resident_megabytes(running.pid)
    return Command(median(pages), again, median(answers), median(sizes), full_house)


def _every_channel(api: str) -> dict[str, str]:
    return {
        "SAMPLE": "true", "TELEGRAM_TOKEN": TELEGRAM_TOKEN, "TELEGRAM_API_BASE": api,
        "ZALO_APP_ID": ZALO_APP_ID, "ZALO_APP_SECRET": "none", "ZALO_OA_SECRET": ZALO_OA_SECRET, "ZALO_OA_API_BASE": api,
        "ZALO_OAUTH_BASE": api, "ZALO_BOT_TOKEN": ZALO_BOT_TOKEN, "ZALO_BOT_API_BASE": api,
    }  # fmt: skip


@asynccontextmanager
async def congvu_run(data: Path, **more: str) -> AsyncIterator[Running]:
    """The real command in sample mode, until its first page is there; told to stop at the end."""
    port = _free_port()
    log = data.with_suffix(".log")
    began = perf_counter()
    with log.open("wb") as said:
        process = await asyncio.create_subprocess_exec(
            *_program(), "run", cwd=data.parent, env=clean_environment(DATA_DIR=str(data), PORT=str(port), PYTHONPATH=str(ROOT), **more),
            stdin=asyncio.subprocess.DEVNULL, stdout=said, stderr=said,
        )  # fmt: skip
    address = f"http://127.0.0.1:{port}/"
    try:
        await _first_page(address, process)
        yield Running(process.pid, address, began, perf_counter() - began)
    except Exception as fault:
        fault.add_note(f"It said:\n{end_of(log)}")
        raise
    finally:
        if process.returncode is None:
            process.terminate()
        await ended(process)


async def _first_page(address: str, process: asyncio.subprocess.Process) -> None:
    async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as http:
        while process.returncode is None:
            try:
                async with http.get(address) as page:
                    assert page.status == 200, page.status
                    assert b"<html" in await page.read()
                    return
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(LOOK_EVERY)
    raise RuntimeError("`congvu run` ended by itself")


async def _first_answer(running: Running) -> float:
    """A citizen of the page writes; seconds from the start of the program to the answer."""
    await _answered(running, "citizen", STORIES[0], lambda message: message["from"] == "bot")
    return perf_counter() - running.began


async def _digest(running: Running) -> None:
    """The head of the page asks for the week's digest and has its chart."""
    await _answered(running, "head", "/bantin", lambda message: message["from"] == "bot" and bool(message.get("files")))


async def _answered(running: Running, pane: str, words: str, wanted: Callable[[dict[str, Any]], bool]) -> None:
    async with asyncio.timeout(PATIENCE), aiohttp.ClientSession(running.address) as http:
        async with http.post("/chat/api/session", json={"pane": pane}) as session:
            token = (await session.json())["token"]
        bearer = {"Authorization": f"Bearer {token}"}
        async with http.post("/chat/api/messages", json={"id": "bench-1", "text": words}, headers=bearer) as sent:
            assert sent.status == 200, await sent.text()
        while True:
            async with http.get("/chat/api/messages?after=0", headers=bearer) as history:
                if any(wanted(message) for message in (await history.json())["messages"]):
                    return
            await asyncio.sleep(LOOK_EVERY)


def _program() -> list[str]:
    """The command as installed; the same by its module where only the tests' needs are installed."""
    installed = Path(sys.executable).with_name("congvu")
    return [str(installed)] if installed.exists() else [sys.executable, "-m", "bot"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
