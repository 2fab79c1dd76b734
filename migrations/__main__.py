"""For developers: `python -m migrations 0002 "what changed"` writes a revision from how the records differ from the last one.

Beginning again with `0001` writes the first file anew, which is right only until the first release.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.operations.ops import DropIndexOp, DropTableOp, ModifyTableOps
from sqlalchemy import create_engine, event

HERE = Path(__file__).parent
USAGE = 'usage: python -m migrations NUMBER "what changed"'


def main(arguments: list[str]) -> int:
    """Write the revision of that number; returns the exit code."""
    if len(arguments) != 2 or not arguments[0].isdigit():
        sys.stderr.write(USAGE + "\n")
        return 2
    number, message = arguments
    for earlier in (HERE / "versions").glob(f"{number}_*.py"):
        earlier.unlink()
    with tempfile.TemporaryDirectory() as folder:
        _write(f"sqlite:///{folder}/scratch.db", number, message)
    for written in (HERE / "versions").glob(f"{number}_*.py"):
        written.write_text("".join(line for line in written.read_text().splitlines(keepends=True) if not line.startswith("    # ###")))
    return subprocess.run([sys.executable, "-m", "ruff", "format", "-q", str(HERE / "versions")], check=False).returncode  # noqa: S603


def _write(url: str, number: str, message: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes |= {"batch": number != "0001", "tidy": _tidy}
    engine = create_engine(url)
    event.listen(engine, "connect", _no_own_transactions)
    steps: list[Callable[[], Any]] = [
        lambda: command.upgrade(config, "head"),
        lambda: command.revision(config, message, autogenerate=True, rev_id=number),
    ]
    for step in steps:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            step()
    engine.dispose()


def _no_own_transactions(connection: Any, _record: Any) -> None:
    connection.isolation_level = None


def _tidy(_context: Any, _revision: Any, directives: list[Any]) -> None:
    """Leave out what goes by itself: the indexes of a dropped table."""
    downgrade = directives[0].downgrade_ops
    dropped = {each.table_name for each in downgrade.ops if isinstance(each, DropTableOp)}
    for each in downgrade.ops:
        if isinstance(each, ModifyTableOps) and each.table_name in dropped:
            each.ops = [inner for inner in each.ops if not isinstance(inner, DropIndexOp)]
    downgrade.ops = [each for each in downgrade.ops if not (isinstance(each, ModifyTableOps) and not each.ops)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
