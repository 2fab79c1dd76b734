"""Reads lines as they come: as many as are there, never more than a block, so that nobody waits for an answer to a line already sent."""

import os
import select
from collections.abc import Iterator
from io import UnsupportedOperation
from typing import BinaryIO

_BLOCK = 1 << 16


def line_blocks(source: BinaryIO, most_bytes: int) -> Iterator[list[bytes]]:
    """The lines that one reading gives, without their ends; of a line longer than `most_bytes` only so much that it is seen to be."""
    read = getattr(source, "read1", source.read)
    rest = b""
    while data := read(_BLOCK):
        *lines, rest = (rest + data).split(b"\n")
        rest = rest[: most_bytes + 1]
        if lines:
            yield lines
    if rest:
        yield [rest]


def can_read(source: BinaryIO) -> bool:
    """Whether reading on would not wait; yes for a file, for a pipe if somebody has written. Where nobody can say, no."""
    try:
        return bool(select.select([source.fileno()], [], [], 0)[0])
    except UnsupportedOperation:  # in memory
        return True
    except (OSError, ValueError):  # this system tells it of sockets only
        return False


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
