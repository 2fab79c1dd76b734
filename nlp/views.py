"""Looks at one message from two sides: its words, and its words without accents.

Each thing seen is named and knows which words it came from, so that a judgement can say what decided.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from nlp.clean import bare_syllable
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


class Heard(NamedTuple):
    """The syllables of a message with shorthand written out, and the word in which each stands."""

    forms: list[str]
    places: list[int]


def syllables_of(words: Sequence[Word]) -> list[Syllable]:
    """The message's syllables with shorthand written out."""
    return [Syllable(form, place, word.ends_clause) for place, word in enumerate(words) for form in word.read]


def sights(words: Sequence[Word]) -> Mapping[View, list[Sight]]:
    """All that each view sees in the words of one message; a name may come more than once."""
    forms, places = heard_in(words)
    return {view: list(_runs(_seen_by(view, forms), places, LONGEST_RUN[view])) for view in VIEWS}


def known_sights(heard: Heard, columns: Columns) -> Iterator[list[tuple[list[int], list[int], list[int]]]]:
    """Of all that the views see what the columns know: for each view, for each length of a run, columns with their first and last words.

    A run is learned only where its beginning was (it was seen at least as often), so that a run with an unknown beginning need not be spelt.
    """
    for view in VIEWS:
        yield list(_look_up(_seen_by(view, heard.forms), heard.places, LONGEST_RUN[view], columns[view]))


def _look_up(
    forms: Sequence[str], places: Sequence[int], longest: int, known: Mapping[str, int]
) -> Iterator[tuple[list[int], list[int], list[int]]]:
    column_of, last = known.get, len(forms) - 1
    begun = list(enumerate(forms))
    for more in range(longest):
        found = [(start, name, column) for start, name in begun if (column := column_of(name)) is not None]
        begins = [places[start] for start, _, _ in found]
        yield [column for _, _, column in found], begins, [places[start + more] for start, _, _ in found] if more else begins
        begun = [(start, f"{name} {forms[start + more + 1]}") for start, name, _ in found if start + more < last and more + 1 < longest]


def heard_in(words: Sequence[Word]) -> Heard:
    """The syllables of these words."""
    forms: list[str] = []
    places: list[int] = []
    for place, word in enumerate(words):
        read = word.read
        if len(read) == 1:
            forms.append(read[0])
            places.append(place)
        else:
            forms += read
            places += [place] * len(read)
    return Heard(forms, places)


def _seen_by(view: View, forms: list[str]) -> list[str]:
    return forms if view is View.WORDS else list(map(bare_syllable, forms))


def _runs(forms: Sequence[str], places: Sequence[int], longest: int) -> Iterator[Sight]:
    """Each syllable alone, and with those after it up to `longest` in all."""
    for start, name in enumerate(forms):
        yield name, places[start], places[start]
        for after in range(start + 1, min(start + longest, len(forms))):
            name = f"{name} {forms[after]}"
            yield name, places[start], places[after]
