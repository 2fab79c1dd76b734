"""Processes with servers: started with an order, measured from outside, ended by closing their standard input."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
_TICK = os.sysconf("SC_CLK_TCK")
_PATIENCE = 120.0
"""Seconds for a start; the very first one trains the classifier."""


@dataclass(frozen=True)
class Process:
    """A running process; `ports` are its servers' by the name of their place."""

    pid: int
    ports: dict[str, int]

    def cpu(self) -> float:
        """Seconds of processor time used so far, by all its threads."""
        return cpu_seconds(self.pid)

    async def cpu_at_rest(self) -> float:
        """The same, once it has finished what it does after the last answer; after two seconds whatever it is."""
        before = self.cpu()
        for _ in range(40):
            await asyncio.sleep(0.05)
            now = self.cpu()
            if now == before:
                break
            before = now
        return before


def cpu_seconds(pid: int) -> float:
    """Seconds of processor time (user and system) of a process; its resolution is a hundredth of a second."""
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / _TICK


def resident_megabytes(pid: int) -> float:
    """Resident memory of a process and of those it started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    status = Path(f"/proc/{pid}/status").read_text()
    own = int(status.partition("VmRSS:")[2].split()[0]) / 1024
    return own + sum(resident_megabytes(int(child)) for child in children)


def clean_environment(**more: str) -> dict[str, str]:
    """Nothing of this machine's settings reaches what is measured."""
    return {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")} | more


@asynccontextmanager
async def serving(order: dict[str, Any], log: Path) -> AsyncIterator[Process]:
    """A process that serves; what it says on standard error goes to `log`."""
    with log.open("wb") as errors:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.bench.serve", cwd=ROOT, env=clean_environment(),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=errors,
        )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(json.dumps(order).encode() + b"\n")
        await process.stdin.drain()
        first = await asyncio.wait_for(process.stdout.readline(), _PATIENCE)
        if not first:
            raise RuntimeError("the servers did not start")
        yield Process(process.pid, json.loads(first)["ports"])
    except Exception as fault:
        fault.add_note(f"The log of {order['kind']} ends:\n{end_of(log)}")
        raise
    finally:
        process.stdin.close()
        await ended(process)


def end_of(log: Path) -> str:
    """What a process said last."""
    return log.read_text()[-2000:]


async def ended(process: asyncio.subprocess.Process) -> None:
    """Wait for a process to end; one that does not within ten seconds is killed."""
    try:
        await asyncio.wait_for(process.wait(), 10)
    except TimeoutError:
        process.kill()
        await process.wait()
