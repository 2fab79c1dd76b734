"""Lives of the program as processes: started, killed at a point, started again on the same database.

A server that has loaded the program once forks each life: loading it anew for every short life took most of the time of these tests.
"""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from typing import Any

from tests.durability import victim

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.durability.victim"])


@dataclass
class Life:
    """One running process."""

    process: ForkServerProcess
    address: str

    async def ends(self) -> int:
        """Wait until it has died of itself; the exit code."""
        await asyncio.to_thread(self.process.join, 30)
        assert self.process.exitcode is not None, "it lives on"
        return self.process.exitcode


@asynccontextmanager
async def life(order: dict[str, Any]) -> AsyncIterator[Life]:
    """Start the program with this order; at the end it is told to stop, if it still lives."""
    ours, theirs = _FORKS.Pipe()
    process = _FORKS.Process(target=victim.lives, args=(order, theirs))
    process.start()
    theirs.close()  # so that its end is noticed
    try:
        yield Life(process, await asyncio.to_thread(_address, ours))
    finally:
        ours.close()  # which tells it to stop
        await asyncio.to_thread(process.join, 20)
        if process.exitcode is None:
            process.kill()
            await asyncio.to_thread(process.join)
        process.close()


def _address(ours: Connection) -> str:
    """Where it listens; nothing if it died before it could tell."""
    if not ours.poll(60):
        raise TimeoutError("it does not start")
    try:
        return str(ours.recv())
    except EOFError:
        return ""
