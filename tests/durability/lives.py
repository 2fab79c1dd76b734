"""Lives of the program as processes: started, killed at a point, started again on the same database."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


@dataclass
class Life:
    """One running process."""

    process: asyncio.subprocess.Process
    address: str

    async def ends(self) -> int:
        """Wait until it has died of itself; the exit code."""
        return await asyncio.wait_for(self.process.wait(), 30)


@asynccontextmanager
async def life(order: dict[str, Any]) -> AsyncIterator[Life]:
    """Start the program with this order; at the end it is told to stop, if it still lives."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.durability.victim", cwd=ROOT, env=_environment(),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(order).encode() + b"\n")
    await process.stdin.drain()
    try:
        first = await asyncio.wait_for(process.stdout.readline(), 60)
        yield Life(process, json.loads(first)["address"] if first else "")
    finally:
        if process.returncode is None:
            process.stdin.write(b"\n")
            process.stdin.close()
            try:
                await asyncio.wait_for(process.wait(), 20)
            except TimeoutError:
                process.send_signal(signal.SIGKILL)
                await process.wait()


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
