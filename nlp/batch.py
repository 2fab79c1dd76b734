"""Judges thousands of messages on all cores: pieces of the work go to processes of their own, answers come back in order."""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import TypeVar

Given, Answer = TypeVar("Given"), TypeVar("Answer")

PIECE = 50
"""Messages of a piece: long enough that handing it over costs nothing, short enough that progress is seen."""

AHEAD = 3
"""Pieces given out to each process before an answer is waited for: a file of any size is read no faster than it is answered."""


def in_processes(
    work: Callable[[list[Given]], list[Answer]], given: Iterable[Given], processes: int, prepare: Callable[..., None], *prepared_with: object
) -> Iterator[Answer]:
    """What `work` makes of the pieces of `given`, in order. Each process calls `prepare` once before; both must be importable by name."""
    pieces = iter(given)
    waiting: deque[Future[list[Answer]]] = deque()
    how = multiprocessing.get_context("spawn")  # a fork would copy the threads' locks of underthesea and numpy
    with ProcessPoolExecutor(processes, mp_context=how, initializer=prepare, initargs=prepared_with) as pool:
        while piece := list(islice(pieces, PIECE)):
            waiting.append(pool.submit(work, piece))
            if len(waiting) >= AHEAD * processes:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
