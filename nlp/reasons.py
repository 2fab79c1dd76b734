"""Finds the words of a message that carried the decision, as the person typed them."""

from collections.abc import Iterator, Sequence
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
    until = list(accumulate(weights, initial=0.0))
    worths = [(_worth(start, end, until), (start, end)) for start, end in _spans(words, weights, joined)]
    least = LEAST_SHARE * max((worth for worth, _ in worths), default=0.0)
    chosen: list[_Span] = []
    for _, span in sorted((pair for pair in worths if pair[0] >= least and pair[0] > 0), key=lambda pair: (-pair[0], pair[1])):
        if all(span[1] < other[0] or span[0] > other[1] for other in chosen):
            chosen.append(span)
        if len(chosen) == MOST_REASONS:
            break
    whole = ((start - _negated(words, start), end) for start, end in chosen)
    return tuple(dict.fromkeys(text[words[start].start : words[end - 1].end] for start, end in whole))


def _worth(start: int, end: int, until: Sequence[float]) -> float:
    """The weight of a phrase; a longer one must bring more, or the reasons would be half the message."""
    return (until[end] - until[start]) / _ROOTS[end - start]


def _spans(words: Sequence[Word], weights: Sequence[float], joined: Sequence[_Span]) -> Iterator[_Span]:
    """All phrases of whole words within a clause whose first and last word speak for the label."""
    torn = {place for start, end in joined for place in range(start + 1, end)}
    telling = [weight > 0 and (word.form.isalnum() or word.form[0] == "#") for word, weight in zip(words, weights, strict=True)]
    lettered = list(accumulate((len(word.form) > 1 and word.form.isalpha() for word in words), initial=0))
    closed = [place in torn or not told for place, told in enumerate(telling, start=1)]  # after such a word no phrase ends
    for clause_start, clause_end in pairwise(_clause_ends(words)):
        for start in range(clause_start, clause_end):
            if start in torn or not telling[start]:
                continue
            for end in range(start + 1, min(start + LONGEST_REASON, clause_end) + 1):
                if not closed[end - 1] and lettered[end] > lettered[start]:
                    yield start, end


def _negated(words: Sequence[Word], start: int) -> bool:
    """Whether a "not" stands right before: "đeo thẻ" must be shown as "không đeo thẻ"."""
    return start > 0 and not words[start - 1].ends_clause and words[start - 1].read[-1] in NEGATIONS


def _clause_ends(words: Sequence[Word]) -> list[int]:
    ends = [0, *(place for place, word in enumerate(words, start=1) if word.ends_clause)]
    return ends if ends[-1] == len(words) else [*ends, len(words)]
