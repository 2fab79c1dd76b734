"""What the tests of the command line share: a folder of its own for each, and the command as people run it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.settings import Settings

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


Congvu = Callable[..., Ended]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder as the working folder, and no setting from the machine."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.delenv("TELEGRAM_BOT_NAME", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def congvu(here: Path, capsys: pytest.CaptureFixture[str]) -> Congvu:
    """Runs a command in this process."""
    from bot.cli.entry import run

    def call(*arguments: object) -> Ended:
        capsys.readouterr()
        code = run([str(each) for each in arguments])
        said = capsys.readouterr()
        return Ended(code, said.out, said.err)

    return call


def environment() -> dict[str, str]:
    """The environment of a process of its own."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"}


@pytest.fixture
def process(here: Path) -> Congvu:
    """Runs a command in a process of its own."""

    def call(*arguments: object, given: str = "") -> Ended:
        command = [sys.executable, "-m", "bot", *map(str, arguments)]
        done = subprocess.run(command, input=given, capture_output=True, text=True, timeout=120, env=environment(), cwd=here, check=False)
        return Ended(done.returncode, done.stdout, done.stderr)

    return call
