"""Looks at one message from two sides: its words, and its words without accents.

Each thing seen is named and knows which words it came from, so that a judgement can say what decided.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from nlp.clean import without_accents
from nlp.words import Word


class View(StrEnum):
    """One side from which a message is looked at."""

    WORDS = "words"
    BARE = "bare"


VIEWS: tuple[View, ...] = tuple(View)


Sight: TypeAlias = tuple[str, int, int]
"""Something seen in a message: its name within the view, and the first and last word it spans. A bare tuple: there are a thousand a message."""


class Syllable(NamedTuple):
    """One syllable as it reads with shorthand written out, and the word it stands in."""

    form: str
    word: int
    ends_clause: bool


def syllables_of(words: Sequence[Word]) -> list[Syllable]:
    """The message's syllables with shorthand written out."""
    return [Syllable(form, place, word.ends_clause) for place, word in enumerate(words) for form in word.read]


def sights(words: Sequence[Word]) -> Mapping[View, list[Sight]]:
    """All that each view sees in the words of one message; a name may come more than once."""
    read = syllables_of(words)
    bare = [Syllable(_bare(form), place, ends) for form, place, ends in read]
    return {View.WORDS: list(_runs(read, 3)), View.BARE: list(_runs(bare, 2))}


def _runs(syllables: Sequence[Syllable], longest: int) -> Iterator[Sight]:
    """Each syllable alone, and with those after it up to `longest` in all."""
    for start, (name, first, _) in enumerate(syllables):
        yield name, first, first
        for form, last, _ in syllables[start + 1 : start + longest]:
            name = f"{name} {form}"
            yield name, first, last


@lru_cache(maxsize=20_000)
def _bare(form: str) -> str:
    return without_accents(form)
