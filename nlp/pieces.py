"""Cuts a long text where people pause, so that each part can be read by itself: into pieces to read, and into passages to weigh."""

import re
from collections.abc import Callable, Iterator

PIECE = 3_000
"""Characters read at once."""

PASSAGE = 200
"""Characters weighed at once: among more of other things, one grave sentence would weigh too little."""

_LEAST_PASSAGE = 60
_NEAR = 160
"""Characters on either side of a seam by which it is judged."""

_MOST_TRIES = 4
_PAUSES = (re.compile(r"\s*\n\s*"), re.compile(r"(?<=[.!?…;])['\"”’)]*(\s+)"), re.compile(r"(?<=[,:])(\s+)"), re.compile(r"\s+"))
"""Where to cut, the best first: between lines, sentences, clauses, words."""

_BETWEEN = re.compile(r"(?<=[.!?…;])\s+|\s*\n\s*")

Seam = Callable[[str, str], bool]
"""Whether nothing is lost by reading what stands before and behind a place each by itself."""


def pieces_of(text: str) -> Iterator[str]:
    """Pieces of at most `PIECE` characters."""
    return (piece for piece, _ in parted(text, PIECE))


def parted(text: str, most: int, holds: Seam = lambda before, after: True) -> Iterator[tuple[str, str]]:
    """Pieces of at most `most` characters, each with the blanks that stand behind it: put together they are the text."""
    start = 0
    while len(text) - start > most:
        end, after = _seam(text, start, most, holds)
        yield text[start:end], text[end:after]
        start = after
    yield text[start:], ""


def _seam(text: str, start: int, most: int, holds: Seam) -> tuple[int, int]:
    """Where a piece from `start` ends and the next begins: at the last pause in its second half at which nothing is lost."""
    window = text[start + most // 2 : start + most]
    first: tuple[int, int] | None = None
    for pause in _PAUSES:
        found = [match.span(match.lastindex or 0) for match in pause.finditer(window)]
        for end, after in reversed(found[-_MOST_TRIES:]):
            seam = (start + most // 2 + end, start + most // 2 + after)
            if holds(text[max(start, seam[0] - _NEAR) : seam[0]], text[seam[1] : seam[1] + _NEAR]):
                return seam
            first = first or seam
    return first or (start + most, start + most)


def sentences_of(text: str) -> list[str]:
    """What stands between full stops and the like, and between lines."""
    return [sentence for sentence in _BETWEEN.split(text) if sentence]


def passages_of(text: str) -> Iterator[str]:
    """Lines, as messages and paragraphs are, of at most `PASSAGE` characters; what is very short stands with what follows it."""
    passage = ""
    for line in text.splitlines():
        for part, _ in parted(line.strip(), PASSAGE):
            if passage and (len(passage) >= _LEAST_PASSAGE or len(passage) + len(part) >= PASSAGE):
                yield passage
                passage = part
            else:
                passage = f"{passage}\n{part}".strip()
    yield passage
