"""Finds the words of a message that carried the decision, as the person typed them."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from nlp.words import Word

MOST_REASONS = 3
LONGEST_REASON = 4
LEAST_SHARE = 0.35
"""A reason weighs at least this much of the heaviest one."""

NEGATIONS = frozenset({"không", "chưa", "chẳng", "chả", "đừng", "khong", "chua", "chang", "cha"})

_Span = tuple[int, int]


def reasons_in(text: str, words: Sequence[Word], weights: Sequence[float], joined: Sequence[_Span]) -> tuple[str, ...]:
    """Up to three phrases of the text, the weightiest first; `joined` are words that must not be torn apart."""
    until = list(accumulate(weights, initial=0.0))
    ranked = sorted(((_worth(span, until), span) for span in _spans(words, weights, joined)), key=lambda pair: (-pair[0], pair[1]))
    chosen: list[_Span] = []
    for worth, span in ranked:
        if worth <= 0 or worth < LEAST_SHARE * ranked[0][0] or len(chosen) == MOST_REASONS:
            break
        if all(span[1] < other[0] or span[0] > other[1] for other in chosen):
            chosen.append(span)
    whole = ((start - _negated(words, start), end) for start, end in chosen)
    return tuple(dict.fromkeys(text[words[start].start : words[end - 1].end] for start, end in whole))


def _worth(span: _Span, until: Sequence[float]) -> float:
    """The weight of a phrase; a longer one must bring more, or the reasons would be half the message."""
    start, end = span
    return float((until[end] - until[start]) / (end - start) ** 0.5)


def _spans(words: Sequence[Word], weights: Sequence[float], joined: Sequence[_Span]) -> Iterator[_Span]:
    """All phrases of whole words within a clause whose first and last word speak for the label."""
    torn = {place for start, end in joined for place in range(start + 1, end)}
    telling = [weight > 0 and (word.form.isalnum() or word.form[0] == "#") for word, weight in zip(words, weights, strict=True)]
    lettered = list(accumulate((len(word.form) > 1 and word.form.isalpha() for word in words), initial=0))
    for clause_start, clause_end in pairwise(_clause_ends(words)):
        for start in range(clause_start, clause_end):
            if start in torn or not telling[start]:
                continue
            for end in range(start + 1, min(start + LONGEST_REASON, clause_end) + 1):
                if telling[end - 1] and end not in torn and lettered[end] > lettered[start]:
                    yield start, end


def _negated(words: Sequence[Word], start: int) -> bool:
    """Whether a "not" stands right before: "đeo thẻ" must be shown as "không đeo thẻ"."""
    return start > 0 and not words[start - 1].ends_clause and words[start - 1].read[-1] in NEGATIONS


def _clause_ends(words: Sequence[Word]) -> list[int]:
    ends = [0, *(place for place, word in enumerate(words, start=1) if word.ends_clause)]
    return ends if ends[-1] == len(words) else [*ends, len(words)]
