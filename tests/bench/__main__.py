"""`python -m tests.bench [--quick]`: measures and prints the table; leaves nothing behind."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
import tempfile
from pathlib import Path

from tests.bench.databases import databases
from tests.bench.plan import FULL, QUICK
from tests.bench.runner import measure
from tests.bench.table import show


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    asked.add_argument("--quick", action="store_true", help="under a minute: fewer and shorter rounds, rougher figures")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the servers end with us
    plan = QUICK if asked.parse_args().quick else FULL
    with tempfile.TemporaryDirectory(prefix="congvu-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # as root, PostgreSQL runs as another user
        with databases(folder) as make_url:
            results = asyncio.run(asyncio.wait_for(measure(plan, folder, make_url), plan.at_most))
    show(plan, results)


if __name__ == "__main__":
    main()
