"""Joins syllables into Vietnamese words ("cán bộ", "hồ sơ"), so that "cán" alone does not decide; the only place that knows underthesea."""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import accumulate
from typing import Protocol

MOST_WORDS = 250
"""Words of a message that are joined; the rest stand alone, so that a long message costs no more than 20 ms."""

CLAUSE_WORDS = 60
"""Words given to underthesea at once; its time and its mistakes grow with what it must see together."""

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
    for clause in _clauses(words[:MOST_WORDS]):
        joined.extend(_joined(clause, words))
    return joined


def _clauses(words: Sequence[Piece]) -> Iterator[range]:
    """Runs of neighbouring words that one clause holds; numbers and marks part them."""
    start = 0
    for place, word in enumerate(words):
        is_word = word.form[:1].isalpha()
        end = place + 1 if is_word else place
        if not is_word or word.ends_clause or end - start == CLAUSE_WORDS:
            yield range(start, end)
            start = place + 1
    yield range(start, len(words))


def _joined(clause: range, words: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    if len(clause) < 2:
        return
    forms = [words[place].form for place in clause]
    starts = _letter_starts(forms)
    letters = 0
    for segment in _word_tokenize()(" ".join(forms)):
        first = starts.get(letters)
        letters += sum(map(len, segment.split()))
        after = starts.get(letters)
        if first is not None and after is not None and after - first > 1:
            yield clause.start + first, clause.start + after


def _letter_starts(forms: Sequence[str]) -> dict[int, int]:
    """Where each form starts when all spaces are left out; the last entry is the end."""
    return {letters: place for place, letters in enumerate(accumulate(map(len, forms), initial=0))}


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
