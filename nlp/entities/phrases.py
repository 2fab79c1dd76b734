"""Phrases of several syllables, found at a place of a message, the longest first."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, TypeAlias, TypeVar

from nlp.clean import without_accents
from nlp.entities.reading import Reading
from nlp.word_lists import syllables_of as syllables_of
from nlp.word_lists import written as written

Meaning = TypeVar("Meaning")
Lexicon = TypeVar("Lexicon")

_LIST = re.compile(r"@(\w+)")


class Phrases(Generic[Meaning]):
    """Phrases with what they mean, in both ways of typing; `lost` are left out where accents are missing, being common words there."""

    def __init__(self, meanings: Iterable[tuple[str, Meaning]], lost: Iterable[str] = ()) -> None:
        gone = {syllables_of(phrase) for phrase in lost}
        self._accented: _Known[Meaning] = {}
        self._bare: _Known[Meaning] = {}
        for phrase, meaning in meanings:
            syllables = syllables_of(phrase)
            _put(self._accented, syllables, meaning)
            if syllables not in gone:
                _put(self._bare, tuple(map(without_accents, syllables)), meaning)
        for known in (self._accented, self._bare):
            for first, choices in known.items():
                known[first] = dict(sorted(choices.items(), reverse=True))

    def begins(self, bare: bool) -> frozenset[str]:
        """The syllables with which a phrase may begin."""
        return frozenset(self._bare if bare else self._accented)

    def at(self, reading: Reading, place: int) -> tuple[int, Meaning] | None:
        """How many syllables the longest phrase at this place has, and what it means."""
        forms = reading.forms
        choices = (self._bare if reading.bare else self._accented).get(forms[place]) if place < len(forms) else None
        if choices is None:
            return None
        for length, phrases in choices.items():
            words = forms[place : place + length]
            if words in phrases:
                return length, phrases[words]
        return None

    def ending_at(self, reading: Reading, place: int, longest: int = 4) -> tuple[int, Meaning] | None:
        """The longest phrase whose last syllable stands before this place, and what it means."""
        for length in range(min(longest, place), 0, -1):
            found = self.at(reading, place - length)
            if found and found[0] == length:
                return found
        return None


_Known: TypeAlias = dict[str, dict[int, dict[tuple[str, ...], Meaning]]]
"""Phrases by their first syllable and by their number of syllables, the most first."""


def _put(known: _Known[Meaning], phrase: tuple[str, ...], meaning: Meaning) -> None:
    """Of one phrase told twice the first meaning counts."""
    known.setdefault(phrase[0], {}).setdefault(len(phrase), {}).setdefault(phrase, meaning)


def phrases(words: Iterable[str], lost: Iterable[str] = ()) -> Phrases[bool]:
    """Phrases that only are or are not there."""
    return Phrases(((word, True) for word in words), lost)


def lexicon(
    kind: Callable[..., Lexicon], fields: Sequence[str], name: str, lost: Mapping[str, Iterable[str]], /, **given: object
) -> Lexicon:
    """A tuple of the lists of a file, each field named as its list; `lost` has for a list what it loses without accents."""
    known = written(name)
    parts = {field: phrases(known[field], lost.get(field, ())) for field in fields if field not in given}
    return kind(**parts, **given)


def patterns(line: str, lists: Mapping[str, Sequence[str]], flags: int = 0) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A pattern for messages with accents and one for those without; `@name` stands for any word of the list of that name."""

    def choices(found: re.Match[str]) -> str:
        return "(?:" + "|".join(sorted(map(_read, lists[found[1]]), key=len, reverse=True)) + ")"

    accented = _LIST.sub(choices, line)
    return re.compile(accented, flags), re.compile(without_accents(accented), flags)


def _read(phrase: str) -> str:
    if "\\" in phrase:  # a pattern itself
        return phrase
    return " ".join(syllables_of(phrase))
