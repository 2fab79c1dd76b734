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

LONGEST_RUN: Mapping[View, int] = {View.WORDS: 3, View.BARE: 2}
"""Syllables of the longest run that a view sees."""

Sight: TypeAlias = tuple[str, int, int]
"""Something seen in a message: its name within the view, and the first and last word it spans. A bare tuple: there are a thousand a message."""

Columns: TypeAlias = Mapping[View, Mapping[str, int]]
"""For each view the names that a model knows, with their column."""


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
    forms, places = _forms(words)
    return {view: list(_runs(_seen_by(view, forms), places, LONGEST_RUN[view])) for view in VIEWS}


def known_sights(words: Sequence[Word], columns: Columns) -> Iterator[list[tuple[list[int], list[int], list[int]]]]:
    """Of all that the views see what the columns know: for each view, for each length of a run, columns with their first and last words.

    A run is learned only where its beginning was (it was seen at least as often), so that a run with an unknown beginning need not be spelt.
    """
    forms, places = _forms(words)
    for view in VIEWS:
        yield list(_look_up(_seen_by(view, forms), places, LONGEST_RUN[view], columns[view]))


def _look_up(
    forms: Sequence[str], places: Sequence[int], longest: int, known: Mapping[str, int]
) -> Iterator[tuple[list[int], list[int], list[int]]]:
    begun = list(zip(forms, range(len(forms)), strict=True))
    for more in range(longest):
        if more:
            begun = [(f"{name} {forms[start + more]}", start) for name, start in begun if start + more < len(forms)]
        begun = [pair for pair in begun if pair[0] in known]
        starts = [start for _, start in begun]
        yield [known[name] for name, _ in begun], [places[start] for start in starts], [places[start + more] for start in starts]


def _forms(words: Sequence[Word]) -> tuple[list[str], list[int]]:
    """The syllables of the message, and the word in which each stands."""
    forms: list[str] = []
    places: list[int] = []
    for place, word in enumerate(words):
        forms += word.read
        places += [place] * len(word.read)
    return forms, places


def _seen_by(view: View, forms: list[str]) -> list[str]:
    return forms if view is View.WORDS else list(map(_bare, forms))


def _runs(forms: Sequence[str], places: Sequence[int], longest: int) -> Iterator[Sight]:
    """Each syllable alone, and with those after it up to `longest` in all."""
    for start, name in enumerate(forms):
        yield name, places[start], places[start]
        for after in range(start + 1, min(start + longest, len(forms))):
            name = f"{name} {forms[after]}"
            yield name, places[start], places[after]


@lru_cache(maxsize=20_000)
def _bare(form: str) -> str:
    return without_accents(form)
