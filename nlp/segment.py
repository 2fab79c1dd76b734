"""Joins syllables into Vietnamese words ("cán bộ", "hồ sơ"), so that "cán" alone does not decide; the only place that knows underthesea."""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby, islice
from typing import Protocol

MOST_WORDS = 400
"""Words of a message that are joined; the rest stand alone, so that a long message costs no more than 20 ms."""

CLAUSE_WORDS = 60
"""Words given to underthesea at once; its time and its mistakes grow with what it must see together."""

MOST_ALIKE = 4
"""A word repeated more often than this in a row is noise and is not joined with itself again."""

_loading = threading.Lock()


class Piece(Protocol):
    """What is joined: a plain form, and whether a clause ends after it."""

    @property
    def form(self) -> str: ...

    @property
    def ends_clause(self) -> bool: ...


def segments(words: Sequence[Piece]) -> list[tuple[int, int]]:
    """The words that belong together, as half-open ranges over `words`; every range has at least two words."""
    joined: list[tuple[int, int]] = []
    for clause in _clauses(islice(_without_repetition(words), MOST_WORDS)):
        joined.extend(_joined(clause, words))
    return joined


def warm_up() -> None:
    """Load the segmenter; once, before threads use it (its first call is not safe among threads)."""
    _word_tokenize()


def _without_repetition(words: Sequence[Piece]) -> Iterator[tuple[int, Piece]]:
    for _, alike in groupby(enumerate(words), key=lambda numbered: numbered[1].form):
        yield from islice(alike, MOST_ALIKE)


def _clauses(numbered: Iterable[tuple[int, Piece]]) -> Iterator[list[int]]:
    """Runs of neighbouring words that one clause holds; numbers and marks part them."""
    clause: list[int] = []
    for index, word in numbered:
        is_word = word.form[:1].isalpha()
        if clause and (not is_word or index != clause[-1] + 1 or len(clause) == CLAUSE_WORDS):
            yield clause
            clause = []
        if is_word:
            clause.append(index)
        if clause and word.ends_clause:
            yield clause
            clause = []
    if clause:
        yield clause


def _joined(clause: list[int], words: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    if len(clause) < 2:
        return
    starts = _letter_starts(words[index].form for index in clause)
    letters = 0
    for segment in _word_tokenize()(" ".join(words[index].form for index in clause)):
        first = starts.get(letters)
        letters += sum(map(len, segment.split()))
        after = starts.get(letters)
        if first is None or after is None or after - first < 2:
            continue
        yield clause[first], clause[after - 1] + 1


def _letter_starts(forms: Iterable[str]) -> dict[int, int]:
    """Where each form starts when all spaces are left out; the last entry is the end."""
    starts, letters, count = {}, 0, 0
    for count, form in enumerate(forms, start=1):
        starts[letters] = count - 1
        letters += len(form)
    starts[letters] = count
    return starts


def _word_tokenize() -> Callable[[str], list[str]]:
    with _loading:
        return _loaded()


@cache
def _loaded() -> Callable[[str], list[str]]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    from underthesea.pipeline.word_tokenize import word_tokenize

    root.handlers[:], root.level = handlers, level  # underthesea calls logging.basicConfig while it is imported

    def tokenize(clause: str) -> list[str]:
        found: list[str] = word_tokenize(clause, use_token_normalize=False)
        return found

    tokenize("cán bộ")  # the first call loads its model
    return tokenize
