"""Finds the words of a message that carried the decision, as the person typed them."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import sqrt

from nlp.phrasing import LONGEST, Phrasing
from nlp.words import Word

MOST_REASONS = 3
LONGEST_CORE = 4
"""Words that are weighed together; the phrase around them may be longer."""

LEAST_SHARE = 0.35
"""A reason weighs at least this much of the heaviest one."""

_OF_A_PART = 0.5
"""And this much of that, where two thoughts weighed together are shown apart."""

_Span = tuple[int, int]
_ROOTS = tuple(sqrt(length) for length in range(LONGEST_CORE + 1))


def reasons_in(text: str, words: Sequence[Word], weights: Sequence[float], joined: Sequence[_Span]) -> tuple[str, ...]:
    """Up to three phrases of the text, the weightiest first; `joined` are words that must not be torn apart."""
    until = list(accumulate(weights, initial=0.0))
    worths = _worths(words, weights, joined, until)
    least = LEAST_SHARE * max(worths.values(), default=0.0)
    phrasing = Phrasing(text, words, weights, joined)
    chosen: list[_Span] = []
    for _, span in sorted((-worth, span) for span, worth in worths.items() if worth >= least and worth > 0):
        if all(span[1] <= other[0] or span[0] >= other[1] for other in chosen):
            for core in phrasing.parts(span):
                if _worth(core, until) >= least * _OF_A_PART:
                    _choose(phrasing, core, chosen)
        if len(chosen) >= MOST_REASONS:
            break
    return tuple(dict.fromkeys(text[words[start].start : words[end - 1].end] for start, end in chosen[:MOST_REASONS]))


def _worth(span: _Span, until: Sequence[float]) -> float:
    """The weight of a phrase, `until` being all weights added up; a longer one must bring more, or the reasons would be half the message."""
    return (until[span[1]] - until[span[0]]) / _ROOTS[span[1] - span[0]]


def _choose(phrasing: Phrasing, core: _Span, chosen: list[_Span]) -> None:
    """The phrase around a core beside the others. One that goes on where another ends becomes one with it, or is left out: half of a thought."""
    phrase = phrasing.phrase(core, chosen)
    if phrase is None:
        return
    for place, other in enumerate(chosen):
        if both := phrasing.meet(phrase, other):
            if both[1] - both[0] <= LONGEST:
                chosen[place] = both
            return
    chosen.append(phrase)


def _worths(words: Sequence[Word], weights: Sequence[float], joined: Sequence[_Span], until: Sequence[float]) -> dict[_Span, float]:
    """The worth of each phrase of whole words within a clause whose first and last word speak for the label."""
    torn = {place for start, end in joined for place in range(start + 1, end)}
    telling = [weight > 0 and (word.form.isalnum() or word.form[0] == "#") for word, weight in zip(words, weights, strict=True)]
    lettered = list(accumulate((len(word.form) > 1 and word.form.isalpha() for word in words), initial=0))
    may_end = [place not in torn and told for place, told in enumerate(telling, start=1)]  # the phrase, after such a word
    worths: dict[_Span, float] = {}
    for clause_start, clause_end in pairwise(_clause_ends(words)):
        for start in range(clause_start, clause_end):
            if start in torn or not telling[start]:
                continue
            for end in range(start + 1, min(start + LONGEST_CORE, clause_end) + 1):
                if may_end[end - 1] and lettered[end] > lettered[start]:
                    worths[start, end] = _worth((start, end), until)
    return worths


def _clause_ends(words: Sequence[Word]) -> list[int]:
    ends = [0, *(place for place, word in enumerate(words, start=1) if word.ends_clause)]
    return ends if ends[-1] == len(words) else [*ends, len(words)]
