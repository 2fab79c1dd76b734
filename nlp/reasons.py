"""Finds the words of a message that carried the decision, as the person typed them."""

from collections.abc import Sequence
from itertools import pairwise

from nlp.words import Word

MOST_REASONS = 3
LONGEST_REASON = 4
LEAST_SHARE = 0.35
"""A reason weighs at least this much of the heaviest one."""

_Span = tuple[int, int]


def reasons_in(text: str, words: Sequence[Word], weights: Sequence[float], joined: Sequence[_Span]) -> tuple[str, ...]:
    """Up to three phrases of the text, the weightiest first; `joined` are words that must not be torn apart."""
    spans = sorted(_spans(words, joined), key=lambda span: -_worth(span, weights))
    chosen: list[_Span] = []
    for span in spans:
        worth = _worth(span, weights)
        if worth <= 0 or len(chosen) == MOST_REASONS or (chosen and worth < LEAST_SHARE * _worth(chosen[0], weights)):
            break
        if all(span[1] <= other[0] or span[0] >= other[1] for other in chosen):
            chosen.append(span)
    phrases = (text[words[start].start : words[end - 1].end] for start, end in chosen)
    return tuple(dict.fromkeys(phrase.casefold() if phrase.isupper() else phrase for phrase in phrases))


def _worth(span: _Span, weights: Sequence[float]) -> float:
    """The weight of a phrase; a longer one must bring more, or the reasons would be half the message."""
    start, end = span
    return float(sum(weights[start:end]) / (end - start) ** 0.5)


def _spans(words: Sequence[Word], joined: Sequence[_Span]) -> list[_Span]:
    """All phrases of whole words within a clause."""
    torn = {place for start, end in joined for place in range(start + 1, end)}
    spans = []
    for clause_start, clause_end in pairwise(_clause_ends(words)):
        for start in range(clause_start, clause_end):
            for end in range(start + 1, min(start + LONGEST_REASON, clause_end) + 1):
                if start not in torn and end not in torn and _says_something(words[start:end]):
                    spans.append((start, end))
    return spans


def _clause_ends(words: Sequence[Word]) -> list[int]:
    ends = [0, *(place for place, word in enumerate(words, start=1) if word.ends_clause)]
    return ends if ends[-1] == len(words) else [*ends, len(words)]


def _says_something(words: Sequence[Word]) -> bool:
    return any(word.form.isalpha() and len(word.form) > 1 for word in words)
