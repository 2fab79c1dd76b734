"""The words of several syllables ("hồ sơ", "một cửa") that underthesea finds in the labelled messages: learned once, matched at once.

Asking underthesea about every message took half the time of a judgement and told the classifier nothing more
(docs/decisions/0009-what-the-classifier-reads.md); its words still keep the reasons from being torn apart.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from nlp.clean import readable, typed_without_accents
from nlp.segment import segments
from nlp.views import Heard, syllables_of
from nlp.words import Word, words_of

LONGEST = 4
"""Syllables of a word that is learned."""

LEAST_TIMES = 2
"""How often it must have been found."""


def learn_joined(texts: Iterable[str]) -> frozenset[str]:
    """The joined words of these messages, syllables parted by a blank; messages without accents teach nothing."""
    times: Counter[str] = Counter()
    for text in texts:
        syllables = syllables_of(words_of(readable(text)))
        if typed_without_accents([syllable.form for syllable in syllables]):
            continue
        for start, end in segments(syllables):
            if end - start <= LONGEST:
                times[" ".join(syllable.form for syllable in syllables[start:end])] += 1
    return frozenset(word for word, number in times.items() if number >= LEAST_TIMES)


def joined_in(words: Sequence[Word], heard: Heard, known: frozenset[str]) -> list[tuple[int, int]]:
    """The known words in the message, the longest first from the left, as half-open ranges over the message's words."""
    forms, places = heard
    longest_from = _longest_from(known)
    found = []
    start = 0
    while start < len(forms) - 1:
        longest = longest_from.get(forms[start])
        end = _end_of_word(words, heard, start, longest, known) if longest else start + 1
        if end > start + 1:
            found.append((places[start], places[end - 1] + 1))
        start = end
    return found


def _end_of_word(words: Sequence[Word], heard: Heard, start: int, longest: int, known: frozenset[str]) -> int:
    forms, places = heard
    end, name = start + 1, forms[start]
    for place in range(start + 1, min(start + longest, len(forms))):
        if places[place - 1] != places[place] and words[places[place - 1]].ends_clause:
            break
        name = f"{name} {forms[place]}"
        if name in known:
            end = place + 1
    return end


@lru_cache(maxsize=2)
def _longest_from(known: frozenset[str]) -> Mapping[str, int]:
    """For each syllable with which a known word begins how many the longest of them has, `LONGEST` at most."""
    longest: dict[str, int] = {}
    for word in known:
        first, *others = word.split(" ")
        longest[first] = max(longest.get(first, 0), min(1 + len(others), LONGEST))
    return longest
