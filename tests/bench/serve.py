"""A process with servers, one for each place of its order: a line of JSON on standard input. It lives until that input is closed."""

from __future__ import annotations

import asyncio
import gc
import json
import sys
from contextlib import AsyncExitStack
from typing import Any


async def main(order: dict[str, Any]) -> None:
    """Serve; the garbage collector is set alike for all servers."""
    async with AsyncExitStack() as stack:
        if order["kind"] == "congvu":
            from tests.bench.product import open_servers  # the baselines' process must not carry our imports
        else:
            from tests.bench.baseline import open_servers
        ports = await open_servers(stack, order)
        gc.collect()
        gc.freeze()
        gc.set_threshold(20_000, 20, 50)
        print(json.dumps({"ports": ports}), flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main(json.loads(sys.stdin.readline())))
