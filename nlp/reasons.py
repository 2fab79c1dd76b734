"""Finds the words of a message that carried the decision, as the person typed them."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import sqrt

from nlp.words import Word

MOST_REASONS = 3
LONGEST_REASON = 4
LEAST_SHARE = 0.35
"""A reason weighs at least this much of the heaviest one."""

NEGATIONS = frozenset({"không", "chưa", "chẳng", "chả", "đừng", "khong", "chua", "chang", "cha"})

_Span = tuple[int, int]
_ROOTS = tuple(sqrt(length) for length in range(LONGEST_REASON + 1))


def reasons_in(text: str, words: Sequence[Word], weights: Sequence[float], joined: Sequence[_Span]) -> tuple[str, ...]:
    """Up to three phrases of the text, the weightiest first; `joined` are words that must not be torn apart."""
    worths = _worths(words, weights, joined)
    least = LEAST_SHARE * max(worths.values(), default=0.0)
    chosen: list[_Span] = []
    for _, span in sorted((-worth, span) for span, worth in worths.items() if worth >= least and worth > 0):
        if all(span[1] < other[0] or span[0] > other[1] for other in chosen):
            chosen.append(span)
        if len(chosen) == MOST_REASONS:
            break
    whole = ((start - _negated(words, start), end) for start, end in chosen)
    return tuple(dict.fromkeys(text[words[start].start : words[end - 1].end] for start, end in whole))


def _worths(words: Sequence[Word], weights: Sequence[float], joined: Sequence[_Span]) -> dict[_Span, float]:
    """The weight of each phrase of whole words within a clause whose first and last word speak for the label; a longer phrase must bring
    more, or the reasons would be half the message.
    """
    until = list(accumulate(weights, initial=0.0))
    torn = {place for start, end in joined for place in range(start + 1, end)}
    telling = [weight > 0 and (word.form.isalnum() or word.form[0] == "#") for word, weight in zip(words, weights, strict=True)]
    lettered = list(accumulate((len(word.form) > 1 and word.form.isalpha() for word in words), initial=0))
    may_end = [place not in torn and told for place, told in enumerate(telling, start=1)]  # the phrase, after such a word
    worths: dict[_Span, float] = {}
    for clause_start, clause_end in pairwise(_clause_ends(words)):
        for start in range(clause_start, clause_end):
            if start in torn or not telling[start]:
                continue
            for end in range(start + 1, min(start + LONGEST_REASON, clause_end) + 1):
                if may_end[end - 1] and lettered[end] > lettered[start]:
                    worths[start, end] = (until[end] - until[start]) / _ROOTS[end - start]
    return worths


def _negated(words: Sequence[Word], start: int) -> bool:
    """Whether a "not" stands right before: "đeo thẻ" must be shown as "không đeo thẻ"."""
    return start > 0 and not words[start - 1].ends_clause and words[start - 1].read[-1] in NEGATIONS


def _clause_ends(words: Sequence[Word]) -> list[int]:
    ends = [0, *(place for place, word in enumerate(words, start=1) if word.ends_clause)]
    return ends if ends[-1] == len(words) else [*ends, len(words)]
