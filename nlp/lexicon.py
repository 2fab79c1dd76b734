"""The words of several syllables ("hồ sơ", "một cửa") that underthesea finds in the labelled messages: learned once, matched at once.

Asking underthesea about every message took half the time of a judgement and told the classifier nothing more
(docs/decisions/0009-what-the-classifier-reads.md); its words still keep the reasons from being torn apart.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from nlp.clean import readable, typed_without_accents
from nlp.segment import segments
from nlp.views import Syllable, syllables_of
from nlp.words import words_of

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


def joined_in(syllables: Sequence[Syllable], known: frozenset[str]) -> list[tuple[int, int]]:
    """The known words in the message, the longest first from the left, as half-open ranges over the message's words."""
    found = []
    start = 0
    while start < len(syllables) - 1:
        end = _end_of_word(syllables, start, known)
        if end > start + 1:
            found.append((syllables[start].word, syllables[end - 1].word + 1))
        start = end
    return found


def _end_of_word(syllables: Sequence[Syllable], start: int, known: frozenset[str]) -> int:
    longest, name = start + 1, syllables[start].form
    for place in range(start + 1, min(start + LONGEST, len(syllables))):
        if syllables[place - 1].ends_clause and syllables[place - 1].word != syllables[place].word:
            break
        name = f"{name} {syllables[place].form}"
        if name in known:
            longest = place + 1
    return longest
