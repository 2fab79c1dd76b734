"""Hides in a text as it was what was found in it once tidied, so that a table keeps its columns and a letter its paragraphs."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_LINES = "\x85\u2028\u2029"

Span = tuple[int, int, str]


def hidden_in(text: str, found: Sequence[tuple[str, Sequence[Span]]], marks: Mapping[str, str], tidied: Callable[[str], str]) -> str | None:
    """The text with a mark for each span that was found in a tidied piece of it; the pieces follow one another and leave out nothing.

    None where `tidied` did more than to write letters in one way and to put blanks in order: then it is not sure what stands where.
    """
    starts, ends = _places(text, "\n".join(tidy for tidy, _ in found), tidied) or ([], [])
    if not starts:
        return None
    parts, done, offset = [], 0, 0
    for tidy, spans in found:
        for first, after, kind in spans:
            last = first + len(tidy[first:after].rstrip()) - 1
            parts += [text[done : starts[offset + first]], marks[kind]]
            done = ends[offset + last]
        offset += len(tidy) + 1
    return "".join([*parts, text[done:]])


def _places(text: str, tidy: str, tidied: Callable[[str], str]) -> tuple[list[int], list[int]] | None:
    """For each place of `tidy` where the letter that stands there begins and ends in `text`; of blanks, where the next letter begins."""
    starts: list[int] = []
    ends: list[int] = []
    known: dict[str, str] = {}
    for start, end in _letters(text):
        letter = text[start:end]
        if letter not in known:
            known[letter] = "".join(tidied(letter).split())
        for made in known[letter]:
            while len(starts) < len(tidy) and tidy[len(starts)].isspace():
                starts.append(start)
                ends.append(start)
            if len(starts) == len(tidy) or tidy[len(starts)] != made:
                return None
            starts.append(start)
            ends.append(end)
    return None if tidy[len(starts) :].strip() else (starts, ends)


def _letters(text: str) -> Iterator[tuple[int, int]]:
    """Where each letter begins and ends, with the marks on it and what no eye sees between them."""
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not _goes_on(text[place]):
            yield start, place
            start = place


def _goes_on(letter: str) -> bool:
    if letter.isascii() or letter.isalnum() or letter in _LINES:
        return False
    return unicodedata.combining(letter) > 0 or unicodedata.category(letter) in _UNSEEN | {"Mn", "Me"}
