"""`congvu classify` for many lines: worker processes judge them side by side, and the answers come in the order of the lines.

A few lines are answered by this process alone, so that asking for one costs no second start.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple

from nlp.classify import Classifier
from nlp.command import MOST_BYTES, bare_line, today_in_vietnam
from nlp.crew import Crew
from nlp.lines import can_read, cores, line_blocks

FEW_LINES = 300
"""Lines that one process answers sooner than others could be started."""

CHUNK = 100
"""Lines that a worker is given at once."""

Told = Callable[[int], None]
"""Called with the bytes of all lines answered so far."""


class _Chunk(NamedTuple):
    lines: list[bytes]
    size: int
    """Its bytes as they were read."""
    in_hand: int
    """Lines that were read with it and come after it."""


def classify_stream(
    source: BinaryIO,
    out: BinaryIO,
    classifier: Classifier,
    today: dt.date | None = None,
    workers: int | None = None,
    told: Told | None = None,
) -> int:
    """Answer every line of `source` as `nlp.command.classify_lines` does, with `workers` processes (by default one for each processor) once
    there are more than `FEW_LINES`; returns the lines answered.

    What was read is answered before anybody is waited for. Who interrupts keeps the answers written so far, and the workers end.
    """
    answered = read = done = 0
    with Crew(classifier, today or today_in_vietnam(), cores() if workers is None else workers) as crew:
        for chunk in _chunks(source):
            read += len(chunk.lines)
            crew.take(chunk.lines, chunk.size, alone=read + chunk.in_hand <= FEW_LINES)
            must_answer = not chunk.in_hand and not can_read(source)
            for answers, size in crew.answers(all_of_them=must_answer):
                answered, done = answered + len(answers), done + size
                _write(out, answers, told, done)
        for answers, size in crew.answers(all_of_them=True):
            answered, done = answered + len(answers), done + size
            _write(out, answers, told, done)
    return answered


def _chunks(source: BinaryIO) -> Iterator[_Chunk]:
    first = True
    for block in line_blocks(source, MOST_BYTES):
        for start in range(0, len(block), CHUNK):
            part = block[start : start + CHUNK]
            bare = [bare_line(line, first and not place) for place, line in enumerate(part)]
            first = False
            yield _Chunk([line for line in bare if line], sum(map(len, part)) + len(part), len(block) - start - len(part))


def _write(out: BinaryIO, answers: list[bytes], told: Told | None, done: int) -> None:
    out.write(b"".join(answers))
    out.flush()
    if told is not None:
        told(done)
