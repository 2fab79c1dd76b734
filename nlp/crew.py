"""Worker processes that answer lines: given little at a time, their answers taken in order; without them this process answers itself.

Each worker holds the model of its own; lines and answers pass as bytes, so that the asking process has hardly anything to do.
"""

import datetime as dt
import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import NamedTuple, Self

from nlp import store
from nlp.classify import Classifier
from nlp.command import answer_to

_PER_WORKER = 4
"""Chunks that may be in the hands of each worker: enough to keep it busy, and the memory stays bounded."""

Answers = list[bytes]


class _Waiting(NamedTuple):
    lines: Sequence[bytes]
    size: int
    answers: "Future[Answers]"


class Crew:
    """Answers chunks of lines in their order. Its processes start with the first chunk that is not to be answered `alone`."""

    def __init__(self, classifier: Classifier, today: dt.date, workers: int) -> None:
        self._classifier, self._today, self._workers = classifier, today, workers
        self._waiting: deque[_Waiting] = deque()
        self._pool: ProcessPoolExecutor | None = None
        self._folder: TemporaryDirectory[str] | None = None
        self._ready = False
        """Whether a worker has answered: until then this process does not sit idle."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
        if self._folder is not None:
            self._folder.cleanup()

    def take(self, lines: Sequence[bytes], size: int, alone: bool) -> None:
        """Take a chunk of lines (none of them empty) of so many bytes."""
        given = None if alone or self._workers < 2 else self._give(lines)
        self._waiting.append(_Waiting(lines, size, given or self._done_here(lines)))

    def answers(self, all_of_them: bool) -> Iterator[tuple[Answers, int]]:
        """The answers that are ready, with the bytes of their lines; waits for `all_of_them`, or until there is room for more."""
        while self._waiting:
            first = self._waiting[0]
            if not (all_of_them or first.answers.done() or len(self._waiting) >= _PER_WORKER * self._workers):
                return
            found = self._answers(first)
            self._waiting.popleft()
            yield found, first.size

    def _answers(self, chunk: _Waiting) -> Answers:
        try:
            return chunk.answers.result()
        except BrokenProcessPool:  # the machine ended a worker, as when memory runs out
            return self._here(chunk.lines)

    def _give(self, lines: Sequence[bytes]) -> "Future[Answers] | None":
        """Give the chunk to a worker; None if this process had better answer it itself."""
        self._ready = self._ready or any(each.answers.done() for each in self._waiting if type(each.answers) is not _Done)
        if not self._ready and sum(type(each.answers) is not _Done for each in self._waiting) >= self._workers:
            return None
        try:
            with _deaf():
                return self._started().submit(_answer, lines, self._today)
        except BrokenProcessPool:
            return None

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._folder = TemporaryDirectory(prefix="congvu-")
            model = store.save(self._classifier.model, Path(self._folder.name))
            self._pool = ProcessPoolExecutor(self._workers, get_context("spawn"), _begin, (model,))
        return self._pool

    def _here(self, lines: Sequence[bytes]) -> Answers:
        return [answer_to(line, self._classifier, self._today) for line in lines]

    def _done_here(self, lines: Sequence[bytes]) -> "Future[Answers]":
        done = _Done()
        done.set_result(self._here(lines))
        return done


class _Done(Future[Answers]):
    """Answers that this process gave itself."""


@contextmanager
def _deaf() -> Iterator[None]:
    """Processes started meanwhile never hear Ctrl-C, which the terminal sends to all: this one ends them when it has been told."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, heard)


# --- in the worker ------------------------------------------------------------------------------------------------------------------

_judging: list[Classifier] = []


def _begin(model: Path) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _judging.append(Classifier(store.load(model)))
    gc.freeze()  # the model stays: looking at its hundred thousand names again and again takes a twentieth of the time


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _answer(lines: Sequence[bytes], today: dt.date) -> Answers:
    return [answer_to(line, _judging[0], today) for line in lines]
