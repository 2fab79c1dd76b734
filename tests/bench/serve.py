"""One server in a process of its own. Its order is a line of JSON on standard input; it lives until that input is closed."""

from __future__ import annotations

import asyncio
import gc
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from tests.bench import baseline


@asynccontextmanager
async def served(order: dict[str, Any]) -> AsyncIterator[int]:
    """Serve what the order names; gives the port."""
    if order["kind"] == "congvu":
        from tests.bench.product import congvu  # the baselines' processes must not carry our imports

        async with congvu(order) as port:
            yield port
        return
    app = baseline.echo() if order["kind"] == "echo" else await baseline.one_insert(order["database"], order["synchronous"])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


async def main(order: dict[str, Any]) -> None:
    """Serve; the garbage collector is set alike for all servers."""
    async with served(order) as port:
        gc.collect()
        gc.freeze()
        gc.set_threshold(20_000, 20, 50)
        print(json.dumps({"port": port}), flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main(json.loads(sys.stdin.readline())))
