"""The program as a process of its own: it starts, says one address, serves, and stops quietly; pipes may break."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.cli.conftest import Congvu, environment


@contextmanager
def started(here: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """`congvu run` under way, ended at the end by its own id."""
    command = [sys.executable, "-m", "bot", "run", *arguments]
    running = subprocess.Popen(command, cwd=here, env=environment(), text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        yield running
    finally:
        if running.poll() is None:
            running.kill()
        running.communicate()


def first_line(running: subprocess.Popen[str]) -> str:
    assert running.stdout is not None
    return running.stdout.readline()


def test_it_starts_with_one_address_serves_and_stops_on_ctrl_c(here: Path) -> None:
    with started(here, "--port", "0") as running:
        address = re.search(r"(http://127\.0\.0\.1:\d+/)\s*$", first_line(running))
        assert address is not None
        with urllib.request.urlopen(f"{address[1]}healthz", timeout=60) as answer:
            assert answer.status == 200
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=120)
    assert running.returncode == 0
    assert len(re.findall("http://", out)) == 0
    assert "Traceback" not in err
    assert (here / "var" / "congvu.db").stat().st_mode & 0o077 == 0


def test_a_process_that_only_delivers_listens_nowhere(here: Path) -> None:
    with started(here, "--role", "deliver") as running:
        assert "deliver" in (line := first_line(running))
        assert "http" not in line
        running.send_signal(signal.SIGTERM)
        _, err = running.communicate(timeout=120)
    assert (running.returncode, "Traceback" in err) == (0, False)


def test_a_taken_port_is_explained(here: Path, process: Congvu) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = process("run", "--port", taken.getsockname()[1])
    assert done.code == 1
    assert "--port" in done.err
    assert "Traceback" not in done.err


def test_it_is_quiet_when_nobody_watches(process: Congvu) -> None:
    done = process("migrate")
    assert (done.code, done.err) == (0, "")
    assert "\x1b" not in done.out


def test_a_reader_that_leaves_early_is_no_fault(here: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "bot", "migrate"]
    with os.fdopen(write, "w") as broken:
        done = subprocess.run(
            command, cwd=here, env=environment(), text=True, stdout=broken, stderr=subprocess.PIPE, timeout=120, check=False
        )
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_texts_are_judged_line_by_line(process: Congvu) -> None:
    done = process(
        "classify",
        given='{"id": 1, "text": "Nộp hồ sơ quá hẹn hai tuần chưa trả"}\n{"id": "b", "text": "Cảm ơn chị cán bộ rất nhiệt tình"}\n',
    )
    assert done.code == 0
    lines = done.out.splitlines()
    assert len(lines) == 2
    assert '"DELAY"' in lines[0]
    assert '"PRAISE"' in lines[1]
