"""One heap for all threads, as the C library itself tells."""

from __future__ import annotations

import ctypes
import platform
import subprocess
import sys

import pytest

_THREADS_THAT_TAKE_MEMORY = """
import ctypes, threading
from bot.lean_memory import keep_together
{first}
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
all_here = threading.Barrier(4)
def take():
    libc.malloc(50_000)
    all_here.wait()
threads = [threading.Thread(target=take) for _ in range(4)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
libc.fdopen.restype = ctypes.c_void_p
libc.malloc_info(0, ctypes.c_void_p(libc.fdopen(1, b"w")))
libc.fflush(None)
"""


def _heaps(first: str) -> int:
    told = subprocess.run(
        [sys.executable, "-c", _THREADS_THAT_TAKE_MEMORY.format(first=first)], capture_output=True, text=True, check=True, timeout=60
    )
    return told.stdout.count("<heap nr=")


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="the C library is not glibc: it has no arenas")
def test_threads_share_one_heap() -> None:
    assert _heaps("keep_together()") == 1
    assert _heaps("") > 1  # otherwise nothing would be shown by it


def test_another_c_library_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    from bot import lean_memory

    monkeypatch.setattr(ctypes, "CDLL", lambda _: object())
    lean_memory.keep_together()
